"""The first page: no incident on this desk yet. Three calm choices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.incident_dialogs import JoinDialog, NewIncidentDialog
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from liaison_desk.services.demo import Demo


class Choice(QPushButton):
    """One large choice: icon, what it is, one sentence."""

    def __init__(self, icon: str, title: str, says: str, parent: QWidget | None = None) -> None:
        """Lay out the choice."""
        super().__init__(parent)
        self.setObjectName("choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(says)
        self._icon_name = icon
        self._icon = QLabel(self)
        self._title = QLabel(title, self)
        self._title.setObjectName("choiceTitle")
        self._says = Paragraph(says, self, role="secondary")
        self._arrow = QLabel(self)
        for label in (self._icon, self._title, self._says, self._arrow):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(self._title)
        words.addWidget(self._says)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(16), theme.px(16), theme.px(16))
        row.setSpacing(theme.px(20))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._arrow)
        self.setAutoDefault(True)
        self._paint(hovered=False)

    def sizeHint(self) -> QSize:
        """As high as its words need; a push button would only think of its own text."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The arrow answers the pointer."""
        self._paint(hovered=True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And rests again."""
        self._paint(hovered=False)
        super().leaveEvent(event)

    def _paint(self, *, hovered: bool) -> None:
        ink = "accent" if self.isEnabled() else "text_disabled"
        self._icon.setPixmap(theme.icon(self._icon_name, ink).pixmap(theme.px(32), theme.px(32)))
        arrow = theme.icon("chevron-right", "accent" if hovered else "text_secondary")
        self._arrow.setPixmap(arrow.pixmap(theme.px(20), theme.px(20)))


class FirstPage(QWidget):
    """訓練データで試す / 事案に参加 / 新しい事案.

    Attributes:
        demo_prepared: the drill's desks are made (a `Demo`); the window opens the liaison's.
        begun: this desk has an incident now.
        closed: the person leaves.
    """

    demo_prepared = Signal(object)
    begun = Signal()
    closed = Signal()

    def __init__(self, workplace: Workplace, demo_folder: Path, parent: QWidget | None = None) -> None:
        """Lay out the page; the drill's desks are made in `demo_folder`."""
        super().__init__(parent)
        self._workplace = workplace
        self._demo_folder = demo_folder
        theme.set_role(self, "canvas")
        self.setWindowTitle(self.tr("Liaison Desk"))
        self.banner = Banner(self)
        greeting = QLabel(self.tr("Liaison Desk"), self)
        theme.set_role(greeting, "title")
        says = Paragraph(
            self.tr("Record what happens, lose nothing without a network, see what the others record."),
            self,
            role="secondary",
        )
        self.try_demo = Choice(
            "exercise",
            self.tr("Try it with the drill"),
            self.tr("A 48-hour heavy-rain exercise. Nothing you do there reaches a real incident."),
            self,
        )
        self.join = Choice(
            "join",
            self.tr("Join an incident"),
            self.tr("With the invitation file from the command room or from the PC before yours."),
            self,
        )
        self.new = Choice(
            "add",
            self.tr("New incident"),
            self.tr("Begin the record on this PC and invite the others afterwards."),
            self,
        )
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy_says = QLabel(self.tr("Preparing the drill: importing the exercise, making a shared folder…"), self)
        theme.set_role(self._busy_says, "secondary")
        self._foot = QLabel(self.tr("↑ ↓ to choose, Enter to open"), self)
        theme.set_role(self._foot, "small")
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(greeting)
        column.addWidget(says)
        column.addSpacing(theme.px(20))
        for choice in self.choices():
            column.addWidget(choice)
        column.addSpacing(theme.px(4))
        column.addWidget(self._foot)
        column.addWidget(self._busy)
        column.addWidget(self._busy_says)
        column.addStretch(3)
        middle = QWidget(self)
        middle.setLayout(column)
        middle.setMaximumWidth(theme.px(640))
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        row.addStretch(1)
        row.addWidget(middle, 6)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addLayout(row, 1)
        self.try_demo.clicked.connect(self._prepare_demo)
        self.join.clicked.connect(lambda: self.open_join())
        self.new.clicked.connect(self._open_new)
        self._set_busy(busy=False)
        self.try_demo.setFocus()

    def choices(self) -> tuple[Choice, ...]:
        """The three, from top to bottom."""
        return self.try_demo, self.join, self.new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the choices."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        focused = [n for n, choice in enumerate(self.choices()) if choice.hasFocus()]
        self.choices()[((focused[0] if focused else -step) + step) % 3].setFocus(Qt.FocusReason.TabFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving the first page is leaving the program."""
        super().closeEvent(event)
        self.closed.emit()

    def open_join(self, invitation: Path | None = None) -> JoinDialog:
        """Open the dialog to join; the invitation may be known already."""
        dialog = JoinDialog(self._workplace, invitation, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.begun)
        dialog.open()
        return dialog

    def _open_new(self) -> None:
        dialog = NewIncidentDialog(self._workplace, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.begun)
        dialog.open()

    def _prepare_demo(self) -> None:
        self._set_busy(busy=True)
        run_aside(
            self._workplace.desk, lambda: _prepare(self._demo_folder), done=self._demo_done, failed=self._demo_failed
        )

    def _demo_done(self, demo: Demo) -> None:
        self._set_busy(busy=False)
        self.demo_prepared.emit(demo)

    def _demo_failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.banner.show_problem(error)

    def _set_busy(self, *, busy: bool) -> None:
        for choice in self.choices():
            choice.setEnabled(not busy)
        self._busy.setVisible(busy)
        self._busy_says.setVisible(busy)
        self._foot.setVisible(not busy)


def _prepare(folder: Path) -> Demo:
    # Loaded when it is asked for: the drill brings the reading of office files along, the start must not.
    from liaison_desk.services import demo

    return demo.prepare(folder)
