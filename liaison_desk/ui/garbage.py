"""Python's search for cyclic garbage, on the UI thread alone and between two turns of its event loop.

By itself it runs on whichever thread allocates: on the desk thread it may then free a widget, which Qt forbids, and on
either it stops a key press for tens of milliseconds (tests/benches/typing.py, under load: p99 35 ms so, 14 ms here).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 100
_YOUNG = 700
_OLDER_EVERY = 50
_ALL_EVERY = 1200


class Garbage(QObject):
    """Collects in small portions, as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        """Take the collection over from Python; belongs to the UI thread."""
        super().__init__(parent)
        self._turns = 0
        self._ended = False
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """One portion: the youngest, now and then the older, every two minutes all."""
        if self._turns == 0:
            # What is there once the window stands stays: modules, tables, styles. Nobody needs to look at it again.
            gc.freeze()
        self._turns += 1
        if self._turns % _ALL_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > _YOUNG:
            gc.collect(1 if self._turns % _OLDER_EVERY == 0 else 0)

    def end(self) -> None:
        """Give the collection back as it was found."""
        if not self._ended:
            self._ended = True
            self._timer.stop()
            gc.unfreeze()
            if self._was_enabled:
                gc.enable()
