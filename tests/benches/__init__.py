"""Benches: ratios in one run on this machine, against the floor or a reference (design page 6).

    python3 run.py bench                 every bench, with 100,000 entries
    python3 run.py bench search --json   one of them, for scripts
    LIAISON_DESK_BENCH_ENTRIES=1000000 python3 run.py bench search

A bench is a module here with `run(folder, entries) -> list[Figure]`. None of them is a test: figures depend on the
machine, and one that falls short is written down as it is.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from tests.benches.figures import Figure

NAMES = ("start", "typing", "commit", "search", "scrolling", "importing", "memory", "rebuild", "sharing")
ENTRIES = 100_000


def main(name: str | None, *, as_json: bool = False) -> int:
    """Run one bench or all of them and print their figures."""
    if name is not None and name not in NAMES:
        print("benches: " + ", ".join(NAMES))
        return 2
    entries = int(os.environ.get("LIAISON_DESK_BENCH_ENTRIES", ENTRIES))
    folder = Path(tempfile.mkdtemp(prefix="liaison-desk-bench-"))
    figures: list[Figure] = []
    try:
        for one in (name,) if name else NAMES:
            got = importlib.import_module(f"tests.benches.{one}").run(folder, entries)
            figures += got
            if not as_json:
                for figure in got:
                    print(figure.line(), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if as_json:
        print(json.dumps([figure.plain() for figure in figures], ensure_ascii=False, indent=1))
    return 0
