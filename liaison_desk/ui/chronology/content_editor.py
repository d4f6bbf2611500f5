"""The field for 内容: one line that grows to five with its text, preedit included."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.chronology.preedit import LINE_PERCENT, TextEditor

MOST_LINES = 5


class ContentEditor(TextEditor):
    """Grows with what is typed.

    Attributes:
        height_changed: it takes more or fewer lines now.
    """

    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, least_lines: int = 1) -> None:
        """An empty editor of `least_lines`."""
        super().__init__(parent)
        self._least = least_lines
        self._lines = 0
        self.setFont(theme.font("input"))
        self.space_lines()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme.events().changed.connect(self._restyle)
        self._grow()

    def lines(self) -> int:
        """How many lines are shown."""
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never lower than its lines."""
        return QSize(theme.px(120), self._height())

    def _grow(self, _size: object = None) -> None:
        margin = self.document().documentMargin() + self.document().rootFrame().frameFormat().topMargin()
        wanted = round((self.document().size().height() - margin) / self._line_height())
        lines = min(max(wanted, self._least), MOST_LINES)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if lines != self._lines:
            self._lines = lines
            self.setFixedHeight(self._height())
            self.updateGeometry()
            self.height_changed.emit()

    def _line_height(self) -> float:
        return self.fontMetrics().height() * LINE_PERCENT / 100

    def _height(self) -> int:
        # What the style sheet puts around: 5u padding and the border.
        around = 2 * (theme.px(5) + 1) + 2 * math.ceil(self.document().documentMargin())
        return math.ceil(max(self._lines, 1) * self._line_height()) + around

    def _restyle(self) -> None:
        self.setFont(theme.font("input"))
        self.space_lines()
        self._lines = 0
        self._grow()
