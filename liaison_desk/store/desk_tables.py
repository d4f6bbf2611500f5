"""What belongs to this PC alone and is never sent: incident card, drafts, what was seen, small settings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import Draft
from liaison_desk.store.connection import transaction

STATEMENTS = (
    "CREATE TABLE desk_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE drafts (slot TEXT PRIMARY KEY, fields TEXT NOT NULL, started_ms INTEGER NOT NULL, "
    "started_min INTEGER NOT NULL, saved_ms INTEGER NOT NULL, saved_min INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE unseen (entry_id TEXT PRIMARY KEY) WITHOUT ROWID",
)


def setting(connection: sqlite3.Connection, name: str, default: str = "") -> str:
    """One setting of this profile."""
    row = connection.execute("SELECT value FROM desk_settings WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else default


def save_settings(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Write settings, all together."""
    with transaction(connection):
        connection.executemany(
            "INSERT INTO desk_settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            list(values.items()),
        )


def save_draft(connection: sqlite3.Connection, draft: Draft) -> None:
    """Keep an unfinished line; the slot's former one is replaced."""
    row = (
        draft.slot,
        # ASCII: half a character, as a keyboard may leave it for a moment, is kept too.
        json.dumps(dict(draft.values)),
        draft.started_at.utc_ms,
        draft.started_at.offset_min,
        draft.saved_at.utc_ms,
        draft.saved_at.offset_min,
    )
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?)", row)


def drafts(connection: sqlite3.Connection) -> list[Draft]:
    """All unfinished lines, the newest first."""
    rows = connection.execute(
        "SELECT slot, fields, started_ms, started_min, saved_ms, saved_min FROM drafts ORDER BY saved_ms DESC"
    )
    return [Draft(slot, json.loads(values), Moment(a, b), Moment(c, d)) for slot, values, a, b, c, d in rows]


def forget_draft(connection: sqlite3.Connection, slot: str) -> None:
    """Forget a draft inside the write transaction in which its entry is recorded."""
    connection.execute("DELETE FROM drafts WHERE slot = ?", (slot,))


def drop_draft(connection: sqlite3.Connection, slot: str) -> None:
    """Forget an unfinished line that was thrown away."""
    with transaction(connection):
        forget_draft(connection, slot)


def mark_unseen(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """These entries came from other PCs."""
    with transaction(connection):
        note_unseen(connection, ids)


def note_unseen(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """The same inside the write transaction that brings them."""
    connection.executemany("INSERT OR IGNORE INTO unseen VALUES (?)", [(one,) for one in ids])


def mark_seen(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """These entries were looked at."""
    with transaction(connection):
        connection.executemany("DELETE FROM unseen WHERE entry_id = ?", [(one,) for one in ids])


def mark_all_seen(connection: sqlite3.Connection) -> None:
    """Everything was looked at."""
    with transaction(connection):
        connection.execute("DELETE FROM unseen")


def unseen_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """Entries from other PCs that nobody looked at here."""
    return frozenset(row[0] for row in connection.execute("SELECT entry_id FROM unseen"))
