"""Every statement that the journal sends to SQLite fails once, or the process dies there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.journal import Journal
from sync.log_reader import Kept
from sync.places import Heard, Published
from sync.stamp import HybridClock
from tests.unit.sync.replicas import ClosingConnection, Killed, Plan, Replica, SeenProjection, connect, device, put

LIMIT = 300


class FaultyConnection(ClosingConnection):
    """A connection whose n-th statement fails."""

    plan = Plan()

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        # Rolling back is the one thing that a failing disk still does: nothing has to be written for it.
        if sql != "ROLLBACK" and self.plan.due():
            if self.plan.after:
                super().execute(sql, *parameters)  # type: ignore[arg-type]
            raise self.plan.error()
        return super().execute(sql, *parameters)  # type: ignore[arg-type]

    def executemany(self, sql: str, parameters: object, /) -> sqlite3.Cursor:
        if self.plan.due():
            raise self.plan.error()
        return super().executemany(sql, parameters)  # type: ignore[arg-type]


def foreign() -> Replica:
    other = Replica("b")
    other.write(put("1", "theirs"))
    other.write(put("1", "theirs again", *other.dots("1")))
    return other


OTHER = foreign()
OTHER_SEGMENTS = [Kept(OTHER.device, 1, 2, "1-2.00000000000000000000000000000001", b"relayed")]


def commit(journal: Journal) -> None:
    journal.commit([put("1", "new", *(live.dot for live in journal.live("entry", "1", "status")))], [put("2", 5)])


def receive(journal: Journal) -> None:
    journal.receive(reversed(OTHER.log()), segments=OTHER_SEGMENTS)


def withdraw(journal: Journal) -> None:
    journal.withdraw(journal.vector()[journal.device])


def rebuild(journal: Journal) -> None:
    journal.rebuild()


def adopt(journal: Journal) -> None:
    # Asking the log anything shows whether an adoption whose answer was lost took effect.
    journal.vector()
    if journal.device != device("d"):
        journal.adopt_new_device(device("d"), agreed=1)


def exchange(journal: Journal) -> None:
    journal.met("share", "canary")
    journal.offering("share", 1, OTHER_SEGMENTS)
    journal.published("share", Published(1, (1, b"card"), (1, {device("b"): 2})))
    journal.acknowledged("share", [Heard(device("c"), 4, (1, {device("a"): 1}), (1, b"card"))])


ACTS: dict[str, Callable[[Journal], None]] = {
    "commit": commit,
    "receive": receive,
    "withdraw": withdraw,
    "rebuild": rebuild,
    "adopt": adopt,
    "exchange": exchange,
}

ERRORS: dict[str, Callable[[int], Plan]] = {
    "disk full": lambda at: Plan(at, error=lambda: sqlite3.OperationalError("database or disk is full")),
    "flipped page": lambda at: Plan(at, error=lambda: sqlite3.DatabaseError("database disk image is malformed")),
    "killed": lambda at: Plan(at, error=lambda: Killed("here")),
    "answer lost": lambda at: Plan(at, after=True, error=lambda: sqlite3.OperationalError("disk I/O error")),
}


def prepared(path: Path) -> Replica:
    connection = sqlite3.connect(path, isolation_level=None, factory=FaultyConnection, check_same_thread=False)
    assert isinstance(connection, FaultyConnection)
    connection.plan = Plan()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    one = Replica("a", connection=connection)
    one.write(put("1", "first"))
    one.write(put("1", "second", *one.dots("1")))
    return one


def look(path: Path) -> tuple[object, ...]:
    """What another connection sees: the state, what was projected, and that all of it fits together."""
    connection = connect(path)
    seen = Replica("a", connection=connection)
    assert seen.journal.check() == []
    found = (seen.journal.digest(), SeenProjection.rows(connection), seen.device, seen.reader.place("share"))
    connection.close()
    return found


@pytest.mark.parametrize("error", sorted(ERRORS))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_failing_statement_changes_all_or_nothing(act: str, error: str, tmp_path: Path) -> None:
    for at in range(1, LIMIT):
        path = tmp_path / f"{at}.db"
        one = prepared(path)
        before = look(path)
        plan = ERRORS[error](at)
        one.connection.plan = plan  # type: ignore[attr-defined]
        try:
            ACTS[act](one.journal)
        except (sqlite3.Error, Killed):
            assert plan.fired
        one.connection.plan = Plan()  # type: ignore[attr-defined]
        assert not one.connection.in_transaction
        # Acts of several calls stop between two of them; a call by itself is whole or not there.
        after = look(path)
        if plan.fired and act != "exchange" and not plan.after:
            assert after == before, f"{act}, {error} at {at}"
        # The same journal goes on as if nothing had happened: what it remembers is what is written.
        ACTS[act](one.journal)
        one.write(put("3", "after"))
        assert one.journal.check() == []
        assert one.opened().vector() == one.journal.vector()
        assert one.opened().digest() == one.journal.digest()
        one.connection.close()
        if not plan.fired:
            assert at > 3
            return
    pytest.fail("the act never came to its end")


def test_a_failed_commit_gives_no_stamp_and_no_number_away(tmp_path: Path) -> None:
    one = prepared(tmp_path / "one.db")

    class Refusing(SeenProjection):
        def apply(self, *_: object) -> None:
            says = "the projection is broken"
            raise RuntimeError(says)

    broken = Journal(one.connection, clock=one.clock, projection=Refusing())
    with pytest.raises(RuntimeError):
        broken.commit([put("1", "x")])
    transaction = one.write(put("1", "y"))
    assert transaction.seq == 3
    assert one.journal.check() == []
    assert HybridClock(one.clock, transaction.hlc).tick() > transaction.hlc
    one.connection.close()
