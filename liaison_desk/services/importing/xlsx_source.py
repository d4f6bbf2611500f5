"""A chronology as an office keeps it in Excel: titles, headers of two rows, bands for days, a closing 以上."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing import columns
from liaison_desk.services.importing.sheet_xml import Book, UnsafeSheet, open_book, rows, shared_strings
from liaison_desk.services.importing.source import HEAD_ROWS, Flaw, Head, Line, refused, unreadable

# Excel takes 32,767 characters a cell; what is longer stands here (see services.exporting).
LONG_TEXTS = "長い文"
_MAX_SHEETS = 200


class XlsxSource:
    """One workbook."""

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        """Name the file; `sheet` goes before our choice."""
        self.path = path
        self._sheet = sheet

    @contextmanager
    def _opened(self) -> Iterator[tuple[zipfile.ZipFile, Book, list[str]]]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                book = open_book(archive)
                yield archive, book, shared_strings(archive)
        except UnsafeSheet as unsafe:
            raise refused(self.path, unsafe.key, **unsafe.values) from unsafe
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
            raise refused(self.path, "file_broken_zip", reason=broken) from broken
        except OSError as error:
            raise unreadable(self.path, error) from error

    def head(self, mapping: Mapping[str, str] | None) -> Head:
        """Choose the sheet that looks most like a chronology, and find its header."""
        with self._opened() as (archive, book, strings):
            names = tuple(name for name, _ in book.sheets)
            wanted = [sheet for sheet in book.sheets[:_MAX_SHEETS] if self._sheet in (None, sheet[0])]
            if not wanted:
                raise DeskProblem(
                    wording.text("sheet_unknown", sheet=self._sheet),
                    wording.text("sheet_unknown_do", known="、".join(names)),
                )
            heads = [(name, part, list(islice(rows(archive, part, book, strings), HEAD_ROWS))) for name, part in wanted]
        # The first of the best: an office puts its chronology before legends and sums.
        name, part, first = max(heads, key=lambda head: columns.score_of(head[2]))
        found = columns.header_in(first, mapping)
        if found is None:
            labels = {index: str(value) for index, value in first[0][1].items()} if first else {}
            kept = {index: label for index, label in labels.items() if index < columns.MAX_COLUMNS}
            found = 0, columns.assign(kept, mapping, line=first[0][0] if first else 0)
        notes = () if found[1].usable else (Flaw("note_no_header"),)
        return Head(
            columns=found[1],
            sheet=name,
            sheets=names,
            ours={"id", "restore"} <= set(found[1].fields.values()),
            notes=notes,
            extra={"part": part},
        )

    def lines(self, head: Head) -> Iterator[Line]:
        """Read all rows below the header."""
        fields = {i: name for i, name in head.columns.fields.items() if name not in columns.IGNORED}
        with self._opened() as (archive, book, strings):
            long = _long_texts(archive, book, strings) if head.ours else {}
            for number, cells in rows(archive, head.extra["part"], book, strings):
                if number <= head.columns.line:
                    continue
                values = {fields[index]: value for index, value in cells.items() if index in fields}
                if long and (texts := long.get(str(values.get("id", "")))):
                    values |= texts
                if len(cells) == 1 and len(values) == 0:
                    # A band or a closing word in a column that is not read.
                    values = {"band": next(iter(cells.values()))}
                if values:
                    yield Line(number, values)


def _long_texts(archive: zipfile.ZipFile, book: Book, strings: list[str]) -> dict[str, dict[str, Any]]:
    part = dict(book.sheets).get(LONG_TEXTS)
    if part is None:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for number, cells in rows(archive, part, book, strings):
        if number > 1 and {0, 1, 3} <= cells.keys():
            texts = found.setdefault(str(cells[0]), {})
            texts[str(cells[1])] = texts.get(str(cells[1]), "") + str(cells[3])
    return {entry_id: {k: v for k, v in texts.items() if k in columns.FIELDS} for entry_id, texts in found.items()}
