"""Moments, and the only place that asks the machine what time it is.

A `Moment` keeps the instant and the offset under which a person lived it, so that 13:05 stays 13:05.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

JST_MIN = 9 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Moments that a chronology can hold: years 1900 to 2200. Anything else is a slip or an attack.
MIN_MS = -2_208_988_800_000
MAX_MS = 7_258_118_400_000
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant and the local offset it was noted under.

    Attributes:
        utc_ms: milliseconds since 1970-01-01T00:00Z.
        offset_min: minutes east of UTC (JST is 540).
    """

    utc_ms: int
    offset_min: int = JST_MIN

    @classmethod
    def of_local(cls, local: datetime, offset_min: int = JST_MIN) -> Moment:
        """The moment whose clock on the wall showed `local` (its tzinfo, if any, is ignored)."""
        naive_as_utc = local.replace(tzinfo=UTC)
        return cls((naive_as_utc - _EPOCH) // timedelta(milliseconds=1) - offset_min * 60_000, offset_min)

    @classmethod
    def parse_iso(cls, text: str, default_offset_min: int = JST_MIN) -> Moment:
        """Read ISO 8601; without an offset, `default_offset_min` is meant.

        Raises:
            ValueError: not such a time, or outside the years 1900 to 2200.
        """
        found = _ISO.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        offset_min = default_offset_min
        if zone == "Z":
            offset_min = 0
        elif zone:
            hours, minutes = int(zone[1:3]), int(zone[-2:])
            if hours > 14 or minutes > 59:
                raise ValueError(text)
            offset_min = (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
        micros = int((fraction or "0").ljust(6, "0"))
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micros, tzinfo=UTC)
        moment = cls.of_local(local, offset_min)
        if not MIN_MS <= moment.utc_ms <= MAX_MS:
            raise ValueError(text)
        return moment

    def local(self) -> datetime:
        """What the clock on the wall showed, as an aware datetime with this moment's offset."""
        zone = timezone(timedelta(minutes=self.offset_min))
        return (_EPOCH + timedelta(milliseconds=self.utc_ms)).astimezone(zone)

    def iso(self) -> str:
        """ISO 8601 with offset, to the second (or millisecond where there is one)."""
        return self.local().isoformat(timespec="milliseconds" if self.utc_ms % 1000 else "seconds")

    def plus(self, *, minutes: float = 0, seconds: float = 0) -> Moment:
        """This moment moved, under the same offset."""
        return Moment(self.utc_ms + round((minutes * 60 + seconds) * 1000), self.offset_min)

    def to_minute(self) -> Moment:
        """The start of this moment's minute: what a person means by 13:05."""
        return Moment(self.utc_ms - self.utc_ms % 60_000, self.offset_min)


class Clock(Protocol):
    """Where the time comes from; injected, so that tests own it."""

    def now(self) -> Moment:
        """The present moment under this PC's local offset."""
        ...


class SystemClock:
    """This PC's clock and zone."""

    def now(self) -> Moment:
        """The present moment; the offset is the operating system's."""
        here = datetime.now(UTC).astimezone()
        offset = here.utcoffset() or timedelta()
        return Moment((here - _EPOCH) // timedelta(milliseconds=1), offset // timedelta(minutes=1))


class IdSource(Protocol):
    """Where new identifiers come from; injected, so that tests own it."""

    def new_id(self) -> str:
        """A fresh identifier: 32 lower-case hexadecimal digits."""
        ...


class RandomIds:
    """Identifiers of 128 random bits."""

    def new_id(self) -> str:
        """A fresh identifier: 32 lower-case hexadecimal digits."""
        return secrets.token_hex(16)
