"""Hybrid logical clocks, and the only place of this package that asks the machine for time or chance.

A stamp is one integer: 48 bits of milliseconds, 16 bits of counter. Stamps only sort; no rule of
merging asks them who wins. A stamp that is far ahead of our clock is kept as it is and flagged, and
does not pull our own clock along: one PC set to 2036 must not date everyone's lines to 2036.

Laws: tests/properties/test_sync_stamp.py.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from typing import Final, Protocol

COUNTER_BITS: Final = 16
COUNTER_MAX: Final = (1 << COUNTER_BITS) - 1
# One bit less than the 48 of the format: SQLite's integers are signed, and the year 6429 is far enough.
MS_MAX: Final = (1 << 47) - 1
STAMP_MAX: Final = (MS_MAX << COUNTER_BITS) | COUNTER_MAX
AHEAD_LIMIT_MS: Final = 10 * 60 * 1000


class Clock(Protocol):
    """Where the time comes from."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC, as this machine believes."""
        ...  # pragma: no cover

    def offset_min(self) -> int:
        """Minutes by which local time is ahead of UTC now (Japan: 540)."""
        ...  # pragma: no cover


class SystemClock:
    """The machine's own clock and zone."""

    def now_ms(self) -> int:
        """See ``Clock``."""
        return time.time_ns() // 1_000_000

    def offset_min(self) -> int:
        """See ``Clock``."""
        offset = dt.datetime.now(dt.UTC).astimezone().utcoffset() or dt.timedelta()
        return round(offset.total_seconds() / 60)


class IdSource(Protocol):
    """Where names that must never meet come from."""

    def device_id(self) -> str:
        """A new device id: 32 lower-case hexadecimal digits."""
        ...  # pragma: no cover


class RandomIds:
    """Ids from the operating system's random source."""

    def device_id(self) -> str:
        """See ``IdSource``."""
        return secrets.token_hex(16)


def ms_of(stamp: int) -> int:
    """The milliseconds of a stamp."""
    return stamp >> COUNTER_BITS


class HybridClock:
    """Gives out stamps that only grow.

    Args:
        clock: The machine's clock.
        last: The last stamp given or seen, as it was persisted; stamps go on above it.
    """

    def __init__(self, clock: Clock, last: int = 0) -> None:
        self._clock = clock
        self.last = last

    def tick(self) -> int:
        """The stamp for a new transaction: above every stamp given or accepted before."""
        now = _clamped(self._clock.now_ms()) << COUNTER_BITS
        # last + 1 carries from a full counter into the milliseconds by itself.
        self.last = max(now, min(self.last + 1, STAMP_MAX))
        return self.last

    def witness(self, stamp: int) -> int:
        """Take note of another device's stamp.

        Returns:
            0, or by how many milliseconds it is ahead of our clock when that is more than ten
            minutes; such a stamp is not taken over.
        """
        ahead_ms = ms_of(stamp) - self._clock.now_ms()
        if ahead_ms > AHEAD_LIMIT_MS:
            return ahead_ms
        self.last = max(self.last, stamp)
        return 0


def _clamped(ms: int) -> int:
    # A PC with an empty CMOS battery may believe in 1901 or 9999.
    return min(max(ms, 0), MS_MAX)
