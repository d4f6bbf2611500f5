"""The small signs of an entry: a word on a soft ground, with an icon where the meaning must not be missed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPixmap

from liaison_desk.domain.chronology import EntryKind
from liaison_desk.domain.listing import EntryRow
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.picture import Picture, face

_KINDS = {"指示": "instruction", "依頼": "request", "決定": "decision"}
_KIND_ICONS = {"指示": "instruction", "依頼": "flag", "決定": "check"}
_CHANNEL_ICONS = {
    "電話": "phone",
    "対面": "in-person",
    "会議": "meeting",
    "無線": "radio",
    "FAX": "fax",
    "メール": "mail",
    "現認": "observed",
    "SNS": "sns",
    "Web会議": "web-meeting",
}
_STATUSES = {"未対応": ("flag", "warning"), "対応中": ("sync", "instruction"), "完了": ("check", "good")}

_DELIVERIES = ("local", "sending", "shared", "received")
_SIGNS = (
    ("cancel", "cancelled"),
    ("important", "important"),
    ("unverified", "unverified"),
    ("conflict", "conflict"),
    ("correct", "corrected"),
    ("reply", "text_secondary"),
    ("attachment", "text_secondary"),
)


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with the colours of its meaning: `ink` and `ground` are the theme's names, "" for no ground."""

    text: str
    ink: str
    ground: str = ""
    icon: str = ""


def kind_badge(kind: str) -> Badge:
    """種別. 指示, 依頼 and 決定 stand out, the others are quiet."""
    meaning = _KINDS.get(kind, "report")
    return Badge(words.word(kind), meaning, f"{meaning}_soft", _KIND_ICONS.get(kind, ""))


def channel_icon(channel: str) -> str:
    """The icon of a 手段, "" for one that a file brought."""
    return _CHANNEL_ICONS.get(channel, "")


def status_badge(status: str) -> Badge:
    """状況."""
    icon, ink = _STATUSES.get(status, ("", "text_secondary"))
    return Badge(words.word(status), ink, "", icon)


def sign_badges(row: EntryRow) -> list[Badge]:
    """What must not be missed about an entry, the gravest first."""
    translate = QCoreApplication.translate
    found: list[Badge] = []
    if row.cancelled:
        found.append(Badge(words.word("取消"), "cancelled", "report_soft", "cancel"))
    if row.important:
        found.append(Badge(words.word("important"), "important", "important_soft", "important"))
    if row.verification == "未確認":
        found.append(Badge(words.word("未確認"), "unverified", "unverified_soft", "unverified"))
    if row.conflicts:
        found.append(Badge(translate("Badges", "2 values"), "conflict", "conflict_soft", "conflict"))
    if row.corrected:
        found.append(Badge(words.word("訂正"), "corrected", "warning_soft", "correct"))
    return found


class BadgePainter:
    """Draws badges and icons into pictures; keeps what is costly until the look changes."""

    def __init__(self) -> None:
        """Measure the fonts of the look in force."""
        self._small = face("small")
        self.height = theme.px(20)
        self._sign, self._gap, self._edge = theme.px(14), theme.px(3), theme.px(6)
        self._ink = {name: theme.colour(name) for name in theme.palette()}
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._widths: dict[Badge, float] = {}

    def width(self, badge: Badge) -> float:
        """How wide a badge is."""
        found = self._widths.get(badge)
        if found is None:
            found = float(self._small.metrics.horizontalAdvance(badge.text))
            found += self._sign + self._gap if badge.icon else 0
            found += self._edge * 2 if badge.ground else 0
            self._widths[badge] = found
        return found

    def row_width(self, badges: list[Badge]) -> float:
        """How wide badges are side by side, with the gap behind them; 0 for none."""
        return sum(self.width(one) + theme.px(4) for one in badges) + theme.px(4) * bool(badges)

    def draw(self, picture: Picture, x: float, middle: float, badge: Badge) -> float:
        """Draw a badge; returns its width."""
        width = self.width(badge)
        left = x
        if badge.ground:
            picture.ground(QRectF(x, middle - self.height / 2, width, self.height), self._ink[badge.ground])
            left += self._edge
        if badge.icon:
            self.icon(picture, left, middle, badge.icon, badge.ink, self._sign)
            left += self._sign + self._gap
        picture.text(left, middle, badge.text, self._small, self._ink[badge.ink])
        return width

    def icons(self) -> list[tuple[str, str, int]]:
        """Every icon that rows draw, as name, ink and size: to be made before a scrolling hand needs them."""
        small, sign = theme.px(16), self._sign
        found = [(name, "text_secondary", small) for name in _CHANNEL_ICONS.values()]
        found += [(badge.icon, badge.ink, sign) for badge in map(kind_badge, EntryKind) if badge.icon]
        found += [(icon, ink, sign) for icon, ink in _STATUSES.values()]
        found += [(f"delivery-{state}", f"delivery_{state}", theme.px(18)) for state in _DELIVERIES]
        found += [("clock", "text_secondary", theme.px(13)), ("warning", "overdue", sign)]
        found += [(name, ink, sign) for name, ink in _SIGNS]
        return found

    def warm(self, icon: tuple[str, str, int]) -> None:
        """Make one icon ready."""
        if icon not in self._pixmaps:
            self._pixmaps[icon] = theme.icon(icon[0], icon[1]).pixmap(icon[2], icon[2])

    def icon(self, picture: Picture, x: float, middle: float, name: str, ink: str, size: int) -> None:
        """Draw an icon in the colour of a meaning."""
        key = (name, ink, size)
        self.warm(key)
        picture.icon(x, middle - size / 2, self._pixmaps[key])
