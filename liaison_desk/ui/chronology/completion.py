"""The list under a field that completes it: it follows the typing and takes no key that was not meant for it.

Down and Up choose; only then Enter or Tab take the choice, and while nothing is chosen they do what they always do.
Esc closes the list, a click takes. It never opens during a composition and is no window of its own: the focus, and
with it the input method, stays put.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.phrases import Phrase
from liaison_desk.ui.chronology.preedit import LineEditor

_SHOWN = 8
_WIDEST = 460
_TEXT_ROLE = Qt.ItemDataRole.UserRole


class Completion(QObject):
    """Completes one field.

    Attributes:
        taken: a choice went into the field.
    """

    taken = Signal(str)

    def __init__(
        self,
        editor: LineEditor,
        suggest: Callable[[str], Sequence[Phrase]],
        refresh: Callable[[], None] | None = None,
    ) -> None:
        """Attach to a field.

        Args:
            editor: the field.
            suggest: what may be meant by a text.
            refresh: called when the field gets the focus.
        """
        super().__init__(editor)
        self._editor = editor
        self._suggest = suggest
        self._refresh = refresh
        self._list: QListWidget | None = None
        editor.typed.connect(self._follow)
        editor.focused.connect(self._focused)
        editor.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and not self._list.isHidden()

    def texts(self) -> list[str]:
        """What the list offers now, for tests and screen readers."""
        return [item.data(_TEXT_ROLE) for item in self._items()] if self.is_open() else []

    def chosen(self) -> str:
        """What is chosen in the list, "" while nothing is."""
        item = self._list.currentItem() if self._list and self.is_open() else None
        return str(item.data(_TEXT_ROLE)) if item else ""

    def close(self) -> None:
        """Take the list away."""
        if self._list:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the few keys that are meant for the list."""
        if isinstance(event, QKeyEvent) and not self._editor.preedit():
            if event.type() == QEvent.Type.ShortcutOverride and self.is_open() and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = event.key()
        if not plain:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self._move(1 if key == Qt.Key.Key_Down else -1)
        if not self.is_open():
            return False
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        chosen = self.chosen()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen:
            self._take(chosen)
            return True
        if key == Qt.Key.Key_Tab and chosen:
            # Taken, and Tab goes on to the next field as always.
            self._take(chosen)
        return False

    def _move(self, step: int) -> bool:
        if not self.is_open():
            if step < 0:
                return False
            self._open(self._suggest(self._editor.text()))
            return self.is_open()
        rows = self._the_list()
        # Above the first and below the last lies the field itself: nothing chosen.
        rows.setCurrentRow((rows.currentRow() + 1 + step) % (rows.count() + 1) - 1)
        return True

    def _follow(self) -> None:
        text = self._editor.text()
        if self._editor.preedit() or not text.strip() or not self._editor.hasFocus():
            self.close()
            return
        self._open(self._suggest(text))

    def _open(self, phrases: Sequence[Phrase]) -> None:
        if not phrases:
            self.close()
            return
        rows = self._the_list()
        rows.clear()
        metrics = rows.fontMetrics()
        widest = 0
        for phrase in phrases[:_SHOWN]:
            shown = one_line(phrase.text, 60) + (f"　{phrase.hint}" if phrase.hint else "")
            item = QListWidgetItem(shown)
            item.setData(_TEXT_ROLE, phrase.text)
            rows.addItem(item)
            widest = max(widest, metrics.horizontalAdvance(shown))
        rows.setCurrentRow(-1)
        self._place(rows, widest)
        rows.show()
        rows.raise_()

    def _place(self, rows: QListWidget, widest: int) -> None:
        window = self._editor.window()
        row_height = rows.fontMetrics().height() + theme.px(10)
        height = row_height * rows.count() + theme.px(10)
        width = min(max(self._editor.width(), widest + theme.px(32)), theme.px(_WIDEST), window.width())
        top = self._editor.mapTo(window, QPoint(0, 0))
        below = top.y() + self._editor.height() + theme.px(2)
        # The entry bar lies at the window's foot: open to where there is room.
        y = below if below + height <= window.height() else max(0, top.y() - height - theme.px(2))
        rows.setGeometry(max(0, min(top.x(), window.width() - width)), y, width, height)

    def _take(self, text: str) -> None:
        self.close()
        self._editor.setText(text)
        self._editor.typed.emit()
        self.close()
        self.taken.emit(text)

    def _focused(self, came: bool) -> None:
        if not came:
            self.close()
        elif self._refresh:
            self._refresh()

    def _items(self) -> list[QListWidgetItem]:
        rows = self._the_list()
        return [rows.item(row) for row in range(rows.count())]

    def _the_list(self) -> QListWidget:
        window: QWidget = self._editor.window()
        if self._list is None or self._list.parentWidget() is not window:
            if self._list is not None:
                self._list.deleteLater()
            self._list = QListWidget(window)
            self._list.setObjectName("completer")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setUniformItemSizes(True)
            self._list.hide()
            self._list.itemClicked.connect(lambda item: self._take(str(item.data(_TEXT_ROLE))))
            self._list.setAccessibleName(self.tr("Suggestions"))
        return self._list
