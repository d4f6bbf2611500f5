"""The round, where the fault and accident tests do not look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from sync.causal import in_causal_order
from sync.engine import Engine
from sync.errors import Corrupt, Offline, Refused
from sync.journal import Received
from sync.log_reader import Kept
from sync.operation import Operation
from sync.places import Heard, Published
from sync.report import RoundReport
from sync.transaction import Transaction
from sync.visit import Visit
from tests.unit.sync.replicas import START_MS, MemoryFiles, Replica, converge, device, made_share, put, share


class LoggedWriter:
    """The journal behind a proxy, as the desk has it; notes the calls."""

    def __init__(self, replica: Replica, files: MemoryFiles) -> None:
        self._journal = replica.journal
        self._files = files
        self.calls: list[tuple[str, int]] = []

    def met(self, place: str, canary: str) -> None:
        self._note("met")
        self._journal.met(place, canary)

    def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
        self._note("offering")
        self._journal.offering(place, seq, segments)

    def published(self, place: str, note: Published) -> None:
        self._note("published")
        self._journal.published(place, note)

    def receive(
        self, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
    ) -> Received:
        self._note("receive")
        return self._journal.receive(transactions, bulk=bulk, segments=segments)

    def acknowledged(self, place: str, heard: Sequence[Heard]) -> None:
        self._note("acknowledged")
        self._journal.acknowledged(place, heard)

    def _note(self, name: str) -> None:
        self.calls.append((name, len(self._files.files)))


def test_offering_is_written_down_before_anything_is_visible_and_published_after() -> None:
    files = made_share()
    a = Replica("a")
    a.write(put("1", 1))
    writer = LoggedWriter(a, files)
    a.engine(share(files, a), writer=writer).round()
    assert [name for name, _ in writer.calls] == ["met", "offering", "published", "published"]
    assert [count for _, count in writer.calls] == [1, 1, 3, 4]


@pytest.mark.parametrize("reason", ["withdrawn", "other"])
def test_what_is_withdrawn_between_framing_and_offering_never_leaves(reason: str) -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    taken_back = a.write(put("1", 2))

    class Withdrawing(LoggedWriter):
        """A person presses undo at the last moment."""

        def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
            if reason == "other":
                says = "no"
                raise Refused(says)
            assert a.journal.withdraw(taken_back.seq) == taken_back
            a.write(put("1", 3))
            super().offering(place, seq, segments)

    report = a.engine(share(files, a), writer=Withdrawing(a, files)).round()
    assert (report.error is None) == (reason == "withdrawn")
    assert (report.sent, report.waiting) == (0, 2)
    assert files.below("common", "heads") == {}
    converge(files, [a, b])
    assert sorted(map(str, b.values("1"))) == sorted(map(str, a.values("1")))


def test_a_segment_is_visible_before_the_head_that_counts_on_it() -> None:
    files = made_share()
    a = Replica("a")
    a.write(put("1", 1))
    a.round(files)
    made = [each.split()[-1] for each in files.operations if each.startswith("modified_ms")]
    assert [path.split("/")[1] for path in made[:2]] == ["seg", "heads"]


def test_only_the_newest_head_card_and_acknowledgement_stay() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    for number in range(4):
        a.write(put("1", number))
        b.write(put("2", number))
        a.engine(share(files, a), card={"mark": "a", "n": number}).round()
        b.round(files)
    converge(files, [a, b])
    assert len(files.below("common", "heads")) == 2
    assert len(files.below("common", "ack")) == 2
    assert sorted(name[0] for name in files.below("roster")) == ["a", "b"]
    assert len(a.reader.cards()) == 1
    assert b.reader.cards()[a.device][0] >= 4


def test_an_older_acknowledgement_is_used_where_the_newest_is_torn() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    a.round(files)
    b.round(files)
    ack = max(files.below("common", "ack"))
    files.files[("common", "ack", f"{device('b')}.7")] = (b"torn", START_MS)
    report = a.round(files)
    assert [each.path for each in report.set_aside] == [f"common/ack/{device('b')}.7"]
    assert ack == f"{device('b')}.1"
    assert a.reader.standing().state(a.device, 1) == "received"


def test_a_paper_replaced_while_we_look_is_no_finding() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    a.round(files)
    b.round(files)
    before = files.copy()
    b.engine(share(files, b), card={"mark": "b", "n": 2}).round()
    a.write(put("1", 2))
    a.round(files)
    b.round(files)
    for path in [("common", "ack"), ("roster",)]:
        for name in before.below(*path):
            if name.startswith(device("b")):
                files.files.pop((*path, name), None)

    class OldListing(MemoryFiles):
        """Lists what was there a moment ago."""

        def list(self, path: Sequence[str]) -> list[str]:
            return before.list(path)

    c = Replica("c")
    report = c.round(OldListing(files.clock, files.files, files.directories))
    assert report.error is None
    assert report.set_aside == []
    assert c.round(files).error is None
    assert set(c.reader.cards()) == {a.device, b.device}


def test_a_caller_can_stop_between_two_items_and_go_on_later() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    for letter in ("1", "2"):
        a.journal.commit(*([put(letter, number)] for number in range(400)))
        a.round(files)

    def stopping_after(count: int, replica: Replica) -> RoundReport:
        asked = iter(range(count))
        return replica.engine(share(files, replica), stop=lambda: next(asked, None) is None).round()

    for count in range(3):
        report = stopping_after(count, b)
        assert report.stopped
        assert not report.complete
        assert b.journal.check() == []
    a.write(put("3", 1))
    report = stopping_after(0, a)
    assert (report.stopped, report.sent, report.waiting) == (True, 0, 1)
    converge(files, [a, b])
    other = made_share()
    report = stopping_after(0, b)
    assert report.error is None
    asked = b.engine(share(other, b, name="other"), stop=lambda: True).round()
    assert asked.relayed == 0
    assert asked.stopped
    healing = a.engine(share(files, a), stop=lambda: True).round(heal=True)
    assert healing.healed == 0


def test_batches_are_bounded() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.journal.commit(*([put(str(number), number)] for number in range(600)))
    a.journal.commit(*([put(str(number), "x" * 300_000, name="content")] for number in range(6)))
    a.round(files)
    writer = LoggedWriter(b, files)
    report = b.engine(share(files, b), writer=writer).round()
    assert report.received == 606
    assert [name for name, _ in writer.calls].count("receive") >= 4
    assert b.journal.digest() == a.journal.digest()


def test_news_are_taken_in_causal_order_so_that_nothing_has_to_wait() -> None:
    files = made_share()
    replicas = [Replica(letter) for letter in "abc"]
    for number in range(12):
        writer = replicas[number % 3]
        writer.write(put("1", number, *writer.dots("1")))
        for replica in replicas:
            replica.round(files)
    late = Replica("d")
    report = late.round(files)
    assert (report.received, report.parked) == (12, ())
    assert late.values("1") == [11]


def test_where_everybody_waits_the_lowest_stamp_goes_first() -> None:
    def waiting(letter: str, hlc: int) -> Transaction:
        return Transaction(device(letter), 1, hlc, 0, 0, {device("z"): 1}, (Operation("e", "1", "f", "drop"),))

    streams = {device(letter): iter([(waiting(letter, hlc), None)]) for letter, hlc in (("a", 9), ("b", 3))}
    assert [each.device[0] for each, _ in in_causal_order({}, streams)] == ["b", "a"]


def test_what_waits_for_an_absent_device_is_reported_and_not_fetched_twice() -> None:
    files, elsewhere = made_share(), made_share()
    a, b, c = (Replica(letter) for letter in "abc")
    a.write(put("1", 1))
    a.round(elsewhere)
    b.round(elsewhere)
    b.write(put("1", 2, *b.dots("1")))
    # b's segments come to another place, a's do not.
    b.engine(share(files, b, name="other")).round()
    for path in list(files.files):
        if path[1:3] == ("seg", device("a")) or path[-1].startswith(device("a")):
            del files.files[path]
    report = c.round(files)
    assert (report.received, len(report.parked)) == (0, 1)
    assert report.parked[0].waits_for == (device("a"), 1)
    assert not report.complete
    again = c.round(files)
    assert again.bytes_received == 0
    b.engine(share(files, b, name="other")).round(heal=True)
    assert c.round(files).received == 2


def test_what_a_place_once_had_is_given_back_only_after_some_rounds() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    a.round(files)
    older = made_share()
    engine = Engine(lambda: b.reader, b.journal, share(files, b))
    engine.round()
    engine.round()
    old = Engine(lambda: b.reader, b.journal, share(older, b))
    b.connection.execute("UPDATE replicas SET head = 1")
    assert [old.round().relayed for _ in range(4)] == [0, 0, 1, 0]
    assert older.below("common", "seg", device("a")) == files.below("common", "seg", device("a"))


def test_relaying_over_a_strangers_torn_segment_is_named() -> None:
    files, other = made_share(), made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    a.round(files)
    b.round(files)
    name = next(iter(files.below("common", "seg", device("a"))))
    other.directories |= {("common",), ("common", "seg"), ("common", "seg", device("a"))}
    other.files[("common", "seg", device("a"), name)] = (b"torn", START_MS)

    class Hidden(MemoryFiles):
        """The listing does not show the torn file yet."""

        def list(self, path: Sequence[str]) -> list[str]:
            return [each for each in super().list(path) if each != name]

    report = b.engine(share(Hidden(other.clock, other.files, other.directories), b, name="other")).round()
    assert [each.path for each in report.set_aside] == [f"common/seg/{device('a')}/{name}"]
    # Where the listing shows it, its name is trusted until a reader or its writer looks into it.
    assert b.engine(share(other, b, name="other")).round().relayed == 1


def test_a_segment_whose_transaction_is_too_new_stops_that_device_only(monkeypatch: pytest.MonkeyPatch) -> None:
    files = made_share()
    a, b, c = (Replica(letter) for letter in "abc")
    a.write(put("1", 1))
    with monkeypatch.context() as patch:
        patch.setattr("sync.transaction.VERSION", 2)
        b.write(put("2", 2))
        b.round(files)
    a.round(files)
    report = c.round(files)
    assert report.received == 1
    assert [type(each.error).__name__ for each in report.set_aside] == ["TooNew"]
    with monkeypatch.context() as patch:
        patch.setattr("sync.segment.VERSION", 2)
        a.write(put("1", 3))
        a.round(files)
    report = c.round(files)
    assert report.received == 0
    assert [type(each.error).__name__ for each in report.set_aside] == ["TooNew", "TooNew"]


def test_a_log_with_a_hole_is_never_framed() -> None:
    a = Replica("a")
    a.journal.commit([put("1", 1)], [put("1", 2)], [put("1", 3)])
    a.connection.execute("DELETE FROM log WHERE seq = 1")
    files = made_share()
    report = a.round(files)
    assert isinstance(report.error, Corrupt)
    assert not files.below("common", "heads")
    visit = Visit(a.reader, a.journal, share(files, a), RoundReport("share"), lambda: False)
    with pytest.raises(Corrupt):
        visit.head(a.device, 1)


def test_kept_segments_are_filled_up_where_the_log_knows_more() -> None:
    files, other = made_share(), made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", 1))
    a.round(files)
    a.write(put("1", 2))
    a.write(put("1", 3))
    a.round(files)
    # b heard the middle on another way and has no segment for it.
    b.journal.receive(a.log())
    b.round(files)
    b.connection.execute("DELETE FROM segments WHERE first = 1")
    b.connection.execute("INSERT INTO segments SELECT device, 3, 3, '3-3.' || substr(name, 5), body FROM segments")
    b.connection.execute("DELETE FROM segments WHERE first = 2")
    report = b.engine(share(other, b, name="other")).round()
    assert report.error is None
    c = Replica("c")
    c.round(other)
    assert c.journal.vector() == {a.device: 2} or c.journal.vector() == {a.device: 3}


def test_a_lost_link_is_an_error_and_not_an_exception() -> None:
    class Broken(MemoryFiles):
        """Nothing answers."""

        def read(self, path: Sequence[str], limit_bytes: int) -> bytes:
            raise OSError("no route to host")

    a = Replica("a")
    a.write(put("1", 1))
    report = a.round(Broken())
    assert isinstance(report.error, Offline)
    assert report.error.reason == "unreachable"
    assert report.waiting == 1
