"""import, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from liaison_desk import wording
from liaison_desk.commands.options import Commands, opened, print_json, reading
from liaison_desk.domain.clock import SystemClock
from liaison_desk.domain.text import one_line, visible
from liaison_desk.services import importing
from liaison_desk.services.exporting import entry_json, export_entries
from liaison_desk.services.syncing import standing_of


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    taking = commands.add_parser("import", help=wording.text("help_import"))
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--dry-run", action="store_true", help=wording.text("help_dry_run"))
    taking.add_argument("--encoding", choices=importing.ENCODINGS, help=wording.text("help_encoding"))
    taking.add_argument("--sheet", help=wording.text("help_sheet"))
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(command=_import)

    giving = commands.add_parser("export", help=wording.text("help_export"))
    giving.add_argument("--out", required=True, type=Path, metavar="FILE")
    giving.set_defaults(command=_export)


def _import(options: argparse.Namespace) -> int:
    preview = importing.preview_file(options.file, encoding=options.encoding, sheet=options.sheet)
    if options.dry_run:
        _say_preview(options, preview)
        return 0
    with opened(options) as desk:
        imported = importing.import_preview(desk, preview)
    if options.json:
        names = ("added", "already_there", "doubtful", "refused", "furniture", "revised", "lines")
        told: dict[str, Any] = {name: getattr(imported, name) for name in names}
        print_json(told | {"problems": [_problem(problem) for problem in imported.problems]})
        return 0
    print(
        wording.text(
            "imported",
            added=imported.added,
            already=imported.already_there,
            doubtful=imported.doubtful,
            refused=imported.refused,
        )
    )
    _say_problems(imported.problems, imported.doubtful + imported.refused)
    return 0


def _say_preview(options: argparse.Namespace, preview: importing.Preview) -> None:
    if options.json:
        print_json(
            {
                "columns": dict(preview.columns),
                "unknown": list(preview.unknown),
                "encoding": preview.encoding,
                "sheet": preview.sheet,
                "entries": preview.entries,
                "furniture": preview.furniture,
                "doubtful": preview.doubtful,
                "refused": preview.refused,
                "notes": list(preview.notes),
                "problems": [_problem(problem) for problem in preview.problems],
                "rows": [entry_json(entry) for entry in preview.rows],
            }
        )
        return
    print(wording.text("preview_file", path=preview.path.name, encoding=preview.encoding or preview.sheet))
    for label, field in preview.columns.items():
        print(wording.text("preview_column", label=one_line(label, 30), field=field))
    for label in preview.unknown:
        print(wording.text("preview_unknown", label=one_line(label, 30)))
    for note in preview.notes:
        print("・" + note)
    print(wording.text("preview_counts", entries=preview.entries, doubtful=preview.doubtful, refused=preview.refused))
    for entry in preview.rows[:5]:
        at = entry.occurred_at.local()
        print(f"  {entry.no:10} {at:%m/%d %H:%M} {one_line(entry.subject or entry.content, 60)}")
    _say_problems(preview.problems, preview.doubtful + preview.refused)


def _say_problems(problems: tuple[importing.Problem, ...], total: int) -> None:
    for problem in problems:
        print(wording.text("line_problem", line=problem.line, says=visible(problem.says)))
    if total > len(problems):
        print(wording.text("more_problems", count=total - len(problems)))


def _problem(problem: importing.Problem) -> dict[str, Any]:
    return {"line": problem.line, "says": problem.says, "refused": problem.refused}


def _export(options: argparse.Namespace) -> int:
    with reading(options) as reader:
        exported = export_entries(reader, options.out, standing=standing_of(reader.database), now=SystemClock().now())
    print(wording.text("exported", count=exported.entries, path=exported.path))
    return 0
