"""What an input method and a keyboard do to a widget, as Qt delivers it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """Send one event of an input method: what is under conversion now, and what has become text."""
    attributes = []
    if preedit:
        kind = QInputMethodEvent.AttributeType.Cursor
        attributes.append(QInputMethodEvent.Attribute(kind, len(preedit), 1, None))
    event = QInputMethodEvent(preedit, attributes)
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
    """Press a key as the window system does: first offered to shortcuts, then to the widget."""
    offered = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
    offered.ignore()
    QApplication.sendEvent(widget, offered)
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def enter(widget: QWidget, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press Enter."""
    press(widget, Qt.Key.Key_Return, modifiers, "\r")


def tap(widget: QWidget, text: str) -> None:
    """Type letters, each a key press of its own."""
    for letter in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NONE, letter))
