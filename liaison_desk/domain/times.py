"""Times as people type and write them: 1305, 13:05頃, -10, 11/22 3:00頃, 22日13時5分, ２３：５０.

Pure: the reference moment is an argument. Numbers are read with NFKC, so full-width digits are the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment

_DAY_MS = 86_400_000
_ABOUT = re.compile(r"(頃|ごろ|ころ|前後|約|およそ|~|〜)")
_AGO = re.compile(r"-(\d{1,4})(?:分)?|(\d{1,4})分前")
_CLOCK = re.compile(
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?|(?P<hm>\d{3,4})|(?P<hk>\d{1,2})時(?:(?P<mk>\d{1,2})分?|(?P<half>半))?)"
)
_DATE = re.compile(
    r"(?:(?:(?P<y>\d{4})[/\-年.]|(?P<era>令和|R)(?P<ey>\d{1,2}|元)[年.])?(?P<mo>\d{1,2})[/\-月.](?P<d>\d{1,2})日?|(?P<only>\d{1,2})日)"
    r"(?:\((?:[月火水木金土日])\))?"
)


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A time as understood: the moment, and whether 「頃」 was said."""

    moment: Moment
    approx: bool


def parse_typed(text: str, reference: Moment, *, forward: bool = False) -> TypedTime | None:
    """Understand a typed time; None when it is not one.

    Args:
        text: what a person typed, in any width.
        reference: now (or, in a file, the recording time); gives the missing parts.
        forward: True for due times: the next such clock time. False for times of events: the nearest one, so
            that 23:50 typed at 00:10 is yesterday's.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    approx = bool(_ABOUT.search(plain))
    plain = _ABOUT.sub("", plain).strip()
    ago = _AGO.fullmatch(plain)
    if ago:
        return TypedTime(reference.plus(minutes=-int(ago.group(1) or ago.group(2))), approx)
    if plain in {"今", "now"}:
        return TypedTime(reference, approx)
    iso = _full_iso(plain, reference)
    if iso:
        return TypedTime(iso, approx)
    date = _DATE.match(plain)
    rest = plain[date.end() :].strip(" T") if date else plain
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        return None
    time = _hours_minutes(clock)
    if time is None:
        return None
    try:
        moment = _dated(date, time, reference) if date else _undated(time, reference, forward=forward)
    except (ValueError, OverflowError):
        return None
    return TypedTime(moment, approx) if MIN_MS <= moment.utc_ms <= MAX_MS else None


def _full_iso(plain: str, reference: Moment) -> Moment | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:", plain):
        return None
    try:
        return Moment.parse_iso(plain, reference.offset_min)
    except ValueError:
        return None


def _hours_minutes(clock: re.Match[str]) -> tuple[int, int, int] | None:
    if clock["hm"]:
        hour, minute, second = int(clock["hm"][:-2]), int(clock["hm"][-2:]), 0
    elif clock["hk"]:
        hour, minute, second = int(clock["hk"]), 30 if clock["half"] else int(clock["mk"] or 0), 0
    else:
        hour, minute, second = int(clock["h"]), int(clock["m"]), int(clock["s"] or 0)
    # 24:00 closes a day in office papers; it is the next day's 0:00.
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return hour, minute, second


def _dated(date: re.Match[str], time: tuple[int, int, int], reference: Moment) -> Moment:
    today = reference.local()
    year = today.year
    if date["y"]:
        year = int(date["y"])
    elif date["ey"]:
        year = 2018 + (1 if date["ey"] == "元" else int(date["ey"]))
    month, day = (today.month, int(date["only"])) if date["only"] else (int(date["mo"]), int(date["d"]))
    local = datetime(year, month, day, tzinfo=UTC) + timedelta(hours=time[0], minutes=time[1], seconds=time[2])
    moment = Moment.of_local(local, reference.offset_min)
    if not date["y"] and not date["ey"] and not date["only"]:
        # 12/31 written on 1 January is last year's.
        for other in (year - 1, year + 1):
            shifted = Moment.of_local(local.replace(year=other), reference.offset_min)
            if abs(shifted.utc_ms - reference.utc_ms) < abs(moment.utc_ms - reference.utc_ms):
                moment = shifted
    return moment


def _undated(time: tuple[int, int, int], reference: Moment, *, forward: bool) -> Moment:
    midnight = reference.local().replace(hour=0, minute=0, second=0, microsecond=0)
    local = midnight + timedelta(hours=time[0], minutes=time[1], seconds=time[2])
    same_day = Moment.of_local(local, reference.offset_min)
    days = (0, 1) if forward else (0, -1, 1)
    moments = [Moment(same_day.utc_ms + n * _DAY_MS, reference.offset_min) for n in days]
    if forward:
        # To the minute: a due time of "now" is today's.
        return next((m for m in moments if m.utc_ms >= reference.to_minute().utc_ms), moments[-1])
    return min(moments, key=lambda m: abs(m.utc_ms - reference.utc_ms))
