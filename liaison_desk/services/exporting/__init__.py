"""Giving the chronology to others: CSV, xlsx, JSON Lines, by the file's suffix. What went out comes back in equal.

CSV: UTF-8 with BOM and CRLF, as Excel wants it. A text that a spreadsheet would compute gets one invisible
character in front (`table.shielded`); our import takes it off again, and only from files of our own (they have the
columns ID and 復元情報). xlsx: texts are texts, dates are dates; cells over 16,000 characters go on on a sheet of
their own. JSON Lines: everything, with the names of `as_json.entry_json`.

Entries go out as they stand. Corrections and cancellations travel along as records of their own, with the first
wording, and come in as such; earlier settings of 状況, 担当, 期限, 確度 and 重要 do not, only those that stand.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryDetails, EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.services.exporting.as_json import (
    details_json,
    entry_details,
    entry_json,
    revision_json,
    row_details,
)
from liaison_desk.services.exporting.table import COLUMNS, row_of, shielded, time_text
from liaison_desk.services.exporting.writing import replacing
from liaison_desk.services.reading import Reader
from liaison_desk.services.syncing import standing_of
from sync.delivery import Standing

__all__ = [
    "Exported",
    "details_json",
    "entry_details",
    "entry_json",
    "export_entries",
    "replacing",
    "revision_json",
    "row_details",
]

_PROGRESS_EVERY = 500
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out: where to, and how many entries."""

    path: Path
    entries: int


def export_entries(
    reader: Reader,
    path: Path,
    chosen: EntryFilter | None = None,
    *,
    standing: Standing | None = None,
    now: Moment | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the entries that pass a filter, in the order of recording; streams.

    Args:
        reader: of the desk.
        path: ends in .csv, .xlsx or .jsonl; an older file there is replaced when all is written.
        chosen: which entries; None for all.
        standing: what is known of delivery, for JSON Lines; read anew when not given.
        now: for the title of a sheet; else the newest recording is named.
        progress: called with the number of entries, every 500.

    Raises:
        DeskProblem: an unknown suffix, or the file cannot be written; the old one is untouched then.
    """
    write = {".csv": _write_csv, ".xlsx": _write_xlsx, ".jsonl": _write_jsonl}.get(path.suffix.lower())
    if write is None:
        raise DeskProblem(wording.text("file_kind_unknown", path=path.name), wording.text("file_kind_unknown_do"))
    title = wording.text(
        "export_title",
        incident=reader.incident_name(),
        at=time_text(now or max((row.recorded_at for row in reader.last_rows(1)), default=Moment(0))),
    )
    known = standing or standing_of(reader.database)
    with replacing(path) as part:
        details = _counted(entry_details(reader, reader.entries(chosen)), progress)
        return Exported(path, write(part, details, known, title))


def _counted(details: Iterable[EntryDetails], progress: Progress | None) -> Iterator[EntryDetails]:
    for count, one in enumerate(details, 1):
        yield one
        if progress and count % _PROGRESS_EVERY == 0:
            progress(count)


def _write_csv(path: Path, details: Iterable[EntryDetails], _standing: Standing, _title: str) -> int:
    fields = [column.field for column in COLUMNS]
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.label for column in COLUMNS])
        for one in details:
            count += 1
            cells = row_of(one, times_as_text=True)
            writer.writerow([_csv_cell(cells[name]) for name in fields])
    return count


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else shielded(value)


def _write_xlsx(path: Path, details: Iterable[EntryDetails], _standing: Standing, title: str) -> int:
    # openpyxl takes as long to load as a whole command; only whoever writes a sheet waits for it.
    from liaison_desk.services.exporting import sheet

    return sheet.write(path, (row_of(one, times_as_text=False) for one in details), title=title)


def _write_jsonl(path: Path, details: Iterable[EntryDetails], standing: Standing, _title: str) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for one in details:
            count += 1
            line = json.dumps(details_json(one, standing), ensure_ascii=False, separators=(",", ":"))
            # U+2028 and U+2029 end a line for some readers.
            file.write(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n")
    return count
