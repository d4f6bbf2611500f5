"""The tables that the exchange keeps in the desk's own SQLite file.

The log is the truth. ``cells`` and ``vector`` are made from it and can be made again; ``parked`` holds
what arrived too early; ``segments`` keeps the published files as they are, so that any PC can publish
anyone's again under the same name; ``places``, ``replicas`` and ``roster`` remember what was exchanged
with whom.

Devices have a small number here because their ids would stand in every row. The numbers are local.
"""

from __future__ import annotations

import sqlite3
from typing import Final

CELLS: Final = """CREATE TABLE IF NOT EXISTS cells (
    kind TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL,
    device INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL,
    PRIMARY KEY (kind, id, field, device, seq, idx)) WITHOUT ROWID"""

TABLES: Final = (
    # ahead_ms: by how much the device's newest stamp was ahead of our clock, when that was over the limit.
    """CREATE TABLE IF NOT EXISTS devices (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ahead_ms INTEGER NOT NULL DEFAULT 0)""",
    # position: the order of applying here, which is a causal order. undo: dots that an own transaction took out.
    """CREATE TABLE IF NOT EXISTS log (
        position INTEGER PRIMARY KEY, device INTEGER NOT NULL, seq INTEGER NOT NULL, hlc INTEGER NOT NULL,
        chain BLOB NOT NULL, body BLOB NOT NULL, undo BLOB, UNIQUE (device, seq))""",
    CELLS,
    # told: how much of that device our own transactions have already named in their deps.
    """CREATE TABLE IF NOT EXISTS vector (
        device INTEGER PRIMARY KEY, seq INTEGER NOT NULL, chain BLOB NOT NULL, told INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE IF NOT EXISTS parked (
        device INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL,
        wait_device INTEGER NOT NULL, wait_seq INTEGER NOT NULL, PRIMARY KEY (device, seq))""",
    "CREATE INDEX IF NOT EXISTS parked_by_wait ON parked (wait_device, wait_seq)",
    """CREATE TABLE IF NOT EXISTS segments (
        device INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (device, first, last, name))""",
    """CREATE TABLE IF NOT EXISTS places (
        place TEXT PRIMARY KEY, canary TEXT NOT NULL, offered INTEGER NOT NULL DEFAULT 0,
        published INTEGER NOT NULL DEFAULT 0, card_n INTEGER NOT NULL DEFAULT 0, card BLOB,
        ack_n INTEGER NOT NULL DEFAULT 0, ack BLOB)""",
    """CREATE TABLE IF NOT EXISTS replicas (
        place TEXT NOT NULL, device INTEGER NOT NULL, head INTEGER NOT NULL DEFAULT 0,
        ack_n INTEGER NOT NULL DEFAULT 0, ack BLOB, PRIMARY KEY (place, device))""",
    """CREATE TABLE IF NOT EXISTS roster (
        device INTEGER PRIMARY KEY, n INTEGER NOT NULL, card BLOB NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS journal_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
)


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    for statement in TABLES:
        connection.execute(statement)
