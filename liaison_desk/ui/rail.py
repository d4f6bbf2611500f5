"""The rooms at the left: icon, name, and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from liaison_desk.ui import theme

_WIDE, _NARROW = 176, 52


class Rail(QWidget):
    """The rooms that there are; none is shown that does not exist yet.

    Attributes:
        chosen: a room was chosen, by its name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty rail."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._words: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, int] = {}
        self._wide = True
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        theme.events().changed.connect(self._paint)

    def add_room(self, name: str, icon: str, words: str) -> None:
        """Add a room at the bottom."""
        button = QToolButton(self)
        button.setCheckable(True)
        button.setAccessibleName(words)
        self._group.addButton(button)
        self._buttons[name] = button
        self._words[name] = (icon, words)
        self._column.insertWidget(self._column.count() - 1, button)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._paint()

    def show_room(self, name: str) -> None:
        """Mark the room that is open."""
        self._buttons[name].setChecked(True)
        self._paint()

    def show_count(self, name: str, count: int) -> None:
        """Say how much waits in a room."""
        if self._counts.get(name, 0) != count:
            self._counts[name] = count
            self._paint()

    def set_wide(self, wide: bool) -> None:
        """Names beside the icons, or icons alone where the window is narrow."""
        if wide != self._wide:
            self._wide = wide
            self._paint()

    def _paint(self) -> None:
        self._column.setContentsMargins(*(theme.px(8),) * 4)
        self._column.setSpacing(theme.px(4))
        self.setFixedWidth(theme.px(_WIDE if self._wide else _NARROW))
        for name, button in self._buttons.items():
            icon, words = self._words[name]
            count = self._counts.get(name, 0)
            told = f"{words}  {count if count < 1000 else '999+'}" if count else words
            button.setIcon(theme.icon(icon, "accent" if button.isChecked() else "text_secondary"))
            button.setIconSize(QSize(theme.px(20), theme.px(20)))
            button.setText(theme.beside_icon(told))
            button.setToolTip("" if self._wide else told)
            style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            button.setToolButtonStyle(style if self._wide else Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFixedWidth(theme.px((_WIDE if self._wide else _NARROW) - 16))
