"""Exchanging with the other PCs: one round, the loop of rounds, and what is then known.

The engine (`sync`) runs on the caller's thread with a read-only connection of its own; everything that it writes
goes through `run`, which is the desk's one database thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from liaison_desk import __version__, wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.clock import Clock
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.errors import DeskProblem
from liaison_desk.services import sync_states
from liaison_desk.services.desk import Desk, Seat
from liaison_desk.services.sharing import transport
from liaison_desk.store import desk_tables
from liaison_desk.store.connection import translated
from liaison_desk.store.database import Database
from sync.delivery import Standing
from sync.engine import Engine
from sync.errors import Cloned
from sync.journal import Received
from sync.log_reader import Kept, LogReader
from sync.operation import Value
from sync.places import Heard, Published
from sync.report import RoundReport
from sync.transaction import Transaction

T = TypeVar("T")

POLL_S = 4.0
# After rounds that did not go through, so that a dead drive letter costs little battery.
_BACKOFF_S = (4.0, 8.0, 15.0, 30.0)


class Run(Protocol):
    """Runs a use case on the desk's database thread and waits for its result."""

    def __call__(self, use_case: Callable[[Desk], T]) -> T:
        """Run it."""
        ...


@dataclass(frozen=True, slots=True)
class ReceivedHere:
    """What arrived, and what it changed on this desk."""

    received: Received
    changed: Changed


def receive_transactions(
    desk: Desk, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
) -> ReceivedHere:
    """Take other PCs' transactions into the log; new entries are marked until they were looked at.

    What was there when this PC joined is not marked: nobody looks at four hundred marks.

    Raises:
        DeskProblem: the disk refused; nothing was taken.
    """
    journal = desk.the_journal()
    desk.projections.mark_new(on=bool(desk.seat.caught_up))
    try:
        with translated():
            received = journal.receive(transactions, bulk=bulk, segments=segments)
    finally:
        desk.projections.mark_new(on=False)
        # What a failed write touched was rolled back with it.
        changed = desk.changed("elsewhere")
    return ReceivedHere(received, changed)


def adopt_new_device(desk: Desk, agreed: int) -> Changed:
    """This profile is a copy: go on under a new device id, with everything that was not sent yet.

    Raises:
        DeskProblem: the disk refused; the old id stays.
    """
    journal = desk.the_journal()
    with translated():
        journal.adopt_new_device(desk.ids.new_id(), agreed=agreed)
    desk.copy_seat()
    desk.changed("rebuilt")
    return Changed(frozenset({"entry", "contact", "delivery"}), origin="rebuilt", everything=True)


class _DeskWriter:
    """The engine's writer: each call is one use case on the desk's database thread."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def met(self, place: str, canary: str) -> None:
        self._do(lambda desk: desk.the_journal().met(place, canary))

    def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
        self._do(lambda desk: desk.the_journal().offering(place, seq, segments))

    def published(self, place: str, note: Published) -> None:
        self._do(lambda desk: desk.the_journal().published(place, note))

    def receive(
        self, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
    ) -> Received:
        return self._run(lambda desk: receive_transactions(desk, transactions, bulk=bulk, segments=segments)).received

    def acknowledged(self, place: str, heard: Sequence[Heard]) -> None:
        self._do(lambda desk: desk.the_journal().acknowledged(place, heard))

    def _do(self, write: Callable[[Desk], None]) -> None:
        def use_case(desk: Desk) -> None:
            with translated():
                write(desk)

        self._run(use_case)


class Exchange:
    """This desk's exchange with its share, round by round. Used by one thread; nothing here waits for a person."""

    def __init__(self, database: Database, run: Run, clock: Clock) -> None:
        """Prepare.

        Args:
            database: where this thread reads.
            run: how it writes.
            clock: the desk's.
        """
        self._database = database
        self._run = run
        self._clock = clock
        self._state = SyncState()
        self._engine: Engine | None = None
        self._engine_for: tuple[str, str] = ("", "")
        self._reader: LogReader | None = None
        self._stop = threading.Event()

    @property
    def state(self) -> SyncState:
        """What was known after the last round."""
        return self._state

    def stop(self) -> None:
        """Have a running round end soon, in good order. Any thread."""
        self._stop.set()

    def round(self, seat: Seat) -> SyncState:
        """Exchange once with the seat's share; tells how things stand then.

        Raises:
            DeskProblem: this PC's own disk refused.
        """
        if not seat.share or not seat.incident_id:
            self._state = SyncState(link=Link.NONE)
            return self._state
        with closing(self._database.reader()) as connection, translated():
            self._reader = LogReader(connection)
            report = self._exchange(seat)
            notices: tuple[str, ...] = ()
            if isinstance(report.error, Cloned):
                agreed = report.error.agreed
                self._run(lambda desk: adopt_new_device(desk, agreed))
                notices = (wording.text("notice_cloned"),)
                report = self._exchange(seat)
            if report.error is None and not seat.caught_up:
                self._run(lambda desk: desk.save_seat(caught_up="1"))
            self._state = sync_states.after_round(self._state, seat, report, self._reader, self._clock.now(), notices)
            self._reader = None
        return self._state

    def standing(self) -> Standing:
        """What is known of the delivery of every transaction."""
        return standing_of(self._database)

    def _exchange(self, seat: Seat) -> RoundReport:
        reader = self._current_reader()
        key = (seat.share, reader.device)
        if self._engine is None or key != self._engine_for:
            place = transport(Path(seat.share), incident_id=seat.incident_id, device=reader.device, clock=self._clock)
            self._engine = Engine(
                self._current_reader,
                _DeskWriter(self._run),
                place,
                card=lambda: self._card,
                stop=self._stop.is_set,
            )
            self._engine_for = key
        self._card: dict[str, Value] = card_of(seat)
        return self._engine.round()

    def _current_reader(self) -> LogReader:
        assert self._reader is not None, "only during a round"
        return self._reader


def card_of(seat: Seat) -> dict[str, Value]:
    """What this PC says of itself to the others."""
    return {
        "mark": seat.mark,
        "name": seat.device_name,
        "operator": seat.operator,
        "org": seat.org,
        "host": seat.host_org,
        "version": __version__,
    }


class SyncLoop(threading.Thread):
    """Rounds without end on the sync thread: at once when something was written, else every few seconds."""

    def __init__(
        self,
        exchange: Exchange,
        seat: Callable[[], Seat],
        tell: Callable[[SyncState, Standing], None],
        *,
        broke: Callable[[Exception], None],
        poll_s: float = POLL_S,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            exchange: this desk's.
            seat: who sits here now; asked before every round.
            tell: called on this thread after every round.
            broke: called with a DeskProblem of this PC's own disk; the loop goes on.
            poll_s: seconds between rounds when nothing happens.
        """
        super().__init__(name="sync", daemon=True)
        self._exchange = exchange
        self._seat = seat
        self._tell = tell
        self._broke = broke
        self._poll_s = poll_s
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._paused = False
        self._failures = 0

    def wake(self) -> None:
        """Something was written, or a person asks: exchange now. Any thread."""
        self._wake.set()

    def pause(self, paused: bool) -> None:
        """Stop or resume rounds. Any thread."""
        self._paused = paused
        self._wake.set()

    def end(self, timeout_s: float = 10.0) -> bool:
        """End the thread after the present step; False when a dead drive still holds it."""
        self._ended.set()
        self._exchange.stop()
        self._wake.set()
        self.join(timeout_s)
        return not self.is_alive()

    def run(self) -> None:
        """Exchange until `end`."""
        while not self._ended.is_set():
            self._wake.clear()
            wait_s = self._poll_s if self._paused else self._one_round()
            self._wake.wait(wait_s)

    def _one_round(self) -> float:
        try:
            state = self._exchange.round(self._seat())
        except DeskProblem as problem:
            self._broke(problem)
            self._failures += 1
            return self._pause_s()
        self._failures = 0 if state.link in (Link.ONLINE, Link.NONE) else self._failures + 1
        wait_s = self._pause_s()
        if not self._ended.is_set():
            self._tell(replace(state, next_try_s=wait_s), self._exchange.standing())
        return wait_s

    def _pause_s(self) -> float:
        if not self._failures:
            return self._poll_s
        return max(self._poll_s, _BACKOFF_S[min(self._failures, len(_BACKOFF_S)) - 1])


def sync_once(desk: Desk) -> SyncState:
    """One exchange from the desk's own thread: for commands, which have no other.

    Raises:
        DeskProblem: this PC's own disk refused. A share out of reach is told in the state.
    """

    def directly(use_case: Callable[[Desk], T]) -> T:
        return use_case(desk)

    return Exchange(desk.database, directly, desk.clock).round(desk.seat)


def standing_of(database: Database) -> Standing:
    """What is known of delivery, read anew; of nothing, when there is no incident yet."""
    with closing(database.reader()) as connection, translated():
        if not desk_tables.setting(connection, "incident_id"):
            return Standing("")
        return LogReader(connection).standing()
