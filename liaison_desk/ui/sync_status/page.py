"""The room 同期: the share, what waits and why, the other PCs and what they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.ui import theme
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.sync_status import words
from liaison_desk.ui.sync_status.cards import DeviceTable, Facts, ListCard
from liaison_desk.ui.workplace import Workplace

_REFRESH_MS = 5000


class SyncPage(QWidget):
    """How the exchange stands, and the buttons that a person has.

    Attributes:
        sync_requested: 今すぐ同期.
        pause_requested: 一時停止 (True) or go on (False).
        share_requested: choose a shared folder.
        invite_requested: make an invitation.
    """

    sync_requested = Signal()
    pause_requested = Signal(bool)
    share_requested = Signal()
    invite_requested = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the page with what is known."""
        super().__init__(parent)
        self._workplace = workplace
        self._state = SyncState()
        theme.set_role(self, "canvas")
        self.banner = Banner(self)
        title = QLabel(self.tr("Exchange"), self)
        theme.set_role(title, "title")
        self.sync_now = QPushButton(theme.icon("sync", "on_accent"), theme.beside_icon(self.tr("Exchange now")), self)
        theme.set_role(self.sync_now, "primary")
        self.pause = QPushButton(self)
        self.invite = QPushButton(theme.icon("invite"), theme.beside_icon(self.tr("Make an invitation…")), self)
        self.choose = QPushButton(
            theme.icon("folder-share"), theme.beside_icon(self.tr("Choose a shared folder…")), self
        )
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(title)
        head.addStretch(1)
        for button in (self.invite, self.choose, self.pause, self.sync_now):
            head.addWidget(button)
        self._facts = Facts(self)
        self._devices = DeviceTable(self)
        self._parked = ListCard(
            self.tr("Arrived early"),
            self.tr("These are kept, and shown as soon as what they build on has arrived."),
            self,
        )
        self._set_aside = ListCard(
            self.tr("Set aside"),
            self.tr("Damaged files in the shared folder. Nothing was deleted; everything else goes on."),
            self,
        )
        self._notices = ListCard(self.tr("What happened"), "", self)
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(28))
        column.setSpacing(theme.px(16))
        column.addLayout(head)
        for card in (self._facts, self._notices, self._devices, self._parked, self._set_aside):
            column.addWidget(card)
        column.addStretch(1)
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(column)
        inner.setMaximumWidth(theme.px(1080))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addWidget(scroll, 1)
        self.sync_now.clicked.connect(self.sync_requested)
        self.pause.clicked.connect(lambda: self.pause_requested.emit(self._state.link is not Link.PAUSED))
        self.choose.clicked.connect(self.share_requested)
        self.invite.clicked.connect(self.invite_requested)
        workplace.desk.sync_state.connect(self.show_state)
        self._clock = QTimer(self)
        self._clock.setInterval(_REFRESH_MS)
        self._clock.timeout.connect(self._refresh_times)
        known = workplace.desk.last_sync_state()
        self.show_state(known if isinstance(known, SyncState) else SyncState())

    def show_state(self, state: SyncState) -> None:
        """Show how things stand now."""
        self._state = state
        shared = state.link is not Link.NONE
        self.sync_now.setVisible(shared)
        self.pause.setVisible(shared)
        self.choose.setVisible(not shared)
        theme.set_role(self.choose, "" if shared else "primary")
        paused = state.link is Link.PAUSED
        self.sync_now.setEnabled(not paused)
        self.pause.setText(theme.beside_icon(self.tr("Go on") if paused else self.tr("Pause")))
        self.pause.setIcon(theme.icon("play" if paused else "pause"))
        self._facts.show_state(state, self._workplace.clock.now())
        self._devices.show_devices(state.devices, state.link)
        self._notices.show_lines([(notice, "") for notice in reversed(state.notices)])
        self._parked.show_lines(
            [(self.tr("{whose}, act {number}").format(whose=whose, number=n), why) for whose, n, why in state.parked]
        )
        self._set_aside.show_lines(list(state.set_aside))

    def headline(self) -> str:
        """What the page says first, for tests and for a screen reader."""
        return words.headline(self._state).says

    def _refresh_times(self) -> None:
        if self.isVisible():
            self._facts.show_state(self._state, self._workplace.clock.now())

    def showEvent(self, event: object) -> None:
        """Times go on only while someone looks."""
        self._clock.start()
        self._refresh_times()

    def hideEvent(self, event: object) -> None:
        """And rest otherwise."""
        self._clock.stop()
