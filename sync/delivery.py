"""Where each transaction is: on this PC only, on its way, at a place, received by others.

Pure and immutable. "Written to the drive" is not "safe": only another replica's acknowledgement is.
Laws: tests/properties/test_sync_delivery.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Delivery: TypeAlias = Literal["local", "sending", "shared", "received"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of delivery at one moment.

    Attributes:
        device: This device.
        vector: What this device applied.
        offered: Own transactions up to this number may be visible somewhere.
        published: Own transactions up to this number are at a place.
        acked: Per other device, the vector that it acknowledged.
    """

    device: str
    vector: Mapping[str, int] = field(default_factory=dict)
    offered: int = 0
    published: int = 0
    acked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        device: str,
        vector: Mapping[str, int],
        *,
        offered: int,
        published: int,
        acked: Iterable[tuple[str, Mapping[str, int]]],
    ) -> Standing:
        """Gather what several places showed; acknowledgements only ever grow."""
        together: dict[str, dict[str, int]] = {}
        for other, seen in acked:
            mine = together.setdefault(other, {})
            for writer, seq in seen.items():
                mine[writer] = max(seq, mine.get(writer, 0))
        return cls(device, dict(vector), offered, published, together)

    def state(self, device: str, seq: int) -> Delivery:
        """How far transaction ``seq`` of ``device`` has come.

        ``local`` → ``sending`` → ``shared`` → ``received``. What another device wrote was received by
        this one at least, since it is here.
        """
        if self.receivers(device, seq):
            return "received"
        if device != self.device:
            return "shared"
        if seq <= self.published:
            return "shared"
        return "sending" if seq <= self.offered else "local"

    def receivers(self, device: str, seq: int) -> tuple[str, ...]:
        """The devices, other than its writer, that hold the transaction durably; sorted."""
        holders = {other for other, vector in self.acked.items() if vector.get(device, 0) >= seq}
        if self.vector.get(device, 0) >= seq:
            holders.add(self.device)
        return tuple(sorted(holders - {device}))
