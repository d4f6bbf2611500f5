"""Transactions that arrived too early wait in the database, bounded, each with what it waits for."""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

MAX_PARKED: Final = 20_000
MAX_PARKED_BYTES: Final = 64 * 1024 * 1024


class Room(NamedTuple):
    """How much is parked."""

    transactions: int
    size_bytes: int


def room(connection: sqlite3.Connection) -> Room:
    """How much is parked now."""
    row = connection.execute("SELECT count(*), coalesce(sum(length(body)), 0) FROM parked").fetchone()
    return Room(*row)


def find(connection: sqlite3.Connection, number: int, seq: int) -> bytes | None:
    """The parked bytes of one transaction."""
    row = connection.execute("SELECT body FROM parked WHERE device = ? AND seq = ?", (number, seq)).fetchone()
    return row[0] if row else None


def park(connection: sqlite3.Connection, number: int, seq: int, body: bytes, waits: tuple[int, int]) -> None:
    """Let a transaction wait, or note that it waits for something else now.

    Args:
        connection: Inside a write transaction.
        number: Local number of its device.
        seq: Its sequence number.
        body: Its bytes.
        waits: Local number and sequence number of what it waits for.
    """
    connection.execute("INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?)", (number, seq, body, *waits))


def leave(connection: sqlite3.Connection, number: int, seq: int) -> None:
    """Let a transaction go, because it is applied or proven wrong."""
    connection.execute("DELETE FROM parked WHERE device = ? AND seq = ?", (number, seq))


def ready(connection: sqlite3.Connection, number: int, upto: int) -> list[bytes]:
    """The bytes of what waited for a device's transactions up to ``upto``, its own first."""
    rows = connection.execute(
        "SELECT body FROM parked WHERE wait_device = ? AND wait_seq <= ? ORDER BY device <> wait_device, device, seq",
        (number, upto),
    )
    return [body for (body,) in rows]
