"""Read the log, from any thread with a connection of its own.

Nothing here writes, and nothing here decodes more than it is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final, NamedTuple

from sync import cells, chain, codec
from sync.delivery import Standing
from sync.merge import Need
from sync.names import SegmentName
from sync.names import segment as segment_name
from sync.transaction import Transaction

_NUMBER: Final = "(SELECT number FROM devices WHERE id = ?)"


class Body(NamedTuple):
    """One row of the log as it stands there."""

    seq: int
    body: bytes
    chain: bytes


class Kept(NamedTuple):
    """One segment file, kept as it was published.

    Attributes:
        device: Whose transactions it holds.
        first: The sequence number of the first one.
        last: The sequence number of the last one.
        name: The file's name, with its hash.
        data: The file's bytes.
    """

    device: str
    first: int
    last: int
    name: str
    data: bytes


class Place(NamedTuple):
    """What this device did at one place.

    Attributes:
        canary: The place's canary when we met it first.
        offered: Own transactions up to this number may be visible there.
        published: Own transactions up to this number were seen to be there.
        card_n: Number of the own card published last.
        card: Its content.
        ack_n: Number of the own acknowledgement published last.
        acked: The vector in it.
    """

    canary: str
    offered: int = 0
    published: int = 0
    card_n: int = 0
    card: bytes = b""
    ack_n: int = 0
    acked: Mapping[str, int] = MappingProxyType({})


class Replica(NamedTuple):
    """What another device showed at one place."""

    device: str
    head: int
    ack_n: int
    acked: dict[str, int]


class Waiting(NamedTuple):
    """A parked transaction and what it waits for."""

    device: str
    seq: int
    waits_for: Need


class LogReader:
    """Read-only sight of a journal.

    Args:
        connection: This thread's own connection to the desk's database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._values = cells.Values(connection)
        self.live = self._values.live
        self.fields = self._values.fields

    @property
    def space(self) -> str:
        """The space that this log belongs to."""
        return str(self._meta("space"))

    @property
    def device(self) -> str:
        """The device id under which this profile writes now."""
        return str(self._meta("device"))

    def vector(self) -> dict[str, int]:
        """The last applied sequence number of every device."""
        return dict(
            self._connection.execute(
                """SELECT devices.id, vector.seq FROM vector JOIN devices ON devices.number = vector.device
                WHERE vector.seq > 0"""
            )
        )

    def held(self) -> dict[str, int]:
        """Like ``vector``, but counting parked transactions that follow without a gap."""
        held = self.vector()
        for waiting in self.parked():
            if held.get(waiting.device, 0) == waiting.seq - 1:
                held[waiting.device] = waiting.seq
        return held

    def chain(self, device: str, seq: int) -> bytes | None:
        """The chain after transaction ``seq`` of a device; None where the log does not reach."""
        if seq == 0:
            return chain.START
        sql = f"SELECT chain FROM log WHERE device = {_NUMBER} AND seq = ?"
        row = self._connection.execute(sql, (device, seq)).fetchone()
        return row[0] if row else None

    def held_chain(self, device: str, seq: int) -> bytes | None:
        """Like ``chain``, but reaching over parked transactions too."""
        applied = self.vector().get(device, 0)
        found = self.chain(device, min(seq, applied))
        if found is None or seq <= applied:
            return found
        sql = f"SELECT body FROM parked WHERE device = {_NUMBER} AND seq > ? AND seq <= ? ORDER BY seq"
        bodies = [body for (body,) in self._connection.execute(sql, (device, applied, seq))]
        return chain.after(found, bodies) if len(bodies) == seq - applied else None

    def bodies(self, device: str, after: int, limit_bytes: int, upto: int | None = None) -> Iterator[Body]:
        """Rows of one device in order, until their bytes would pass a limit; at least one if there is one.

        Args:
            device: Whose.
            after: Only sequence numbers above this.
            limit_bytes: Where to stop.
            upto: The last sequence number wanted.
        """
        sql = f"SELECT seq, body, chain FROM log WHERE device = {_NUMBER} AND seq > ? AND seq <= ? ORDER BY seq"
        size_bytes = 0
        last = codec.INT_MAX if upto is None else upto
        for wanted, (seq, body, found) in enumerate(self._connection.execute(sql, (device, after, last)), after + 1):
            size_bytes += len(body)
            # A damaged log may have a hole; nothing behind it is given out as if it followed.
            if seq != wanted or (size_bytes > limit_bytes and size_bytes > len(body)):
                return
            yield Body(seq, body, found)

    def transactions(self, device: str, after: int, limit_bytes: int) -> tuple[Transaction, ...]:
        """Transactions of one device in order; at least one if there is one after ``after``."""
        return tuple(Transaction.decode(row.body) for row in self.bodies(device, after, limit_bytes))

    def parked(self) -> tuple[Waiting, ...]:
        """Everything that arrived too early, and what it waits for."""
        rows = self._connection.execute(
            """SELECT devices.id, parked.seq, waits.id, parked.wait_seq FROM parked
            JOIN devices ON devices.number = parked.device JOIN devices AS waits ON waits.number = parked.wait_device
            ORDER BY devices.id, parked.seq"""
        )
        return tuple(Waiting(device, seq, Need(other, wanted)) for device, seq, other, wanted in rows)

    def segments(self, device: str, after: int) -> tuple[SegmentName, ...]:
        """The names of the kept segment files of a device that reach beyond ``after``, in order."""
        sql = f"SELECT name FROM segments WHERE device = {_NUMBER} AND last > ? ORDER BY first, last, name"
        found = (segment_name(name) for (name,) in self._connection.execute(sql, (device, after)))
        return tuple(name for name in found if name is not None)

    def covering(self, device: str, after: int) -> tuple[SegmentName | None, int | None]:
        """How the kept segment files go on after a transaction.

        Returns:
            The file that begins at ``after + 1`` at the latest and reaches furthest, if there is one; and
            where the next file begins that does not.
        """
        found = self._connection.execute(
            f"""SELECT name FROM segments WHERE device = {_NUMBER} AND first <= ? AND last > ?
            ORDER BY last DESC, name DESC LIMIT 1""",
            (device, after + 1, after),
        ).fetchone()
        (later,) = self._connection.execute(
            f"SELECT min(first) FROM segments WHERE device = {_NUMBER} AND first > ?", (device, after + 1)
        ).fetchone()
        return (segment_name(found[0]) if found else None), later

    def kept(self, device: str, name: SegmentName) -> Kept:
        """A kept segment file."""
        sql = f"SELECT body FROM segments WHERE device = {_NUMBER} AND first = ? AND last = ? AND name = ?"
        (data,) = self._connection.execute(sql, (device, name.first, name.last, name.name)).fetchone()
        return Kept(device, name.first, name.last, name.name, data)

    def place(self, place: str) -> Place | None:
        """What this device did at a place, or None before they met."""
        row = self._connection.execute(
            "SELECT canary, offered, published, card_n, card, ack_n, ack FROM places WHERE place = ?", (place,)
        ).fetchone()
        if row is None:
            return None
        canary, offered, published, card_n, card, ack_n, ack = row
        return Place(canary, offered, published, card_n, card or b"", ack_n, decode_vector(ack))

    def replicas(self, place: str) -> dict[str, Replica]:
        """What other devices showed at a place."""
        rows = self._connection.execute(
            """SELECT devices.id, head, ack_n, ack FROM replicas JOIN devices ON devices.number = replicas.device
            WHERE place = ?""",
            (place,),
        )
        return {device: Replica(device, head, ack_n, decode_vector(ack)) for device, head, ack_n, ack in rows}

    def cards(self) -> dict[str, tuple[int, bytes]]:
        """The newest known card of every device, with its number; CBOR."""
        rows = self._connection.execute(
            "SELECT devices.id, roster.n, roster.card FROM roster JOIN devices ON devices.number = roster.device"
        )
        return {device: (n, card) for device, n, card in rows}

    def ahead(self) -> dict[str, int]:
        """Devices whose newest stamp was over ten minutes ahead of our clock, in milliseconds."""
        return dict(self._connection.execute("SELECT id, ahead_ms FROM devices WHERE ahead_ms > 0"))

    def standing(self) -> Standing:
        """What is known of the delivery of every transaction."""
        places = self._connection.execute("SELECT max(offered), max(published) FROM places").fetchone()
        acked = [
            (device, decode_vector(ack))
            for device, ack in self._connection.execute(
                """SELECT devices.id, ack FROM replicas JOIN devices ON devices.number = replicas.device
                WHERE ack NOT NULL"""
            )
        ]
        return Standing.of(self.device, self.vector(), offered=places[0] or 0, published=places[1] or 0, acked=acked)

    def digest(self) -> str:
        """The state's digest; equal on every replica whose vector is equal."""
        with self.snapshot():
            return cells.digest(self._connection)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything that is read inside be of one moment, whatever the writer does meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def _meta(self, key: str) -> object:
        return self._connection.execute("SELECT value FROM journal_meta WHERE key = ?", (key,)).fetchone()[0]


def encode_vector(vector: Mapping[str, int]) -> bytes:
    """A vector as canonical CBOR."""
    return codec.dumps({bytes.fromhex(device): seq for device, seq in vector.items()})


def decode_vector(data: bytes | None) -> dict[str, int]:
    """A vector out of our own database."""
    return {} if data is None else {device.hex(): seq for device, seq in codec.loads(data).items()}
