"""What one round did, and what it met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sync.errors import SyncError
from sync.journal import Problem
from sync.log_reader import Waiting


class SetAside(NamedTuple):
    """An item that was not what it should be; it stays where it is and is tried again at the next round."""

    path: str
    error: SyncError


@dataclass(slots=True)
class RoundReport:
    """What one exchange with one place did.

    Attributes:
        place: The place's name.
        error: Why the round ended early or could not write; None when all of it was done.
        stopped: The caller asked to stop.
        sent: Own transactions that became visible there.
        received: Other devices' transactions that were applied.
        relayed: Other devices' transactions that the place lacked and has from us now.
        bytes_sent: Bytes of the items written.
        bytes_received: Bytes of the items read.
        files_written: How many items were written.
        waiting: Own transactions that are not there yet.
        parked: What arrived but waits, and for what.
        refused: Transactions that were not taken, and why.
        set_aside: Items that were not what they should be.
        ignored: Names that systems leave everywhere.
        skew_ms: By how much the place's clock is ahead of ours, seen on our own file; None if nothing was written.
        ahead: Devices whose stamps are over ten minutes ahead of our clock, in milliseconds.
        healed: Own transactions that the place had lost and has again.
    """

    place: str
    error: SyncError | None = None
    stopped: bool = False
    sent: int = 0
    received: int = 0
    relayed: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    files_written: int = 0
    waiting: int = 0
    parked: tuple[Waiting, ...] = ()
    refused: list[Problem] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    ignored: int = 0
    skew_ms: int | None = None
    ahead: dict[str, int] = field(default_factory=dict)
    healed: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything was exchanged and nothing is left to say."""
        return not (self.error or self.stopped or self.refused or self.set_aside or self.waiting or self.parked)
