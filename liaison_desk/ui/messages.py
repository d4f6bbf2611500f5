"""The only place of the window that shows problems: a calm banner, and a report for our own faults."""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, qVersion
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import liaison_desk
from liaison_desk.errors import DeskProblem
from liaison_desk.ui import theme
from liaison_desk.ui.paragraph import Paragraph

_log = logging.getLogger(__name__)
_DONE_SHOWN_MS = 6000


class Banner(QWidget):
    """One calm line above the content: what happened, and the next step. Esc or × closes it.

    A problem stays until it is dismissed or replaced; a success leaves by itself. Put one at the top of a page or
    dialog; it takes no room while it says nothing.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty, hidden banner."""
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel(self)
        self._says = Paragraph("", self)
        self._says.setObjectName("bannerSays")
        self._do = Paragraph("", self)
        self._do.setObjectName("bannerDo")
        for label in (self._says, self._do):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton(self)
        self._action.setObjectName("bannerAction")
        self._close = QToolButton(self)
        self._close.setObjectName("bannerClose")
        self._close.setToolTip(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close"))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._says)
        words.addWidget(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(12))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._run: Callable[[], None] | None = None
        self._tone = ""
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.dismiss)
        self._close.clicked.connect(self.dismiss)
        self._action.clicked.connect(self._act)
        theme.events().changed.connect(self._paint)
        self.hide()

    def show_problem(
        self, problem: Exception, *, action: str = "", run: Callable[[], None] | None = None, bugs_too: bool = True
    ) -> None:
        """Show a `DeskProblem`; hand a `DeskBug` (or anything unexpected) to `show_bug`.

        Args:
            problem: what a use case raised.
            action: a button's words, with `run` what it does.
            run: called once when the button is pressed.
            bugs_too: open the report for a bug.
        """
        if isinstance(problem, DeskProblem):
            self._show("problem", problem.says, problem.do, action, run)
            return
        says = self.tr("Something went wrong in the program itself. What you recorded is safe.")
        self._show("problem", says, f"{type(problem).__name__}: {problem}", self.tr("Report…"), None)
        self._run = lambda: show_bug(problem, self.window())
        if bugs_too:
            _log.error("a bug reached the window", exc_info=problem)

    def show_note(self, says: str, do: str = "", *, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say something that asks for a decision or a look, and stays."""
        self._show("note", says, do, action, run)

    def show_done(self, says: str, do: str = "", *, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say that something was done; leaves after a few seconds."""
        self._show("done", says, do, action, run)
        self._leave.start(_DONE_SHOWN_MS)

    def dismiss(self) -> None:
        """Take the banner away."""
        self._leave.stop()
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def text(self) -> str:
        """What it says at present, for tests and for a screen reader."""
        return "\n".join(filter(None, (self._says.text(), self._do.text())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it while it has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _show(self, tone: str, says: str, do: str, action: str, run: Callable[[], None] | None) -> None:
        self._leave.stop()
        self._tone = tone
        self._says.setText(says)
        self._do.setText(do)
        self._do.setVisible(bool(do))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._run = run
        self.setAccessibleName(self.text())
        self._paint()
        self.show()

    def _act(self) -> None:
        run, self._run = self._run, None
        self.dismiss()
        if run:
            run()

    def _paint(self) -> None:
        if not self._tone:
            return
        icon, colour = {"problem": ("warning", "danger"), "note": ("info", "accent"), "done": ("check", "good")}[
            self._tone
        ]
        self._icon.setPixmap(theme.icon(icon, colour).pixmap(theme.px(20), theme.px(20)))
        self._close.setIcon(theme.icon("close"))
        if self.property("tone") != self._tone:
            self.setProperty("tone", self._tone)
            theme.restyle(self)


def show_bug(error: BaseException, parent: QWidget | None = None) -> None:
    """Log a fault of ours and show it as a report that can be copied or saved. Does not block."""
    _log.error("a bug reached the window", exc_info=error)
    dialog = BugReport(error, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class BugReport(QDialog):
    """The report of a fault of ours."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Lay out the report of `error`."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report of a fault"))
        self.setObjectName("sheet")
        says = self.tr("Something went wrong in the program itself. What you recorded is safe.")
        do = self.tr("Save this report and send it to the administrator. You can go on working.")
        self._text = QPlainTextEdit(report_of(error), self)
        self._text.setReadOnly(True)
        self._text.setFont(theme.font("mono"))
        buttons = QDialogButtonBox(self)
        save = buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.ActionRole)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        save.clicked.connect(self._save)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._text.toPlainText()))
        close.clicked.connect(self.reject)
        self._banner = Banner(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(12))
        for widget in (self._banner, Paragraph(says, self, role="heading"), Paragraph(do, self), self._text, buttons):
            column.addWidget(widget)
        self.resize(theme.px(680), theme.px(460))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), "liaison-desk-report.txt", "*.txt")
        if not name:
            return
        try:
            Path(name).write_text(self._text.toPlainText(), encoding="utf-8", newline="\n")
        except OSError as refused:
            says = self.tr("The report could not be saved: {reason}").format(reason=refused.strerror or refused)
            self._banner.show_problem(DeskProblem(says, self.tr("Choose another folder.")))
        else:
            self._banner.show_done(self.tr("Saved: {path}").format(path=name))


def report_of(error: BaseException) -> str:
    """What an administrator needs: versions, the error, its causes, the calls. No record's text, no names."""
    head = [
        f"Liaison Desk {liaison_desk.__version__}",
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}",
        "",
    ]
    return "\n".join(head) + "".join(traceback.format_exception(error))
