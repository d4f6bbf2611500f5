"""The journal's working memory: the vector, the chains, the devices' numbers, and the rows behind them.

Lives inside the journal's SQLite transactions and is thrown away when one fails; it reads itself from
the database. Everything here is called on the one writing connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from sync import cells, chain, codec, parking
from sync.errors import Refused
from sync.merge import Need, needs
from sync.transaction import Transaction

_REPLAY_ROWS: Final = 200
_REPLAY_BYTES: Final = 1024 * 1024


class Ledger:
    """What the journal remembers between two calls.

    Attributes:
        space: The space of this log.
        device: Who writes here now.
        former: Device ids that this profile had before, with the last transaction that is its own.
        hlc: The last stamp given or accepted.
        numbers: Local numbers of devices.
        vector: Last applied sequence numbers.
        room: How much is parked.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        meta = dict(connection.execute("SELECT key, value FROM journal_meta").fetchall())
        self.space: str = meta["space"]
        self.device: str = meta["device"]
        self.former: dict[str, int] = codec.loads(meta["former"])
        self.hlc: int = meta["hlc"]
        self.room = parking.room(connection)
        self.numbers: dict[str, int] = {}
        self.vector: dict[str, int] = {}
        self._chains: dict[str, bytes] = {}
        self._told: dict[str, int] = {}
        self._ahead: dict[str, int] = {}
        self._dirty: set[str] = set()
        self._saved_hlc = self.hlc
        rows = connection.execute(
            """SELECT id, number, ahead_ms, seq, chain, told FROM devices
            LEFT JOIN vector ON vector.device = devices.number"""
        )
        for device, number, ahead_ms, seq, found, told in rows:
            self.numbers[device] = number
            self._ahead[device] = ahead_ms
            if seq is not None:
                self.vector[device], self._chains[device], self._told[device] = seq, found, told
        self._changed = {device for device, seq in self.vector.items() if self._told[device] < seq}

    def number(self, device: str) -> int:
        """The local number of a device, given now if it has none."""
        number = self.numbers.get(device)
        if number is None:
            number = self._connection.execute("INSERT INTO devices (id) VALUES (?)", (device,)).lastrowid
            assert number is not None, "SQLite names the row that it inserted"
            self.numbers[device] = number
        return number

    def is_own(self, transaction: Transaction) -> bool:
        """Whether this profile wrote it, under its present or a former id."""
        return transaction.device == self.device or transaction.seq <= self.former.get(transaction.device, 0)

    def untold(self) -> dict[str, int]:
        """What own transactions have not named in their deps yet."""
        return {device: self.vector[device] for device in sorted(self._changed - {self.device})}

    def body(self, number: int, seq: int) -> bytes:
        """The bytes of one transaction of the log."""
        sql = "SELECT body FROM log WHERE device = ? AND seq = ?"
        return bytes(self._connection.execute(sql, (number, seq)).fetchone()[0])

    def append(self, transaction: Transaction, *, own: bool) -> None:
        """Write one transaction whose needs are met into the log and the cells."""
        number = self.number(transaction.device)
        gone = cells.apply(self._connection, transaction, self.numbers)
        body = transaction.encode()
        found = chain.following(self._chains.get(transaction.device, chain.START), body)
        undo = codec.dumps([list(row) for row in gone]) if own and gone else None
        self._connection.execute(
            "INSERT INTO log (device, seq, hlc, chain, body, undo) VALUES (?, ?, ?, ?, ?, ?)",
            (number, transaction.seq, transaction.hlc, found, body, undo),
        )
        self._advance(transaction, found)
        if own:
            for device in transaction.deps:
                self._told[device] = self.vector[device]
                self._dirty.add(device)
            self._changed.clear()

    def park(self, transaction: Transaction, need: Need, *, bounded: bool = True) -> None:
        """Let a transaction wait.

        Raises:
            Refused: Too much is waiting already; a place still has the transaction.
        """
        size_bytes = self.room.size_bytes + len(transaction.encode())
        if bounded and (self.room.transactions >= parking.MAX_PARKED or size_bytes > parking.MAX_PARKED_BYTES):
            raise Refused(f"{self.room.transactions} transactions wait already", reason="parking_full")
        wait = (self.number(need.device), need.seq)
        parking.park(self._connection, self.number(transaction.device), transaction.seq, transaction.encode(), wait)
        self.room = parking.Room(self.room.transactions + 1, size_bytes)

    def unpark(self, transaction: Transaction) -> None:
        """Take a transaction out of the parking."""
        parking.leave(self._connection, self.number(transaction.device), transaction.seq)
        size_bytes = self.room.size_bytes - len(transaction.encode())
        self.room = parking.Room(self.room.transactions - 1, size_bytes)

    def withdraw_last(self) -> Transaction:
        """Remove the last own transaction and bring back what it replaced."""
        number, seq = self.numbers[self.device], self.vector[self.device]
        position, body, undo = self._connection.execute(
            "SELECT position, body, undo FROM log WHERE device = ? AND seq = ?", (number, seq)
        ).fetchone()
        transaction = Transaction.decode(body)
        cells.take_out(self._connection, number, transaction)
        gone = {(*row,) for row in codec.loads(undo)} if undo is not None else set()
        # What came after it may replace the same dots; those stay gone.
        later = self._connection.execute("SELECT body FROM log WHERE position > ?", (position,))
        for (other,) in later if gone else ():
            for op in Transaction.decode(other).ops:
                gone -= {(*op.cell, self.numbers[dot.device], dot.seq, dot.index) for dot in op.replaces}
        cells.put_back(self._connection, sorted(gone))
        self._connection.execute("DELETE FROM log WHERE position = ?", (position,))
        for device in transaction.deps:
            # The next transaction names them again.
            self._told[device] = 0
            self._changed.add(device)
            self._dirty.add(device)
        self._step_back(seq - 1)
        return transaction

    def forget_own(self, after: int) -> list[Transaction]:
        """Remove own transactions above ``after`` from the log; cells and vector are not touched."""
        number = self.number(self.device)
        sql = "SELECT body FROM log WHERE device = ? AND seq > ? ORDER BY seq"
        bodies = self._connection.execute(sql, (number, after)).fetchall()
        self._connection.execute("DELETE FROM log WHERE device = ? AND seq > ?", (number, after))
        self._connection.execute("DELETE FROM segments WHERE device = ? AND last > ?", (number, after))
        return [Transaction.decode(body) for (body,) in bodies]

    def rename(self, device: str, agreed: int) -> None:
        """Write under a new device id from now on."""
        self.former[self.device] = agreed
        self.device = device
        self._told = dict.fromkeys(self._told, 0)
        self._changed = set(self.vector)
        self._dirty |= set(self.vector)
        rows = [("device", device), ("former", codec.dumps(self.former))]
        self._connection.executemany("UPDATE journal_meta SET value = ?2 WHERE key = ?1", rows)

    def clear(self) -> None:
        """Forget the cells and the vector, before they are made again."""
        self._connection.execute("DELETE FROM cells")
        self._connection.execute("DELETE FROM vector")
        self.vector.clear()
        self._chains.clear()
        self._changed.clear()

    def replay(self) -> Iterator[tuple[list[Transaction], bool]]:
        """Make cells and vector again from the log, in its order.

        Yields:
            Runs of transactions that are all own or all foreign, some hundred at a time.
        """
        position = 0
        while rows := self._connection.execute(
            "SELECT position, chain, body FROM log WHERE position > ? ORDER BY position LIMIT ?",
            (position, _REPLAY_ROWS),
        ).fetchall():
            run: list[Transaction] = []
            size_bytes = 0
            for position, found, body in rows:
                transaction = Transaction.decode(body)
                need = needs(self.vector, transaction)
                if need is not None:
                    self._connection.execute("DELETE FROM log WHERE position = ?", (position,))
                    self.park(transaction, need, bounded=False)
                    continue
                if run and (size_bytes >= _REPLAY_BYTES or self.is_own(run[0]) != self.is_own(transaction)):
                    yield run, self.is_own(run[0])
                    run, size_bytes = [], 0
                cells.apply(self._connection, transaction, self.numbers)
                self._advance(transaction, found)
                run.append(transaction)
                size_bytes += len(body)
            if run:
                yield run, self.is_own(run[0])

    def note_ahead(self, newest: dict[str, int]) -> None:
        """Remember by how much devices' newest stamps were ahead."""
        for device, ahead_ms in newest.items():
            if self._ahead.get(device, 0) != ahead_ms:
                self._ahead[device] = ahead_ms
                self._connection.execute("UPDATE devices SET ahead_ms = ? WHERE id = ?", (ahead_ms, device))

    def save(self) -> None:
        """Write what changed, at the end of a SQLite transaction."""
        rows = [
            (self.numbers[device], self.vector[device], self._chains[device], self._told.get(device, 0))
            for device in sorted(self._dirty)
            if device in self.vector
        ]
        self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?)", rows)
        self._dirty.clear()
        if self.hlc != self._saved_hlc:
            self._connection.execute("UPDATE journal_meta SET value = ? WHERE key = 'hlc'", (self.hlc,))
            self._saved_hlc = self.hlc

    def _advance(self, transaction: Transaction, found: bytes) -> None:
        device = transaction.device
        self.vector[device] = transaction.seq
        self._chains[device] = found
        self._changed.add(device)
        self._dirty.add(device)

    def _step_back(self, seq: int) -> None:
        number = self.numbers[self.device]
        if seq == 0:
            self._connection.execute("DELETE FROM vector WHERE device = ?", (number,))
            del self.vector[self.device], self._chains[self.device]
            return
        sql = "SELECT chain FROM log WHERE device = ? AND seq = ?"
        (self._chains[self.device],) = self._connection.execute(sql, (number, seq)).fetchone()
        self.vector[self.device] = seq
        self._dirty.add(self.device)
