"""The desk's threads: one writes, one exchanges with a reader of its own, both at once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sync.engine import Engine
from sync.journal import Received
from sync.log_reader import Kept, LogReader
from sync.places import Heard, Published
from sync.transaction import Transaction
from sync.transports import folder
from sync.transports.files import DiskFiles
from tests.unit.sync.replicas import CANARY, INCIDENT, Replica, connect, put, share

T = TypeVar("T")


class DeskThread:
    """The one thread that may write; also the engine's writer."""

    def __init__(self, letter: str, path: Path) -> None:
        self._work: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self.replica = self.run(lambda: Replica(letter, path=path))
        self.path = path

    def run(self, act: Callable[[], T]) -> T:
        done: Future[T] = Future()

        def work() -> None:
            try:
                done.set_result(act())
            except BaseException as error:  # noqa: BLE001 whatever it is, it belongs to the caller
                done.set_exception(error)

        self._work.put(work)
        return done.result(30)

    def end(self) -> None:
        self._work.put(None)
        self._thread.join(30)

    def met(self, place: str, canary: str) -> None:
        self.run(lambda: self.replica.journal.met(place, canary))

    def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
        self.run(lambda: self.replica.journal.offering(place, seq, segments))

    def published(self, place: str, note: Published) -> None:
        self.run(lambda: self.replica.journal.published(place, note))

    def receive(
        self, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
    ) -> Received:
        return self.run(lambda: self.replica.journal.receive(transactions, bulk=bulk, segments=segments))

    def acknowledged(self, place: str, heard: Sequence[Heard]) -> None:
        self.run(lambda: self.replica.journal.acknowledged(place, heard))

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()


def test_two_desks_write_undo_and_exchange_at_the_same_time(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    files = DiskFiles(tmp_path / "share")
    folder.create(files, incident=INCIDENT, canary=CANARY)
    desks = [DeskThread(letter, tmp_path / f"{letter}.db") for letter in "ab"]
    written: list[str] = []
    ended = threading.Event()
    errors: list[object] = []

    def type_lines(desk: DeskThread) -> None:
        for number in range(120):
            name = f"{desk.replica.device[0]}{number}"
            transaction = desk.run(lambda name=name: desk.replica.write(put(name, name)))  # type: ignore[misc]
            undo = number % 3 == 0 and desk.run(
                lambda seq=transaction.seq: desk.replica.journal.withdraw(seq)  # type: ignore[misc]
            )
            if not undo:
                written.append(name)

    def exchange(desk: DeskThread) -> None:
        with closing(connect(desk.path)) as connection:
            engine = Engine(lambda: LogReader(connection), desk, share(files, desk.replica))
            rounds_left = 3
            while rounds_left:
                rounds_left -= ended.is_set()
                report = engine.round()
                if report.error or report.refused or report.set_aside:
                    errors.append(report)

    typing = [threading.Thread(target=type_lines, args=(desk,), daemon=True) for desk in desks]
    exchanging = [threading.Thread(target=exchange, args=(desk,), daemon=True) for desk in desks]
    for thread in (*typing, *exchanging):
        thread.start()
    for thread in typing:
        thread.join(60)
    ended.set()
    for thread in exchanging:
        thread.join(60)
    assert errors == []
    a, b = (desk.replica for desk in desks)
    for _ in range(2):
        for desk in desks:
            desk.run(lambda desk=desk: desk.replica.round(files))  # type: ignore[misc]
    assert desks[0].run(a.journal.digest) == desks[1].run(b.journal.digest)
    for desk in desks:
        assert desk.run(desk.replica.journal.check) == []
        log = desk.run(desk.replica.log)
        assert sorted(str(each.ops[0].value) for each in log) == sorted(written)
        desk.run(desk.replica.connection.close)
        desk.end()
