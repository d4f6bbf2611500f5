"""The small signs of an entry: a word on a soft ground, with an icon where the meaning must not be missed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from liaison_desk.domain.listing import EntryRow
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words

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
    """Draws badges and icons; keeps what is costly until the look changes."""

    def __init__(self) -> None:
        """Measure the fonts of the look in force."""
        self.small = theme.font("small")
        self.metrics = QFontMetricsF(self.small)
        self.height = theme.px(20)
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}

    def width(self, badge: Badge) -> float:
        """How wide a badge is."""
        icon = theme.px(14) + theme.px(3) if badge.icon else 0
        edge = theme.px(6) * 2 if badge.ground else 0
        return self.metrics.horizontalAdvance(badge.text) + icon + edge

    def row_width(self, badges: list[Badge]) -> float:
        """How wide badges are side by side, with the gap behind them; 0 for none."""
        return sum(self.width(one) for one in badges) + theme.px(4) * len(badges) + theme.px(4) * bool(badges)

    def draw(self, painter: QPainter, x: float, middle: float, badge: Badge) -> float:
        """Draw a badge; returns its width."""
        width = self.width(badge)
        left = x
        if badge.ground:
            rect = QRectF(x, middle - self.height / 2, width, self.height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(badge.ground))
            painter.drawRoundedRect(rect, theme.px(4), theme.px(4))
            left += theme.px(6)
        if badge.icon:
            size = theme.px(14)
            self.icon(painter, badge.icon, badge.ink, QRectF(left, middle - size / 2, size, size))
            left += size + theme.px(3)
        painter.setFont(self.small)
        painter.setPen(theme.colour(badge.ink))
        painter.drawText(QPointF(left, middle + self.metrics.capHeight() / 2), badge.text)
        return width

    def icon(self, painter: QPainter, name: str, ink: str, rect: QRectF) -> None:
        """Draw an icon in the colour of a meaning."""
        key = (name, ink, round(rect.width()))
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = theme.icon(name, ink).pixmap(key[2], key[2])
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
