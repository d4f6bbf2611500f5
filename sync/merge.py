"""Merge histories: what is live in a cell, and when a transaction may be taken in.

Pure: no clock, no database, no network. A cell is the set of its live dots. ``set`` and ``add`` put
their own dot in and take out those in ``replaces``; ``drop`` only takes out. So a later value
replaces exactly what its writer saw, *whatever any clock says*, values written truly concurrently
all stay, and an element that somebody adds while somebody else drops it stays.

Two ways lead to one state: applying transactions in causal order (``apply``), and joining two states
(``merge``: a dot that only one side holds survives unless the other side's vector shows that it had
it and let it go). The journal does the first with SQL; the second is the law that both are held to.

Laws: tests/properties/test_merge.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from blake3 import blake3

from sync import codec
from sync.operation import Cell, Dot, Value
from sync.transaction import Transaction


class Need(NamedTuple):
    """A transaction that must be applied first."""

    device: str
    seq: int


class Effect(NamedTuple):
    """What one operation does: a dot that comes into a cell (or none), and dots that leave it."""

    cell: Cell
    comes: Dot | None
    goes: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What one replica holds: the vector of what it applied, and the live dots with their values."""

    vector: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[Cell, Mapping[Dot, Value]] = field(default_factory=dict)


def needs(vector: Mapping[str, int], transaction: Transaction) -> Need | None:
    """What a transaction still waits for.

    Its own device's transactions must be complete before it, its ``deps`` applied, and every dot in
    ``replaces`` too: a dot that arrives after it was replaced would live on here and nowhere else.

    Returns:
        The first unmet need, or None when the transaction may be applied.
    """
    device = transaction.device
    if vector.get(device, 0) < transaction.seq - 1:
        return Need(device, transaction.seq - 1)
    for other, seq in transaction.deps.items():
        if vector.get(other, 0) < seq:
            return Need(other, seq)
    for op in transaction.ops:
        for dot in op.replaces:
            if vector.get(dot.device, 0) < dot.seq and dot.device != device:
                return Need(dot.device, dot.seq)
    return None


def effects(transaction: Transaction) -> Iterator[Effect]:
    """The effects of a transaction's operations, in order."""
    device, seq = transaction.device, transaction.seq
    for index, op in enumerate(transaction.ops):
        comes = None if op.verb == "drop" else Dot(device, seq, index)
        yield Effect(op.cell, comes, op.replaces)


def apply(state: State, transaction: Transaction) -> State:
    """Apply one transaction whose needs are met; one that was applied before changes nothing."""
    if state.vector.get(transaction.device, 0) >= transaction.seq:
        return state
    cells = dict(state.cells)
    for effect, op in zip(effects(transaction), transaction.ops, strict=True):
        live = {dot: value for dot, value in cells.get(effect.cell, {}).items() if dot not in effect.goes}
        if effect.comes:
            live[effect.comes] = op.value
        cells[effect.cell] = live
    return State({**state.vector, transaction.device: transaction.seq}, _filled(cells))


def merge(one: State, other: State) -> State:
    """Join two states; commutative, associative, idempotent."""
    vector = {
        device: max(one.vector.get(device, 0), other.vector.get(device, 0)) for device in {**one.vector, **other.vector}
    }
    cells: dict[Cell, Mapping[Dot, Value]] = {}
    for cell in {**one.cells, **other.cells}:
        here, there = one.cells.get(cell, {}), other.cells.get(cell, {})
        cells[cell] = {
            **{dot: value for dot, value in here.items() if dot in there or not _knew(other, dot)},
            **{dot: value for dot, value in there.items() if dot in here or not _knew(one, dot)},
        }
    return State(vector, _filled(cells))


def digest(state: State) -> str:
    """A hash of the vector and the live dots with their values, in canonical order."""
    hasher = blake3(codec.dumps([[device, seq] for device, seq in sorted(state.vector.items())]))
    rows = sorted((dot, cell, value) for cell, live in state.cells.items() for dot, value in live.items())
    for dot, cell, value in rows:
        hasher.update(codec.dumps((dot, cell, value)))
    return hasher.hexdigest()


def _knew(state: State, dot: Dot) -> bool:
    return state.vector.get(dot.device, 0) >= dot.seq


def _filled(cells: Mapping[Cell, Mapping[Dot, Value]]) -> dict[Cell, Mapping[Dot, Value]]:
    return {cell: live for cell, live in cells.items() if live}
