"""Use cases of the chronology, on real desks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from liaison_desk.domain.chronology import EntryDraft, EntryKind, RevisionKind
from liaison_desk.domain.clock import MAX_MS, Moment
from liaison_desk.domain.listing import EntryDetails, EntryFilter, EntryRow
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology, recovery
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.services.syncing import receive_transactions
from sync.operation import Operation
from tests.desks import FakeClock, exchange, give, open_desk, record, written_by


@pytest.fixture
def clock() -> FakeClock:
    """The first desk's clock."""
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    """A desk at 七飯."""
    desk = open_desk(tmp_path / "desk", clock=clock)
    yield desk
    assert recovery.check_desk(desk) == []
    desk.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A desk at 森, with a clock three days behind."""
    desk = open_desk(tmp_path / "other", "森", clock=FakeClock(FakeClock().utc_ms - 3 * 86_400_000))
    yield desk
    assert recovery.check_desk(desk) == []
    desk.close()


def details(desk: Desk, entry_id: str) -> EntryDetails:
    """Everything about one entry."""
    with closing(Reader(desk.database)) as reader:
        found = reader.details(entry_id)
    assert found is not None
    return found


def rows(desk: Desk, **chosen: Any) -> list[EntryRow]:
    """The rows that pass a filter, newest first."""
    with closing(Reader(desk.database)) as reader:
        return reader.find(EntryFilter(**chosen))


def test_an_entry_is_recorded_with_number_time_and_who(desk: Desk, clock: FakeClock) -> None:
    first = record(desk, "避難所を開設")
    clock.go(seconds=60)
    second = record(desk, "停電", occurred_at=Moment(clock.utc_ms - 600_000), occurred_approx=True)

    assert (first.no, second.no, second.seq) == ("七-001", "七-002", 2)
    entry = details(desk, second.entry_id).entry
    assert (entry.operator, entry.org, entry.device_mark) == ("七係", "振興局", "七")
    assert entry.recorded_at.utc_ms - entry.occurred_at.utc_ms == 600_000
    assert second.changed.ids == {second.entry_id}
    assert [row.no for row in rows(desk)] == ["七-001", "七-002"]


def test_an_instruction_is_open_until_somebody_says_otherwise(desk: Desk) -> None:
    order = record(desk, "毛布を送れ", kind=EntryKind.INSTRUCTION, owner="奥村")
    record(desk, "了解")

    assert [row.no for row in rows(desk, open_only=True)] == ["七-001"]
    chronology.set_fields(desk, order.entry_id, {"status": "完了"})
    assert rows(desk, open_only=True) == []


def test_an_empty_or_impossible_entry_is_refused(desk: Desk) -> None:
    wrong: list[dict[str, Any]] = [
        {"content": " \n\u3000"},
        {"content": "x", "latitude": 91.0, "longitude": 0.0},
        {"content": "x", "latitude": float("nan"), "longitude": 0.0},
        {"content": "x", "latitude": 41.0},
        {"content": "x", "occurred_at": Moment(MAX_MS + 1)},
        {"content": "x", "due": Moment(-(2**60))},
        {"content": "x", "status": "たぶん"},
        {"content": "x", "verification": "?"},
    ]
    for fields in wrong:
        with pytest.raises(DeskProblem) as refused:
            record(desk, **fields)
        assert refused.value.do
    assert rows(desk) == []
    assert record(desk, "", subject="件名のみ").no == "七-001"
    assert rows(desk)[0].subject == "件名のみ"


def test_a_correction_is_a_further_record_and_the_first_wording_stays(desk: Desk) -> None:
    entry = record(desk, "60枚", place="大中山")

    chronology.correct_entry(desk, entry.entry_id, {"content": "120枚", "place": "大中山"}, "聞き違い")
    chronology.correct_entry(desk, entry.entry_id, {"content": "130枚"}, "さらに")

    told = details(desk, entry.entry_id)
    assert (told.entry.content, told.original.content, told.row.corrected) == ("130枚", "60枚", 2)
    assert [revision.reason for revision in told.revisions] == ["聞き違い", "さらに"]
    assert told.revisions[0].changes == {"content": "120枚"}
    for searched in ("60枚", "120枚", "聞き違い"):
        assert [row.no for row in rows(desk, text=searched)] == ["七-001"]


def test_a_correction_needs_a_reason_a_change_and_an_entry(desk: Desk) -> None:
    entry_id = record(desk, "60枚").entry_id

    wrong: list[tuple[dict[str, Any], str]] = [
        ({"content": "60枚"}, "同じ"),
        ({"content": "61枚"}, " "),
        ({"content": "", "subject": ""}, "空"),
        ({"occurred_at": None}, "時刻なし"),
        ({"operator": "他人"}, "許されない"),
    ]
    for changes, reason in wrong:
        with pytest.raises(DeskProblem):
            chronology.correct_entry(desk, entry_id, changes, reason)
    with pytest.raises(DeskProblem, match=r"ありません"):
        chronology.cancel_entry(desk, "f" * 32, "理由")
    with pytest.raises(DeskProblem, match=r"理由"):
        chronology.cancel_entry(desk, entry_id, "")
    assert details(desk, entry_id).revisions == ()


def test_a_cancelled_entry_is_struck_out_and_stays_readable(desk: Desk) -> None:
    entry = record(desk, "誤報")

    chronology.cancel_entry(desk, entry.entry_id, "別の災害")

    told = details(desk, entry.entry_id)
    assert told.row.cancelled
    assert told.entry.content == "誤報"
    assert [revision.kind for revision in told.revisions] == [RevisionKind.CANCEL]


def test_corrections_by_two_pcs_are_both_kept_and_the_newest_is_shown(desk: Desk, other: Desk) -> None:
    entry = record(desk, "60枚")
    exchange(desk, other)
    chronology.correct_entry(desk, entry.entry_id, {"content": "七の訂正"}, "七")
    chronology.correct_entry(other, entry.entry_id, {"content": "森の訂正"}, "森")
    exchange(desk, other)

    here, there = details(desk, entry.entry_id), details(other, entry.entry_id)
    assert {revision.reason for revision in here.revisions} == {"七", "森"}
    assert here.entry == there.entry
    assert here.entry.content == here.revisions[-1].changes["content"]
    assert here.row.corrected == 2


def test_values_set_at_the_same_time_stand_side_by_side_until_one_is_chosen(desk: Desk, other: Desk) -> None:
    order = record(desk, "毛布を送れ", kind=EntryKind.INSTRUCTION)
    exchange(desk, other)
    chronology.set_fields(desk, order.entry_id, {"status": "対応中"})
    chronology.set_fields(other, order.entry_id, {"status": "完了", "owner": "森係"})
    exchange(desk, other)

    for one in (desk, other):
        told = details(one, order.entry_id)
        assert {(value.value, value.operator) for value in told.live["status"]} == {
            ("対応中", "七係"),
            ("完了", "森係"),
        }
        assert told.row.conflicts == ("status",)
        assert told.row.owner == "森係"
    assert desk.the_journal().digest() == other.the_journal().digest()

    chronology.set_fields(other, order.entry_id, {"status": "対応中"})
    exchange(desk, other)
    for one in (desk, other):
        told = details(one, order.entry_id)
        assert [value.value for value in told.live["status"]] == ["対応中"]
        assert (told.row.conflicts, told.row.status) == ((), "対応中")
        assert [value.value for name, value in told.history if name == "status"][-1] == "対応中"
        assert len([name for name, _ in told.history if name == "status"]) == 3


def test_equal_values_set_at_the_same_time_are_no_question(desk: Desk, other: Desk) -> None:
    order = record(desk, "毛布を送れ", kind=EntryKind.INSTRUCTION)
    exchange(desk, other)
    for one in (desk, other):
        chronology.set_fields(one, order.entry_id, {"status": "完了"})
    exchange(desk, other)

    assert details(desk, order.entry_id).row.conflicts == ()


def test_a_field_takes_only_what_it_knows(desk: Desk) -> None:
    entry_id = record(desk).entry_id

    for name, value in (
        ("status", "済"),
        ("verification", "多分"),
        ("important", "yes"),
        ("owner", 5),
        ("due", "明日"),
    ):
        with pytest.raises(DeskProblem):
            chronology.set_fields(desk, entry_id, {name: value})
    assert chronology.set_fields(desk, entry_id, {}).ids == frozenset()
    assert desk.the_journal().vector() == {desk.the_journal().device: 1}


def test_replies_stand_in_their_thread_whatever_the_clocks_say(desk: Desk, other: Desk) -> None:
    question = record(desk, "水は足りるか")
    exchange(desk, other)
    answer = chronology.reply_to_entry(other, question.entry_id, EntryDraft(content="足りない"))
    exchange(desk, other)
    thanks = chronology.reply_to_entry(desk, answer.entry_id, EntryDraft(content="送る"))
    exchange(desk, other)

    for one in (desk, other):
        told = details(one, thanks.entry_id)
        assert {row.id for row in told.thread} == {question.entry_id, answer.entry_id, thanks.entry_id}
        assert told.row.reply_to_no == answer.no
        with closing(Reader(one.database)) as reader:
            order = reader.order()
        assert len(set(order.threads)) == 1
    with pytest.raises(DeskProblem, match=r"ありません"):
        chronology.reply_to_entry(desk, "f" * 32, EntryDraft(content="宛先なし"))


def line(entry_id: str, no: str, ms: int, **more: Any) -> Operation:
    """A line of an imported chronology."""
    record: dict[str, Any] = {
        "no": no,
        "occurred_at": [ms, 540],
        "recorded_at": [ms, 540],
        "content": f"行 {no}",
    } | more
    return Operation("entry", entry_id, "record", "set", record)


def test_a_reply_that_comes_before_its_parent_joins_it_later_with_all_below(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    third = open_desk(tmp_path / "third", "本")
    ms = FakeClock().utc_ms
    ids = [f"{n:032x}" for n in range(4)]
    third.commit([line(ids[3], "指-3", ms + 3000, reply_to=ids[2])])
    other.commit([line(ids[1], "指-1", ms + 1000, reply_to=ids[0]), line(ids[2], "指-2", ms + 2000, reply_to=ids[1])])
    give(third, desk)
    give(other, desk)
    assert len(details(desk, ids[3]).thread) == 3

    changed = desk.commit([line(ids[0], "指-0", ms)])[1]

    assert [row.id for row in details(desk, ids[3]).thread] == ids
    assert changed.ids == set(ids)
    third.close()


def test_a_corrected_time_moves_the_row_and_its_thread_follows(desk: Desk, clock: FakeClock) -> None:
    early = record(desk, "先")
    clock.go(seconds=60)
    question = record(desk, "問い")
    answer = chronology.reply_to_entry(desk, question.entry_id, EntryDraft(content="答え"))

    earlier = Moment(clock.utc_ms - 3_600_000)
    changed = chronology.correct_entry(desk, question.entry_id, {"occurred_at": earlier}, "発生は1時間前")

    with closing(Reader(desk.database)) as reader:
        order = reader.order()
        listed = reader.rows_at(order.places)
        shown = [listed[pos].id for pos in order.places]
    assert shown == [question.entry_id, answer.entry_id, early.entry_id]
    assert changed.ids == {question.entry_id, answer.entry_id}
    assert [row.id for row in rows(desk, until=Moment(clock.utc_ms - 1_800_000))] == [question.entry_id]
    assert [row.id for row in rows(desk, text="問い")] == [question.entry_id]


def test_an_imported_cancelling_line_strikes_out_what_it_names_whichever_comes_first(desk: Desk) -> None:
    ms = FakeClock().utc_ms
    desk.commit([line("1" * 32, "指-010", ms, kind="取消", related=["指-009"])])
    changed = desk.commit([line("2" * 32, "指-009", ms)])[1]
    desk.commit([line("3" * 32, "指-011", ms, kind="訂正", related=["指-010"])])

    assert changed.ids == {"2" * 32}
    assert details(desk, "2" * 32).row.cancelled
    assert details(desk, "2" * 32).noted_by == ("指-010",)
    assert details(desk, "1" * 32).row.corrected == 1
    assert not details(desk, "1" * 32).row.cancelled


def test_one_line_imported_on_two_pcs_is_one_entry_with_one_number(desk: Desk, other: Desk) -> None:
    ms = FakeClock().utc_ms
    desk.commit([line("1" * 32, "七-050", ms)])
    other.commit([line("1" * 32, "森-070", ms)])
    exchange(desk, other)

    assert len(rows(desk)) == len(rows(other)) == 1
    number = rows(desk)[0].no
    assert number == rows(other)[0].no
    assert number not in {record(desk).no, record(other).no}


def test_one_line_imported_with_and_without_its_parent_stands_in_one_thread_everywhere(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    ms = FakeClock().utc_ms
    third = open_desk(tmp_path / "third", "本")
    parent, child, below = ("1" * 32, "2" * 32, "3" * 32)
    desk.commit([line(parent, "指-1", ms)])
    desk.commit([line(child, "指-2", ms + 1000), line(below, "指-3", ms + 2000, reply_to=child)])
    desk.commit([line("4" * 32, "指-4", ms, kind="取消", related=["指-1"])])
    # Its clock is behind, so its record is the oldest and holds.
    other.commit([line(child, "指-2", ms + 1000, reply_to=parent), line("4" * 32, "指-4", ms)])
    for giver, taker in ((other, third), (desk, third), (desk, other), (other, desk)):
        give(giver, taker)

    for one in (desk, other, third):
        assert [row.id for row in details(one, below).thread] == [parent, child, below]
        assert not details(one, parent).row.cancelled
        assert recovery.check_desk(one) == []
    third.close()


def test_thousands_of_lines_of_one_moment_are_taken_quickly_and_in_order(desk: Desk) -> None:
    ms = FakeClock().utc_ms
    for start in range(0, 6000, 1500):
        desk.commit([line(f"{n:032x}", f"指-{n:05d}", ms) for n in range(start, start + 1500)])

    with closing(Reader(desk.database)) as reader:
        assert [row.no for row in reader.last_rows(9999)] == [f"指-{n:05d}" for n in range(6000)]


def test_the_last_record_is_taken_back_whole(desk: Desk, clock: FakeClock) -> None:
    record(desk, "先の記録", from_party="七飯町")
    clock.go(seconds=1)
    last = record(desk, "消す記録", from_party="七飯町", place="一度だけ", kind="取消", related=("七-001",))
    assert rows(desk, text="先の")[0].cancelled

    withdrawn = chronology.withdraw_last(desk, last)

    assert withdrawn.done
    assert [row.no for row in rows(desk)] == ["七-001"]
    assert rows(desk, text="消す") == []
    assert not rows(desk)[0].cancelled
    with closing(Reader(desk.database)) as reader:
        assert reader.complete("place", "一度") == []
        assert reader.complete("from_party", "七") == ["七飯町"]
    assert not chronology.withdraw_last(desk, last).done
    assert record(desk, "次").no == "七-002"


def test_what_was_offered_to_a_share_is_not_taken_back(desk: Desk) -> None:
    recorded = record(desk)
    desk.the_journal().met("share", "canary")
    desk.the_journal().offering("share", recorded.seq)

    assert not chronology.withdraw_last(desk, recorded).done
    assert len(rows(desk)) == 1


def test_others_entries_are_new_until_somebody_looked(desk: Desk, other: Desk) -> None:
    first, second = record(other, "一"), record(other, "二")
    record(desk, "ここの")
    receive_transactions(desk, written_by(other))

    assert {row.id for row in rows(desk) if row.unseen} == {first.entry_id, second.entry_id}
    assert chronology.mark_seen(desk, [first.entry_id]).ids == {first.entry_id}
    assert [row.id for row in rows(desk) if row.unseen] == [second.entry_id]
    assert chronology.mark_all_seen(desk).ids == {second.entry_id}
    assert not any(row.unseen for row in rows(desk))


def test_three_desks_with_clocks_three_days_apart_become_equal(desk: Desk, other: Desk, tmp_path: Path) -> None:
    third = open_desk(tmp_path / "third", "本", clock=FakeClock(FakeClock().utc_ms + 3 * 86_400_000))
    desks = (desk, other, third)
    shared = record(desk, "共通の指示", kind=EntryKind.INSTRUCTION)
    exchange(*desks)
    for n in range(20):
        for one in desks:
            record(one, f"{one.seat.mark} {n}")
    for one, status in zip(desks, ("未対応", "対応中", "完了"), strict=True):
        chronology.set_fields(one, shared.entry_id, {"status": status})
    exchange(*desks)
    exchange(*desks)

    assert len({one.the_journal().digest() for one in desks}) == 1
    assert all(len(details(one, shared.entry_id).live["status"]) == 3 for one in desks)
    assert {len(rows(one)) for one in desks} == {61}
    third.close()
