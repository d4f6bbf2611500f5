"""The frame of our dialogs: what it is about, fields under their names, one thing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.workplace import Workplace

T = TypeVar("T")


class Sheet(QDialog):
    """A dialog that stays open until its work is done, shows its own problems and never blocks.

    Attributes:
        banner: shows what is wrong.
        body: where a subclass puts what it is about.
    """

    def __init__(self, workplace: Workplace, title: str, explains: str = "", parent: QWidget | None = None) -> None:
        """Lay out the frame."""
        super().__init__(parent)
        self.workplace = workplace
        self.setObjectName("sheet")
        self.setWindowTitle(title)
        self.banner = Banner(self)
        self._title = QLabel(title, self)
        theme.set_role(self._title, "title")
        self._explains = Paragraph(explains, self, role="secondary")
        self._explains.setVisible(bool(explains))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(16))
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.px(8))
        self.buttons.addStretch(1)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.buttons.addWidget(self._cancel)
        self._primary: QPushButton | None = None
        self._required: list[QLineEdit] = []
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(20))
        inner.setSpacing(theme.px(8))
        inner.addWidget(self._title)
        inner.addWidget(self._explains)
        inner.addSpacing(theme.px(12))
        inner.addLayout(self.body, 1)
        inner.addSpacing(theme.px(16))
        inner.addWidget(self._busy)
        inner.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(inner, 1)
        self.setMinimumWidth(theme.px(560))

    def set_title(self, title: str, explains: str = "") -> None:
        """Name the dialog, where its words need its own translation context."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self._explains.setText(explains)
        self._explains.setVisible(bool(explains))

    def require(self, field: QLineEdit) -> None:
        """This field must be filled before the work is done."""
        self._required.append(field)
        field.textChanged.connect(lambda _text: theme.mark_wrong(field, False))

    def all_filled(self) -> bool:
        """Whether every required field is filled; marks the empty ones and goes to the first."""
        empty = [field for field in self._required if not field.text().strip()]
        for field in empty:
            theme.mark_wrong(field, True)
        if empty:
            empty[0].setFocus()
        return not empty

    def set_primary(self, words: str, run: Callable[[], None]) -> QPushButton:
        """The one thing to do; Ctrl+Enter and Enter in a line do it too."""
        button = QPushButton(words, self)
        button.setDefault(True)
        button.clicked.connect(run)
        self.buttons.addWidget(button)
        self._primary = button
        return button

    def set_close_only(self) -> None:
        """There is nothing to do but to look: one button that closes."""
        self._cancel.setText(self.tr("Close"))

    def set_busy(self, busy: bool) -> None:
        """Show that something runs; fields rest meanwhile, Cancel does not."""
        self._busy.setVisible(busy)
        if self._primary:
            self._primary.setEnabled(not busy)

    def run(self, use_case: Callable[[Desk], T], done: Callable[[T], None]) -> None:
        """Run a use case on the desk thread; a problem is shown here and the dialog stays."""
        self.set_busy(True)

        def good(result: T) -> None:
            self.set_busy(False)
            done(result)

        self.workplace.desk.submit(use_case, done=good, failed=self.fail)

    def fail(self, error: Exception) -> None:
        """Show a problem; what was typed stays."""
        self.set_busy(False)
        self.banner.show_problem(error)


class Form(QGridLayout):
    """Fields under their names, two columns, hints below in small words."""

    def __init__(self) -> None:
        """An empty form."""
        super().__init__()
        self.setHorizontalSpacing(theme.px(16))
        self.setVerticalSpacing(theme.px(4))
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 1)
        self._row = 0

    def add_row(self, *fields: tuple[str, QWidget, str]) -> None:
        """Put one field over the whole width, or two side by side: (name, field, hint)."""
        wide = 2 if len(fields) == 1 else 1
        if self._row:
            self.setRowMinimumHeight(self._row, theme.px(8))
            self._row += 1
        for column, (name, field, hint) in enumerate(fields):
            label = QLabel(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
            self.addWidget(label, self._row, column, 1, wide, Qt.AlignmentFlag.AlignBottom)
            self.addWidget(field, self._row + 1, column, 1, wide)
            if hint:
                small = Paragraph(hint, role="small")
                self.addWidget(small, self._row + 2, column, 1, wide, Qt.AlignmentFlag.AlignTop)
        self._row += 3
