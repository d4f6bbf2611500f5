"""The entry bar's keys, as a table: what a key press means while the bar has the focus."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from liaison_desk.domain.chronology import TYPED_KINDS, Channel, EntryKind

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Act(NamedTuple):
    """What a key means: a name, and a value where there is one."""

    name: str
    value: str = ""


def _table() -> dict[tuple[Qt.KeyboardModifier, int], Act]:
    one = Qt.Key.Key_1.value
    table = {(_ALT, one + place): Act("channel", channel) for place, channel in enumerate(Channel)}
    table |= {(_CONTROL, one + place): Act("kind", kind) for place, kind in enumerate(TYPED_KINDS)}
    table[(_CONTROL, Qt.Key.Key_I.value)] = Act("kind", EntryKind.INSTRUCTION)
    table[(_CONTROL, Qt.Key.Key_Return.value)] = Act("submit")
    table[(_CONTROL, Qt.Key.Key_Enter.value)] = Act("submit")
    table[(_ALT, Qt.Key.Key_D.value)] = Act("details")
    table[(_ALT, Qt.Key.Key_T.value)] = Act("time")
    table[(_CONTROL | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Backspace.value)] = Act("clear")
    table[(_ALT, Qt.Key.Key_U.value)] = Act("unverified")
    table[(_ALT, Qt.Key.Key_K.value)] = Act("about")
    table[(_ALT, Qt.Key.Key_J.value)] = Act("important")
    table[(_NONE, Qt.Key.Key_Escape.value)] = Act("escape")
    return table


_ACTS = _table()


def act_of(event: QKeyEvent) -> Act | None:
    """What the key press means to the bar; None when it is a field's or the window's."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _ACTS.get((modifiers, event.key()))
