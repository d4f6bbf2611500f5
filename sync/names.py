"""The names of what lies at a place. Pure.

Every name has one writer and carries a hash or a number, so that nothing is ever overwritten:

    roster/<dev>.<n>.<h16>               device cards
    <space>/heads/<dev>.<seq>.<h16>      the whole head is the name
    <space>/seg/<dev>/<first>-<last>.<h32>
    <space>/ack/<dev>.<n>
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["roster", "heads", "seg", "ack"]

_NUMBERED: Final = re.compile(r"([0-9a-f]{32})\.([1-9][0-9]{0,17})\.([0-9a-f]{16})")
_SEGMENT: Final = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})\.([0-9a-f]{32})")
_ACK: Final = re.compile(r"([0-9a-f]{32})\.([1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where items of one kind lie: ``roster``, or a space's ``heads``, ``ack``, or one device's ``seg``."""

    kind: Kind
    space: str = ""
    device: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The directory's path inside a share."""
        return tuple(part for part in (self.space, self.kind, self.device) if part)


class Numbered(NamedTuple):
    """A head (``number`` is its seq, ``h16`` the chain) or a card (its count and its content's hash)."""

    device: str
    number: int
    h16: str

    @property
    def name(self) -> str:
        """The item's name."""
        return f"{self.device}.{self.number}.{self.h16}"


class SegmentName(NamedTuple):
    """A segment's name: which transactions, and the hash of the file's bytes."""

    first: int
    last: int
    h32: str

    @property
    def name(self) -> str:
        """The item's name."""
        return f"{self.first}-{self.last}.{self.h32}"


class AckName(NamedTuple):
    """An acknowledgement's name: whose, and the how many-th."""

    device: str
    number: int

    @property
    def name(self) -> str:
        """The item's name."""
        return f"{self.device}.{self.number}"


def numbered(name: str) -> Numbered | None:
    """Read a head's or a card's name; None for anything else."""
    found = _NUMBERED.fullmatch(name)
    return Numbered(found[1], int(found[2]), found[3]) if found else None


def segment(name: str) -> SegmentName | None:
    """Read a segment's name; None for anything else."""
    found = _SEGMENT.fullmatch(name)
    if not found or int(found[1]) > int(found[2]):
        return None
    return SegmentName(int(found[1]), int(found[2]), found[3])


def ack(name: str) -> AckName | None:
    """Read an acknowledgement's name; None for anything else."""
    found = _ACK.fullmatch(name)
    return AckName(found[1], int(found[2])) if found else None
