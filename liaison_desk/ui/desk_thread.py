"""The one thread that writes: use cases run on it in order, results come back to the UI thread.

A `threading.Thread`, not a QThread: the desk knows no Qt, and a Python thread can be drained and joined without an
event loop. Results travel through `Results`.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from liaison_desk.domain.changed import Changed
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.services.desk import Desk, Seat
from liaison_desk.services.reading import Reader
from liaison_desk.store.database import Database
from liaison_desk.ui.garbage import Garbage
from liaison_desk.ui.results import Results
from sync.delivery import Standing

T = TypeVar("T")

_INTERACTIVE, _BULK, _END = 0, 1, 2
# The interpreter lets a thread that computes keep the lock for 5 ms at a time. A key press must reach its repaint
# within 16 ms, so while the desk thread merges remote entries the UI thread may ask for the lock five times as often.
_SWITCH_INTERVAL_S = 0.001


@dataclass(order=True)
class _Task:
    priority: int
    number: int
    run: Callable[[Desk], Any] = field(compare=False)
    done: Callable[[Any], None] | None = field(compare=False)
    failed: Callable[[Exception], None] | None = field(compare=False)
    # Called on whatever thread notices that the task will never run.
    closed: Callable[[Exception], None] | None = field(compare=False, default=None)
    token: int = field(compare=False, default=-1)


class DeskThread(QObject):
    """Runs use cases on the desk thread and brings their results to the UI thread.

    Attributes:
        changed: a `Changed`, always before the `done` of the use case that made it.
        problem: a `DeskProblem` or `DeskBug` that nobody else took.
        delivery: the new `Standing`.
        sync_state: the new `SyncState` (domain/sync_state.py).
    """

    changed = Signal(object)
    problem = Signal(object)
    delivery = Signal(object)
    sync_state = Signal(object)

    def __init__(self, source: Desk | Callable[[], Desk], parent: QObject | None = None) -> None:
        """Start the thread.

        Args:
            source: an open desk, handed over; or what opens one, called on the thread.
            parent: Qt's owner.
        """
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        self._garbage = Garbage(self)
        self._queue: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._numbers = iter(range(sys.maxsize))
        self._results = Results(self.changed.emit, self)
        self._counting = threading.Lock()
        self._opened = threading.Event()
        self._opening_failed: Exception | None = None
        self._closing = False
        self._ended = False
        self._busy = 0
        self._desk: Desk | None = source if isinstance(source, Desk) else None
        self._desk_to_close: Desk | None = None
        self._standing: Standing | None = None
        self._sync_state: object = None
        self._thread = threading.Thread(target=self._work, args=(source,), name="desk", daemon=True)
        self._thread.start()

    # ── UI thread ────────────────────────────────────────────────────────────────────────────────

    def wait_open(self) -> None:
        """Wait until the desk is open.

        Raises:
            DeskProblem: it could not be opened; the thread has ended.
        """
        self._opened.wait()
        if self._opening_failed is not None:
            raise self._opening_failed

    def reader(self) -> Reader:
        """A new read side for the calling thread; it closes it. Waits until the desk is open."""
        self.wait_open()
        return Reader(self._open_desk().database)

    @property
    def seat(self) -> Seat:
        """Who sits here. A frozen value that the desk thread swaps whole, so any thread may look."""
        return self._desk.seat if self._desk else Seat()

    @property
    def database(self) -> Database:
        """The open file, for threads that read with connections of their own."""
        return self._open_desk().database

    @property
    def profile(self) -> Path:
        """The profile's folder."""
        return self._open_desk().profile

    def submit(
        self,
        use_case: Callable[[Desk], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        bulk: bool = False,
    ) -> None:
        """Run a use case on the desk thread; safe from any thread.

        A result that is a `Changed`, or has `.changed`, is also told by the signal `changed`.

        Args:
            use_case: called with the desk.
            done: called on the UI thread with the result.
            failed: called on the UI thread with what it raised; without it `problem` tells.
            bulk: whatever a person is not waiting for; interactive use cases overtake it in the queue.
        """
        self._put(_BULK if bulk else _INTERACTIVE, use_case, done, failed)

    def submit_steps(
        self,
        use_case: Callable[[Desk], Generator[object, None, T]],
        *,
        progress: Callable[[Any], None] | None = None,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a long use case one step at a time, in bulk: between two steps a person's own line goes first.

        Args:
            use_case: a generator function; each `yield` ends a step.
            progress: called on the UI thread with every value that it yields.
            done: called with what it returns.
            failed: as in `submit`.
        """

        def start(desk: Desk) -> None:
            self._step(use_case(desk), progress, done, failed, desk)

        self._put(_BULK, start, None, failed)

    def run_and_wait(self, use_case: Callable[[Desk], T], *, bulk: bool = False) -> T:
        """Run a use case and wait for its result: for the sync thread, never for the UI or the desk thread.

        Raises:
            Exception: whatever the use case raised; DeskBug when the desk is closed.
        """
        done = threading.Event()
        results: list[T] = []
        failures: list[Exception] = []

        def run(desk: Desk) -> T | None:
            try:
                result = use_case(desk)
                results.append(result)
            except Exception as error:  # noqa: BLE001 - raised again on the waiting thread
                failures.append(error)
                return None
            finally:
                done.set()
            return result

        def closed(error: Exception) -> None:
            failures.append(error)
            done.set()

        self._put(_BULK if bulk else _INTERACTIVE, run, None, None, closed)
        done.wait()
        if failures:
            raise failures[0]
        return results[0]

    def standing(self) -> Standing:
        """What is known of delivery now."""
        if self._standing is None:
            journal = self._desk.journal if self._desk else None
            return Standing(journal.device if journal else "")
        return self._standing

    def last_sync_state(self) -> object:
        """The last `SyncState` that was told, None before the first."""
        return self._sync_state

    def idle(self) -> bool:
        """Whether every use case has run and every result was delivered."""
        with self._counting:
            return self._busy == 0 and self._results.none_wait()

    def finish(self, timeout_s: float = 30.0) -> bool:
        """Run what waits, end the thread, deliver the last results; widgets and readers are still needed for them.

        A stepwise use case ends after its present step.

        Returns:
            False when the thread still runs after `timeout_s`: a disk that does not answer.
        """
        if not self._closing:
            self._closing = True
            self._put(_END, _nothing, None, None)
        self._garbage.end()
        self._thread.join(timeout_s)
        self._results.deliver()
        return not self._thread.is_alive()

    def close(self, timeout_s: float = 30.0, *, readers: Iterable[Reader] = ()) -> bool:
        """Finish, close the readers, and then the desk: SQLite folds its log into the file when the writer goes last.

        Returns:
            As `finish`; the desk is not closed when its thread still runs.
        """
        finished = self.finish(timeout_s)
        for reader in readers:
            reader.close()
        if not finished:
            return False
        desk, self._desk_to_close = self._desk_to_close, None
        if desk:
            try:
                desk.close()
            except DeskProblem as problem:
                self.problem.emit(problem)
        return True

    # ── Any thread ───────────────────────────────────────────────────────────────────────────────

    def call_on_ui(self, callback: Callable[[T], None], value: T) -> None:
        """Have `callback(value)` run on the UI thread, in order with all other results."""
        self._results.call(callback, value)

    def hold(self, *things: object) -> int:
        """See `Results.hold`: for other threads that are handed callbacks of widgets."""
        return self._results.hold(*things)

    def let_go(self, token: int) -> None:
        """See `Results.let_go`."""
        self._results.let_go(token)

    def tell_changed(self, changed: Changed) -> None:
        """Have `changed` emitted on the UI thread; neighbours in the queue become one."""
        self._results.tell(changed)

    def tell_standing(self, standing: Standing) -> None:
        """Keep and tell what is known of delivery."""
        self._standing = standing
        self.call_on_ui(self.delivery.emit, standing)

    def tell_sync_state(self, state: object) -> None:
        """Keep and tell the state of the exchange."""
        self._sync_state = state
        self.call_on_ui(self.sync_state.emit, state)

    def tell_problem(self, error: Exception) -> None:
        """Have a problem shown; anything that is not one of our two becomes a `DeskBug` with its cause."""
        self.call_on_ui(self.problem.emit, as_desk_error(error))

    # ── Desk thread ──────────────────────────────────────────────────────────────────────────────

    def _put(
        self,
        priority: int,
        run: Callable[[Desk], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        closed: Callable[[Exception], None] | None = None,
    ) -> None:
        token = self._results.hold(run, done, failed, closed)
        task = _Task(priority, next(self._numbers), run, done, failed, closed, token)
        with self._counting:
            if not self._ended:
                self._busy += 1
                self._queue.put(task)
                return
        self._refuse(task)

    def _work(self, source: Desk | Callable[[], Desk]) -> None:
        if not isinstance(source, Desk):
            try:
                self._desk = source()
            except Exception as error:  # noqa: BLE001 - `wait_open` raises it on the UI thread
                self._opening_failed = error
        self._opened.set()
        while True:
            task = self._queue.get()
            ended, token = task.priority == _END, task.token
            try:
                if ended:
                    self._desk_to_close = self._desk
                else:
                    self._run(task)
            finally:
                del task
                self._results.let_go(token)
                with self._counting:
                    self._busy -= 1
                    self._ended = ended
            if ended:
                break
        while not self._queue.empty():
            self._refuse(self._queue.get())
            with self._counting:
                self._busy -= 1

    def _refuse(self, task: _Task) -> None:
        # Submitted while the desk was closing: whoever waits must learn that it will not run.
        error = DeskBug("the desk is closed")
        if task.closed:
            task.closed(error)
        else:
            self._fail(task.failed, error)

    def _run(self, task: _Task) -> None:
        try:
            result = task.run(self._open_desk())
        except Exception as error:  # noqa: BLE001 - handed on, whatever it is: nothing that fails here is lost
            self._fail(task.failed, error)
            return
        self._tell(result)
        if task.done:
            self.call_on_ui(task.done, result)

    def _step(
        self,
        steps: Generator[object, None, T],
        progress: Callable[[Any], None] | None,
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
        _desk: Desk,
    ) -> None:
        if self._closing:
            steps.close()
            return
        try:
            told = next(steps)
        except StopIteration as end:
            self._tell(end.value)
            if done:
                self.call_on_ui(done, end.value)
            return
        self._tell(told)
        if progress:
            self.call_on_ui(progress, told)
        self._put(_BULK, partial(self._step, steps, progress, done, failed), None, failed)

    def _tell(self, result: object) -> None:
        changed = result if isinstance(result, Changed) else getattr(result, "changed", None)
        if isinstance(changed, Changed) and (changed.kinds or changed.everything):
            self.tell_changed(changed)

    def _fail(self, failed: Callable[[Exception], None] | None, error: Exception) -> None:
        if failed:
            self.call_on_ui(failed, error)
        else:
            self.tell_problem(error)

    def _open_desk(self) -> Desk:
        if self._desk is None:
            raise self._opening_failed or DeskBug("the desk is not open")
        return self._desk


def as_desk_error(error: Exception) -> DeskProblem | DeskBug:
    """The error itself when it is one of our two kinds, else a `DeskBug` that keeps it as its cause."""
    if isinstance(error, DeskProblem | DeskBug):
        return error
    bug = DeskBug(f"{type(error).__name__}: {error}")
    bug.__cause__ = error
    return bug


def _nothing(_desk: Desk) -> None:
    """What the last task does: it only ends the thread."""
