"""Paints the rows of the list: whole rows, no widget and no delegate call for each cell.

What is costly (elided texts, the wording's two lines) is kept by row and layout until the row is read again.
Colour is never alone: every meaning has a word or a sign beside it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from liaison_desk.domain.chronology import Channel, EntryKind, Status
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryRow
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.badges import (
    Badge,
    BadgePainter,
    channel_icon,
    kind_badge,
    sign_badges,
    status_badge,
)
from liaison_desk.ui.chronology.columns import Column
from liaison_desk.ui.chronology.wording_layout import WordingLayout

_KEPT = 600


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands among the others.

    Attributes:
        branch: "" for the head of a thread, "├" or "└" for a reply under it.
        day: the day to name in this row, "" when it is that of the row before.
        replies: the list is not in threads, so a reply names what it answers.
    """

    selected: bool = False
    active: bool = True
    current: bool = False
    branch: str = ""
    day: str = ""
    opens_day: bool = False
    names_parent: bool = False
    delivery: str = ""


@dataclass(slots=True)
class _Kept:
    row: EntryRow
    names_parent: bool
    badges: list[Badge]
    wording: WordingLayout
    texts: dict[str, str] = field(default_factory=dict)


class _Face(NamedTuple):
    font: QFont
    metrics: QFontMetricsF


def _face(role: str, *, bold: bool = False) -> _Face:
    font = theme.font(role)
    if bold:
        font.setBold(True)
    return _Face(font, QFontMetricsF(font))


class RowPainter:
    """Paints rows of one list at one width."""

    def __init__(self) -> None:
        """Measure the look in force; `look_changed` measures again."""
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._columns: dict[Column, tuple[int, int]] = {}
        self._words: tuple[str, ...] = ()
        self.look_changed()

    def look_changed(self) -> None:
        """Fonts, colours or the scale are others."""
        self._kept.clear()
        self._badges = BadgePainter()
        self._body, self._time, self._small = _face("body"), _face("time"), _face("small")
        self._time_strong, self._small_strong = _face("time", bold=True), _face("small", bold=True)
        self.line_height = max(self._body.metrics.height() * 1.12, theme.px(20))
        self.padding = theme.px(6)
        self.row_height = round(2 * self.line_height + 2 * self.padding)
        self._ink = {name: theme.colour(name) for name in theme.palette()}

    def natural_widths(self) -> dict[Column, int]:
        """How wide columns of a few known words must be to show them whole."""
        edge = theme.px(16)
        icon = theme.px(20)
        channels = max(self._small.metrics.horizontalAdvance(words.word(one)) for one in list(Channel)[:8])
        statuses = max(self._badges.width(status_badge(one)) for one in Status)
        return {
            Column.KIND: round(max(self._badges.width(kind_badge(kind)) for kind in EntryKind)) + edge,
            Column.CHANNEL: round(channels) + icon + edge,
            Column.STATUS: round(statuses) + edge,
        }

    def set_columns(self, columns: Mapping[Column, tuple[int, int]]) -> None:
        """Where each visible column begins and how wide it is."""
        if columns != self._columns:
            self._columns = dict(columns)
            self._kept.clear()

    def set_words(self, searched: tuple[str, ...]) -> None:
        """The searched words to mark."""
        if searched != self._words:
            self._words = searched
            self._kept.clear()

    # ── One row ──────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, rect: QRectF, row: EntryRow, look: RowLook, now: Moment) -> None:
        """Paint one row."""
        self._ground(painter, rect, row, look)
        kept = self._keep(row, look)
        first = rect.top() + self.padding + self.line_height / 2
        second = first + self.line_height
        self._number(painter, rect, row, look, kept, first, second)
        self._times(painter, row, look, first, second)
        if Column.PARTIES in self._columns:
            self._parties(painter, row, kept, first, second)
        if Column.CHANNEL in self._columns and row.channel:
            self._channel(painter, row, kept, first)
        if Column.KIND in self._columns:
            x, _ = self._columns[Column.KIND]
            self._badges.draw(painter, x, first, kind_badge(row.kind))
        self._content(painter, rect, row, kept, first)
        if Column.STATUS in self._columns:
            self._status(painter, row, kept, now, first, second)
        if Column.DELIVERY in self._columns and look.delivery:
            x, width = self._columns[Column.DELIVERY]
            size = theme.px(18)
            sign = QRectF(x + (width - size) / 2, rect.center().y() - size / 2, size, size)
            self._badges.icon(painter, f"delivery-{look.delivery}", f"delivery_{look.delivery}", sign)

    def paint_unread(self, painter: QPainter, rect: QRectF) -> None:
        """A row whose entry is just being read again."""
        painter.fillRect(rect, self._ink["surface"])
        self._rule(painter, rect, self._ink["line"])

    def _ground(self, painter: QPainter, rect: QRectF, row: EntryRow, look: RowLook) -> None:
        ground = "surface"
        if look.selected:
            ground = "selection" if look.active else "selection_quiet"
        elif row.unseen:
            ground = "unseen_soft"
        painter.fillRect(rect, self._ink[ground])
        self._rule(painter, rect, self._ink["line"])
        if look.opens_day:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), theme.px(2)), self._ink["line_strong"])
        if look.current and look.active:
            painter.fillRect(QRectF(rect.left(), rect.top(), theme.px(3), rect.height() - 1), self._ink["focus"])

    def _rule(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), ink)

    def _number(
        self, painter: QPainter, rect: QRectF, row: EntryRow, look: RowLook, kept: _Kept, first: float, second: float
    ) -> None:
        x, width = self._columns[Column.NO]
        left: float = x
        if look.branch:
            left += theme.px(16)
            stem = x + theme.px(5)
            painter.setPen(QPen(self._ink["thread"], theme.px(1.5)))
            painter.drawLine(QPointF(stem, rect.top()), QPointF(stem, rect.bottom() if look.branch == "├" else first))
            painter.drawLine(QPointF(stem, first), QPointF(stem + theme.px(8), first))
        if row.unseen:
            size = theme.px(8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ink["unseen"])
            painter.drawEllipse(QRectF(left, first - size / 2, size, size))
            left += size + theme.px(4)
        room = x + width - left
        self._text(painter, left, first, self._elided(kept, "no", one_line(row.no, 40), self._time, room), self._time,
                   "cancelled" if row.cancelled else "unseen" if row.unseen else "text")  # fmt: skip
        left = x + theme.px(16) if look.branch else x
        if Column.PARTIES in self._columns:
            who = row.operator.split()[0] if row.operator.split() else row.device_mark
            room = x + width - left
        else:
            # In a narrow window: who told it, which matters more than who typed it.
            who = row.from_party or row.operator
            times = (
                0 if look.day or words.minutes_late(row.occurred_at, row.recorded_at) else self._columns[Column.TIME][1]
            )
            room = x + width + times - left
        who = self._elided(kept, f"who{room:.0f}", one_line(who, 40), self._small, room - theme.px(4))
        self._text(painter, left, second, who, self._small, "text_secondary")

    def _times(self, painter: QPainter, row: EntryRow, look: RowLook, first: float, second: float) -> None:
        x, _ = self._columns[Column.TIME]
        self._text(painter, x, first, words.clock(row.occurred_at, row.occurred_approx), self._time_strong,
                   "cancelled" if row.cancelled else "text")  # fmt: skip
        if look.day:
            self._text(painter, x, second, look.day, self._small_strong, "text_secondary")
            return
        late = words.minutes_late(row.occurred_at, row.recorded_at)
        if late:
            size = theme.px(13)
            self._badges.icon(painter, "clock", "text_secondary", QRectF(x, second - size / 2, size, size))
            self._text(painter, x + size + theme.px(2), second, f"+{late // 60}:{late % 60:02d}", self._small,
                       "text_secondary")  # fmt: skip

    def _parties(self, painter: QPainter, row: EntryRow, kept: _Kept, first: float, second: float) -> None:
        x, width = self._columns[Column.PARTIES]
        ink = "cancelled" if row.cancelled else "text"
        room = width - theme.px(8)
        if row.from_party:
            self._text(painter, x, first, self._elided(kept, "from", one_line(row.from_party, 80), self._body, room),
                       self._body, ink)  # fmt: skip
        if row.to_party:
            arrow = self._small.metrics.horizontalAdvance("→ ")
            self._text(painter, x, second, "→", self._small, "text_secondary")
            self._text(painter, x + arrow, second,
                       self._elided(kept, "to", one_line(row.to_party, 80), self._small, room - arrow),
                       self._small, "text_secondary")  # fmt: skip

    def _channel(self, painter: QPainter, row: EntryRow, kept: _Kept, first: float) -> None:
        x, width = self._columns[Column.CHANNEL]
        left: float = x
        icon = channel_icon(row.channel)
        if icon:
            size = theme.px(16)
            self._badges.icon(painter, icon, "text_secondary", QRectF(x, first - size / 2, size, size))
            left += size + theme.px(4)
        room = x + width - left - theme.px(2)
        if room > theme.px(24) or not icon:
            self._text(painter, left, first, self._elided(kept, "channel", words.word(row.channel), self._small, room),
                       self._small, "text_secondary")  # fmt: skip

    def _content(self, painter: QPainter, rect: QRectF, row: EntryRow, kept: _Kept, first: float) -> None:
        x = self._columns[Column.CONTENT][0]
        left: float = x
        for badge in kept.badges:
            left += self._badges.draw(painter, left, first, badge) + theme.px(4)
        painter.setFont(self._body.font)
        painter.setPen(self._ink["cancelled" if row.cancelled else "text"])
        kept.wording.draw(painter, QPointF(x, first - self._body.metrics.height() / 2))

    def _status(self, painter: QPainter, row: EntryRow, kept: _Kept, now: Moment, first: float, second: float) -> None:
        x, width = self._columns[Column.STATUS]
        if row.status:
            self._badges.draw(painter, x, first, status_badge(row.status))
        room = width - theme.px(6)
        if row.due and words.is_open(row):
            overdue = words.is_overdue(row, now)
            text = words.due_text(row.due, now, overdue=overdue)
            if overdue:
                size = theme.px(14)
                self._badges.icon(painter, "warning", "overdue", QRectF(x, second - size / 2, size, size))
                x, room = x + size + theme.px(3), room - size - theme.px(3)
            face, ink = (self._small_strong, "overdue") if overdue else (self._small, "text_secondary")
            self._text(painter, x, second, self._elided(kept, f"due{overdue}", text, face, room), face, ink)
        elif row.owner:
            self._text(painter, x, second, self._elided(kept, "owner", one_line(row.owner, 40), self._small, room),
                       self._small, "text_secondary")  # fmt: skip

    # ── What is kept ─────────────────────────────────────────────────────────────────────────────

    def _keep(self, row: EntryRow, look: RowLook) -> _Kept:
        kept = self._kept.get(row.pos)
        if kept is not None and kept.row is row and kept.names_parent == look.names_parent:
            self._kept.move_to_end(row.pos)
            return kept
        badges = self._inline_badges(row, look)
        _, width = self._columns[Column.CONTENT]
        wording = WordingLayout(
            one_line(row.subject, 120),
            one_line(row.content),
            width=width - theme.px(8),
            indent=self._badges.row_width(badges),
            line_height=self.line_height,
            words=self._words,
            struck=row.cancelled,
        )
        kept = self._kept[row.pos] = _Kept(row, look.names_parent, badges, wording)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return kept

    def _inline_badges(self, row: EntryRow, look: RowLook) -> list[Badge]:
        badges = sign_badges(row)
        if Column.KIND not in self._columns:
            badges.insert(0, kind_badge(row.kind))
        if Column.STATUS not in self._columns and row.status:
            badges.append(status_badge(row.status))
        if look.names_parent and row.reply_to_no:
            badges.append(Badge(one_line(row.reply_to_no, 20), "text_secondary", "", "reply"))
        if row.attachments:
            badges.append(Badge(str(row.attachments), "text_secondary", "", "attachment"))
        return badges

    def _elided(self, kept: _Kept, name: str, text: str, face: _Face, room: float) -> str:
        found = kept.texts.get(name)
        if found is None:
            found = face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            kept.texts[name] = found
        return found

    def _text(self, painter: QPainter, x: float, middle: float, text: str, face: _Face, ink: str) -> None:
        painter.setFont(face.font)
        painter.setPen(self._ink[ink])
        painter.drawText(QPointF(x, middle + face.metrics.capHeight() / 2), text)
