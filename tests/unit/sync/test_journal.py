"""The journal, one promise at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sync import parking
from sync.errors import Forked, Refused
from sync.journal import Journal
from sync.log_reader import LogReader, Waiting
from sync.merge import Need
from sync.operation import Dot, Operation
from sync.transaction import Transaction
from tests.unit.sync.replicas import Replica, SeenProjection, SetClock, connect, device, put

A, B, C = device("a"), device("b"), device("c")


def test_a_journal_begins_once_and_only_with_usable_ids() -> None:
    connection = connect(":memory:")
    Journal.create_tables(connection)
    with pytest.raises(Refused) as caught:
        Journal(connection, clock=SetClock(), projection=SeenProjection())
    assert caught.value.reason == "not_begun"
    for space, name in (("common", "A" * 32), ("common", "a"), ("..", A), ("a:b", A), ("", A), ("-a", A)):
        with pytest.raises(Refused):
            Journal.begin(connection, space=space, device=name)
    Journal.begin(connection, space="common", device=A)
    with pytest.raises(Refused) as caught:
        Journal.begin(connection, space="common", device=A)
    assert caught.value.reason == "begun"
    Journal.create_tables(connection)
    journal = Journal(connection, clock=SetClock(), projection=SeenProjection())
    assert (journal.space, journal.device, journal.vector()) == ("common", A, {})


def test_a_commit_is_durable_and_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    one = Replica("a", path=path)
    written = one.journal.commit([put("1", "x"), put("1", None, name="owner")], [put("2", "y")])
    one.connection.close()
    again = Replica("a", path=path)
    assert again.log() == list(written)
    assert again.values("1") == ["x"]
    following = again.write(put("3", "z"))
    assert following.seq == 3
    assert following.hlc > written[1].hlc
    assert again.journal.check() == []


def test_deps_name_only_what_changed_since_the_last_own_transaction() -> None:
    one, other, third = Replica("a"), Replica("b"), Replica("c")
    one.journal.receive([other.write(put("1", 1)), third.write(put("2", 2))])
    first = one.write(put("3", 3))
    second = one.write(put("3", 4))
    one.journal.receive([other.write(put("1", 5))])
    third_own = one.opened().commit([put("3", 6)])[0]
    assert [dict(each.deps) for each in (first, second, third_own)] == [{B: 1, C: 1}, {}, {B: 2}]


def test_a_withdrawn_transactions_deps_are_named_again() -> None:
    one, other = Replica("a"), Replica("b")
    one.journal.receive([other.write(put("1", 1))])
    assert one.journal.withdraw(one.write(put("2", 2)).seq) is not None
    assert one.journal.vector() == {B: 1}
    assert one.write(put("2", 3)).deps == {B: 1}
    again = Replica("c")
    again.journal.receive([*other.log(), *one.log()[1:]])
    assert again.journal.digest() == one.journal.digest()


def test_what_was_never_seen_cannot_be_replaced() -> None:
    one = Replica("a")
    for dot in (Dot(B, 1, 0), Dot(A, 1, 0), Dot(A, 2, 0)):
        with pytest.raises(Refused):
            one.write(put("1", "x", dot))
    assert one.journal.vector() == {}
    # Inside one transaction a later operation may replace an earlier one.
    one.write(put("1", "x"), put("1", "y", Dot(A, 1, 0)), put("1", "z", Dot(A, 1, 1)))
    assert one.values("1") == ["z"]
    assert one.journal.check() == []


def test_a_dot_of_another_cell_takes_nothing_out() -> None:
    one = Replica("a")
    one.write(put("1", "x"))
    one.write(put("2", "y", Dot(A, 1, 0)))
    assert (one.values("1"), one.values("2")) == (["x"], ["y"])
    assert one.journal.check() == []


def test_an_empty_batch_is_refused_and_no_batch_is_nothing() -> None:
    one = Replica("a")
    with pytest.raises(Refused):
        one.journal.commit([])
    assert one.journal.commit() == ()


def test_live_values_are_sorted_and_carry_their_writer() -> None:
    one, other = Replica("b"), Replica("a", clock=SetClock(5_000))
    one.journal.receive([other.write(put("1", "early"))])
    one.write(put("1", "late"), Operation("entry", "1", "tags", "add", "大雨"))
    live = one.journal.live("entry", "1", "status")
    assert [(each.value, each.device, each.wall_ms) for each in live] == [
        ("early", A, 5_000),
        ("late", B, one.clock.now),
    ]
    assert live[0].dot == Dot(A, 1, 0)
    assert live[0].hlc >> 16 == 5_000
    fields = one.journal.fields("entry", "1")
    assert {name: [each.value for each in found] for name, found in fields.items()} == {
        "status": ["early", "late"],
        "tags": ["大雨"],
    }
    assert one.journal.live("entry", "9", "status") == ()


def test_reading_many_values_remembers_only_some_transactions() -> None:
    one = Replica("a")
    one.journal.commit(*([put(str(number), number)] for number in range(100)))
    for _ in range(2):
        assert [one.values(str(number)) for number in range(100)] == [[number] for number in range(100)]
    assert one.values("99") == [99]
    assert one.values("99") == [99]


def test_a_transaction_that_is_too_early_waits_and_says_for_what(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    one, other, third = Replica("a", path=path), Replica("b"), Replica("c")
    first = other.write(put("1", 1))
    third.journal.receive([first])
    upon = third.write(put("1", 2, *third.dots("1")))
    second = other.write(put("2", 2))
    received = one.journal.receive([upon, second])
    assert (received.count, received.parked, received.refused) == (0, 2, ())
    assert one.reader.parked() == (Waiting(B, 2, Need(B, 1)), Waiting(C, 1, Need(B, 1)))
    # Twice is once, and a restart forgets nothing.
    assert one.journal.receive([upon]).parked == 1
    one.connection.close()
    one = Replica("a", path=path)
    received = one.journal.receive([first])
    assert [each.device for each in received.applied] == [B, B, C]
    assert one.reader.parked() == ()
    assert one.journal.check() == []
    assert one.values("1") == [2]


def test_what_waits_for_two_things_waits_for_the_second_too() -> None:
    one, other, third, reader = (Replica(letter) for letter in "abcd")
    first, second = one.write(put("1", 1)), other.write(put("2", 2))
    third.journal.receive([first, second])
    last = third.write(put("3", 3))
    assert reader.journal.receive([last]).parked == 1
    assert reader.journal.receive([first]).count == 1
    assert reader.reader.parked() == (Waiting(C, 1, Need(B, 1)),)
    assert reader.journal.receive([second]).count == 2


def test_what_waits_is_counted_as_held_with_its_chain() -> None:
    one, other = Replica("a"), Replica("b")
    all_of_them = [other.write(put("1", number)) for number in range(5)]
    one.journal.receive([all_of_them[0], all_of_them[2], all_of_them[4]])
    reader = one.reader
    assert (reader.vector(), reader.held()) == ({B: 1}, {B: 1})
    assert reader.held_chain(B, 3) is None
    stuck, waiting = Replica("c"), Replica("d")
    stuck.journal.receive(all_of_them)
    upon = [stuck.write(put("2", number)) for number in range(3)]
    waiting.journal.receive(upon)
    assert waiting.reader.held() == {C: 3}
    for seq in range(4):
        assert waiting.reader.held_chain(C, seq) == stuck.reader.chain(C, seq)
    assert waiting.reader.chain(C, 1) is None
    assert one.reader.held_chain(device("e"), 1) is None


def test_the_same_number_with_other_bytes_is_a_fork_and_replaces_nothing() -> None:
    one, twin, reader = Replica("a"), Replica("a"), Replica("b")
    for replica, value in ((one, "one"), (twin, "twin")):
        replica.write(put("1", value))
        replica.write(put("1", value + " again"))
    reader.journal.receive(one.log()[:1])
    received = reader.journal.receive([*twin.log(), *one.log()])
    assert (received.refused[0].device, received.refused[0].seq) == (A, 1)
    assert isinstance(received.refused[0].error, Forked)
    assert reader.journal.check() == []
    # The one that waits is not replaced either.
    waiting = Replica("c")
    waiting.journal.receive(one.log()[1:])
    refused = waiting.journal.receive(twin.log()[1:]).refused
    assert [type(each.error) for each in refused] == [Forked]


def test_a_later_transaction_of_this_device_is_a_sign_of_a_copy() -> None:
    one, twin = Replica("a"), Replica("a")
    twin.write(put("1", 1))
    refused = one.journal.receive(twin.log()).refused
    assert [each.error.reason for each in refused if isinstance(each.error, Refused)] == ["cloned"]
    assert one.journal.vector() == {}


def test_what_waits_although_nothing_is_missing_is_taken_when_it_comes_again() -> None:
    one, other = Replica("a"), Replica("b")
    first, second = other.write(put("1", 1)), other.write(put("1", 2))
    one.journal.receive([second])
    # As after a repair by hand: the need is met, and nothing was there to notice it.
    one.connection.execute("UPDATE parked SET wait_seq = 9")
    one.journal.receive([first])
    assert one.journal.vector() == {B: 1}
    assert one.journal.receive([second]).count == 1
    assert one.reader.parked() == ()


def test_building_again_takes_what_waited_for_a_row_that_stands_too_late() -> None:
    one, other = Replica("a"), Replica("b")
    one.journal.receive([other.write(put("1", 1)), other.write(put("1", 2)), other.write(put("1", 3))])
    digest = one.journal.digest()
    one.connection.execute("UPDATE log SET position = 9 WHERE seq = 1")
    again = one.opened()
    assert again.check() != []
    again.rebuild()
    assert again.check() == []
    assert (again.digest(), one.reader.parked()) == (digest, ())
    assert len(SeenProjection.rows(one.connection)) == 3


def test_a_log_that_lost_its_beginning_waits_as_a_whole() -> None:
    one = Replica("a")
    one.journal.commit([put("1", 1)], [put("1", 2)], [put("1", 3)])
    one.connection.execute("DELETE FROM log WHERE seq = 1")
    again = one.opened()
    again.rebuild()
    assert (again.vector(), len(one.reader.parked())) == ({}, 2)


def test_parking_has_a_bound_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Replica("b")
    written = [other.write(put("1", number)) for number in range(5)]
    for name, bound in (("MAX_PARKED", 2), ("MAX_PARKED_BYTES", 200)):
        with monkeypatch.context() as patch:
            patch.setattr(parking, name, bound)
            one = Replica("a")
            received = one.journal.receive(written[1:])
            reasons = {each.error.reason for each in received.refused if isinstance(each.error, Refused)}
            assert reasons == {"parking_full"}
            assert received.parked < 4
            # A place still has them: they come again, in a better order.
            assert one.journal.receive(written).refused == ()
            assert one.journal.vector() == {B: 5}


def test_bulk_takes_any_length_in_several_steps_and_keeps_nothing_in_memory() -> None:
    one, other = Replica("a"), Replica("b")
    other.journal.commit(*([put(str(number), number)] for number in range(1_200)))
    received = one.journal.receive(iter(other.log()), bulk=True)
    assert (received.count, received.applied, received.parked) == (1_200, (), 0)
    assert one.journal.digest() == other.journal.digest()
    assert one.journal.receive([], bulk=True).count == 0


def test_a_drifted_stamp_is_flagged_until_the_device_is_right_again() -> None:
    one, other = Replica("a"), Replica("b")
    other.clock.now += 3_600_000
    received = one.journal.receive([other.write(put("1", 1))])
    assert received.ahead == {B: 3_600_000}
    assert one.reader.ahead() == {B: 3_600_000}
    one.clock.now = other.clock.now
    assert one.journal.receive([other.write(put("1", 2))]).ahead == {}
    assert one.reader.ahead() == {}


def test_withdraw_takes_back_only_the_last_own_and_never_what_was_offered() -> None:
    one = Replica("a")
    first, second = one.write(put("1", 1)), one.write(put("1", 2, Dot(A, 1, 0)))
    undone: list[Transaction] = []
    assert one.journal.withdraw(0) is None
    assert one.journal.withdraw(first.seq) is None
    assert one.journal.withdraw(second.seq, lambda _connection, each: undone.append(each)) == second
    assert undone == [second]
    assert one.values("1") == [1]
    one.journal.met("share", "canary")
    one.journal.offering("share", 1)
    assert one.journal.withdraw(first.seq) is None
    assert one.values("1") == [1]
    assert one.journal.check() == []


def test_a_withdrawal_whose_projection_fails_did_not_happen() -> None:
    one = Replica("a")
    written = one.write(put("1", 1))

    def fail(_connection: sqlite3.Connection, _transaction: Transaction) -> None:
        says = "no"
        raise RuntimeError(says)

    with pytest.raises(RuntimeError):
        one.journal.withdraw(written.seq, fail)
    assert one.values("1") == [1]
    assert one.journal.vector() == {A: 1}


def test_a_withdrawal_does_not_bring_back_what_somebody_else_replaced_meanwhile() -> None:
    one, other = Replica("a"), Replica("b")
    other.journal.receive([one.write(put("1", "old"))])
    mine = one.write(put("1", "mine", *one.dots("1")))
    one.journal.receive([other.write(put("1", "theirs", *other.dots("1")))])
    assert one.journal.withdraw(mine.seq) == mine
    assert one.values("1") == ["theirs"]
    assert one.journal.check() == []


def test_an_open_transaction_of_somebody_else_is_left_alone() -> None:
    one = Replica("a")
    one.connection.execute("BEGIN")
    with pytest.raises(RuntimeError):
        one.write(put("1", 1))
    assert one.connection.in_transaction
    one.connection.execute("ROLLBACK")
    assert one.write(put("1", 1)).seq == 1


def test_the_projection_can_read_the_merged_cells_while_it_is_called() -> None:
    class Looking(SeenProjection):
        seen: list[object]

        def apply(self, connection: sqlite3.Connection, transactions: Sequence[Transaction], own: bool) -> None:
            super().apply(connection, transactions, own)
            self.seen = [each.value for each in LogReader(connection).live("entry", "1", "status")]

    looking = Looking()
    one, other = Replica("a", projection=looking), Replica("b")
    one.write(put("1", "mine"))
    assert looking.seen == ["mine"]
    one.journal.receive([other.write(put("1", "theirs"))])
    assert looking.seen == ["mine", "theirs"]
    assert SeenProjection.rows(one.connection) == [(A, 1, 1, 1), (B, 1, 0, 1)]


def test_a_new_device_id_must_be_new() -> None:
    one, other = Replica("a"), Replica("b")
    one.journal.receive([other.write(put("1", 1))])
    for bad in (A, B, "x"):
        with pytest.raises(Refused):
            one.journal.adopt_new_device(bad, agreed=0)


def test_adopting_writes_again_what_parted_and_lets_wait_what_stood_on_it() -> None:
    original, other = Replica("a"), Replica("b")
    original.write(put("1", "agreed"))
    copied = connect(":memory:")
    original.connection.backup(copied)
    copy = Replica("a", connection=copied)
    theirs = original.write(put("1", "original", *original.dots("1")))
    other.journal.receive(original.log())
    upon = other.write(put("1", "upon the original", *other.dots("1")))
    copy.write(put("1", "copy", *copy.dots("1")))
    # Its needs look met: the copy has a transaction of that number, only not the right one.
    copy.journal.receive([upon])
    mine = copy.write(put("1", "copy upon that", *copy.dots("1")), put("2", "more"))
    again = copy.journal.adopt_new_device(device("e"), agreed=1)
    assert [each.device for each in again] == [device("e")] * 2
    assert again[0].deps == {A: 1}
    assert again[1].wall_ms == mine.wall_ms
    assert copy.reader.parked() == (Waiting(B, 1, Need(A, 2)),)
    # What stood on the other's bytes replaced nothing of ours, and ours nothing that is not here.
    assert sorted(map(str, copy.values("1"))) == ["copy", "copy upon that"]
    assert copy.journal.check() == []
    copy.journal.receive([theirs])
    assert copy.reader.parked() == ()
    assert sorted(map(str, copy.values("1"))) == ["copy", "copy upon that", "upon the original"]
    other.journal.receive(again)
    assert other.journal.digest() == copy.journal.digest()
    before = SeenProjection.rows(copy.connection)
    copy.journal.rebuild()
    assert SeenProjection.rows(copy.connection) == before
    assert copy.journal.check() == []


def test_readers_on_other_threads_see_whole_transactions_only(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    one = Replica("a", path=path)
    one.write(put("0", 0), put("0", 0, name="owner"))
    stop = threading.Event()
    torn: list[object] = []

    def watch() -> None:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
            reader = LogReader(connection)
            while not stop.is_set():
                connection.execute("BEGIN")
                seq = reader.vector()[A]
                halves = [reader.live("entry", str(seq - 1), name) for name in ("status", "owner")]
                if (
                    not all(halves)
                    or reader.transactions(A, seq, 100)
                    or (reader.space, reader.device) != ("common", A)
                ):
                    torn.append(seq)
                connection.execute("COMMIT")

    threads = [threading.Thread(target=watch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 200):
        one.write(put(str(number), number), put(str(number), number, name="owner"))
    stop.set()
    for thread in threads:
        thread.join(10)
    assert torn == []
    one.connection.close()


def test_a_reader_gives_transactions_up_to_a_limit_and_at_least_one() -> None:
    one = Replica("a")
    one.journal.commit(*([put("1", "x" * 100)] for _ in range(5)))
    reader = one.reader
    size = len(one.log()[0].encode())
    assert [each.seq for each in reader.transactions(A, 0, 1)] == [1]
    assert [each.seq for each in reader.transactions(A, 1, 2 * size + 1)] == [2, 3]
    assert [each.seq for each in reader.bodies(A, 0, 10**6, upto=2)] == [1, 2]
    assert reader.place("nowhere") is None
    assert reader.digest() == one.journal.digest()
    one.connection.execute("BEGIN")
    assert reader.digest() == one.journal.digest()
    one.connection.execute("COMMIT")
    assert one.journal.reader.vector() == {A: 5}


def test_a_reader_never_shows_a_withdrawn_value_under_a_number_given_again(tmp_path: Path) -> None:
    one = Replica("a", path=tmp_path / "desk.db")
    other_thread = LogReader(connect(tmp_path / "desk.db"))
    taken_back = one.write(put("1", "taken back"))
    assert [each.value for each in other_thread.live("entry", "1", "status")] == ["taken back"]
    one.journal.withdraw(taken_back.seq)
    one.write(put("1", "typed again"))
    assert [each.value for each in other_thread.live("entry", "1", "status")] == ["typed again"]
    assert [each.dot for each in other_thread.live("entry", "1", "status")] == [Dot(A, taken_back.seq, 0)]


def test_under_a_new_device_id_everything_known_is_named_again_and_replacing_goes_on() -> None:
    one, other = Replica("a"), Replica("b")
    one.journal.receive([other.write(put("9", "theirs"))])
    one.write(put("1", 0))
    restored = connect(":memory:")
    one.connection.backup(restored)
    back = Replica("a", connection=restored)
    assert back.journal.adopt_new_device(device("d"), agreed=1) == ()
    assert back.write(put("1", 1)).deps == {A: 1, B: 1}
    for number in range(1, 5):
        one.write(put("1", number, *one.dots("1")))
    again = one.journal.adopt_new_device(device("e"), agreed=1)
    assert [dict(each.deps) for each in again] == [{A: 1, B: 1}, {}, {}, {}]
    assert [each.ops[0].replaces for each in again] == [
        (Dot(A, 1, 0),),
        *[(Dot(device("e"), seq, 0),) for seq in (1, 2, 3)],
    ]
    assert one.values("1") == [4]
    assert one.journal.check() == []
