"""Which of many ids are here: asked for a whole batch at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_AT_ONCE = 500


def entries_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are entries here."""
    return {row[0] for row in among(connection, "SELECT id FROM entries WHERE id IN ({})", ids)}


def spoken_of(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Those of these entries that were corrected or set a field of before they came here."""
    corrected = among(connection, "SELECT DISTINCT entry_id FROM revisions WHERE entry_id IN ({})", ids)
    changed = among(connection, "SELECT DISTINCT entry_id FROM field_values WHERE entry_id IN ({})", ids)
    return sorted({row[0] for rows in (corrected, changed) for row in rows})


def among(connection: sqlite3.Connection, statement: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement with `IN ({})`, for any number of values."""
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        yield from connection.execute(statement.format(",".join("?" * len(part))), part)
