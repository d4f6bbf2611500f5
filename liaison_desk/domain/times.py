"""Times as people type and write them: 1305, 13:05頃, -10, 11/22 3:00頃, 昨日23時50分, 午後1時半, ２３：５０.

Pure: the reference moment is an argument. Numbers are read with NFKC, so full-width digits are the same, and so
are the dashes that a Japanese keyboard gives for a minus (ー in kana mode).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment

_DAY_MS = 86_400_000
# How far ahead an undated time of an event may lie: clocks differ, and a meeting is noted as it is called.
_AHEAD_MS = 3_600_000
_DASHES = dict.fromkeys(map(ord, "ー−‐‑‒–—―"), "-") | {ord(";"): ":"}
_ABOUT = re.compile(r"(頃|ごろ|ころ|前後|約|およそ|~|〜)")
_AWAY = re.compile(r"(?P<sign>[-+])(?P<n>\d{1,4})分?|(?:(?P<h>\d{1,2})時間)?(?:(?P<m>\d{1,4})分)?(?P<way>前|後)")
_CLOCK = re.compile(
    r"(?P<half_day>午前|午後|AM|PM)?\s*(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?|(?P<hm>\d{3,4})"
    r"|(?P<hk>\d{1,2})時(?:(?P<mk>\d{1,2})分?|(?P<half>半))?)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?P<day>一昨日|おととい|昨日|きのう|前日|本日|今日|きょう|明日|あす|翌日)"
    r"|(?:(?P<y>\d{4})[/\-年.]|(?P<era>令和|[Rr])(?P<ey>\d{1,2}|元)[年.])?(?P<mo>\d{1,2})[/\-月.](?P<d>\d{1,2})日?"
    r"|(?P<only>\d{1,2})日)"
    r"(?:\([月火水木金土日][^()]{0,6}\))?"
)
_DAYS = {
    **dict.fromkeys(("一昨日", "おととい"), -2),
    **dict.fromkeys(("昨日", "きのう", "前日"), -1),
    **dict.fromkeys(("本日", "今日", "きょう"), 0),
    **dict.fromkeys(("明日", "あす", "翌日"), 1),
}
_FULL = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:")


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
        forward: True for due times: the next such clock time. False for times of events: the last one, so that
            23:50 typed at 00:10 or at 13:00 is yesterday's; up to an hour ahead is still today's.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    approx = bool(_ABOUT.search(plain))
    plain = _ABOUT.sub("", plain).strip()
    if plain in {"今", "いま", "now"}:
        return TypedTime(reference, approx)
    try:
        moment = _away(plain, reference) or _full_iso(plain, reference) or _clock(plain, reference, forward=forward)
    except (ValueError, OverflowError):
        return None
    return TypedTime(moment, approx) if moment and MIN_MS <= moment.utc_ms <= MAX_MS else None


def _away(plain: str, reference: Moment) -> Moment | None:
    found = _AWAY.fullmatch(plain)
    if not found or not (found["n"] or found["h"] or found["m"]):
        return None
    minutes = int(found["n"] or 0) + int(found["h"] or 0) * 60 + int(found["m"] or 0)
    back = found["sign"] == "-" or found["way"] == "前"
    return reference.plus(minutes=-minutes if back else minutes).to_minute()


def _full_iso(plain: str, reference: Moment) -> Moment | None:
    return Moment.parse_iso(plain, reference.offset_min) if _FULL.match(plain) else None


def _clock(plain: str, reference: Moment, *, forward: bool) -> Moment | None:
    date = _DATE.match(plain)
    clock = _CLOCK.fullmatch(plain[date.end() :].removeprefix("の").strip(" T") if date else plain)
    time = _hours_minutes(clock) if clock else None
    if time is None:
        return None
    return _dated(date, time, reference) if date else _undated(time, reference, forward=forward)


def _hours_minutes(clock: re.Match[str]) -> tuple[int, int, int] | None:
    if clock["hm"]:
        hour, minute, second = int(clock["hm"][:-2]), int(clock["hm"][-2:]), 0
    elif clock["hk"]:
        hour, minute, second = int(clock["hk"]), 30 if clock["half"] else int(clock["mk"] or 0), 0
    else:
        hour, minute, second = int(clock["h"]), int(clock["m"]), int(clock["s"] or 0)
    if clock["half_day"]:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if clock["half_day"].upper() in ("午後", "PM") else 0)
    # 24:00 closes a day in office papers; it is the next day's 0:00.
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return hour, minute, second


def _dated(date: re.Match[str], time: tuple[int, int, int], reference: Moment) -> Moment:
    today = reference.local()
    after_midnight = timedelta(hours=time[0], minutes=time[1], seconds=time[2])
    if date["day"]:
        midnight = today.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=_DAYS[date["day"]])
        return Moment.of_local(midnight + after_midnight, reference.offset_min)
    year = today.year
    if date["y"]:
        year = int(date["y"])
    elif date["ey"]:
        year = 2018 + (1 if date["ey"] == "元" else int(date["ey"]))
    month, day = (today.month, int(date["only"])) if date["only"] else (int(date["mo"]), int(date["d"]))
    if date["y"] or date["ey"] or date["only"]:
        return Moment.of_local(datetime(year, month, day, tzinfo=UTC) + after_midnight, reference.offset_min)
    # 12/31 written on 1 January is last year's. A year that lacks the day (2/29) is passed over.
    days = [datetime(other, month, day, tzinfo=UTC) for other in (year, year - 1, year + 1) if _has(other, month, day)]
    moments = [Moment.of_local(local + after_midnight, reference.offset_min) for local in days]
    return min(moments, key=lambda moment: abs(moment.utc_ms - reference.utc_ms))


def _has(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (month, day) != (2, 29) or leap


def _undated(time: tuple[int, int, int], reference: Moment, *, forward: bool) -> Moment:
    midnight = reference.local().replace(hour=0, minute=0, second=0, microsecond=0)
    local = midnight + timedelta(hours=time[0], minutes=time[1], seconds=time[2])
    same_day = Moment.of_local(local, reference.offset_min)

    def moved(days: int) -> Moment:
        return Moment(same_day.utc_ms + days * _DAY_MS, reference.offset_min)

    if forward:
        # To the minute: a due time of "now" is today's.
        return same_day if same_day.utc_ms >= reference.to_minute().utc_ms else moved(1)
    latest = reference.utc_ms + _AHEAD_MS
    return next(moment for moment in (moved(1), same_day, moved(-1), moved(-2)) if moment.utc_ms <= latest)
