"""The log's rows out of the bare pages of a damaged file, when the pages that lead to them are gone.

Reads SQLite's file format ("Database File Format", 1.6 B-tree Pages, 2.1 Record Format, 4.1 WAL File Format) without
SQLite. Whatever looks like a row of the log is handed out; whoever takes it proves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PAGE = 4096
_LEAF = 13
_WAL_HEAD, _FRAME_HEAD = 32, 24
_COLUMNS = 7
_CHAIN_TYPE = 12 + 2 * 32
_MAX_BODY = 5 * 1024 * 1024


class Carved(NamedTuple):
    """What looks like a row of the log: its place in the order, its chain, its bytes."""

    position: int
    chain: bytes
    body: bytes


def carved(path: Path) -> Iterator[Carved]:
    """Everything in the file, and in SQLite's own log beside it, that looks like a row of the desk's log."""
    pages = _Pages(path)
    for number in pages.numbers():
        page = pages.read(number)
        if len(page) < _PAGE or page[100 if number == 1 else 0] != _LEAF:
            continue
        count = int.from_bytes(page[3:5], "big")
        for index in range(min(count, _PAGE // 4)):
            start = int.from_bytes(page[8 + 2 * index : 10 + 2 * index], "big")
            row = _row(pages, page, start)
            if row is not None:
                yield row


class _Pages:
    """The newest bytes of each page."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self._log = b""
        self._frames: dict[int, int] = {}
        log = path.with_name(path.name + "-wal")
        if log.exists():
            self._log = log.read_bytes()
            self._read_frames()

    def _read_frames(self) -> None:
        fresh: dict[int, int] = {}
        salt = self._log[16:24]
        for start in range(_WAL_HEAD, len(self._log) - _FRAME_HEAD - _PAGE + 1, _FRAME_HEAD + _PAGE):
            head = self._log[start : start + _FRAME_HEAD]
            if head[8:16] != salt:
                return
            fresh[int.from_bytes(head[:4], "big")] = start + _FRAME_HEAD
            if head[4:8] != bytes(4):
                # Only what was committed counts.
                self._frames |= fresh
                fresh = {}

    def numbers(self) -> list[int]:
        return sorted({*range(1, len(self._data) // _PAGE + 1), *self._frames})

    def read(self, number: int) -> bytes:
        start = self._frames.get(number)
        if start is not None:
            return self._log[start : start + _PAGE]
        return self._data[(number - 1) * _PAGE : number * _PAGE]


def _row(pages: _Pages, page: bytes, start: int) -> Carved | None:
    try:
        size, at = _varint(page, start)
        position, at = _varint(page, at)
        if not 60 < size < _MAX_BODY:
            return None
        payload = _payload(pages, page, at, size)
        head, at = _varint(payload, 0)
        types = []
        while at < head:
            kind, at = _varint(payload, at)
            types.append(kind)
        if len(types) != _COLUMNS or types[0] != 0 or types[4] != _CHAIN_TYPE or types[5] < 12 or types[5] % 2:
            return None
        starts = [head]
        for kind in types:
            starts.append(starts[-1] + _size(kind))
    except IndexError:
        return None
    return Carved(position, payload[starts[4] : starts[5]], payload[starts[5] : starts[6]])


def _payload(pages: _Pages, page: bytes, at: int, size: int) -> bytes:
    most = _PAGE - 35
    if size <= most:
        return page[at : at + size]
    least = (_PAGE - 12) * 32 // 255 - 23
    here = least + (size - least) % (_PAGE - 4)
    here = here if here <= most else least
    parts = [page[at : at + here]]
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    for _ in range(size // (_PAGE - 4) + 1):
        if not following:
            break
        more = pages.read(following)
        parts.append(more[4:])
        following = int.from_bytes(more[:4], "big")
    return b"".join(parts)[:size]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        value = value << 7 | data[at] & 0x7F
        at += 1
        if data[at - 1] < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
