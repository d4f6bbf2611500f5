"""The cards of the room 同期."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.sync_state import DeviceState, Link, SyncState
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.sync_status import words

_MAX_LINES = 50


class Facts(QWidget):
    """The share: how it stands, since when, what waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out the card."""
        super().__init__(parent)
        theme.set_role(self, "card")
        self._icon = QLabel(self)
        self._says = plain_label(self, "heading")
        self._do = Paragraph("", self, role="secondary")
        self._place = plain_label(self, "secondary")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines = QVBoxLayout()
        lines.setSpacing(theme.px(4))
        for label in (self._says, self._do, self._place):
            label.setWordWrap(True)
            lines.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(lines, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(32))
        self._grid.setVerticalSpacing(theme.px(2))
        names = (
            self.tr("Last contact"),
            self.tr("Waiting to be sent"),
            self.tr("Next exchange"),
            self.tr("Clock"),
            self.tr("Data since the start"),
        )
        self._values: list[QLabel] = []
        for column, name in enumerate(names):
            caption, value = plain_label(self, "small"), plain_label(self, "")
            caption.setText(name)
            value.setFont(theme.font("time"))
            self._grid.addWidget(caption, 0, column)
            self._grid.addWidget(value, 1, column)
            self._values.append(value)
        self._grid.setColumnStretch(len(names), 1)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(*(theme.px(20),) * 4)
        column_of_all.setSpacing(theme.px(16))
        column_of_all.addLayout(head)
        column_of_all.addLayout(self._grid)

    def show_state(self, state: SyncState, now: Moment) -> None:
        """Show how things stand at this moment."""
        told = words.headline(state)
        self._icon.setPixmap(theme.icon(told.icon, told.colour).pixmap(theme.px(24), theme.px(24)))
        self._says.setText(told.says)
        self._do.setText(self._next_step(state))
        self._do.setVisible(bool(self._do.text()))
        self._place.setText(one_line(state.place))
        self._place.setVisible(bool(state.place) and state.place not in self._do.text())
        clock = words.skew(state)
        texts = (
            words.ago(state.contact_at, now) if state.contact_at else self.tr("none yet"),
            self.tr("{count} acts").format(count=state.waiting) if state.waiting else self.tr("nothing"),
            self._next(state),
            clock.says if clock else self.tr("not compared yet"),
            self.tr("{sent} sent, {received} received").format(
                sent=words.size(state.bytes_sent), received=words.size(state.bytes_received)
            ),
        )
        shared = state.link is not Link.NONE
        for index, (value, text) in enumerate(zip(self._values, texts, strict=True)):
            value.setText(text)
            value.setVisible(shared)
            item = self._grid.itemAtPosition(0, index)
            caption = item.widget() if item else None
            if caption:
                caption.setVisible(shared)
        theme.set_role(self._values[1], "warning" if state.waiting and state.link is Link.OFFLINE else "")
        theme.set_role(self._values[3], "warning" if clock and clock.colour == "warning" else "")

    def _next_step(self, state: SyncState) -> str:
        if state.link is Link.NONE:
            return self.tr("Choose a folder on the shared drive, and every line reaches the other PCs through it.")
        if state.link is Link.PAUSED:
            return self.tr("You go on recording; it is sent when you let the exchange go on.")
        if state.link is Link.REFUSED:
            return state.do
        return " ".join(filter(None, (state.says, state.do)))

    def _next(self, state: SyncState) -> str:
        if state.link is Link.CHECKING:
            return self.tr("running")
        if state.link in (Link.PAUSED, Link.REFUSED) or state.next_try_s is None:
            return "―"
        return self.tr("in {count} s").format(count=round(state.next_try_s))


class DeviceTable(QWidget):
    """All PCs of the incident: mark, who, what they hold, their clocks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        theme.set_role(self, "card")
        title = plain_label(self, "heading")
        title.setText(self.tr("PCs of this incident"))
        self._empty = Paragraph("", self, role="secondary")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(20),) * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(title)
        column.addWidget(self._empty)
        column.addLayout(self._grid)
        self._cells: list[QLabel] = []

    def show_devices(self, devices: Sequence[DeviceState], link: Link) -> None:
        """Show these PCs, this one first."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        others = [device for device in devices if not device.this_pc]
        self._empty.setVisible(not others)
        self._empty.setText(
            self.tr("No other PC yet. Make an invitation and open it on the next PC.")
            if link is not Link.NONE
            else self.tr("Without a shared folder there are no other PCs.")
        )
        if not devices:
            return
        heads = (self.tr("Mark"), self.tr("PC"), self.tr("Recorder"), self.tr("Holds of ours"), self.tr("Clock"))
        for column, head in enumerate(heads):
            self._put(0, column, head, "small")
        ordered = sorted(devices, key=lambda device: (not device.this_pc, device.mark, device.device))
        for row, device in enumerate(ordered, start=1):
            name = one_line(device.name) or device.device[:8]
            if device.this_pc:
                name = self.tr("{name} (this PC)").format(name=name)
            recorder = one_line(" ".join(filter(None, (device.operator, device.org))))
            self._put(row, 0, one_line(device.mark) or device.device[:4], "chip")
            self._put(row, 1, name, "")
            self._put(row, 2, recorder or "―", "secondary")
            self._put(row, 3, *self._holds(device))
            late = self.tr("{span} ahead").format(span=words.span(device.ahead_ms)) if device.ahead_ms else ""
            self._put(row, 4, late or "―", "warning" if late else "secondary")
        self._grid.setColumnStretch(2, 1)

    def _holds(self, device: DeviceState) -> tuple[str, str]:
        if device.this_pc:
            return "―", "secondary"
        if device.behind == 0:
            return self.tr("✓ everything"), "good"
        return self.tr("{count} not yet").format(count=device.behind), "warning"

    def _put(self, row: int, column: int, text: str, role: str) -> None:
        cell = plain_label(self, role)
        cell.setText(text)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(cell, row, column, align if role == "chip" else Qt.AlignmentFlag.AlignVCenter)
        self._cells.append(cell)


class ListCard(QWidget):
    """A titled list of lines that takes no room while it is empty."""

    def __init__(self, title: str, explains: str, parent: QWidget | None = None) -> None:
        """An empty, hidden list."""
        super().__init__(parent)
        theme.set_role(self, "card")
        self._name = title
        self._title = plain_label(self, "heading")
        self._explains = Paragraph(explains, self, role="secondary")
        self._explains.setVisible(bool(explains))
        self._lines = Paragraph("", self)
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(20),) * 4)
        column.setSpacing(theme.px(8))
        for label in (self._title, self._explains, self._lines):
            column.addWidget(label)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show (what, why) pairs, as many as fit a glance; the title counts them all."""
        self.setVisible(bool(lines))
        self._title.setText(f"{self._name} ({len(lines)})" if len(lines) > 1 else self._name)
        shown = [f"{one_line(what)}  {one_line(why)}".rstrip() for what, why in lines[:_MAX_LINES]]
        self._lines.setText("\n".join(shown) + ("\n…" if len(lines) > _MAX_LINES else ""))


def plain_label(parent: QWidget, role: str) -> QLabel:
    """A label that never reads markup: names and paths come from other PCs."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        theme.set_role(label, role)
    return label
