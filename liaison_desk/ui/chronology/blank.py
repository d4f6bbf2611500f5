"""What stands where the list has nothing to show: empty, reading, no match, failed. Each says what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.paragraph import Paragraph


class Blank(QWidget):
    """An icon, a sentence, the next step.

    Attributes:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        theme.set_role(self, "surface")
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._says = Paragraph("", self, role="heading")
        self._do = Paragraph("", self, role="secondary")
        for label in (self._says, self._do):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._says)
        column.addWidget(self._do)
        column.addSpacing(theme.px(8))
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, icon: str, says: str, do: str = "", action: str = "") -> None:
        """Say it; without `action` there is no button."""
        self._icon.setPixmap(theme.icon(icon, "text_secondary").pixmap(theme.px(48), theme.px(48)))
        self._says.setText(says)
        self._do.setText(do)
        self._do.setVisible(bool(do))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName("\n".join(filter(None, (says, do))))

    def text(self) -> str:
        """What it says."""
        return self._says.text()
