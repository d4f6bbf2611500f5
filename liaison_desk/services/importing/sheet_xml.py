"""The parts of an xlsx file, read without trust: no DTD, bounded sizes, only the cells that exist.

openpyxl pads every gap between two cells (a sheet with two far corners has 17 thousand million cells for it) and
reads an eighth as fast, so the reading side is our own, over expat; writing is openpyxl's (`services.exporting`).
Names and meanings: ECMA-376, part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8.30 (number formats).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from xml.parsers import expat

_CHUNK_BYTES = 1 << 16
# What an office's chronology of a year never reaches.
MAX_PART_BYTES = 1 << 30
MAX_STRINGS_BYTES = 256 << 20
# Honest sheets compress 5 to 30 times; a bomb a thousand times.
_MAX_RATIO = 200
_RATIO_FROM_BYTES = 16 << 20
# Built-in formats of dates and times; 27-36 and 50-58 are those of Japanese Excel.
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_NOT_DATE = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.|_.|\*.', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhsge]|年|月|日|時|分", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROW_NUMBER = re.compile(r"\d+")


class UnsafeSheet(Exception):
    """The file is not taken; `key` is the reason's sentence in `wording`."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the reason."""
        super().__init__(key)
        self.key = key
        self.values = values


class Book(NamedTuple):
    """A workbook's parts: visible sheets first, each with the name of its part."""

    sheets: tuple[tuple[str, str], ...]
    dates: frozenset[int]
    epoch: datetime


def open_book(archive: zipfile.ZipFile) -> Book:
    """Read the workbook's own parts.

    Raises:
        UnsafeSheet: a DTD, a bomb, or not a workbook.
    """
    names = {info.filename: info for info in archive.infolist()}
    for info in names.values():
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MAX_PART_BYTES or (info.file_size > _RATIO_FROM_BYTES and ratio > _MAX_RATIO):
            raise UnsafeSheet("file_bomb", size=f"{info.file_size / 2**20:,.0f} MB")
    root = _target(archive, "_rels/.rels", "", lambda kind, _: kind.endswith("/officeDocument"))
    workbook = root or "xl/workbook.xml"
    if workbook not in names:
        raise UnsafeSheet("file_not_a_workbook")
    found: list[tuple[str, str, str]] = []
    base_1904: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            found.append((attributes.get("name", ""), relation, attributes.get("state", "visible")))
        elif name == "workbookPr":
            base_1904.append(attributes.get("date1904") in {"1", "true", "on"})

    _walk(archive, workbook, start)
    folder = posixpath.dirname(workbook)
    relations = _relations(archive, f"{folder}/_rels/{posixpath.basename(workbook)}.rels", folder)
    found.sort(key=lambda sheet: sheet[2] != "visible")
    sheets = tuple((name, relations[relation]) for name, relation, _ in found if relations.get(relation, "") in names)
    if not sheets:
        raise UnsafeSheet("file_not_a_workbook")
    epoch = datetime(1904, 1, 1) if any(base_1904) else datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock's
    return Book(sheets, _date_styles(archive, f"{folder}/styles.xml", names), epoch)


def shared_strings(archive: zipfile.ZipFile) -> list[str]:
    """The workbook's shared strings; phonetic readings (ふりがな) are left out.

    Raises:
        UnsafeSheet: too long.
    """
    name = next((n for n in archive.namelist() if n.lower().endswith("/sharedstrings.xml")), None)
    if name is None:
        return []
    if archive.getinfo(name).file_size > MAX_STRINGS_BYTES:
        raise UnsafeSheet("file_bomb", size=f"{archive.getinfo(name).file_size / 2**20:,.0f} MB")
    strings: list[str] = []
    parts: list[str] = []
    inside = [False, False]  # in a text, in a phonetic reading

    def start(name: str, _: dict[str, str]) -> None:
        if name == "t":
            inside[0] = not inside[1]
        elif name == "rPh":
            inside[1] = True
        elif name == "si":
            parts.clear()

    def end(name: str) -> None:
        if name == "t":
            inside[0] = False
        elif name == "rPh":
            inside[1] = False
        elif name == "si":
            strings.append(unescaped("".join(parts)))

    def text(data: str) -> None:
        if inside[0]:
            parts.append(data)

    _walk(archive, name, start, end, text)
    return strings


def unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as _x0007_ (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def rows(archive: zipfile.ZipFile, part: str, book: Book, strings: list[str]) -> Iterator[tuple[int, dict[int, Any]]]:
    """The rows of a sheet that hold anything: number, and values by column index.

    Values are str, float, bool or (for cells in a format of dates) datetime.

    Raises:
        UnsafeSheet: a DTD, or not XML.
    """
    reader = _SheetReader(book, strings)
    parser = _parser(reader.start, reader.end, reader.text)
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            _feed(parser, chunk, final=False)
            yield from reader.take()
        _feed(parser, b"", final=True)
        yield from reader.take()


class _SheetReader:
    """Collects rows from expat's events."""

    def __init__(self, book: Book, strings: list[str]) -> None:
        self._dates, self._epoch, self._strings = book.dates, book.epoch, strings
        self._columns: dict[str, int] = {}
        self._done: list[tuple[int, dict[int, Any]]] = []
        self._row: dict[int, Any] = {}
        self._number = 0
        self._column = -1
        self._type = ""
        self._style = ""
        self._parts: list[str] = []
        self._reading = False
        self._phonetic = False

    def take(self) -> list[tuple[int, dict[int, Any]]]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            place = attributes.get("r")
            if place is None:
                self._column += 1
            else:
                letters = _ROW_NUMBER.sub("", place)
                column = self._columns.get(letters)
                if column is None:
                    column = self._columns[letters] = _column_index(letters)
                self._column = column
            self._type = attributes.get("t", "")
            self._style = attributes.get("s", "")
            self._parts = []
        elif name in ("v", "t"):
            self._reading = not self._phonetic
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < 9 else self._number + 1
            self._row = {}
            self._column = -1
        elif name == "rPh":
            self._phonetic = True

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._reading = False
        elif name == "c":
            if self._parts:
                value = self._value("".join(self._parts))
                if value != "":
                    self._row[self._column] = value
        elif name == "row":
            if self._row:
                self._done.append((self._number, self._row))
        elif name == "rPh":
            self._phonetic = False

    def _value(self, raw: str) -> Any:
        kind = self._type
        if kind == "s":
            index = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind in ("inlineStr", "str"):
            return unescaped(raw)
        if kind == "b":
            return raw == "1"
        if kind == "e":
            return raw  # #REF! and its like are shown as they are
        if kind == "d":
            try:
                return datetime.fromisoformat(raw).replace(tzinfo=None)
            except ValueError:
                return raw
        try:
            number = float(raw)
        except ValueError:
            return raw
        if self._style and int(self._style) in self._dates and self._style.isdecimal():
            return _date_of(number, self._epoch)
        return number


def _date_of(number: float, epoch: datetime) -> Any:
    # Below one day it is a time without a date.
    try:
        moment = epoch + timedelta(milliseconds=round(number * 86_400_000))
    except (OverflowError, ValueError):
        return number
    if 0 <= number < 1:
        return f"{moment:%H:%M:%S}"
    return moment


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters[:4]:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _date_styles(archive: zipfile.ZipFile, part: str, names: dict[str, zipfile.ZipInfo]) -> frozenset[int]:
    if part not in names:
        return frozenset()
    custom: dict[str, bool] = {}
    styles: list[bool] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            custom[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            number = attributes.get("numFmtId", "0")
            styles.append(custom.get(number, number.isdecimal() and int(number) in _DATE_FORMATS))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    _walk(archive, part, start, end)
    return frozenset(index for index, dated in enumerate(styles) if dated)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time: it has such a letter outside of quotes and colours."""
    return bool(_DATE_LETTERS.search(_NOT_DATE.sub("", code.split(";")[0]).replace("General", "")))


def _target(archive: zipfile.ZipFile, part: str, folder: str, wanted: Callable[[str, str], bool]) -> str:
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and wanted(attributes.get("Type", ""), attributes.get("Id", "")):
            found.append(_resolved(folder, attributes.get("Target", "")))

    if part in archive.namelist():
        _walk(archive, part, start)
    return found[0] if found else ""


def _relations(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            found[attributes.get("Id", "")] = _resolved(folder, attributes.get("Target", ""))

    if part in archive.namelist():
        _walk(archive, part, start)
    return found


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = _parser(start, end, text)
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            _feed(parser, chunk, final=False)
        _feed(parser, b"", final=True)


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        # Office XML never has one (ECMA-376, part 2, 8.4.4): it is a bomb, or a way to read other files.
        raise UnsafeSheet("file_with_dtd")

    def root(name: str, attributes: dict[str, str]) -> None:
        # Excel writes no prefixes; where another program does, every name is cut.
        if ":" in name:
            parser.StartElementHandler = lambda tag, given: start(tag.rpartition(":")[2], given)
            if end is not None:
                parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        else:
            parser.StartElementHandler = start
        start(name.rpartition(":")[2], attributes)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = root
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


def _feed(parser: expat.XMLParserType, data: bytes, *, final: bool) -> None:
    try:
        parser.Parse(data, final)
    except expat.ExpatError as broken:
        raise UnsafeSheet("file_broken_xml", reason=broken) from broken
