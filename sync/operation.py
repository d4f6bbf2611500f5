"""One change of one cell.

Pure. A cell is ``(kind, id, field)``; a dot names the operation that wrote a value into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from sync import codec
from sync.errors import Corrupt, Refused, SyncError

Value: TypeAlias = "bool | int | float | str | bytes | list[Value] | dict[str, Value] | None"
Verb: TypeAlias = Literal["set", "add", "drop"]
VERBS: Final[tuple[Verb, ...]] = ("set", "add", "drop")
_NUMBER: Final = {verb: number for number, verb in enumerate(VERBS)}
MAX_NAME_BYTES: Final = 256
MAX_REPLACES: Final = 10_000


class Dot(NamedTuple):
    """The name of one operation: its transaction and its place in it, from 0."""

    device: str
    seq: int
    index: int  # type: ignore[assignment]  # the contract's word hides tuple.index, which nobody needs here


class Cell(NamedTuple):
    """Where values live side by side."""

    kind: str
    id: str
    field: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of the cell ``(kind, id, field)``.

    Attributes:
        kind: What it is about, e.g. ``entry``.
        id: Which one.
        field: Which part of it.
        verb: ``set`` and ``add`` put ``value`` into the cell under this operation's dot and take out
            what ``replaces`` names; ``drop`` only takes out. With ``set`` the cell reads as one field
            (several values are an open question), with ``add`` as a set.
        value: What is written; for ``drop`` it only tells readers of the log what was meant.
        replaces: The dots of this cell that the writer saw and means to replace.

    Raises:
        Refused: A lone surrogate or something too long, too deep, too large.
        TypeError: A type that the format does not have.
    """

    kind: str
    id: str
    field: str
    verb: Verb
    value: Value = None
    replaces: tuple[Dot, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be kept unaltered."""
        for name in (self.kind, self.id, self.field):
            if type(name) is not str:
                message = f"a cell's name is made of str, not {type(name).__name__}"
                raise TypeError(message)
            if not name or "\0" in name:
                raise Refused("a cell's name is empty or holds NUL", reason="text")
            codec.check_text(name, "a cell's name", MAX_NAME_BYTES)
        if self.verb not in _NUMBER:
            message = f"{self.verb!r} is none of {VERBS}"
            raise TypeError(message)
        if len(self.replaces) > MAX_REPLACES:
            raise Refused(f"replaces {len(self.replaces)} values at once", reason="size")
        codec.check_value(self.value)

    @property
    def cell(self) -> Cell:
        """The cell that this operation changes."""
        return Cell(self.kind, self.id, self.field)


def to_wire(ops: tuple[Operation, ...]) -> list[list[object]]:
    """Operations as CBOR arrays; kind and id are left out where they repeat those before.

    An array has 6 or 5 items ``[kind, id, field, verb, value, replaces?]``, or 4 or 3 without kind
    and id; the length alone says which, and the shortest one is the only valid one.
    """
    rows: list[list[object]] = []
    before: tuple[str, str] | None = None
    for op in ops:
        name = (op.kind, op.id)
        row: list[object] = [] if name == before else [op.kind, op.id]
        before = name
        row += (op.field, _NUMBER[op.verb], op.value)
        if op.replaces:
            row.append([[bytes.fromhex(dot.device), dot.seq, dot.index] for dot in op.replaces])
        rows.append(row)
    return rows


def from_wire(rows: object) -> tuple[Operation, ...]:
    """The operations of a decoded transaction.

    Raises:
        Corrupt: Not what ``to_wire`` makes.
    """
    if type(rows) is not list:
        raise Corrupt("ops is not an array")
    ops: list[Operation] = []
    kind = id_ = None
    for row in rows:
        if type(row) is not list or not 3 <= len(row) <= 6:
            raise Corrupt("an operation is not an array of 3 to 6")
        if len(row) >= 5:
            kind, id_, *row = row
        field, verb, value, *rest = row
        if type(verb) is not int or not 0 <= verb < len(VERBS):
            raise Corrupt(f"unknown verb {verb!r}")
        replaces = _dots(rest[0]) if rest else ()
        try:
            ops.append(Operation(cast("str", kind), cast("str", id_), field, VERBS[verb], value, replaces))
        except (TypeError, SyncError) as error:
            raise Corrupt(f"operation {len(ops)}: {error}") from error
    return tuple(ops)


def _dots(rows: object) -> tuple[Dot, ...]:
    if type(rows) is not list or not rows:
        raise Corrupt("replaces is not a filled array")
    dots = []
    for row in rows:
        match row:
            case [bytes() as device, int() as seq, int() as index] if (
                len(device) == 16 and type(seq) is int and type(index) is int and seq >= 1 and index >= 0
            ):
                dots.append(Dot(device.hex(), seq, index))
            case _:
                raise Corrupt("a dot is not [device, seq, index]")
    return tuple(dots)
