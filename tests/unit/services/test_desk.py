"""The open desk: seat, numbers, drafts, the copy of the seat."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.services import chronology, drafts
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store import seat_copy
from sync.operation import Dot, Operation
from tests.desks import FakeClock, exchange, open_desk, record


def imported(desk: Desk, no: str) -> None:
    """An entry with a number that a file brought."""
    record: dict[str, object] = {"no": no, "occurred_at": [0, 540], "recorded_at": [0, 540], "content": no}
    desk.commit([Operation("entry", desk.ids.new_id(), "record", "set", record)])  # type: ignore[arg-type]


def test_a_desk_without_an_incident_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    with pytest.raises(DeskProblem, match=r"まだ事案がありません") as refused:
        record(desk)

    assert "incident" in refused.value.do
    desk.close()


def test_numbers_go_on_above_every_number_of_this_mark(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    imported(desk, "七-041")
    imported(desk, "森-900")
    assert record(desk).no == "七-042"
    desk.save_seat(numbers_from="100")
    assert record(desk).no == "七-100"
    assert record(desk).no == "七-101"
    desk.close()


def test_no_number_is_given_twice_whatever_a_file_brings(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    for no in ("七-99999999999", "七-100000000000", "七-7", "七-000000000000000000001", "七-", "七-９"):
        imported(desk, no)

    numbers = [record(desk).no for _ in range(5)]

    assert len(set(numbers)) == 5
    assert desk.entry_id(numbers[0])
    desk.close()


def test_an_entry_is_named_by_its_number_or_its_id(tmp_path: Path) -> None:
    desk, twin = open_desk(tmp_path / "desk"), open_desk(tmp_path / "twin")
    recorded = record(desk)

    assert desk.entry_id("七-001") == desk.entry_id(recorded.entry_id) == recorded.entry_id
    with pytest.raises(DeskProblem, match=r"七-999"):
        desk.entry_id("七-999")
    record(twin)
    exchange(desk, twin)
    with pytest.raises(DeskProblem, match=r"複数"):
        desk.entry_id("七-001")
    desk.close()
    twin.close()


def test_a_draft_goes_with_its_record_or_stays(tmp_path: Path) -> None:
    clock = FakeClock()
    desk = open_desk(tmp_path, clock=clock)
    started = desk.now()
    clock.go(seconds=5)
    drafts.save_draft(desk, "main", {"content": "途中"}, started)
    drafts.save_draft(desk, "reply", {"content": "別"}, started)
    clock.go(seconds=60)

    with pytest.raises(DeskProblem):
        chronology.record_entry(desk, EntryDraft(content=""), slot="main")
    with closing(Reader(desk.database)) as reader:
        assert {draft.slot for draft in reader.drafts()} == {"main", "reply"}
        main = next(draft for draft in reader.drafts() if draft.slot == "main")
        assert (main.started_at, desk.now().utc_ms - main.saved_at.utc_ms) == (started, 60_000)
    chronology.record_entry(desk, EntryDraft(content="途中まで"), slot="main")
    record(desk, "ほかの記録")

    with closing(Reader(desk.database)) as reader:
        assert [draft.slot for draft in reader.drafts()] == ["reply"]
    drafts.drop_draft(desk, "reply")
    with closing(Reader(desk.database)) as reader:
        assert reader.drafts() == []
    desk.close()


def test_the_copy_of_the_seat_follows_and_proves_itself(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.save_seat(operator="交代 太郎")
    record(desk)

    copy = seat_copy.read(tmp_path)

    assert (copy["operator"], copy["mark"], copy["device"]) == ("交代 太郎", "七", desk.the_journal().device)
    assert int(copy["numbers_upto"]) > 1
    path = tmp_path / seat_copy.SEAT_NAME
    for damaged in (path.read_text(encoding="utf-8").replace("1c1c", "2d2d"), "", "[]", "{", '{"seat": {}}'):
        path.write_text(damaged, encoding="utf-8")
        assert seat_copy.read(tmp_path) == {}
    desk.close()


def test_numbers_are_reserved_ahead_for_the_day_the_file_is_lost(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    numbers = [record(desk).no for _ in range(130)]

    assert int(seat_copy.read(tmp_path)["numbers_upto"]) > int(numbers[-1].partition("-")[2])
    desk.close()


def test_a_seat_that_cannot_be_copied_is_told(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    (tmp_path / "seat.json").unlink()
    (tmp_path / "seat.json").mkdir()

    with pytest.raises(DeskProblem, match=r"seat\.json"):
        desk.save_seat(operator="高瀬")

    # Recording goes on: the copy is for a day that may never come.
    assert record(desk).no == "七-001"
    desk.close()


def test_operations_that_nobody_may_write_are_a_bug_of_ours(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)

    with pytest.raises(DeskBug):
        desk.commit([Operation("entry", "e" * 32, "status", "set", {}, (Dot("f" * 32, 5, 0),))])

    assert record(desk).seq == 1
    desk.close()


def test_a_desk_that_only_looks_changes_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    recorded = record(desk)
    looking = Desk(tmp_path, read_only=True)

    assert looking.entry_id(recorded.no) == recorded.entry_id
    with pytest.raises(DeskProblem):
        record(looking)

    looking.close()
    desk.close()
