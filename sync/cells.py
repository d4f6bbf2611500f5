"""The live dots in SQL, and the values that they stand for.

A cell's row holds no value: the value is read from the log, where it is proven by the chain.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from blake3 import blake3

from sync.operation import Dot, Value
from sync.transaction import Transaction

Row = tuple[str, str, str, int, int, int]

_INSERT: Final = "INSERT INTO {} (kind, id, field, device, seq, idx) VALUES (?, ?, ?, ?, ?, ?)"
_DELETE: Final = "DELETE FROM {} WHERE kind = ? AND id = ? AND field = ? AND device = ? AND seq = ? AND idx = ?"
# One statement reads rows and values of one moment, also while another thread withdraws and writes.
_LIVE: Final = """SELECT cells.field, devices.id, cells.seq, cells.idx, log.chain, log.body
    FROM cells JOIN devices ON devices.number = cells.device
    JOIN log ON log.device = cells.device AND log.seq = cells.seq WHERE cells.kind = ? AND cells.id = ?"""
_ROWS: Final = 5_000


class Live(NamedTuple):
    """One value that is live in a cell.

    Attributes:
        dot: The operation that wrote it; what a successor names in ``replaces``.
        value: What was written.
        hlc: The stamp of its transaction.
        wall_ms: The writer's clock.
        device: Who wrote it.
    """

    dot: Dot
    value: Value
    hlc: int
    wall_ms: int
    device: str


def apply(
    connection: sqlite3.Connection, transaction: Transaction, numbers: Mapping[str, int], *, table: str = "cells"
) -> list[Row]:
    """Merge one transaction whose needs are met into the cells.

    Args:
        connection: Inside a write transaction.
        transaction: The next one in causal order.
        numbers: The local number of every device that it names.
        table: Another table of the same columns, for a comparison.

    Returns:
        The rows of earlier transactions that were live and are replaced now.
    """
    number, seq = numbers[transaction.device], transaction.seq
    gone: list[Row] = []
    fresh: dict[Row, None] = {}
    for index, op in enumerate(transaction.ops):
        for dot in op.replaces:
            row = (op.kind, op.id, op.field, numbers[dot.device], dot.seq, dot.index)
            if row in fresh:
                del fresh[row]
            elif connection.execute(_DELETE.format(table), row).rowcount:
                gone.append(row)
        if op.verb != "drop":
            fresh[(op.kind, op.id, op.field, number, seq, index)] = None
    connection.executemany(_INSERT.format(table), fresh)
    return gone


def take_out(connection: sqlite3.Connection, number: int, transaction: Transaction) -> None:
    """Remove the live dots of one transaction."""
    rows = [(*op.cell, number, transaction.seq, index) for index, op in enumerate(transaction.ops) if op.verb != "drop"]
    connection.executemany(_DELETE.format("cells"), rows)


def put_back(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Make dots live again that a withdrawn transaction had replaced."""
    connection.executemany(_INSERT.format("cells"), rows)


def digest(connection: sqlite3.Connection) -> str:
    """A hash of the vector and of every live dot, in an order that is the same on every replica.

    The values are covered by the vector's chains: a chain hashes every transaction's bytes, and a dot
    names one value in them. Byte-equal for equal vectors.
    """
    hasher = blake3()
    devices = dict(connection.execute("SELECT number, id FROM devices").fetchall())
    vector = connection.execute("SELECT device, seq, hex(chain) FROM vector WHERE seq > 0").fetchall()
    hasher.update(_canonical(sorted((devices[number], seq, found) for number, seq, found in vector)))
    # The order of the primary key, so nothing is sorted on disk; only the local device number is not
    # the same everywhere, so the rows of one cell are put in order here.
    rows = connection.execute(
        "SELECT kind, id, field, device, seq, idx FROM cells ORDER BY kind, id, field, device, seq, idx"
    )
    held: list[tuple[Any, ...]] = []
    while part := rows.fetchmany(_ROWS):
        held += [(kind, id_, field, devices[number], seq, index) for kind, id_, field, number, seq, index in part]
        # The last cell may go on in the next part.
        end = next((at for at in range(len(held) - 1, 0, -1) if held[at - 1][:3] != held[-1][:3]), 0)
        hasher.update(_canonical(sorted(held[:end])))
        held = held[end:]
    hasher.update(_canonical(sorted(held)))
    return hasher.hexdigest()


def _canonical(rows: list[tuple[Any, ...]]) -> bytes:
    # Each row in brackets and with a comma: however they are cut into parts, the bytes are the same.
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))[1:-1]
    return f"{text},".encode() if rows else b""


class Values:
    """Reads live values, remembering the transactions that were decoded last.

    Args:
        connection: Any connection to the desk's database.
    """

    _KEEP: Final = 64

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._decoded: OrderedDict[bytes, Transaction] = OrderedDict()

    def live(self, kind: str, id: str, field: str) -> tuple[Live, ...]:  # noqa: A002 the word of the format
        """The live values of one cell, sorted by stamp and device."""
        rows = self._connection.execute(f"{_LIVE} AND cells.field = ?", (kind, id, field))
        return tuple(sorted((live for _, live in self._read(rows)), key=_by_stamp))

    def fields(self, kind: str, id: str) -> dict[str, tuple[Live, ...]]:  # noqa: A002 the word of the format
        """The live values of all cells of one thing, by field."""
        found: dict[str, list[Live]] = {}
        for field, live in self._read(self._connection.execute(_LIVE, (kind, id))):
            found.setdefault(field, []).append(live)
        return {field: tuple(sorted(lives, key=_by_stamp)) for field, lives in found.items()}

    def _read(self, rows: Iterable[tuple[str, str, int, int, bytes, bytes]]) -> Iterator[tuple[str, Live]]:
        for field, device, seq, index, found, body in rows:
            transaction = self._transaction(found, body)
            dot = Dot(device, seq, index)
            yield field, Live(dot, transaction.ops[index].value, transaction.hlc, transaction.wall_ms, device)

    def _transaction(self, found: bytes, body: bytes) -> Transaction:
        # By chain, because a number is given again after a withdrawal.
        if found in self._decoded:
            self._decoded.move_to_end(found)
            return self._decoded[found]
        transaction = self._decoded[found] = Transaction.decode(body)
        if len(self._decoded) > self._KEEP:
            self._decoded.popitem(last=False)
        return transaction


def _by_stamp(live: Live) -> tuple[int, str, int, int]:
    return (live.hlc, live.device, live.dot.seq, live.dot.index)
