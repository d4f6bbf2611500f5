"""A button that holds one of a few values: 手段, 種別, 状況. Never opens a window while someone types on.

Up and Down go to the value before and the next one, 1 to 9 to the value of that place, Space and a click open a menu.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words


class ChoiceButton(QPushButton):
    """One of a few values.

    Attributes:
        chosen: a person chose another value.
    """

    chosen = Signal(str)

    def __init__(
        self, values: Sequence[str], *, name: str, keys: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """A button over values.

        Args:
            values: as the record keeps them; "" is "not said".
            name: what is chosen, for the button while nothing is, and for screen readers.
            keys: a key to show beside each value.
            parent: the widget's parent.
        """
        super().__init__(parent)
        self._values = tuple(values)
        self._name = name
        self._keys = tuple(keys)
        self._value = self._values[0]
        self.setObjectName("choiceField")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.clicked.connect(self.open_menu)
        theme.events().changed.connect(self._resize)
        self._show()
        self._resize()

    def value(self) -> str:
        """The value, as the record keeps it."""
        return self._value

    def set_value(self, value: str) -> None:
        """Set the value by program; one that is not in the list is kept and shown as it is."""
        self._value = value
        self._show()

    def open_menu(self) -> None:
        """Show all values to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, value in enumerate(self._values):
            key = f"\t{self._keys[place]}" if place < len(self._keys) else ""
            action = menu.addAction((words.word(value) if value else "―") + key)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(partial(self._choose, value))
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the value by keys."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        place = event.key() - Qt.Key.Key_1
        if plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            now = self._values.index(self._value) if self._value in self._values else -step
            self._choose(self._values[(now + step) % len(self._values)])
        elif plain and 0 <= place < len([value for value in self._values if value]):
            self._choose([value for value in self._values if value][place])
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter belongs to the bar: it goes on, or records.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, value: str, _checked: bool = False) -> None:
        if value == self._value:
            return
        self.set_value(value)
        self.chosen.emit(value)

    def _show(self) -> None:
        self.setText((words.word(self._value) if self._value else self._name) + " ▾")
        self.setAccessibleName(f"{self._name}: {words.word(self._value)}" if self._value else self._name)

    def _resize(self) -> None:
        # As wide as its widest value: the fields beside it do not jump.
        texts = [words.word(value) for value in self._values if value] + [self._name]
        metrics = self.fontMetrics()
        self.setMinimumWidth(max(metrics.horizontalAdvance(text + " ▾") for text in texts) + theme.px(22))
