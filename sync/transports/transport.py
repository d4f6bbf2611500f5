"""What the engine needs of a place.

A place keeps *items* on *shelves*. An item has one writer, a name that proves its content or counts,
and never changes. Nothing is locked, nothing is overwritten, and nobody is in charge. What a
listing shows may be old and what it hides may be there: the engine concludes nothing from absence.

A folder keeps an item as a file. The hub's client maps the same five verbs to HTTP: ``list`` of
heads is the vector of ``POST /have``, ``put`` of a segment is ``POST /segments`` (idempotent by its
hash; the hub derives the head itself and takes ``put`` of a head as said), ``read`` is a GET by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.names import Shelf


@dataclass(frozen=True, slots=True)
class Listing:
    """What a shelf shows now.

    Attributes:
        names: Names that may be items, sorted.
        ignored: How many names were passed over because systems leave such files everywhere.
    """

    names: tuple[str, ...]
    ignored: int = 0


class Transport(Protocol):
    """One place, as one device sees it.

    Every method may raise ``Offline`` (no contact; its ``reason`` ``full`` or ``read_only`` means that
    reading may still go on) and is safe to repeat.
    """

    @property
    def name(self) -> str:
        """The place's lasting name in this profile's database, e.g. the folder's path."""
        ...  # pragma: no cover

    @property
    def skew_ms(self) -> int | None:
        """By how much the place's clock was ahead of ours when we wrote last; None before that."""
        ...  # pragma: no cover

    def open(self) -> str:
        """Prove that this is the place; called before every round.

        Returns:
            The place's canary, the same for everybody and for ever.

        Raises:
            Offline: Not there, or there without its content: an empty directory is not a new place.
            Refused: It belongs to another incident.
            TooNew: A newer program made it.
        """
        ...  # pragma: no cover

    def list(self, shelf: Shelf) -> Listing:
        """The names on a shelf; none when the shelf is not there."""
        ...  # pragma: no cover

    def read(self, shelf: Shelf, name: str, limit_bytes: int) -> bytes:
        """The bytes under a name, unproven.

        Raises:
            Gone: Nothing is under this name; a listing may be older than the shelf.
            Corrupt: More than the limit, or not readable although the place is.
        """
        ...  # pragma: no cover

    def put(self, shelf: Shelf, name: str, data: bytes, *, own: bool) -> None:
        """Make an item visible, whole; "already there with these bytes" is success.

        Args:
            shelf: Where.
            name: Under which name.
            data: Its bytes.
            own: We are its one writer, so a torn file of ours under this name may be moved aside.

        Raises:
            Corrupt: Other bytes are under this name, and they are not ours to move.
        """
        ...  # pragma: no cover

    def remove(self, shelf: Shelf, name: str) -> None:
        """Take away an item of our own that a newer one has made useless; gone already is success."""
        ...  # pragma: no cover
