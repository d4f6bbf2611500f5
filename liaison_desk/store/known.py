"""What of a file's lines is here already: asked for a whole batch at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

_AT_ONCE = 500


def entries_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are entries here."""
    return {row[0] for row in _among(connection, "SELECT id FROM entries WHERE id IN ({})", ids)}


def revisions_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are revisions here."""
    return {row[0] for row in _among(connection, "SELECT id FROM revisions WHERE id IN ({})", ids)}


def ids_of_numbers(connection: sqlite3.Connection, numbers: Sequence[str]) -> dict[str, str]:
    """The entry that has each of these numbers: the first recorded one, where two PCs took one mark."""
    found: dict[str, str] = {}
    statement = "SELECT no, id FROM entries WHERE no IN ({}) ORDER BY recorded_ms, id"
    for no, entry_id in _among(connection, statement, numbers):
        found.setdefault(no, entry_id)
    return found


def numbers_of_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The number of each of these entries that is here."""
    return dict(_among(connection, "SELECT id, no FROM entries WHERE id IN ({})", ids))


def _among(connection: sqlite3.Connection, statement: str, values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        yield from connection.execute(statement.format(",".join("?" * len(part))), part)
