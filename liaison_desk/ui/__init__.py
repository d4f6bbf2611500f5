"""The window: the only floor that knows Qt. Widgets read through a `Reader` and write through a `DeskThread`."""

from __future__ import annotations

import ctypes
import sys

_FAR_AWAY = sys.maxsize // 4


def keep_true_alive() -> None:
    """Keep Python from freeing `True` in the middle of a shift.

    `Signal.emit` returns True without counting the reference, so every emit takes one away that it never had; after
    some thousand the interpreter ends with "bool_dealloc: deallocating True or False". Python 3.12 and later count
    no references of True, False and None.

    WORKAROUND PySide 6.12.0 (seen with Python 3.11): until an emit leaves sys.getrefcount(True) as it was.
    """
    if sys.version_info >= (3, 12):
        return
    for value in (True, False, None):
        ctypes.c_ssize_t.from_address(id(value)).value += _FAR_AWAY


keep_true_alive()
