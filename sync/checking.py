"""Compare the log with itself, and what was made from the log with the log.

Writes nothing but a temporary table, so it may run on a connection that was opened with ``mode=ro``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from sync import cells, chain, schema
from sync.errors import SyncError
from sync.merge import needs
from sync.transaction import Transaction

_ROWS: Final = 200
_SAMPLES: Final = 5


def check(connection: sqlite3.Connection) -> list[str]:
    """Check every row; memory stays bounded.

    Returns:
        One sentence per finding; empty when all is well.
    """
    findings: list[str] = []
    try:
        findings.extend(_findings(connection))
    except sqlite3.DatabaseError as error:
        findings.append(f"the database cannot be read to its end: {error}")
    return findings


def _findings(connection: sqlite3.Connection) -> Iterator[str]:
    devices = dict(connection.execute("SELECT number, id FROM devices").fetchall())
    numbers = {device: number for number, device in devices.items()}
    applied: dict[str, int] = {}
    chains: dict[str, bytes] = {}
    connection.execute("DROP TABLE IF EXISTS temp.checked")
    connection.execute(schema.CELLS.replace("cells", "temp.checked", 1))
    for position, number, seq, hlc, found, body in _rows(connection):
        device = devices.get(number, f"number {number}")
        name = f"log row {position} (device {device}, transaction {seq})"
        try:
            transaction = Transaction.decode(body)
        except SyncError as error:
            yield f"{name}: {error}"
            continue
        if (transaction.device, transaction.seq, transaction.hlc) != (device, seq, hlc):
            yield f"{name}: holds transaction {transaction.seq} of {transaction.device}"
            continue
        need = needs(applied, transaction)
        if need is not None:
            yield f"{name}: stands before transaction {need.seq} of {need.device}, which it needs"
            continue
        expected = chain.following(chains.get(device, chain.START), body)
        if expected != found:
            yield f"{name}: its chain is broken"
        cells.apply(connection, transaction, numbers, table="temp.checked")
        applied[device], chains[device] = seq, found
    yield from _compare_vector(connection, applied, chains)
    yield from _compare_cells(connection)
    connection.execute("DROP TABLE temp.checked")


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[int, int, int, int, bytes, bytes]]:
    position = -1
    sql = "SELECT position, device, seq, hlc, chain, body FROM log WHERE position > ? ORDER BY position LIMIT ?"
    while rows := connection.execute(sql, (position, _ROWS)).fetchall():
        yield from rows
        position = rows[-1][0]


def _compare_vector(connection: sqlite3.Connection, applied: dict[str, int], chains: dict[str, bytes]) -> Iterator[str]:
    rows = connection.execute("SELECT id, seq, chain FROM vector JOIN devices ON devices.number = vector.device")
    noted = {device: (seq, found) for device, seq, found in rows}
    for device in sorted(applied.keys() | noted.keys()):
        here, there = (applied.get(device, 0), chains.get(device)), noted.get(device, (0, None))
        if here != there:
            yield f"device {device}: the vector says {there[0]}, the log holds {here[0]}, or their chains differ"


def _compare_cells(connection: sqlite3.Connection) -> Iterator[str]:
    for says, one, other in (
        ("is missing", "temp.checked", "main.cells"),
        ("is too many", "main.cells", "temp.checked"),
    ):
        rows = connection.execute(f"SELECT * FROM {one} EXCEPT SELECT * FROM {other}")
        samples = rows.fetchmany(_SAMPLES)
        for kind, id_, field, *_ in samples:
            yield f"cell {kind} {id_} {field}: a value {says}"
        more = sum(1 for _ in rows)
        if more:
            yield f"cells: {more} more values {says}"
