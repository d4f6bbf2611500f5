"""A place in memory: for tests, and the shortest reading of what ``Transport`` asks for."""

from __future__ import annotations

from sync.errors import Corrupt, Gone, Refused
from sync.names import Shelf
from sync.stamp import Clock
from sync.transports.transport import Listing


class MemoryPlace:
    """What several devices share.

    Args:
        incident: The incident that it belongs to.
        canary: Its canary.
    """

    def __init__(self, incident: str, canary: str) -> None:
        self.incident = incident
        self.canary = canary
        self.items: dict[Shelf, dict[str, bytes]] = {}


class MemoryTransport:
    """One place in memory, as one device sees it.

    Args:
        place: What is shared.
        name: The place's name in this profile's database.
        incident: The incident that it must belong to.
        clock: The place's clock, to compare with ours.
        own_clock: The machine's clock.
    """

    def __init__(self, place: MemoryPlace, *, name: str, incident: str, clock: Clock, own_clock: Clock) -> None:
        self._place = place
        self._name = name
        self._incident = incident
        self._clock = clock
        self._own_clock = own_clock
        self._skew_ms: int | None = None

    @property
    def name(self) -> str:
        """See ``Transport``."""
        return self._name

    @property
    def skew_ms(self) -> int | None:
        """See ``Transport``."""
        return self._skew_ms

    def open(self) -> str:
        """See ``Transport``."""
        found = self._place.incident
        if found != self._incident:
            raise Refused("another incident", reason="incident", expected=self._incident, found=found)
        return self._place.canary

    def list(self, shelf: Shelf) -> Listing:
        """See ``Transport``."""
        return Listing(tuple(sorted(self._place.items.get(shelf, {}))))

    def read(self, shelf: Shelf, name: str, limit_bytes: int) -> bytes:
        """See ``Transport``."""
        data = self._place.items.get(shelf, {}).get(name)
        if data is None:
            raise Gone("not there")
        if len(data) > limit_bytes:
            raise Corrupt(f"more than {limit_bytes} bytes")
        return data

    def put(self, shelf: Shelf, name: str, data: bytes, *, own: bool) -> None:
        """See ``Transport``."""
        items = self._place.items.setdefault(shelf, {})
        if items.get(name, data) != data and not own:
            raise Corrupt("other bytes are under this name")
        items[name] = data
        self._skew_ms = self._clock.now_ms() - self._own_clock.now_ms()

    def remove(self, shelf: Shelf, name: str) -> None:
        """See ``Transport``."""
        self._place.items.get(shelf, {}).pop(name, None)
