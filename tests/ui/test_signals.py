"""What Qt's binding does to Python behind our back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

import liaison_desk.ui


class Bell(QObject):
    """Something that rings."""

    rung = Signal(object)


def test_a_shift_of_signals_does_not_wear_out_the_value_true() -> None:
    assert liaison_desk.ui.__doc__
    bell = Bell()
    heard: list[object] = []
    bell.rung.connect(heard.append)

    # Without the workaround Python 3.11 ends itself here.
    for number in range(20_000):
        bell.rung.emit(number)

    assert len(heard) == 20_000
