"""What a cell of a file means: times, yes and no, lists, coordinates, the words of offices for 状況 and 確度.

Pure. Everything that a cell may be is text, a number, a truth value, a wall clock's datetime, or JSON's lists.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

from liaison_desk.domain.chronology import Status, Verification
from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment
from liaison_desk.domain.times import parse_typed

_DAY_MS = 86_400_000
_QUICK = re.compile(
    r"(\d{4}[-/]\d{1,2}[-/]\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?"
    r"(Z|[+-]\d{2}:\d{2})?([頃ごろ]*)",
    re.ASCII,
)
_TAILS = re.compile(r"(まで(に)?|現在|時点|迄|予定)$")
_DATE_ONLY = re.compile(
    r"(?:(?:\d{4}|令和(?:\d{1,2}|元)|R\d{1,2})[年./-])?\d{1,2}[月./-]\d{1,2}日?(?:\([月火水木金土日]\))?", re.ASCII
)
_DATED = re.compile(r"\s*(?:\d{4}\D|令和|R\d|\d{1,2}[月/.-]\s?\d{1,2}\D|\d{1,2}日)", re.ASCII)
_LISTED = re.compile(r"[;；\n]+")
_NUMBERS = re.compile(r"[;；,、\s]+")
_MAX_DAYS = 4096
NONE = frozenset("- ー － ― — – − なし 無し 無 / ／ × ✕".split())
DITTO = frozenset({"〃", "同上", "同", "″"})
_YES = frozenset("○ ◯ 〇 ● ◎ ★ ☆ 1 1.0 true yes y on はい 有 あり 重要 最重要 至急 緊急 高 済 レ ✓ ✔ ! 頃 ごろ".split())
_NO = frozenset(["", "0", "0.0", "false", "no", "n", "off", "いいえ", "通常", "普通", "低", "中", *NONE])
_STATUSES = {
    Status.OPEN: "未対応 未着手 未処理 未 未了 未完了 open",
    Status.IN_PROGRESS: "対応中 処理中 実施中 継続 継続中 調整中 着手 着手済 in_progress 対応中(継続)",
    Status.DONE: "完了 対応済 対応済み 処理済 処理済み 済 済み 終了 完 done closed 対応完了",
}
_STATUS = {word: status for status, words in _STATUSES.items() for word in words.split()}
_VERIFICATIONS = {
    Verification.VERIFIED: "確認済 確認済み 確認 確定 済 ○ 確実 確 公式 verified 確認ずみ",
    Verification.UNVERIFIED: "未確認 未確定 不確定 未 要確認 確認中 不明 伝聞 情報 unverified × 未確認情報",
}
_VERIFICATION = {word: value for value, words in _VERIFICATIONS.items() for word in words.split()}


class Times:
    """Reads the times of one file; knows each day once.

    Args:
        offset_min: the offset of times that do not say theirs.
    """

    def __init__(self, offset_min: int) -> None:
        """Begin with no day known."""
        self._offset_min = offset_min
        self._days: dict[str, int] = {}

    def read(self, value: Any, reference: Moment, *, forward: bool = False) -> tuple[Moment, bool] | None:
        """The moment that a cell means, and whether 「頃」 was said; None when it is not a time.

        Args:
            value: the cell.
            reference: gives the year or the day where they are missing.
            forward: as `parse_typed`.
        """
        if type(value) is str:
            found = _QUICK.fullmatch(value)
            if found is not None:
                quick = self._quick(found)
                if quick is not None:
                    return quick
            text = _TAILS.sub("", unicodedata.normalize("NFKC", value).strip())
            typed = parse_typed(text, reference, forward=forward) if len(text) <= 60 else None
            return (typed.moment, typed.approx) if typed else None
        if type(value) is datetime:
            moment = Moment.of_local(value, self._offset_min)
            return (moment, False) if MIN_MS <= moment.utc_ms <= MAX_MS else None
        return None

    def _quick(self, found: re.Match[str]) -> tuple[Moment, bool] | None:
        date, hour, minute, second, fraction, zone, about = found.groups()
        day = self._days.get(date)
        if day is None:
            year, month, of_month = re.split("[-/]", date)
            try:
                at = datetime(int(year), int(month), int(of_month), tzinfo=UTC)
            except ValueError:
                return None
            day = int(at.timestamp()) * 1000
            if len(self._days) < _MAX_DAYS:
                self._days[date] = day
        hours, minutes, seconds = int(hour), int(minute), int(second or 0)
        if hours > 23 or minutes > 59 or seconds > 59:
            return None
        offset_min = self._offset_min
        if zone is not None:
            offset_min = _offset(zone)
            if not -840 <= offset_min <= 840:
                return None
        millis = int(fraction.ljust(3, "0")[:3]) if fraction else 0
        ms = day + ((hours * 60 + minutes - offset_min) * 60 + seconds) * 1000 + millis
        return (Moment(ms, offset_min), about != "") if MIN_MS <= ms <= MAX_MS else None

    @staticmethod
    def dated(text: str) -> bool:
        """Whether a time says its day."""
        return _QUICK.match(text) is not None or _DATED.match(unicodedata.normalize("NFKC", text)) is not None

    def day(self, value: Any, reference: Moment) -> str | None:
        """A date without a time, as text that `read` takes before a time; None when it is none."""
        if type(value) is datetime:
            return f"{value:%Y/%m/%d}"
        if type(value) is not str or len(value) > 30:
            return None
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
        if not _DATE_ONLY.fullmatch(text):
            return None
        typed = parse_typed(text + "12:00", reference)
        return f"{typed.moment.local():%Y/%m/%d}" if typed else None


def _offset(zone: str) -> int:
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def text_of(value: Any) -> str:
    """A cell as text: 12.0 is 12, a datetime as an office writes it."""
    if type(value) is str:
        return value
    if type(value) is float and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if type(value) is datetime:
        return f"{value:%Y/%m/%d %H:%M}" if value.second == 0 else f"{value:%Y/%m/%d %H:%M:%S}"
    if type(value) is bool:
        return "TRUE" if value else "FALSE"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _word(value: Any) -> str:
    return unicodedata.normalize("NFKC", text_of(value)).strip().casefold()


def yes(value: Any) -> bool | None:
    """Whether a mark is set; None when it is some other word."""
    if type(value) is bool:
        return value
    raw = text_of(value).strip()
    word = _word(value)
    if raw in _YES or word in _YES:
        return True
    return False if raw in _NO or word in _NO else None


def status(value: Any) -> str | None:
    """状況 in our words, "" for none; None when it is some other word."""
    word = _word(value)
    return "" if word in NONE or text_of(value).strip() in NONE else _STATUS.get(word)


def verification(value: Any) -> str | None:
    """確度 in our words; None when it is some other word."""
    return _VERIFICATION.get(text_of(value).strip()) or _VERIFICATION.get(_word(value))


def coordinate(value: Any) -> float | None:
    """Degrees; None when it is not a number."""
    if type(value) in (int, float):
        return float(value) if abs(value) < 1e6 else None
    text = unicodedata.normalize("NFKC", text_of(value)).strip().rstrip("°度NE")
    try:
        number = float(text) if len(text) < 30 and "_" not in text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e6 else None


def listed(value: Any) -> tuple[str, ...]:
    """File names: a JSON list, or text parted by semicolons or line breaks."""
    if isinstance(value, list):
        return tuple(text_of(one) for one in value)
    return tuple(part.strip() for part in _LISTED.split(text_of(value)) if part.strip())


def numbers(value: Any) -> tuple[str, ...]:
    """Numbers of other entries: a JSON list, or text parted by anything that parts."""
    if isinstance(value, list):
        return tuple(text_of(one) for one in value)
    return tuple(part for part in _NUMBERS.split(text_of(value).strip()) if part and part not in NONE)
