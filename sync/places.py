"""What was exchanged with which place: our own marks there, and what others showed.

Rows only; the engine decides. Every function runs inside the journal's SQLite transaction.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from sync.log_reader import Kept, encode_vector

_SPACE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Numbers(Protocol):
    """Gives devices their local numbers."""

    def number(self, device: str) -> int:
        """The local number of a device."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Published:
    """What of this device is now seen to be at a place; None means "as before".

    Attributes:
        seq: Own transactions up to here.
        card: Number and content of the own device card.
        ack: Number and vector of the own acknowledgement.
    """

    seq: int | None = None
    card: tuple[int, bytes] | None = None
    ack: tuple[int, Mapping[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What another device shows at a place.

    Attributes:
        device: Who.
        head: Its head there, 0 when none was seen.
        ack: Number and vector of its newest acknowledgement, if a new one was read.
        card: Number and content of its newest card, if a new one was read.
    """

    device: str
    head: int = 0
    ack: tuple[int, Mapping[str, int]] | None = None
    card: tuple[int, bytes] | None = field(default=None, repr=False)


def is_space(text: str) -> bool:
    """Whether this can be a directory's name on every system: a-z, 0-9 and inner hyphens, up to 64."""
    return _SPACE.fullmatch(text) is not None


def met(connection: sqlite3.Connection, place: str, canary: str) -> None:
    """Remember a place; a second time changes nothing."""
    connection.execute("INSERT INTO places (place, canary) VALUES (?, ?) ON CONFLICT DO NOTHING", (place, canary))


def offered(connection: sqlite3.Connection) -> int:
    """The last own transaction that may be visible anywhere."""
    return int(connection.execute("SELECT coalesce(max(offered), 0) FROM places").fetchone()[0])


def offering(connection: sqlite3.Connection, place: str, seq: int) -> None:
    """Raise the mark of what may be visible at a place."""
    connection.execute("UPDATE places SET offered = max(offered, ?) WHERE place = ?", (seq, place))


def keep(connection: sqlite3.Connection, numbers: Numbers, segments: Sequence[Kept]) -> None:
    """Keep segment files as they are."""
    rows = [(numbers.number(kept.device), kept.first, kept.last, kept.name, kept.data) for kept in segments]
    connection.executemany("INSERT OR IGNORE INTO segments VALUES (?, ?, ?, ?, ?)", rows)


def published(connection: sqlite3.Connection, place: str, note: Published) -> None:
    """Note what of this device is seen to be at a place."""
    if note.seq is not None:
        connection.execute("UPDATE places SET published = ? WHERE place = ?", (note.seq, place))
    if note.card is not None:
        connection.execute("UPDATE places SET card_n = ?, card = ? WHERE place = ?", (*note.card, place))
    if note.ack is not None:
        n, vector = note.ack
        row = (n, encode_vector(vector), place)
        connection.execute("UPDATE places SET ack_n = ?, ack = ? WHERE place = ?", row)


def acknowledged(connection: sqlite3.Connection, numbers: Numbers, place: str, heard: Sequence[Heard]) -> None:
    """Note what other devices show at a place; heads and numbers only grow."""
    for each in heard:
        number = numbers.number(each.device)
        connection.execute("INSERT INTO replicas (place, device) VALUES (?, ?) ON CONFLICT DO NOTHING", (place, number))
        sql = "UPDATE replicas SET head = max(head, ?) WHERE place = ? AND device = ?"
        connection.execute(sql, (each.head, place, number))
        if each.ack is not None:
            n, vector = each.ack
            sql = "UPDATE replicas SET ack_n = ?1, ack = ?2 WHERE place = ?3 AND device = ?4 AND ack_n < ?1"
            connection.execute(sql, (n, encode_vector(vector), place, number))
        if each.card is not None:
            sql = """INSERT INTO roster VALUES (?, ?, ?)
                ON CONFLICT (device) DO UPDATE SET n = excluded.n, card = excluded.card WHERE n < excluded.n"""
            connection.execute(sql, (number, *each.card))


def start_again(connection: sqlite3.Connection) -> None:
    """Forget own marks at every place, for a new device id; the canaries and the others' marks stay."""
    connection.execute("UPDATE places SET offered = 0, published = 0, card_n = 0, card = NULL, ack_n = 0, ack = NULL")
