"""What is known of the exchange with the other PCs: the status page's and the status bar's truth.

Pure values. A time is None until it happened; counts are what this PC knows, not what it hopes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from liaison_desk.domain.clock import Moment


class Link(StrEnum):
    """How the share stands."""

    NONE = "none"  # no share was chosen: everything stays on this PC
    CHECKING = "checking"  # a round runs, or none has ended yet
    ONLINE = "online"  # the last round went through
    OFFLINE = "offline"  # unreachable, empty or not ours: nothing is concluded, tried again
    REFUSED = "refused"  # it will not work without a person: another incident, a newer format, no right to write
    PAUSED = "paused"  # a person said so


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """Another PC, or this one, as the share shows it.

    Attributes:
        device: its id, 32 hexadecimal digits.
        received: how many of this PC's transactions it acknowledged; `behind` is how many it has not.
        entries: how many transactions of it are here.
        ahead_ms: by how much its clock was ahead when over ten minutes, else 0.
    """

    device: str
    mark: str = ""
    name: str = ""
    operator: str = ""
    org: str = ""
    this_pc: bool = False
    received: int = 0
    behind: int = 0
    entries: int = 0
    ahead_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """The exchange as it stands.

    Attributes:
        place: the shared folder's path as chosen, "" for none.
        says, do: why it is offline or refused, as sentences for a person; "" otherwise.
        contact_at: the last round that went through.
        next_try_s: seconds until the next round by itself, when known.
        waiting: own transactions that are not at the share yet.
        sent, received: transactions in the last round; bytes_sent, bytes_received since the desk was opened.
        parked: what arrived too early: (mark or id of whose, its number, what it waits for).
        set_aside: names of damaged files at the share, each with the reason.
        skew_ms: this PC's clock against the share's (positive: ours is ahead); None when not measured.
        notices: sentences about what happened (this profile was a copy, a share came back older, …).
    """

    link: Link = Link.NONE
    place: str = ""
    says: str = ""
    do: str = ""
    contact_at: Moment | None = None
    next_try_s: float | None = None
    waiting: int = 0
    sent: int = 0
    received: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    parked: tuple[tuple[str, int, str], ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()
    skew_ms: int | None = None
    devices: tuple[DeviceState, ...] = ()
    notices: tuple[str, ...] = ()
