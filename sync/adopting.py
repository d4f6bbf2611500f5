"""A profile that was copied, or came back from a backup, goes on under a new device id.

Nothing that a person wrote is lost and nothing that a place holds is contradicted: own transactions
that differ from what the place holds under the old id are written again under the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from sync import places
from sync.ledger import Ledger
from sync.operation import Dot, Operation
from sync.projection import Projection
from sync.transaction import Transaction


def adopt(
    connection: sqlite3.Connection, ledger: Ledger, projection: Projection, device: str, agreed: int
) -> tuple[Transaction, ...]:
    """Change the device id inside the journal's SQLite transaction.

    Args:
        connection: The writing connection.
        ledger: The journal's memory.
        projection: Made again when transactions had to leave the log.
        device: The new id.
        agreed: The last own transaction that the place holds with the same bytes.

    Returns:
        The transactions that were written again, as they are now.
    """
    old = ledger.device
    parted = ledger.forget_own(agreed)
    places.start_again(connection)
    if parted:
        projection.reset(connection)
        ledger.clear()
    ledger.rename(device, agreed)
    if parted:
        for transactions, own in ledger.replay():
            projection.apply(connection, transactions, own)
    return _write_again(connection, ledger, projection, parted, old)


def _write_again(
    connection: sqlite3.Connection, ledger: Ledger, projection: Projection, parted: list[Transaction], old: str
) -> tuple[Transaction, ...]:
    again: list[Transaction] = []
    seqs: dict[int, int] = {}
    for transaction in parted:
        seq = len(again) + 1
        seqs[transaction.seq] = seq
        # The stamp and the wall time stay: they say when a person did it.
        fresh = Transaction(
            device=ledger.device,
            seq=seq,
            hlc=transaction.hlc,
            wall_ms=transaction.wall_ms,
            tz_min=transaction.tz_min,
            deps=ledger.untold(),
            ops=tuple(_moved(op, old, ledger.device, seqs, ledger.vector) for op in transaction.ops),
        )
        ledger.append(fresh, own=True)
        again.append(fresh)
    if again:
        projection.apply(connection, again, True)
    return tuple(again)


def _moved(op: Operation, old: str, new: str, seqs: Mapping[int, int], vector: Mapping[str, int]) -> Operation:
    dots = []
    for dot in op.replaces:
        if dot.device == old and dot.seq in seqs:
            dots.append(Dot(new, seqs[dot.seq], dot.index))
        elif vector.get(dot.device, 0) >= dot.seq:
            dots.append(dot)
        # Else its transaction waits for the place's bytes: both values will stand side by side.
    return replace(op, replaces=tuple(dots))
