"""Paints the rows of the list: whole rows, no widget and no delegate call for each cell.

A row's picture is kept until the row is read again or stands otherwise among its neighbours. Colour is never alone:
every meaning has a word or a sign beside it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

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
from liaison_desk.ui.chronology.picture import Face, Picture, face
from liaison_desk.ui.chronology.wording_layout import WordingFaces, draw_wording

_KEPT = 600


class Stand(NamedTuple):
    """How a row stands among the others.

    Attributes:
        branch: "" for the head of a thread, "├" or "└" for a reply under it.
        day: the day to name in this row, "" when it is that of the row before.
        opens_day: a day begins with this row.
        names_parent: the list is not in threads, so a reply names what it answers.
        delivery: where the entry is.
        overdue: it should have been done by now.
        today: the present day, as a number; due times of today are written without it.
    """

    branch: str = ""
    day: str = ""
    opens_day: bool = False
    names_parent: bool = False
    delivery: str = ""
    overdue: bool = False
    today: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    row: EntryRow
    stand: Stand
    picture: Picture


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
        self._body, self._small, self._time = face("body"), face("small"), face("time")
        self._time_strong, self._small_strong = face("time", bold=True), face("small", bold=True)
        strong, struck = face("body", bold=True), face("body", struck=True)
        self._faces = WordingFaces(self._body, strong, struck, face("body", bold=True, struck=True))
        self.line_height = max(self._body.metrics.height() * 1.12, theme.px(20))
        self.padding = theme.px(6)
        self.row_height = round(2 * self.line_height + 2 * self.padding)
        self._first = self.padding + self.line_height / 2
        self._second = self._first + self.line_height
        self._ink = {name: theme.colour(name) for name in theme.palette()}
        self._thread_pen = QPen(self._ink["thread"], theme.px(1.5))
        self._dot, self._stem, self._twig, self._under = theme.px(8), theme.px(5), theme.px(8), theme.px(16)
        self._bar, self._rule = theme.px(3), theme.px(2)

    def warming(self) -> Iterator[None]:
        """Make the icons ready, one a step, so that no frame of a first scroll waits for them."""
        badges = self._badges
        for icon in badges.icons():
            badges.warm(icon)
            yield

    def natural_widths(self) -> dict[Column, int]:
        """How wide columns of a few known words must be to show them whole."""
        edge = theme.px(16)
        icon = theme.px(20)
        channels = max(self._small.metrics.horizontalAdvance(words.word(one)) for one in list(Channel)[:8])
        statuses = max(self._badges.width(status_badge(one)) for one in Status)
        noon = Moment(0)
        late = self._small_strong.metrics.horizontalAdvance(words.due_text(noon, noon, overdue=True)) + icon
        return {
            Column.KIND: round(max(self._badges.width(kind_badge(kind)) for kind in EntryKind)) + edge,
            Column.CHANNEL: round(channels) + icon + edge,
            Column.STATUS: round(max(statuses, late)) + edge,
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

    def paint(
        self, painter: QPainter, rect: QRectF, row: EntryRow, stand: Stand, now: Moment, *, ground: str, current: bool
    ) -> None:
        """Paint one row.

        Args:
            painter: of the list.
            rect: the row's place.
            row: the entry.
            stand: how it stands among the others.
            now: the present moment.
            ground: the theme's colour of the row's ground: surface, selection, selection_quiet.
            current: it has the keyboard.
        """
        unseen = row.unseen and ground == "surface"
        painter.fillRect(rect, self._ink["unseen_soft" if unseen else ground])
        self._line(painter, rect)
        if stand.opens_day:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), self._rule), self._ink["line_strong"])
        if current:
            painter.fillRect(QRectF(rect.left(), rect.top(), self._bar, rect.height() - 1), self._ink["focus"])
        x = self._columns[Column.NO][0]
        if stand.branch:
            stem, first = x + self._stem, rect.top() + self._first
            painter.setPen(self._thread_pen)
            painter.drawLine(QPointF(stem, rect.top()), QPointF(stem, rect.bottom() if stand.branch == "├" else first))
            painter.drawLine(QPointF(stem, first), QPointF(stem + self._twig, first))
        if row.unseen:
            left = x + (self._under if stand.branch else 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ink["unseen"])
            painter.drawEllipse(QRectF(left, rect.top() + self._first - self._dot / 2, self._dot, self._dot))
        self._picture(row, stand, now).draw(painter, 0.0, rect.top())

    def paint_unread(self, painter: QPainter, rect: QRectF) -> None:
        """A row whose entry is just being read again."""
        painter.fillRect(rect, self._ink["surface"])
        self._line(painter, rect)

    def _line(self, painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._ink["line"])

    def _picture(self, row: EntryRow, stand: Stand, now: Moment) -> Picture:
        kept = self._kept.get(row.pos)
        if kept is not None and kept.row is row and kept.stand == stand:
            self._kept.move_to_end(row.pos)
            return kept.picture
        picture = Picture()
        self._number(picture, row, stand)
        self._times(picture, row, stand)
        if Column.PARTIES in self._columns:
            self._parties(picture, row)
        if Column.CHANNEL in self._columns and row.channel:
            self._channel(picture, row)
        if Column.KIND in self._columns:
            self._badges.draw(picture, self._columns[Column.KIND][0], self._first, kind_badge(row.kind))
        self._content(picture, row, stand)
        if Column.STATUS in self._columns:
            self._status(picture, row, stand, now)
        if Column.DELIVERY in self._columns and stand.delivery:
            x, width = self._columns[Column.DELIVERY]
            size = theme.px(18)
            name, ink = f"delivery-{stand.delivery}", f"delivery_{stand.delivery}"
            self._badges.icon(picture, x + (width - size) / 2, self.row_height / 2, name, ink, size)
        self._kept[row.pos] = _Kept(row, stand, picture)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return picture

    # ── Cells ────────────────────────────────────────────────────────────────────────────────────

    def _number(self, picture: Picture, row: EntryRow, stand: Stand) -> None:
        x, width = self._columns[Column.NO]
        left = x + (self._under if stand.branch else 0)
        at = left + (self._dot + theme.px(4) if row.unseen else 0)
        ink = "cancelled" if row.cancelled else "unseen" if row.unseen else "text"
        self._text(picture, at, self._first, one_line(row.no, 40), self._time, ink, x + width - at)
        if Column.PARTIES in self._columns:
            who = row.operator.split()[0] if row.operator.split() else row.device_mark
            room = x + width - left
        else:
            # In a narrow window: who told it, which matters more than who typed it.
            who = row.from_party or row.operator
            taken = stand.day or words.minutes_late(row.occurred_at, row.recorded_at)
            room = x + width - left + (0 if taken else self._columns[Column.TIME][1])
        self._text(picture, left, self._second, one_line(who, 40), self._small, "text_secondary", room - theme.px(4))

    def _times(self, picture: Picture, row: EntryRow, stand: Stand) -> None:
        x = self._columns[Column.TIME][0]
        clock = words.clock(row.occurred_at, row.occurred_approx)
        self._text(picture, x, self._first, clock, self._time_strong, "cancelled" if row.cancelled else "text")
        if stand.day:
            self._text(picture, x, self._second, stand.day, self._small_strong, "text_secondary")
            return
        late = words.minutes_late(row.occurred_at, row.recorded_at)
        if late:
            size = theme.px(13)
            self._badges.icon(picture, x, self._second, "clock", "text_secondary", size)
            shown = f"+{late // 60}:{late % 60:02d}" if late < 6000 else f"+{words.span(late)}"
            self._text(picture, x + size + theme.px(2), self._second, shown, self._small, "text_secondary")

    def _parties(self, picture: Picture, row: EntryRow) -> None:
        x, width = self._columns[Column.PARTIES]
        room = width - theme.px(8)
        ink = "cancelled" if row.cancelled else "text"
        self._text(picture, x, self._first, one_line(row.from_party, 80), self._body, ink, room)
        if row.to_party:
            shown = f"→ {one_line(row.to_party, 80)}"
            self._text(picture, x, self._second, shown, self._small, "text_secondary", room)

    def _channel(self, picture: Picture, row: EntryRow) -> None:
        x, width = self._columns[Column.CHANNEL]
        left = x
        icon = channel_icon(row.channel)
        if icon:
            size = theme.px(16)
            self._badges.icon(picture, x, self._first, icon, "text_secondary", size)
            left += size + theme.px(4)
        room = x + width - left - theme.px(2)
        if room > theme.px(24) or not icon:
            shown = words.word(row.channel)
            self._text(picture, left, self._first, shown, self._small, "text_secondary", room)

    def _content(self, picture: Picture, row: EntryRow, stand: Stand) -> None:
        x, width = self._columns[Column.CONTENT]
        badges = self._inline_badges(row, stand)
        left: float = x
        for badge in badges:
            left += self._badges.draw(picture, left, self._first, badge) + theme.px(4)
        draw_wording(
            picture,
            one_line(row.subject, 120),
            one_line(row.content),
            x=x,
            first=self._first,
            width=width - theme.px(8),
            indent=self._badges.row_width(badges),
            line_height=self.line_height,
            faces=self._faces,
            ink=self._ink["cancelled" if row.cancelled else "text"],
            words=self._words,
            struck=row.cancelled,
        )

    def _status(self, picture: Picture, row: EntryRow, stand: Stand, now: Moment) -> None:
        x, width = self._columns[Column.STATUS]
        if row.status:
            self._badges.draw(picture, x, self._first, status_badge(row.status))
        room = width - theme.px(6)
        if row.due and words.is_open(row):
            shown, ink = self._small, "text_secondary"
            if stand.overdue:
                size = theme.px(14)
                self._badges.icon(picture, x, self._second, "warning", "overdue", size)
                x, room = x + size + theme.px(3), room - size - theme.px(3)
                shown, ink = self._small_strong, "overdue"
            text = words.due_text(row.due, now, overdue=stand.overdue)
            if shown.metrics.horizontalAdvance(text) > room:
                # The time is what must not be cut; that it is over is said by the sign and its colour too.
                text = words.near(row.due, now)
            self._text(picture, x, self._second, text, shown, ink, room)
        else:
            self._text(picture, x, self._second, one_line(row.owner, 40), self._small, "text_secondary", room)

    def _inline_badges(self, row: EntryRow, stand: Stand) -> list[Badge]:
        badges = sign_badges(row)
        if Column.KIND not in self._columns:
            badges.insert(0, kind_badge(row.kind))
        if Column.STATUS not in self._columns and row.status:
            badges.append(Badge(words.word("overdue"), "overdue", "", "warning") if stand.overdue
                          else status_badge(row.status))  # fmt: skip
        if stand.names_parent and row.reply_to_no:
            badges.append(Badge(one_line(row.reply_to_no, 20), "text_secondary", "", "reply"))
        if row.attachments:
            badges.append(Badge(str(row.attachments), "text_secondary", "", "attachment"))
        return badges

    def _text(
        self, picture: Picture, x: float, middle: float, text: str, shown: Face, ink: str, room: float = 0
    ) -> None:
        if room and len(text) * shown.widest > room and shown.metrics.horizontalAdvance(text) > room:
            text = shown.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        picture.text(x, middle, text, shown, self._ink[ink])
