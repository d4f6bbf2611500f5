"""The tables that views of the chronology read: projections of the log, dropped and rebuilt at any time.

`pos` is the row's place in time: seconds of 発生時刻 in the upper bits, then how much later it was recorded,
then a free slot. So the table, the search index and every scan are in the order of the list without sorting.
It is local to this file: two PCs may number ties differently.
"""

from __future__ import annotations

from liaison_desk.domain.clock import Moment

STATEMENTS = (
    """CREATE TABLE entries (
        pos INTEGER PRIMARY KEY,
        thread_pos INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        no TEXT NOT NULL,
        mark TEXT NOT NULL,
        count INTEGER NOT NULL,
        occurred_ms INTEGER NOT NULL,
        occurred_min INTEGER NOT NULL,
        occurred_approx INTEGER NOT NULL,
        known_ms INTEGER, known_min INTEGER,
        received_ms INTEGER, received_min INTEGER,
        recorded_ms INTEGER NOT NULL,
        recorded_min INTEGER NOT NULL,
        device_mark TEXT NOT NULL,
        device_name TEXT NOT NULL,
        operator TEXT NOT NULL,
        org TEXT NOT NULL,
        from_party TEXT NOT NULL,
        to_party TEXT NOT NULL,
        channel TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        content TEXT NOT NULL,
        place TEXT NOT NULL,
        latitude REAL, longitude REAL,
        verification TEXT NOT NULL,
        important INTEGER NOT NULL,
        status TEXT NOT NULL,
        owner TEXT NOT NULL,
        due_ms INTEGER, due_min INTEGER,
        reply_to TEXT,
        related TEXT NOT NULL,
        attachments TEXT NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        conflicts TEXT NOT NULL DEFAULT '',
        cancelled INTEGER NOT NULL DEFAULT 0,
        corrected INTEGER NOT NULL DEFAULT 0,
        original TEXT,
        folded TEXT NOT NULL
    )""",
    "CREATE INDEX entries_by_no ON entries (no)",
    "CREATE INDEX entries_by_mark ON entries (mark, count)",
    "CREATE INDEX entries_by_thread ON entries (thread_pos)",
    "CREATE INDEX entries_by_parent ON entries (reply_to) WHERE reply_to IS NOT NULL",
    "CREATE INDEX entries_open ON entries (status) WHERE status IN ('未対応', '対応中')",
    """CREATE TABLE revisions (
        id TEXT PRIMARY KEY,
        entry_id TEXT NOT NULL,
        hlc INTEGER NOT NULL,
        device TEXT NOT NULL,
        record TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX revisions_by_entry ON revisions (entry_id)",
    """CREATE TABLE field_values (
        dot TEXT PRIMARY KEY,
        entry_id TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        hlc INTEGER NOT NULL,
        device TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        at_min INTEGER NOT NULL,
        operator TEXT NOT NULL,
        org TEXT NOT NULL,
        live INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX field_values_by_entry ON field_values (entry_id, field)",
    # 訂正 and 取消 lines of imported chronologies, by the number of the entry that they speak of.
    "CREATE TABLE notes_on (no TEXT NOT NULL, by_id TEXT NOT NULL, by_no TEXT NOT NULL, kind TEXT NOT NULL, "
    "PRIMARY KEY (no, by_id)) WITHOUT ROWID",
    # What was typed before, for completion: counted by use.
    "CREATE TABLE phrases (field TEXT NOT NULL, text TEXT NOT NULL, uses INTEGER NOT NULL, last_ms INTEGER NOT NULL, "
    "PRIMARY KEY (field, text)) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE entry_search USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
)
PROJECTED = ("entries", "revisions", "field_values", "notes_on", "phrases")

_SLOT_BITS = 10
_SLOTS = 1 << _SLOT_BITS
_LATE_STEP_S = 16


def first_pos(occurred_at: Moment, recorded_at: Moment) -> int:
    """Where an entry belongs in time: the first of the places it may take (the next free one is used).

    Entries of one second follow each other by how late they were recorded, in steps of 16 s up to 2 hours.
    """
    occurred_s = occurred_at.utc_ms // 1000
    late = min(max(recorded_at.utc_ms // 1000 - occurred_s, 0) // _LATE_STEP_S, _SLOTS // 2)
    return (occurred_s << _SLOT_BITS) + late


def pos_at(moment: Moment) -> int:
    """The lowest place of entries that occurred at this second or later."""
    return (moment.utc_ms // 1000) << _SLOT_BITS
