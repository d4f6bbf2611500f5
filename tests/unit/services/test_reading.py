"""What faces read: lists, filters, completion, one consistent sight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from liaison_desk.domain.chronology import EntryDraft, EntryKind
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from tests.desks import FakeClock, open_desk, record


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an hour of entries."""
    clock = FakeClock()
    desk = open_desk(tmp_path, clock=clock)
    for n in range(12):
        record(
            desk, f"記録 {n}", place=("大中山", "本町")[n % 2], from_party=f"{n % 3}課", important=n % 4 == 0,
            kind=EntryKind.REQUEST if n % 5 == 0 else EntryKind.REPORT, verification=("確認済", "未確認")[n % 2],
        )  # fmt: skip
        clock.go(seconds=300)
    yield desk
    desk.close()


@pytest.fixture
def reader(desk: Desk) -> Iterator[Reader]:
    """A reader of it."""
    with closing(Reader(desk.database)) as reader:
        yield reader


AN_HOUR = FakeClock().utc_ms + 1_500_000


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, range(12)),
        ({"kinds": frozenset({"依頼"})}, (0, 5, 10)),
        ({"place": "本町"}, range(1, 12, 2)),
        ({"person": "2課"}, range(2, 12, 3)),
        ({"person": "七係"}, range(12)),
        ({"mark": "森"}, ()),
        ({"since": Moment(AN_HOUR)}, range(5, 12)),
        ({"until": Moment(AN_HOUR)}, range(5)),
        ({"open_only": True}, (0, 5, 10)),
        ({"important_only": True}, (0, 4, 8)),
        ({"unverified_only": True}, range(1, 12, 2)),
        ({"text": "記録1"}, (1, 10, 11)),
        ({"text": "記録 本町", "important_only": True}, ()),
        ({"text": "大中 依頼", "place": "大中山"}, (0, 10)),
    ],
)
def test_a_filter_lets_pass_what_it_says_everywhere(reader: Reader, chosen: dict[str, Any], numbers: Any) -> None:
    wanted = [f"七-{n + 1:03d}" for n in numbers]
    passes = EntryFilter(**chosen)

    assert [row.no for row in reader.find(passes)] == wanted[::-1]
    assert reader.count(passes) == len(wanted)
    assert [entry.no for entry in reader.entries(passes)] == wanted
    everything = [row.id for row in reader.last_rows(99)]
    assert {row.no for row in reader.passing(passes, everything)} == set(wanted)


def test_a_long_result_is_read_in_parts(reader: Reader) -> None:
    for chosen in (EntryFilter(), EntryFilter(text="記録")):
        found = reader.find(chosen, limit=5)
        while len(found) < 12:
            found += reader.find(chosen, limit=5, before=found[-1].pos)

        assert [row.no for row in found] == [f"七-{n:03d}" for n in range(12, 0, -1)]
        assert reader.count(chosen, limit=7) == 7


def test_rows_are_read_by_place_and_by_id(reader: Reader) -> None:
    order = reader.order()
    last = reader.last_rows(3)

    assert len(order.places) == reader.count_all() == 12
    assert [row.pos for row in last] == list(order.places)[-3:]
    assert reader.rows_at([last[0].pos, 5]) == {last[0].pos: last[0]}
    assert reader.rows_by_id([last[1].id, "unknown"]) == [last[1]]
    assert reader.entry_id("七-003") == next(iter(reader.entries(EntryFilter(text="記録2")))).id
    assert reader.details("f" * 32) is None


def test_what_was_used_most_completes_first(desk: Desk, reader: Reader) -> None:
    record(desk, "x", from_party="消防本部")
    record(desk, "x", from_party="七飯消防")
    record(desk, "x", from_party="七飯消防")

    assert reader.complete("from_party", "消防") == ["消防本部", "七飯消防"]
    assert reader.complete("from_party", "ｼｮｳﾎﾞｳ") == []
    assert reader.complete("from_party", "")[0] in {"0課", "1課", "2課"}
    assert reader.complete("place", "大") == ["大中山"]


def test_a_reader_sees_each_commit_at_once_and_details_of_one_state(desk: Desk, reader: Reader) -> None:
    entry = record(desk, "最初")
    assert reader.details(entry.entry_id) is not None
    chronology.correct_entry(desk, entry.entry_id, {"content": "次", "occurred_at": Moment(AN_HOUR)}, "理由")
    reply = chronology.reply_to_entry(desk, entry.entry_id, EntryDraft(content="返事"))

    details = reader.details(reply.entry_id)

    assert details is not None
    assert [row.id for row in details.thread] == [entry.entry_id, reply.entry_id]
    assert details.thread[0].content == "次"
