"""CSV as offices write it: any line ends, cells with line breaks, broken quotes.

What is sure is read; a line that can be read in one likely way only is read and listed; a line that could mean
several things is listed and not read. Columns never shift silently.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from liaison_desk.services.exporting.table import unshielded
from liaison_desk.services.importing import columns
from liaison_desk.services.importing.columns import Columns
from liaison_desk.services.importing.encodings import Encoding, chosen, guess
from liaison_desk.services.importing.source import HEAD_ROWS, MAX_LINE_CHARS, Flaw, Head, Line, refused, unreadable

_DELIMITERS = ",\t;"
_END = "\r\n"


class CsvSource:
    """One CSV (or tab-separated) file."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        """Name the file; `encoding` goes before our guess."""
        self.path = path
        self._encoding = encoding
        self._known: Encoding | None = None

    def head(self, mapping: Mapping[str, str] | None) -> Head:
        """Guess the encoding and the delimiter, and find the header."""
        try:
            self._known = known = chosen(self._encoding) if self._encoding else guess(self.path)
            with self._open() as file:
                start = [line for line, _ in zip(_bounded(self.path, file), range(HEAD_ROWS * 4), strict=False)]
        except OSError as error:
            raise unreadable(self.path, error) from error
        delimiter, (rows_taken, found) = self._best_delimiter(start, mapping)
        notes = [] if known.clean else [Flaw("note_encoding_broken", {"encoding": known.name})]
        if not found.usable:
            notes.append(Flaw("note_no_header"))
        names = set(found.fields.values())
        return Head(
            columns=found,
            encoding=known.name.removesuffix("-sig"),
            encoding_certain=known.certain,
            ours={"id", "restore"} <= names,
            notes=tuple(notes),
            extra={"delimiter": delimiter, "rows": rows_taken},
        )

    def _open(self) -> TextIO:
        known = self._known or guess(self.path)
        return self.path.open(encoding=known.name, errors=known.errors, newline="")

    def _best_delimiter(self, start: list[str], mapping: Mapping[str, str] | None) -> tuple[str, tuple[int, Columns]]:
        best: tuple[int, str, tuple[int, Columns]] = (-1, ",", (0, Columns()))
        for delimiter in _DELIMITERS:
            rows = [
                (number, dict(enumerate(cells)))
                for number, cells, _, _ in _Records(iter(start), delimiter, 0).read()
                if cells is not None
            ][:HEAD_ROWS]
            found = columns.header_in(rows, mapping)
            score = len(found[1].fields) if found else 0
            if score > best[0]:
                taken = found or (0, columns.assign(columns._labels(rows[0][1]) if rows else {}, mapping))
                best = (score, delimiter, taken)
        return best[1], best[2]

    def lines(self, head: Head) -> Iterator[Line]:
        """Read all lines below the header."""
        columns_ = head.columns
        pairs = tuple((index, name) for index, name in columns_.fields.items() if name not in columns.IGNORED)
        width = max(columns_.labels, default=-1) + 1
        try:
            with self._open() as file:
                records = _Records(_bounded(self.path, file), head.extra["delimiter"], 0)
                reading = records.read()
                for _, (number, _, _, _) in zip(range(HEAD_ROWS * 4), reading, strict=False):
                    if number >= columns_.line:
                        break
                records.width = width
                for number, cells, flaw, text in reading:
                    if cells is None:
                        yield Line(number, None, flaw, text)
                        continue
                    have = len(cells)
                    if have < width:
                        flaw = flaw or Flaw("flaw_too_few", {"have": have, "width": width})
                        values = {name: cells[index] for index, name in pairs if index < have and cells[index]}
                    else:
                        values = {name: cells[index] for index, name in pairs if cells[index]}
                    if head.ours:
                        values = {name: unshielded(value) for name, value in values.items()}
                    yield Line(number, values, flaw, text)
        except OSError as error:
            raise unreadable(self.path, error) from error


def _bounded(path: Path, file: TextIO) -> Iterator[str]:
    # With newline="" a line ends at \n, \r or \r\n and keeps its end.
    while line := file.readline(MAX_LINE_CHARS):
        if len(line) == MAX_LINE_CHARS:
            raise refused(path, "file_line_too_long")
        yield line


class _Records:
    """Joins physical lines into records, and decides what to do where the quotes do not agree.

    Attributes:
        width: how many columns the header has; 0 while it is not known.
    """

    def __init__(self, source: Iterator[str], delimiter: str, width: int) -> None:
        self.width = width
        self._source = source
        self._delimiter = delimiter
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 0
        self._chars = 0

    def read(self) -> Iterator[tuple[int, list[str] | None, Flaw | None, str]]:
        """Line number, cells (None: not sure), flaw, beginning of the text."""
        csv.field_size_limit(MAX_LINE_CHARS)
        reader = csv.reader(self._pull(), delimiter=self._delimiter, strict=True)
        while True:
            self._taken.clear()
            self._chars = 0
            first = self._number + 1
            try:
                cells = next(reader, None)
            except (csv.Error, _NeverClosed):
                # The reader stopped in the middle of its input; a new one continues with what is put back.
                yield self._doubtful(first)
                reader = csv.reader(self._pull(), delimiter=self._delimiter, strict=True)
                continue
            if cells is None:
                return
            if not cells or (len(cells) <= 1 and not cells[0].strip()):
                continue
            if not self.width or (len(self._taken) == 1 and len(cells) == self.width):
                yield first, cells, None, ""
            elif len(cells) > self.width and any(cell.strip() for cell in cells[self.width :]):
                if len(self._taken) == 1:
                    flaw = Flaw("flaw_too_many", {"have": len(cells), "width": self.width})
                    yield first, None, flaw, self._taken[0]
                else:
                    yield self._doubtful(first)
                    reader = csv.reader(self._pull(), delimiter=self._delimiter, strict=True)
            elif len(cells) < self.width and self._holds_rows(self._taken[1:]):
                # A quote that was not closed has swallowed the next lines.
                yield self._doubtful(first)
                reader = csv.reader(self._pull(), delimiter=self._delimiter, strict=True)
            else:
                yield first, cells, Flaw("flaw_rows_inside") if self._holds_rows(self._taken[1:-1]) else None, ""

    def _holds_rows(self, lines: list[str]) -> bool:
        return self.width > 2 and any(line.count(self._delimiter) >= self.width - 1 for line in lines)

    def _pull(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._source, None)
            if line is None:
                return
            self._taken.append(line)
            self._number += 1
            self._chars += len(line)
            if self._chars > MAX_LINE_CHARS:
                raise _NeverClosed
            yield line

    def _doubtful(self, first: int) -> tuple[int, list[str] | None, Flaw | None, str]:
        """Judge the first line by itself; the others are read again as if it were not there."""
        line = self._taken[0]
        self._again.extendleft(reversed(self._taken[1:]))
        self._number = first
        cells = _likely(line.rstrip(_END), self._delimiter)
        if cells is not None and (not self.width or len(cells) == self.width):
            return first, cells, Flaw("flaw_quotes_mended"), line
        return first, None, Flaw("flaw_quotes"), line


class _NeverClosed(Exception):
    """A cell went on for too long."""


def _likely(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line with stray quotes: a quote ends a cell only before a delimiter or the line's end.

    Returns:
        None when a cell is never closed.
    """
    cells: list[str] = []
    at = 0
    while True:
        if line.startswith('"', at):
            end = at + 1
            while True:
                end = line.find('"', end)
                if end < 0:
                    return None
                if line.startswith('""', end):
                    end += 2
                elif end + 1 == len(line) or line[end + 1] == delimiter:
                    break
                else:
                    end += 1
            cells.append(line[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            cells.append(line[at:end])
            at = end
        if at >= len(line):
            return cells
        at += 1
        if at == len(line):
            return [*cells, ""]
