"""Editors that know the text under conversion (preedit) of a Japanese input method.

Qt drops a preedit whose input method does not deliver it in time: QWidgetTextControl and QWidgetLineControl clear it
after `QInputMethod::commit()` returned (seen with ibus and fcitx on loss of focus: fcitx5 #687, ibus #2466; on macOS
commit() may return without an event). It emits `returnPressed` during composition in QLineEdit, and QTextEdit
breaks the line. These two editors close those holes:

    the Enter that closes a conversion does nothing else
    whatever ends a composition from outside (key, mouse, focus, program) first turns the preedit into text
    `whole_text` is what a person sees: text and preedit
    `typed` tells of every act of typing, the first event of a composition included
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

LINE_PERCENT = 130
_LATE_MS = 300
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        # Keys of a Japanese keyboard; they speak to the input method alone.
        Qt.Key.Key_Muhenkan,
        Qt.Key.Key_Henkan,
        Qt.Key.Key_Hiragana_Katakana,
        Qt.Key.Key_Zenkaku_Hankaku,
        Qt.Key.Key_Eisu_toggle,
        Qt.Key.Key_Kanji,
    }
)


class Preedit(QObject):
    """The composition in one editor.

    Attributes:
        text: what is under conversion now, "" when nothing is.
    """

    def __init__(self, editor: QWidget, deliver: Callable[[QInputMethodEvent], None]) -> None:
        """Watch an editor.

        Args:
            editor: the widget.
            deliver: hands an event to Qt's own handling of it.
        """
        super().__init__(editor)
        self.text = ""
        self._editor = editor
        self._deliver = deliver
        self._late = ""
        self._closing = False
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_LATE_MS)
        self._forget.timeout.connect(self._forget_late)

    def take(self, event: QInputMethodEvent) -> bool:
        """Look at an event before Qt does; False when it must not reach the editor."""
        held, told = event.preeditString(), event.commitString()
        if told and not held and told == self._late:
            # The input method delivers after all what `commit` had already made text.
            self._forget_late()
            return False
        if held:
            self._forget_late()
        self.text = held
        if told:
            self._closing = True
            QTimer.singleShot(0, self, self._closed)
        return True

    def commit(self) -> None:
        """Make the preedit text, by the input method or, when it does not deliver, without it."""
        if not self.text:
            return
        focused = QGuiApplication.focusObject() == self._editor
        if focused:
            QGuiApplication.inputMethod().commit()
        if not self.text:
            return
        held, self.text = self.text, ""
        event = QInputMethodEvent()
        event.setCommitString(held)
        self._deliver(event)
        self._late = held
        self._forget.start()
        if focused:
            QGuiApplication.inputMethod().reset()

    def is_its_enter(self, event: QKeyEvent) -> bool:
        """Whether this Enter belongs to the conversion: it is open, or this very key closed it.

        Some input methods commit and then let the key through; both arrive in one turn of the event loop.
        """
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return event.key() in _ENTER and plain and (bool(self.text) or self._closing)

    def before_key(self, event: QKeyEvent) -> bool:
        """What a key press means to the composition; True when the editor must not have the key."""
        if event.key() in _MODIFIERS:
            return False
        if self.is_its_enter(event) or (self.text and event.key() == Qt.Key.Key_Escape):
            event.accept()
            return True
        self._forget_late()
        self.commit()
        return False

    def before_shortcut(self, event: QEvent) -> bool:
        """Keep Enter and Esc of an open conversion from the window's shortcuts."""
        if not isinstance(event, QKeyEvent) or not self.text:
            return False
        if event.key() in (*_ENTER, Qt.Key.Key_Escape):
            event.accept()
            return True
        return False

    def _closed(self) -> None:
        self._closing = False

    def _forget_late(self) -> None:
        self._late = ""
        self._forget.stop()


class LineEditor(QLineEdit):
    """One line whose composition is never lost and whose Enter is never the conversion's.

    Attributes:
        typed: somebody typed, pasted or composed here; also for each change of the preedit.
        entered: Enter outside a composition, with its modifiers (`returnPressed` fires as well).
        focused: True when the focus came, False when it went.
    """

    typed = Signal()
    entered = Signal(object)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self._preedit = Preedit(self, super().inputMethodEvent)
        self.textEdited.connect(lambda _text: self.typed.emit())

    def preedit(self) -> str:
        """The text under conversion."""
        return self._preedit.text

    def whole_text(self) -> str:
        """What is seen: the text with the preedit in its place."""
        return insert_at(self.text(), self.cursorPosition(), self._preedit.text)

    def commit_preedit(self) -> None:
        """Make the text under conversion text."""
        self._preedit.commit()

    def event(self, event: QEvent) -> bool:
        """Save the preedit before the focus goes, keep its keys from shortcuts."""
        if event.type() == QEvent.Type.FocusAboutToChange:
            self._preedit.commit()
        elif event.type() == QEvent.Type.ShortcutOverride and self._preedit.before_shortcut(event):
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Follow the composition."""
        before = self._preedit.text
        if not self._preedit.take(event):
            event.accept()
            return
        super().inputMethodEvent(event)
        if self._preedit.text != before and not event.commitString():
            self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a key to the composition first."""
        if self._preedit.before_key(event):
            return
        if event.key() in _ENTER:
            self.entered.emit(event.modifiers())
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends the composition without losing it."""
        self._preedit.commit()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus came."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save the preedit also where nobody announced that the focus goes; tell that it went."""
        self._preedit.commit()
        super().focusOutEvent(event)
        self.focused.emit(False)


class TextEditor(QTextEdit):
    """Several lines under the same rules; Tab goes on to the next field.

    Attributes:
        typed: somebody typed, pasted or composed here; also for each change of the preedit.
        entered: Ctrl+Enter, or Enter when `enter_enters`, outside a composition, with its modifiers.
        enter_enters: plain Enter tells `entered`; Shift+Enter is then the new line.
    """

    typed = Signal()
    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty editor."""
        super().__init__(parent)
        self.enter_enters = False
        self._by_program = False
        self._preedit = Preedit(self, super().inputMethodEvent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.space_lines()
        self.textChanged.connect(self._changed)

    def preedit(self) -> str:
        """The text under conversion."""
        return self._preedit.text

    def plain_text(self) -> str:
        """The text as typed; unlike `toPlainText` it keeps no-break spaces."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def whole_text(self) -> str:
        """What is seen: the text with the preedit in its place."""
        return insert_at(self.plain_text(), self.textCursor().position(), self._preedit.text)

    def commit_preedit(self) -> None:
        """Make the text under conversion text."""
        self._preedit.commit()

    def set_text(self, text: str) -> None:
        """Put a text in by program: `typed` stays silent, the cursor goes to its end."""
        self._by_program = True
        try:
            self.setPlainText(text)
            self.space_lines()
        finally:
            self._by_program = False
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Save the preedit before the focus goes, keep its keys from shortcuts."""
        if event.type() == QEvent.Type.FocusAboutToChange:
            self._preedit.commit()
        elif event.type() == QEvent.Type.ShortcutOverride and self._preedit.before_shortcut(event):
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Follow the composition."""
        before = self._preedit.text
        if not self._preedit.take(event):
            event.accept()
            return
        super().inputMethodEvent(event)
        if self._preedit.text != before and not event.commitString():
            self.typed.emit()

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        """Answer in this widget's coordinates, where the candidate window looks; Qt answers in the viewport's."""
        answer = super().inputMethodQuery(query, argument)
        if isinstance(answer, QRectF):
            return answer.translated(self.viewport().pos())
        return answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a key to the composition first; Enter is a new line or tells `entered`."""
        if self._preedit.before_key(event):
            return
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        event.accept()
        if control or (self.enter_enters and not shift):
            self.entered.emit(event.modifiers())
        elif not self.isReadOnly():
            # Not Qt's own: Shift+Enter would make a line separator, which no other program knows.
            self.insertPlainText("\n")
            self.ensureCursorVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends the composition without losing it."""
        self._preedit.commit()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save the preedit also where nobody announced that the focus goes."""
        self._preedit.commit()
        super().focusOutEvent(event)

    def space_lines(self) -> None:
        """Give lines of kanji air; after another font as well."""
        # BIZ UDPGothic has no leading of its own: lines of kanji would touch. Not a step that Undo could take back.
        self.document().setUndoRedoEnabled(False)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        # The room of a spaced line lies below its letters; half of it above them looks level.
        frame = self.document().rootFrame().frameFormat()
        frame.setTopMargin(self.document().documentMargin() + self.fontMetrics().height() * (LINE_PERCENT - 100) / 200)
        self.document().rootFrame().setFrameFormat(frame)
        self.document().setUndoRedoEnabled(True)

    def _changed(self) -> None:
        if not self._by_program:
            self.typed.emit()


def insert_at(text: str, position: int, piece: str) -> str:
    """`text` with `piece` at a position that Qt counts in UTF-16 units."""
    if not piece:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    head, tail = units[: position * 2], units[position * 2 :]
    return head.decode("utf-16-le", "surrogatepass") + piece + tail.decode("utf-16-le", "surrogatepass")
