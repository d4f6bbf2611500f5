"""What can still be read of a damaged database besides its log (`sync.salvage` reads that).

The damaged file is only read. Where its first pages are gone, which name the tables, a copy of the file gets those of
a new database: both were made by the same statements in the same order, so every table begins at the same page.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import Draft
from liaison_desk.store import chronology
from liaison_desk.store.connection import connect, transaction
from liaison_desk.store.database import looks_like_a_database, uri_of

_PAGE = 4096
_INTERIOR = 5
_SAVE_DRAFT = "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?)"


def can_be_read(path: Path) -> bool:
    """Whether SQLite opens the file and finds a log in it."""
    if not looks_like_a_database(path):
        return False
    with closing(connect(uri_of(path) + "?mode=ro", uri=True)) as connection:
        try:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema").fetchall()}
        except sqlite3.Error:
            return False
        return {"log", "devices", "desk_settings"} <= names


def with_first_pages(damaged: Path, new: Path, copy: Path) -> None:
    """Copy a damaged file, with the pages that name the tables taken from a new, closed database."""
    shutil.copyfile(damaged, copy)
    log = damaged.with_name(damaged.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
    pages = new.read_bytes()
    with copy.open("r+b") as file:
        for number in _schema_pages(pages):
            page = bytearray(pages[(number - 1) * _PAGE : number * _PAGE])
            if number == 1:
                # The counts of the two files differ: SQLite then believes the size of the file itself.
                page[24:28], page[92:96] = b"\0\0\0\1", b"\0\0\0\0"
                page[32:40] = bytes(8)
            file.seek((number - 1) * _PAGE)
            file.write(page)


def _schema_pages(pages: bytes) -> Iterator[int]:
    waiting = [1]
    while waiting:
        number = waiting.pop()
        yield number
        start = (number - 1) * _PAGE
        head = start + (100 if number == 1 else 0)
        if pages[head] != _INTERIOR:
            continue
        cells = int.from_bytes(pages[head + 3 : head + 5], "big")
        waiting.append(int.from_bytes(pages[head + 8 : head + 12], "big"))
        for index in range(cells):
            pointer = head + 12 + 2 * index
            cell = start + int.from_bytes(pages[pointer : pointer + 2], "big")
            waiting.append(int.from_bytes(pages[cell : cell + 4], "big"))


class Remains:
    """Everything of a damaged file that is not the log; what cannot be read is missing, and counted."""

    def __init__(self, path: Path) -> None:
        """Open the file for reading."""
        self._connection = connect(uri_of(path) + "?mode=ro", uri=True)
        self.unreadable = 0

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def settings(self) -> dict[str, str]:
        """The seat and the other small settings."""
        rows = self._rows("SELECT name, value FROM desk_settings")
        return {name: value for name, value in rows if isinstance(name, str) and isinstance(value, str)}

    def journal(self) -> dict[str, Any]:
        """The journal's own words: space, device."""
        return {
            key: value for key, value in self._rows("SELECT key, value FROM journal_meta") if isinstance(value, str)
        }

    def published(self, device: str) -> int | None:
        """How many of this device's transactions were seen at a share; None when that is unreadable."""
        before = self.unreadable
        rows = list(self._rows("SELECT published FROM places"))
        if self.unreadable == before and all(isinstance(row[0], int) for row in rows):
            return max((row[0] for row in rows), default=0)
        self.unreadable = before
        kept = list(self._rows("SELECT max(last) FROM segments JOIN devices ON number = device WHERE id = ?", device))
        return kept[0][0] or 0 if self.unreadable == before and kept else None

    def drafts(self) -> list[Draft]:
        """Unfinished lines."""
        found = []
        for slot, values, *times in self._rows("SELECT * FROM drafts"):
            try:
                a, b, c, d = map(int, times)
                found.append(Draft(str(slot), dict(json.loads(values)), Moment(a, b), Moment(c, d)))
            except (TypeError, ValueError):
                self.unreadable += 1
        return found

    def entries(self, device: str, here: sqlite3.Connection) -> Iterator[ChronologyEntry]:
        """Entries that stand in the damaged file's table and not here: as they were first recorded.

        Args:
            device: only those of this device, "" for all.
            here: the new database.
        """
        rows = self._rows("SELECT id FROM entries WHERE device = ?1 OR ?1 = '' ORDER BY pos", device)
        for entry_id in [row[0] for row in rows if isinstance(row[0], str)]:
            try:
                if chronology.original_of(here, entry_id) is None:
                    found = chronology.original_of(self._connection, entry_id)
                    if found is not None:
                        yield ChronologyEntry.from_record(entry_id, found[0].to_record())
            except (sqlite3.Error, TypeError, ValueError):
                self.unreadable += 1

    def unseen(self) -> list[str]:
        """Entries that nobody looked at here."""
        return [row[0] for row in self._rows("SELECT entry_id FROM unseen") if isinstance(row[0], str)]

    def _rows(self, statement: str, *values: str) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(statement, values)
        except sqlite3.Error:
            self.unreadable += 1


def keep_drafts(connection: sqlite3.Connection, drafts: list[Draft]) -> None:
    """Write drafts as they were, with the times of then."""
    rows = [
        (one.slot, json.dumps(dict(one.values)), one.started_at.utc_ms, one.started_at.offset_min,
         one.saved_at.utc_ms, one.saved_at.offset_min)
        for one in drafts
    ]  # fmt: skip
    with transaction(connection):
        connection.executemany(_SAVE_DRAFT, rows)
