"""import, export."""

from __future__ import annotations

from pathlib import Path

from liaison_desk import wording
from liaison_desk.commands.options import Commands


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    taking = commands.add_parser("import", help=wording.text("help_import"))
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--dry-run", action="store_true", help=wording.text("help_dry_run"))
    taking.add_argument("--encoding", help=wording.text("help_encoding"))
    taking.add_argument("--sheet", help=wording.text("help_sheet"))
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(command=_import)

    giving = commands.add_parser("export", help=wording.text("help_export"))
    giving.add_argument("--out", required=True, type=Path, metavar="FILE")
    giving.set_defaults(command=_export)
