"""Taking in chronologies that others kept: CSV, an office's xlsx, JSON Lines.

    preview = preview_file(path)            what it holds, what is doubtful; nothing is written
    imported = import_preview(desk, preview)     or, one commit at a time: for so_far in steps(desk, preview)

Importing twice adds nothing twice, on this PC or on two: an entry's id comes from the file's own id, or else from
its number, times and wording (`entries`). A line that cannot be read for sure is listed by its number, not guessed.
"""

from __future__ import annotations

from liaison_desk.services.importing.columns import FIELDS
from liaison_desk.services.importing.encodings import ENCODINGS
from liaison_desk.services.importing.preview import Preview, Problem, entries_of, preview_file
from liaison_desk.services.importing.taking import Imported, import_preview, steps

__all__ = [
    "ENCODINGS",
    "FIELDS",
    "Imported",
    "Preview",
    "Problem",
    "entries_of",
    "import_preview",
    "preview_file",
    "steps",
]
