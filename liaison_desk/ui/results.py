"""The way back to the UI thread: results in order, behind one queued signal.

A queue of our own, so that a hundred remote entries cost the UI thread one event and not a hundred.
"""

from __future__ import annotations

import inspect
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from liaison_desk.domain.changed import Changed

T = TypeVar("T")

# Fifty remote entries a second would repaint the list fifty times, and a key press waits for a repaint. The first
# change from elsewhere is told at once; those that follow within this time are told together.
_TOGETHER_MS = 100


class Results(QObject):
    """Calls callbacks on the UI thread; changes that stand side by side in the queue are told as one."""

    _arrived = Signal()

    def __init__(self, changed: Callable[[Changed], None], parent: QObject) -> None:
        """Belong to the thread that makes it.

        Args:
            changed: told of changes.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._changed = changed
        self._queue: deque[tuple[Callable[[Any], None], Any]] = deque()
        self._lock = threading.Lock()
        self._awake = False
        self._late: Changed | None = None
        self._held: dict[int, object] = {}
        self._tokens = count()
        self._rest = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._rest.timeout.connect(self._tell_late)
        self._arrived.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    def call(self, callback: Callable[[T], None], value: T) -> None:
        """Have `callback(value)` run on the UI thread. Any thread."""
        with self._lock:
            self._queue.append((callback, value))
            if self._awake:
                return
            self._awake = True
        self._arrived.emit()

    def hold(self, *things: object) -> int:
        """Keep what a thread is about to use, until it lets go; returns the token. Any thread.

        A callback mostly holds a widget. Whichever thread gives up the last reference destroys it, and Qt allows
        that to the UI thread alone; so the last reference is always here.
        """
        token = next(self._tokens)
        self._held[token] = things
        return token

    def let_go(self, token: int) -> None:
        """A thread has given up its own references: the UI thread may give up the last ones. Any thread."""
        self.call(self._forget, token)

    def tell(self, changed: Changed) -> None:
        """Have a change told on the UI thread. Any thread."""
        self.call(self._changed, changed)

    def none_wait(self) -> bool:
        """Whether everything was delivered."""
        with self._lock:
            return not self._queue and self._late is None

    @Slot()
    def deliver(self) -> None:
        """Deliver everything now; UI thread."""
        pending: Changed | None = None
        try:
            while True:
                with self._lock:
                    if not self._queue:
                        self._awake = False
                        break
                    callback, value = self._queue.popleft()
                if callback == self._forget:
                    self._forget(value)
                    continue
                if callback is self._changed:
                    if pending and pending.origin != value.origin:
                        self._tell_now(pending)
                        pending = None
                    pending = pending.joined(value) if pending else value
                    continue
                if pending:
                    self._tell_now(pending)
                    pending = None
                if still_there(callback):
                    callback(value)
        except BaseException:
            # A callback failed: the others still get theirs, at the next turn of the event loop.
            self._arrived.emit()
            raise
        finally:
            if pending:
                self._tell_now(pending)

    def _forget(self, token: int) -> None:
        self._held.pop(token, None)

    def _tell_now(self, changed: Changed) -> None:
        if changed.origin != "elsewhere":
            self._changed(changed)
        elif self._rest.isActive():
            self._late = self._late.joined(changed) if self._late else changed
        else:
            self._rest.start()
            self._changed(changed)

    @Slot()
    def _tell_late(self) -> None:
        late, self._late = self._late, None
        if late:
            self._rest.start()
            self._changed(late)


def still_there(callback: Callable[[Any], None]) -> bool:
    """Whether the widget that a callback belongs to still exists: a closed one waits for no answer.

    Args:
        callback: a method, a `partial` of one, or a function that holds its widget as `self`.
    """
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    if owner is None:
        owner = inspect.getclosurevars(callback).nonlocals.get("self") if inspect.isfunction(callback) else None
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
