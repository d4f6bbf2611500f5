"""What can go wrong between replicas, as a tree.

    SyncError
    ├── Offline          no contact or no proof of contact; nothing was concluded; try again later
    ├── Refused          the other side, or a rule, said no; trying again will not help
    │   ├── Forked       one device and sequence number with two different contents
    │   └── Cloned       the place knows more of this device than this device does
    ├── Corrupt          bytes that are not what their name or their frame promises
    │   └── Gone             a name was listed, and nothing is under it
    └── TooNew           made by a newer version; update this PC

Sentences here are for logs and reports; the desk turns them into words for people.
"""

from __future__ import annotations


class SyncError(Exception):
    """The root of everything that this package raises on purpose."""


class Offline(SyncError):
    """No contact, or no proof that this is the place it should be.

    Attributes:
        reason: One of ``absent`` (no such folder), ``emptied`` (the folder is there, its content is not),
            ``head_missing`` (our own last head is not visible), ``unreachable`` (reading or writing failed),
            ``unproven`` (what the place holds of this device cannot be read to the end).
    """

    def __init__(self, says: str, *, reason: str = "unreachable") -> None:
        super().__init__(says)
        self.reason = reason


class Refused(SyncError):
    """A rule said no; trying again will not help.

    Attributes:
        reason: A short word for the rule, e.g. ``text``, ``size``, ``incident``, ``canary``, ``parking_full``.
        expected: What should have been there, if that is known.
        found: What was there.
    """

    def __init__(self, says: str, *, reason: str = "rule", expected: str = "", found: str = "") -> None:
        super().__init__(says)
        self.reason = reason
        self.expected = expected
        self.found = found


class Forked(Refused):
    """One device wrote two different transactions with one sequence number.

    Attributes:
        device: The device whose history splits.
        seq: The first sequence number known to differ.
    """

    def __init__(self, device: str, seq: int) -> None:
        super().__init__(f"device {device} has two different transactions numbered {seq}", reason="fork")
        self.device = device
        self.seq = seq


class Cloned(Refused):
    """The place holds transactions of this device that this device did not write.

    This profile is a copy, or came back from a backup: it must take a new device id
    (``Journal.adopt_new_device``) before it writes anything more.

    Attributes:
        device: This profile's present device id.
        agreed: The last sequence number up to which the place and this profile hold the same bytes.
        seen: The highest sequence number that the place knows of this device.
    """

    def __init__(self, device: str, *, agreed: int, seen: int) -> None:
        super().__init__(
            f"the place knows {seen} transactions of {device}, equal to ours up to {agreed}", reason="cloned"
        )
        self.device = device
        self.agreed = agreed
        self.seen = seen


class Corrupt(SyncError):
    """Bytes that are not what they should be; they are set aside and named, everything else goes on."""


class Gone(Corrupt):
    """Listed, but not there: the listing is older than the shelf, or younger than the bytes."""


class TooNew(SyncError):
    """Made by a newer version than this one understands.

    Attributes:
        found: The version or feature that was found.
        known: The newest that this program understands.
    """

    def __init__(self, says: str, *, found: str = "", known: str = "") -> None:
        super().__init__(says)
        self.found = found
        self.known = known
