"""The record's values and times as the window says them, in the language in use."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryRow
from liaison_desk.domain.text import one_line

_MINUTE_MS = 60_000
LATE_MIN = 30


@lru_cache(maxsize=4)
def _words(_language: str) -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "電話": translate("Words", "Phone"),
        "対面": translate("Words", "In person"),
        "会議": translate("Words", "Meeting"),
        "無線": translate("Words", "Radio"),
        "FAX": translate("Words", "Fax"),
        "メール": translate("Words", "Mail"),
        "現認": translate("Words", "Observed"),
        "SNS": translate("Words", "SNS"),
        "Web会議": translate("Words", "Web meeting"),
        "報告": translate("Words", "Report"),
        "指示": translate("Words", "Instruction"),
        "依頼": translate("Words", "Request"),
        "決定": translate("Words", "Decision"),
        "確認": translate("Words", "Confirmation"),
        "連絡": translate("Words", "Notice"),
        "返信": translate("Words", "Reply"),
        "訂正": translate("Words", "Correction"),
        "取消": translate("Words", "Cancellation"),
        "未確認": translate("Words", "Unverified"),
        "確認済": translate("Words", "Verified"),
        "未対応": translate("Words", "Not started"),
        "対応中": translate("Words", "In progress"),
        "完了": translate("Words", "Done"),
        "local": translate("Words", "On this PC only"),
        "sending": translate("Words", "Sending"),
        "shared": translate("Words", "Kept at the share"),
        "received": translate("Words", "Received by other PCs"),
        "overdue": translate("Words", "Overdue"),
        "verification": translate("Words", "Verification"),
        "important": translate("Words", "Important"),
        "status": translate("Words", "Status"),
        "owner": translate("Words", "Owner"),
        "due": translate("Words", "Due"),
        "occurred_at": translate("Words", "Occurred"),
        "occurred_approx": translate("Words", "About"),
        "known_at": translate("Words", "Known"),
        "received_at": translate("Words", "Received"),
        "recorded_at": translate("Words", "Recorded"),
        "from_party": translate("Words", "From"),
        "to_party": translate("Words", "To"),
        "channel": translate("Words", "Channel"),
        "kind": translate("Words", "Kind"),
        "subject": translate("Words", "Subject"),
        "content": translate("Words", "Content"),
        "place": translate("Words", "Place"),
        "latitude": translate("Words", "Latitude"),
        "longitude": translate("Words", "Longitude"),
    }


def word(value: str) -> str:
    """A value of the record or a field's name in the language in use; what is not ours stays as it came."""
    # One translated word tells which language is in use, so that the table is made once for each.
    known = _words(QCoreApplication.translate("Words", "Phone"))
    return known.get(value) or one_line(value, 40)


def clock(moment: Moment, approx: bool = False) -> str:
    """13:05, or 13:05頃."""
    minutes = (moment.utc_ms // _MINUTE_MS + moment.offset_min) % 1440
    shown = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return QCoreApplication.translate("Words", "about {time}").format(time=shown) if approx else shown


def day_number(moment: Moment) -> int:
    """The day as a running number, to compare days without making dates."""
    return (moment.utc_ms // _MINUTE_MS + moment.offset_min) // 1440


def weekday(moment: Moment) -> str:
    """The day of the week, short."""
    translate = QCoreApplication.translate
    return (
        translate("Words", "Mon"),
        translate("Words", "Tue"),
        translate("Words", "Wed"),
        translate("Words", "Thu"),
        translate("Words", "Fri"),
        translate("Words", "Sat"),
        translate("Words", "Sun"),
    )[moment.local().weekday()]


def day(moment: Moment) -> str:
    """The day in full: 2026年11月22日(日)."""
    local = moment.local()
    pattern = QCoreApplication.translate("Words", "{weekday}, {year}-{month:02d}-{day:02d}")
    return pattern.format(weekday=weekday(moment), year=local.year, month=local.month, day=local.day)


def short_day(moment: Moment) -> str:
    """The day where room is scarce: 11/22(日)."""
    local = moment.local()
    pattern = QCoreApplication.translate("Words", "{month}/{day} {weekday}")
    return pattern.format(weekday=weekday(moment), month=local.month, day=local.day)


def day_and_clock(moment: Moment, approx: bool = False) -> str:
    """11/22(日) 13:05頃."""
    return f"{short_day(moment)} {clock(moment, approx)}"


def near(moment: Moment, now: Moment) -> str:
    """The clock alone on the day of `now`, else with its day."""
    if day_number(moment) == day_number(now):
        return clock(moment)
    local = moment.local()
    return f"{local.month}/{local.day} {clock(moment)}"


def span(minutes: int) -> str:
    """A length of time: 25 分, 2 時間 10 分, 3 日."""
    translate = QCoreApplication.translate
    hours, rest = divmod(minutes, 60)
    if minutes < 60:
        return translate("Words", "{minutes} min").format(minutes=minutes)
    if hours >= 48:
        return translate("Words", "{days} days").format(days=hours // 24)
    if not rest:
        return translate("Words", "{hours} h").format(hours=hours)
    return translate("Words", "{hours} h {minutes} min").format(hours=hours, minutes=rest)


def minutes_late(occurred_at: Moment, recorded_at: Moment) -> int:
    """How many minutes after it happened an entry was recorded; 0 when that is soon enough."""
    late = (recorded_at.utc_ms - occurred_at.utc_ms) // _MINUTE_MS
    return late if late > LATE_MIN else 0


def is_open(row: EntryRow) -> bool:
    """Whether an instruction or request still waits for someone."""
    return row.status in ("未対応", "対応中") and not row.cancelled


def is_overdue(row: EntryRow, now: Moment) -> bool:
    """Whether it should have been done by now."""
    return row.due is not None and row.due.utc_ms < now.utc_ms and is_open(row)


def due_text(due: Moment, now: Moment, *, overdue: bool) -> str:
    """By when: 15:00まで, or how it was missed."""
    translate = QCoreApplication.translate
    pattern = translate("Words", "overdue {time}") if overdue else translate("Words", "by {time}")
    return pattern.format(time=near(due, now))
