"""demo, check, bench."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

from liaison_desk import wording
from liaison_desk.commands.options import Commands, opened, print_json
from liaison_desk.errors import DeskProblem
from liaison_desk.services import demo, recovery
from liaison_desk.store.connection import Damaged


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    drill = commands.add_parser("demo", help=wording.text("help_demo"))
    drill.add_argument("--headless", action="store_true", help=wording.text("help_headless"))
    drill.add_argument("--dir", type=Path, metavar="DIR", help=wording.text("help_demo_dir"))
    drill.set_defaults(command=_demo)

    check = commands.add_parser("check", help=wording.text("help_check"))
    check.add_argument("--rebuild", action="store_true", help=wording.text("help_rebuild"))
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_check)

    bench = commands.add_parser("bench", help=wording.text("help_bench"))
    bench.add_argument("name", nargs="?", metavar="NAME")
    bench.add_argument("--json", action="store_true")
    bench.set_defaults(command=_bench)


def _demo(options: argparse.Namespace) -> int:
    folder = options.dir.absolute() if options.dir else Path(tempfile.mkdtemp(prefix="liaison-desk-demo-"))
    from liaison_desk.app import run_demo, take_screenshot

    if not options.headless:
        return run_demo(folder)
    summary = demo.exchange(demo.prepare(folder))
    picture = folder / wording.text("demo_screenshot")
    take_screenshot(demo.prepare(folder).liaison, picture)
    for line in summary:
        print(line)
    print(wording.text("demo_files", folder=folder, picture=picture))
    return 0


def _check(options: argparse.Namespace) -> int:
    rebuilt = False
    recovered: recovery.Recovered | None = None
    try:
        with opened(options) as desk:
            desk.the_journal()
            if options.rebuild:
                recovery.rebuild_projections(desk)
                rebuilt = True
            findings = recovery.check_desk(desk)
    except Damaged as damaged:
        if not options.rebuild:
            raise
        recovered = recovery.rebuild(options.profile)
        rebuilt = True
        with opened(options) as desk:
            findings = recovery.check_desk(desk)
        print(damaged.says, file=sys.stderr)
    if options.json:
        aside = str(recovered.set_aside) if recovered else None
        salvaged = recovered.transactions if recovered else None
        print_json({"findings": findings, "rebuilt": rebuilt, "set_aside": aside, "salvaged": salvaged})
    else:
        if recovered:
            print(wording.text("recovered", aside=recovered.set_aside, count=recovered.transactions))
        elif rebuilt:
            print(wording.text("rebuilt"))
        print("\n".join(findings) if findings else wording.text("check_clean"))
    if findings:
        raise DeskProblem(wording.text("check_found", count=len(findings)), wording.text("check_found_do"))
    return 0


def _bench(options: argparse.Namespace) -> int:
    try:
        benches = importlib.import_module("tests.benches")
    except ModuleNotFoundError as missing:
        raise DeskProblem(wording.text("bench_missing"), wording.text("bench_missing_do")) from missing
    return int(benches.main(options.name, as_json=options.json))
