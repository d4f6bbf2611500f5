"""Get every intact transaction out of a damaged database.

Row by row, so that one unreadable page costs its own rows only. Each transaction is proven by strict
decoding and, where the row before it is readable, by the chain. What the log lost is looked for in the
kept segment files. The damaged file is only read.

Hand the result to ``Journal.receive(…, bulk=True)`` of a new database under a NEW device id: what
was lost at the end may have been seen by others, so its numbers must not be used again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sync import chain
from sync.errors import Corrupt, SyncError
from sync.segment import unpack
from sync.transaction import Transaction

# Behind a damaged end there may be readable rows; after so many without one there are none.
_GIVE_UP_AFTER: Final = 10_000
_SAMPLES: Final = 100


class Salvage:
    """Iterates over the intact transactions; afterwards says what was lost.

    Attributes:
        taken: How many transactions came out.
        lost: How many rows could not be read or were not intact.
        unproven: How many came out by strict decoding alone, because the row before was unreadable.
        findings: The first hundred problems, one sentence each.

    Raises:
        Corrupt: Not a database at all, or without a log.
    """

    def __init__(self, source: sqlite3.Connection | Path) -> None:
        self._source = source
        self.taken = 0
        self.lost = 0
        self.unproven = 0
        self.findings: list[str] = []
        self._chains: dict[str, tuple[int, tuple[bytes, ...]]] = {}
        self._seen: set[tuple[str, int]] = set()

    def __iter__(self) -> Iterator[Transaction]:
        """Read the source once, from its first row to its last."""
        if isinstance(self._source, sqlite3.Connection):
            yield from self._all(self._source)
        else:
            try:
                connection = sqlite3.connect(f"{self._source.absolute().as_uri()}?mode=ro", uri=True)
            except sqlite3.Error as error:
                raise Corrupt(f"cannot be opened: {error}") from error
            with closing(connection):
                yield from self._all(connection)

    def _all(self, connection: sqlite3.Connection) -> Iterator[Transaction]:
        for position, row in self._rows(connection, "log", "seq, hlc, chain, body"):
            try:
                yield self._from_log(*row)
            except (SyncError, TypeError) as error:
                self._lost(f"log row {position}: {error}")
        for position, row in self._rows(connection, "segments", "name, body, device, first"):
            try:
                yield from self._from_segment(connection, *row)
            except (SyncError, TypeError, sqlite3.Error) as error:
                self._lost(f"segment {position}: {error}")

    def _rows(self, connection: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[int, Any]]:
        last = self._last(connection, table)
        failures = position = 0
        while position < last and failures < _GIVE_UP_AFTER:
            position += 1
            try:
                row = connection.execute(f"SELECT {columns} FROM {table} WHERE rowid = ?", (position,)).fetchone()
            except sqlite3.Error as error:
                failures += 1
                self._lost(f"{table} row {position}: {error}")
                continue
            if row is None:
                failures += 1
                continue
            failures = 0
            yield position, row

    def _last(self, connection: sqlite3.Connection, table: str) -> int:
        try:
            found = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        except sqlite3.Error as error:
            if "no such table" in str(error) or "not a database" in str(error):
                raise Corrupt(f"no {table} in it: {error}") from error
            # The rightmost page is damaged; the rows before it are tried one by one.
            self.findings.append(f"{table}: the end is unreadable: {error}")
            return 1 << 62
        return int(found or 0)

    def _from_log(self, seq: int, hlc: int, found: bytes, body: bytes) -> Transaction:
        transaction = Transaction.decode(body)
        if (transaction.seq, transaction.hlc) != (seq, hlc):
            raise Corrupt("the row's columns are not those of its transaction")
        before, last = self._chains.get(transaction.device, (0, (chain.START,)))
        if before == seq - 1:
            # If it is this row's chain that is damaged, the next row proves itself by the computed one.
            computed = tuple(chain.following(each, body) for each in last)
            self._chains[transaction.device] = (seq, (found, *computed[:1]))
            if found not in computed:
                raise Corrupt(f"the chain of {transaction.device} breaks at {seq}")
        else:
            self._chains[transaction.device] = (seq, (found,))
            self.unproven += 1
        return self._take(transaction)

    def _from_segment(
        self, connection: sqlite3.Connection, name: str, data: bytes, number: int, first: int
    ) -> Iterator[Transaction]:
        (device,) = connection.execute("SELECT id FROM devices WHERE number = ?", (number,)).fetchone() or ("",)
        (space,) = connection.execute("SELECT value FROM journal_meta WHERE key = 'space'").fetchone() or ("",)
        segment = unpack(data, name=name, space=space, device=device)
        for transaction in segment.transactions(first - 1):
            if (transaction.device, transaction.seq) not in self._seen:
                yield self._take(transaction)

    def _take(self, transaction: Transaction) -> Transaction:
        self._seen.add((transaction.device, transaction.seq))
        self.taken += 1
        return transaction

    def _lost(self, says: str) -> None:
        self.lost += 1
        if len(self.findings) < _SAMPLES:
            self.findings.append(says)


def salvage(source: sqlite3.Connection | Path) -> Salvage:
    """The intact transactions of a damaged database; see ``Salvage``."""
    return Salvage(source)
