"""The log and the merged cells, in the desk's own SQLite file: the one door for every change.

One writer thread uses a ``Journal``; every other thread reads through a ``LogReader`` on its own connection. Each call
that changes something is one SQLite transaction: log, cells and projection change together or not at all.

Tests: tests/unit/sync/test_journal.py, tests/properties/test_sync_journal.py, tests/faults/test_sync_database.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sync import adopting, cells, checking, codec, parking, places, schema, segment
from sync.errors import Forked, Refused, SyncError
from sync.ledger import Ledger
from sync.log_reader import Kept, LogReader
from sync.merge import needs
from sync.operation import Operation
from sync.projection import Projection
from sync.stamp import Clock, HybridClock
from sync.transaction import Transaction, is_device_id

__all__ = ["Journal", "Problem", "Projection", "Received"]

_SLICE: Final = 500
_SLICE_BYTES: Final = 1024 * 1024


class Problem(NamedTuple):
    """A transaction that was not taken, and why."""

    device: str
    seq: int
    error: SyncError


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the transactions that were handed in.

    Attributes:
        applied: Those applied now, in causal order, earlier parked ones included; empty when ``bulk``.
        parked: How many of those handed in wait now for something that is not here yet.
        refused: Those that were not taken.
        count: How many were applied, also when ``bulk``.
        ahead: Devices whose stamps are over ten minutes ahead of our clock, in milliseconds.
    """

    applied: tuple[Transaction, ...]
    parked: int
    refused: tuple[Problem, ...]
    count: int
    ahead: dict[str, int]


class Journal:
    """The log of one space, as this profile has it.

    Args:
        connection: The one writing connection, in autocommit mode (``isolation_level=None``).
        clock: The machine's clock.
        projection: What to keep equal with the log.

    Raises:
        Refused: ``begin`` was never called on this database.
    """

    def __init__(self, connection: sqlite3.Connection, *, clock: Clock, projection: Projection) -> None:
        self._connection = connection
        self._clock = clock
        self._projection = projection
        self._values = cells.Values(connection)
        self._ledger: Ledger | None = None
        if not connection.execute("SELECT count(*) FROM journal_meta WHERE key = 'device'").fetchone()[0]:
            raise Refused("this database has no journal yet", reason="not_begun")
        self._now()

    @staticmethod
    def create_tables(connection: sqlite3.Connection) -> None:
        """Make the tables that are not there yet."""
        schema.create_tables(connection)

    @staticmethod
    def begin(connection: sqlite3.Connection, *, space: str, device: str) -> None:
        """Write down, once, which space this database belongs to and which device writes it.

        Raises:
            Refused: It was begun before, or the ids are not usable.
        """
        if not is_device_id(device) or not places.is_space(space):
            raise Refused(f"not usable as ids: {space!r}, {device!r}", reason="ids")
        if connection.execute("SELECT count(*) FROM journal_meta WHERE key = 'device'").fetchone()[0]:
            raise Refused("this database has a journal already", reason="begun")
        with _transaction(connection):
            rows = [("space", space), ("device", device), ("hlc", 0), ("former", codec.dumps({}))]
            connection.executemany("INSERT INTO journal_meta (key, value) VALUES (?, ?)", rows)

    @property
    def space(self) -> str:
        """The space of this log; a directory's name on a share. Any thread may ask."""
        return self._space

    @property
    def device(self) -> str:
        """The device id under which this profile writes now. Any thread may ask."""
        return self._device

    @property
    def reader(self) -> LogReader:
        """Everything a reader can ask, on the writing connection."""
        return LogReader(self._connection)

    def vector(self) -> dict[str, int]:
        """The last applied sequence number of every device."""
        return dict(self._now().vector)

    def live(self, kind: str, id: str, field: str) -> tuple[cells.Live, ...]:  # noqa: A002 the word of the format
        """The live values of one cell, sorted by stamp and device."""
        return self._values.live(kind, id, field)

    def fields(self, kind: str, id: str) -> dict[str, tuple[cells.Live, ...]]:  # noqa: A002 the word of the format
        """The live values of all cells of one thing, by field."""
        return self._values.fields(kind, id)

    def digest(self) -> str:
        """The state's digest; equal on every replica whose vector is equal."""
        return cells.digest(self._connection)

    def commit(self, *batches: Sequence[Operation]) -> tuple[Transaction, ...]:
        """Write own transactions, one per batch, all of them or none; durable on return.

        Args:
            batches: 1 to 10,000 operations each; what they replace must be applied here.

        Raises:
            Refused: A batch is empty or too large, or replaces what this device never saw.
        """
        with self._writing() as ledger:
            hybrid = HybridClock(self._clock, ledger.hlc)
            done = []
            for ops in batches:
                transaction = Transaction(
                    device=ledger.device,
                    seq=ledger.vector.get(ledger.device, 0) + 1,
                    hlc=hybrid.tick(),
                    wall_ms=self._clock.now_ms(),
                    tz_min=self._clock.offset_min(),
                    deps=ledger.untold(),
                    ops=tuple(ops),
                )
                transaction.encode()
                if (missing := needs(ledger.vector, transaction)) is not None:
                    raise Refused(f"replaces what is not applied here: {missing}", reason="unseen")
                ledger.append(transaction, own=True)
                done.append(transaction)
            ledger.hlc = hybrid.last
            self._projection.apply(self._connection, done, True)
        return tuple(done)

    def receive(
        self, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
    ) -> Received:
        """Take in other devices' transactions, in any order, any number of times.

        A transaction is applied when all that it needs is applied; otherwise it waits in the database,
        and is applied when what it waits for comes.

        Args:
            transactions: In any order; in causal order it is fastest.
            bulk: The input may be arbitrarily long: it is taken in several SQLite transactions, and
                ``applied`` stays empty.
            segments: Verified segment files to keep, in the same SQLite transaction.
        """
        if not bulk:
            return self._receive(tuple(transactions), segments)
        total = self._receive((), segments)
        for part in _slices(transactions):
            total = _sum(total, replace(self._receive(part, ()), applied=()))
        return total

    def withdraw(
        self, seq: int, undone: Callable[[sqlite3.Connection, Transaction], None] | None = None
    ) -> Transaction | None:
        """Take back the last own transaction, if it was never offered to any place.

        Args:
            seq: Its sequence number; anything but the last own one is left alone.
            undone: Called inside the same SQLite transaction, to take the projection back as well.

        Returns:
            The transaction that is gone, or None when it may already be seen elsewhere.
        """
        with self._writing() as ledger:
            if seq < 1 or seq != ledger.vector.get(ledger.device, 0) or seq <= places.offered(self._connection):
                return None
            transaction = ledger.withdraw_last()
            if undone is not None:
                undone(self._connection, transaction)
        return transaction

    def rebuild(self) -> None:
        """Make the vector, the cells and the projection again from the log alone."""
        with self._writing() as ledger:
            self._projection.reset(self._connection)
            ledger.clear()
            for transactions, own in ledger.replay():
                self._projection.apply(self._connection, transactions, own)
            # In a log that was damaged, something may have stood before what it needs.
            late = self._unpark(ledger, list(ledger.vector.items()))
            for transaction in late:
                self._projection.apply(self._connection, [transaction], ledger.is_own(transaction))

    def check(self) -> list[str]:
        """Compare the log with itself and with what was made from it; one sentence per finding."""
        return checking.check(self._connection)

    def adopt_new_device(self, device: str, *, agreed: int) -> tuple[Transaction, ...]:
        """Go on under a new device id, because this profile is a copy or came back from a backup.

        Own transactions after ``agreed`` are the ones that the place holds with other bytes: they leave
        the log and are written again under the new id, with the same times and words. What others wrote
        on top of the place's bytes waits until those have come.

        Args:
            device: The new id, never used before.
            agreed: ``Cloned.agreed``.

        Returns:
            The transactions as they are now.
        """
        if not is_device_id(device) or device in (self.device, *self._now().numbers):
            raise Refused(f"not usable as a new device id: {device!r}", reason="ids")
        with self._writing() as ledger:
            again = adopting.adopt(self._connection, ledger, self._projection, device, agreed)
        self._device = device
        return again

    def met(self, place: str, canary: str) -> None:
        """Remember a place's canary at the first contact."""
        with self._writing():
            places.met(self._connection, place, canary)

    def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
        """Note durably, before anything is written there, that own transactions up to ``seq`` may become visible.

        Args:
            place: Where.
            seq: The last own transaction in it.
            segments: The files, kept so that a second attempt writes the same bytes under the same names.

        Raises:
            Refused: ``withdrawn``: a person took back one of the own transactions in them after they were framed.
        """
        with self._writing() as ledger:
            for kept in segments:
                if kept.device == ledger.device:
                    framed = segment.unpack(kept.data, name=kept.name, space=ledger.space, device=kept.device)
                    if self.reader.chain(kept.device, kept.last) != framed.chains[-1]:
                        raise Refused(f"{kept.name} is not what the log holds now", reason="withdrawn")
            places.keep(self._connection, ledger, segments)
            places.offering(self._connection, place, seq)

    def published(self, place: str, note: places.Published) -> None:
        """Note what of this device is now seen to be at a place."""
        with self._writing():
            places.published(self._connection, place, note)

    def acknowledged(self, place: str, heard: Sequence[places.Heard]) -> None:
        """Note what other devices show at a place: heads, acknowledged vectors, cards."""
        with self._writing() as ledger:
            places.acknowledged(self._connection, ledger, place, heard)

    def _receive(self, transactions: Sequence[Transaction], segments: Sequence[Kept]) -> Received:
        applied: list[Transaction] = []
        refused: list[Problem] = []
        waiting: set[tuple[str, int]] = set()
        with self._writing() as ledger:
            places.keep(self._connection, ledger, segments)
            for transaction in transactions:
                try:
                    fresh = self._take(ledger, transaction)
                except Refused as error:
                    refused.append(Problem(transaction.device, transaction.seq, error))
                    continue
                if fresh:
                    applied += fresh
                    waiting.difference_update((each.device, each.seq) for each in fresh)
                elif ledger.vector.get(transaction.device, 0) < transaction.seq:
                    waiting.add((transaction.device, transaction.seq))
            ahead = self._witness(ledger, applied)
            if applied:
                self._projection.apply(self._connection, applied, False)
        return Received(tuple(applied), len(waiting), tuple(refused), len(applied), ahead)

    def _take(self, ledger: Ledger, transaction: Transaction) -> list[Transaction]:
        """Apply one transaction and what waited for it; nothing when it waits or is here already."""
        number = ledger.number(transaction.device)
        body = transaction.encode()
        if transaction.seq <= ledger.vector.get(transaction.device, 0):
            if ledger.body(number, transaction.seq) != body:
                raise Forked(transaction.device, transaction.seq)
            return []
        if transaction.device == ledger.device:
            raise Refused("the place knows a later transaction of this device than it wrote itself", reason="cloned")
        before = parking.find(self._connection, number, transaction.seq)
        if before is not None and before != body:
            raise Forked(transaction.device, transaction.seq)
        need = needs(ledger.vector, transaction)
        if need is not None:
            if before is None:
                ledger.park(transaction, need)
            return []
        if before is not None:
            ledger.unpark(transaction)
        ledger.append(transaction, own=False)
        return [transaction, *self._unpark(ledger, [(transaction.device, transaction.seq)])]

    def _unpark(self, ledger: Ledger, causes: list[tuple[str, int]]) -> list[Transaction]:
        applied: list[Transaction] = []
        while causes and ledger.room.transactions:
            device, seq = causes.pop()
            for body in parking.ready(self._connection, ledger.number(device), seq):
                transaction = Transaction.decode(body)
                ledger.unpark(transaction)
                need = needs(ledger.vector, transaction)
                if need is not None:
                    ledger.park(transaction, need)
                    continue
                ledger.append(transaction, own=False)
                applied.append(transaction)
                causes.append((transaction.device, transaction.seq))
        return applied

    def _witness(self, ledger: Ledger, applied: Sequence[Transaction]) -> dict[str, int]:
        hybrid = HybridClock(self._clock, ledger.hlc)
        newest = {transaction.device: hybrid.witness(transaction.hlc) for transaction in applied}
        ledger.hlc = hybrid.last
        ledger.note_ahead(newest)
        return {device: ahead_ms for device, ahead_ms in newest.items() if ahead_ms}

    def _now(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger(self._connection)
            self._space, self._device = self._ledger.space, self._ledger.device
        return self._ledger

    @contextmanager
    def _writing(self) -> Iterator[Ledger]:
        ledger = self._now()
        try:
            with _transaction(self._connection):
                yield ledger
                ledger.save()
        except BaseException:
            # What is remembered may be ahead of what is written: read it again at the next use.
            self._ledger = None
            raise


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    if connection.in_transaction:
        message = "the journal opens its own SQLite transactions; another one is open on its connection"
        raise RuntimeError(message)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After a full disk SQLite may have rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _slices(transactions: Iterable[Transaction]) -> Iterator[list[Transaction]]:
    part: list[Transaction] = []
    size_bytes = 0
    for transaction in transactions:
        part.append(transaction)
        size_bytes += len(transaction.encode())
        if len(part) >= _SLICE or size_bytes >= _SLICE_BYTES:
            yield part
            part, size_bytes = [], 0
    if part:
        yield part


def _sum(one: Received, other: Received) -> Received:
    return Received(
        one.applied + other.applied,
        one.parked + other.parked,
        one.refused + other.refused,
        one.count + other.count,
        {**one.ahead, **other.ahead},
    )
