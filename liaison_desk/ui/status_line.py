"""The status line tells the truth: share, what waits, what is new, clock, battery, disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.power import LOW_DISK_BYTES, Battery, battery, free_bytes
from liaison_desk.ui import theme
from liaison_desk.ui.sync_status import words
from liaison_desk.ui.workplace import Workplace

_REFRESH_MS = 10_000
_LATER_MS = 150
_LOW_PERCENT = 20


class StatusLine(QWidget):
    """One quiet line; colour only where something is to be done.

    Attributes:
        sync_clicked: show the room of the exchange.
        unseen_clicked: go to the next new entry.
    """

    sync_clicked = Signal()
    unseen_clicked = Signal()

    def __init__(self, workplace: Workplace, profile: Path, parent: QWidget | None = None) -> None:
        """Lay out the line with what is known."""
        super().__init__(parent)
        self._workplace = workplace
        self._profile = profile
        self._state = SyncState()
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.share = self._button()
        self.share.setToolTip(self.tr("Show the exchange with the other PCs"))
        self.unseen = self._button()
        self.unseen.setToolTip(self.tr("Go to the next new entry (F7)"))
        self.skew, self.battery, self.disk = (self._button(quiet=True) for _ in range(3))
        self.count = QLabel(self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        for part in (self.share, self.unseen):
            self._row.addWidget(part)
        self._row.addStretch(1)
        for one in (self.count, self.disk, self.battery, self.skew):
            self._row.addWidget(one)
        self.share.clicked.connect(self.sync_clicked)
        self.unseen.clicked.connect(self.unseen_clicked)
        workplace.desk.sync_state.connect(self.show_state)
        theme.events().changed.connect(self._paint)
        self._clock = QTimer(self)
        self._clock.setInterval(_REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        known = workplace.desk.last_sync_state()
        self._state = known if isinstance(known, SyncState) else SyncState()
        self._paint()
        # Asking the platform can wait until the window stands.
        QTimer.singleShot(_LATER_MS, self, self._show_power)

    def show_state(self, state: SyncState) -> None:
        """Show how the exchange stands."""
        self._state = state
        told = words.headline(state)
        waits = words.waiting(state)
        # The other sentences name the share themselves.
        parts = [self.tr("Share: {state}").format(state=told.says) if told.colour == "good" else told.says]
        if waits:
            parts.append(waits)
        if state.contact_at and state.link is not Link.NONE:
            since = words.ago(state.contact_at, self._workplace.clock.now())
            parts.append(self.tr("last contact {ago}").format(ago=since))
        colour = "accent" if waits and told.colour == "good" else told.colour
        icon = "delivery-sending" if waits and told.colour == "good" else told.icon
        self._set(self.share, " · ".join(parts), icon, colour)
        clock = words.skew(state)
        self.skew.setVisible(clock is not None)
        if clock:
            self._set(self.skew, clock.says, clock.icon, clock.colour)

    def show_battery(self, found: Battery | None) -> None:
        """Show the battery; nothing where the platform does not tell."""
        self.battery.setVisible(found is not None)
        if found is None:
            return
        says = self.tr("Battery {percent} %").format(percent=found.percent)
        if found.left_s is not None and not found.plugged:
            end = self._workplace.clock.now().plus(seconds=found.left_s).local()
            says = self.tr("Battery {percent} % (until {time})").format(percent=found.percent, time=f"{end:%H:%M}")
        low = found.percent <= _LOW_PERCENT and not found.plugged
        self._set(self.battery, says, "battery-low" if low else "battery", "danger" if low else "text_secondary")

    def show_disk(self, free: int | None) -> None:
        """Show the disk's free space only when it is low."""
        low = free is not None and free < LOW_DISK_BYTES
        self.disk.setVisible(low)
        if free is not None and low:
            says = self.tr("Only {size} left on this disk").format(size=words.size(free))
            self._set(self.disk, says, "disk", "danger")

    def show_counts(self, entries: int, unseen: int) -> None:
        """Show how many entries there are, and how many of other PCs nobody looked at here."""
        self.count.setText(self.tr("{count} entries").format(count=f"{entries:,}"))
        self._show_unseen(unseen)

    def _show_unseen(self, count: int) -> None:
        self.unseen.setVisible(count > 0)
        if count:
            self._set(self.unseen, self.tr("{count} new · next: F7").format(count=count), "new-below", "accent")

    def refresh(self) -> None:
        """Ask again for what changes by itself."""
        if self.isVisible():
            self.show_state(self._state)
            self._show_power()

    def rest(self) -> None:
        """Ask nothing by itself any more: the window closes."""
        self._clock.stop()

    def _show_power(self) -> None:
        self.show_battery(battery())
        self.show_disk(free_bytes(self._profile))

    def _button(self, *, quiet: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.hide()
        if quiet:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return button

    def _set(self, button: QToolButton, says: str, icon: str, colour: str) -> None:
        button.show()
        button.setText(f" {says}")
        button.setIcon(theme.icon(icon, colour))
        tone = colour if colour in ("warning", "danger", "accent", "good") else ""
        if button.property("tone") != tone:
            button.setProperty("tone", tone)
            theme.restyle(button)

    def _paint(self) -> None:
        self._row.setContentsMargins(theme.px(8), theme.px(2), theme.px(12), theme.px(2))
        self._row.setSpacing(theme.px(12))
        for button in (self.share, self.unseen, self.skew, self.battery, self.disk):
            button.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.show_state(self._state)
