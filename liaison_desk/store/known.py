"""For files that come in and go out: what is here already, what lies behind entries; a whole batch at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liaison_desk.domain.chronology import ChronologyEntry, FieldValue, Revision
from liaison_desk.store import chronology

_AT_ONCE = 500


@dataclass(slots=True)
class Behind:
    """What lies behind an entry as it stands.

    Attributes:
        original: as first recorded; None when nothing was ever said of it.
        revisions: oldest stamp first.
        live: for each live field that was set, the values that stand side by side.
    """

    original: ChronologyEntry | None = None
    revisions: tuple[Revision, ...] = ()
    live: Mapping[str, tuple[FieldValue, ...]] = field(default_factory=dict)


def behind(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Behind]:
    """What lies behind those of these entries that were revised or set; the others are missing."""
    found: dict[str, Behind] = {}
    for entry_id, original in _among(
        connection, "SELECT id, original FROM entries WHERE original IS NOT NULL AND id IN ({})", ids
    ):
        found[entry_id] = Behind(
            original=ChronologyEntry.from_record(entry_id, json.loads(original)),
            revisions=chronology.revisions_of(connection, entry_id),
            live=chronology.live_values(chronology.values_of(connection, entry_id)),
        )
    return found


def entries_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are entries here."""
    return {row[0] for row in _among(connection, "SELECT id FROM entries WHERE id IN ({})", ids)}


def revisions_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are revisions here."""
    return {row[0] for row in _among(connection, "SELECT id FROM revisions WHERE id IN ({})", ids)}


def spoken_of(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Those of these entries that were corrected or set a field of before they came here."""
    corrected = _among(connection, "SELECT DISTINCT entry_id FROM revisions WHERE entry_id IN ({})", ids)
    changed = _among(connection, "SELECT DISTINCT entry_id FROM field_values WHERE entry_id IN ({})", ids)
    return sorted({row[0] for rows in (corrected, changed) for row in rows})


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


def _among(connection: sqlite3.Connection, statement: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        yield from connection.execute(statement.format(",".join("?" * len(part))), part)
