"""Looking at a database from outside: is the file sound, and are its tables what the log says?

The tables are compared with those of a copy that was rebuilt from the log. `pos` and `thread_pos` are compared by
what they mean: places of one second may be given in another order.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from liaison_desk.domain.people import CARD_FIELDS
from liaison_desk.store.connection import connect
from liaison_desk.store.database import uri_of

_MAX_FINDINGS = 20
_ENTRY_COLUMNS = (
    "id no mark count occurred_ms occurred_min occurred_approx known_ms known_min received_ms received_min "
    "recorded_ms recorded_min device_mark device_name operator org from_party to_party channel kind subject content "
    "place latitude longitude verification important status owner due_ms due_min reply_to related attachments "
    "device seq conflicts cancelled corrected folded"
).replace(" ", ", ")
_SELECTS = {
    "entries": f"SELECT {_ENTRY_COLUMNS} FROM {{}}.entries",
    "entries (thread)": "SELECT e.id, r.id FROM {0}.entries e LEFT JOIN {0}.entries r ON r.pos = e.thread_pos",
    "revisions": "SELECT id, entry_id, hlc, device, record FROM {}.revisions",
    "field_values": "SELECT * FROM {}.field_values",
    "notes_on": "SELECT * FROM {}.notes_on",
    # Completion remembers when a phrase was used last even when that record was taken back.
    "phrases": "SELECT field, text, uses FROM {}.phrases",
    "contact_values": "SELECT * FROM {}.contact_values",
    "contacts": f"SELECT id, {', '.join(CARD_FIELDS)}, hidden, folded FROM {{}}.contacts",
}
# Rows stand at their second; when a second is full, a little behind it.
_MISPLACED = (
    "SELECT count(*) FROM main.entries WHERE (pos >> 10) < CAST(floor(occurred_ms / 1000.0) AS INTEGER) "
    "OR (pos >> 10) > CAST(floor(occurred_ms / 1000.0) AS INTEGER) + 1 + (SELECT count(*) / 256 FROM main.entries)"
)


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_MAX_FINDINGS})").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def copy_to(source: sqlite3.Connection, path: Path) -> None:
    """Copy the whole database as it stands now into a new file."""
    with closing(connect(str(path))) as target:
        source.backup(target)


def hasten(connection: sqlite3.Connection) -> None:
    """For a copy that may be lost: do not wait for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


def differences(path: Path, rebuilt: Path) -> dict[str, int]:
    """How many rows of each projected table are not as they are in the rebuilt copy; empty when all are equal."""
    found: dict[str, int] = {}
    with closing(connect(uri_of(path) + "?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH ? AS rebuilt", (uri_of(rebuilt) + "?mode=ro",))
        for table, select in _SELECTS.items():
            here, there = select.format("main"), select.format("rebuilt")
            rows = [
                connection.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0]
                for one, other in ((here, there), (there, here))
            ]
            if any(rows):
                found[table] = max(rows)
        misplaced = connection.execute(_MISPLACED).fetchone()[0]
        if misplaced:
            found["entries (pos)"] = misplaced
    return found


def search_differences(path: Path, rebuilt: Path) -> int:
    """How many terms of the search index stand for another number of entries than in the rebuilt copy."""
    with closing(connect(uri_of(path) + "?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH ? AS rebuilt", (uri_of(rebuilt) + "?mode=ro",))
        for name in ("main", "rebuilt"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.terms_{name} USING fts5vocab({name}, entry_search, row)")
        selects = "SELECT term, doc FROM temp.terms_main", "SELECT term, doc FROM temp.terms_rebuilt"
        return max(
            int(connection.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0])
            for one, other in (selects, selects[::-1])
        )
