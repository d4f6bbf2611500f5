"""What is shown when the desk cannot be opened: the sentence, the next step, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.errors import DeskProblem
from liaison_desk.ui import theme
from liaison_desk.ui.paragraph import Paragraph


class ProblemPage(QWidget):
    """A window of its own, because there is no desk to show it in.

    Attributes:
        retried: try to open again.
        rebuild: make the damaged database anew; the damaged file is kept aside.
        left: end the program.
    """

    retried = Signal()
    rebuild = Signal()
    left = Signal()

    def __init__(self, problem: DeskProblem, *, damaged: bool = False) -> None:
        """Lay out the page."""
        super().__init__()
        self.setWindowTitle(self.tr("Liaison Desk"))
        theme.set_role(self, "canvas")
        icon = QLabel(self)
        icon.setPixmap(theme.icon("warning", "danger").pixmap(theme.px(40), theme.px(40)))
        says, do = Paragraph(problem.says, self, role="heading"), Paragraph(problem.do, self)
        for label in (says, do):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        leave = QPushButton(self.tr("Close"), self)
        again = QPushButton(self.tr("Try again"), self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(again)
        if damaged:
            mend = QPushButton(self.tr("Rebuild from what can be read"), self)
            theme.set_role(mend, "primary")
            mend.clicked.connect(self.rebuild)
            row.addWidget(mend)
        else:
            theme.set_role(again, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(40),) * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(icon)
        column.addWidget(says)
        column.addWidget(do)
        column.addStretch(1)
        column.addLayout(row)
        leave.clicked.connect(self.close)
        again.clicked.connect(self.retried)
        self.resize(theme.px(640), theme.px(300))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it ends the program."""
        super().closeEvent(event)
        self.left.emit()
