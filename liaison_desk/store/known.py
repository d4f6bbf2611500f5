"""For files that come in and go out: what is here already, what lies behind entries; a whole batch at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liaison_desk.domain.chronology import ChronologyEntry, FieldValue, Revision
from liaison_desk.store import chronology, presence


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
    for entry_id, original in presence.among(
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
    return presence.entries_among(connection, ids)


def revisions_among(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are revisions here."""
    return {row[0] for row in presence.among(connection, "SELECT id FROM revisions WHERE id IN ({})", ids)}


def ids_of_numbers(connection: sqlite3.Connection, numbers: Sequence[str]) -> dict[str, str]:
    """The entry that has each of these numbers: the first recorded one, where two PCs took one mark."""
    found: dict[str, str] = {}
    statement = "SELECT no, id FROM entries WHERE no IN ({}) ORDER BY recorded_ms, id"
    for no, entry_id in presence.among(connection, statement, numbers):
        found.setdefault(no, entry_id)
    return found


def first_wordings(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Subject and content of each of these entries that is here, as first recorded."""
    statement = (
        "SELECT id, "
        "CASE WHEN original IS NULL THEN subject ELSE coalesce(json_extract(original, '$.subject'), '') END, "
        "CASE WHEN original IS NULL THEN content ELSE coalesce(json_extract(original, '$.content'), '') END "
        "FROM entries WHERE id IN ({})"
    )
    return {row[0]: (row[1], row[2]) for row in presence.among(connection, statement, ids)}


def numbers_of_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The number of each of these entries that is here."""
    return dict(presence.among(connection, "SELECT id, no FROM entries WHERE id IN ({})", ids))
