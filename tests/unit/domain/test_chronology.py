"""The record's own rules: what is written is read back equal, and what cannot be held is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.chronology import (
    LIVE_FIELDS,
    WORDING_FIELDS,
    ChronologyEntry,
    FieldValue,
    Revision,
    RevisionKind,
    Status,
    count_of,
    from_wire,
    is_cancelled,
    number,
    stand,
    to_wire,
)
from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment

MOMENTS = st.builds(Moment, st.integers(MIN_MS, MAX_MS), st.integers(-840, 840))
TEXTS = st.text(max_size=20)
ENTRIES = st.builds(
    ChronologyEntry,
    id=st.just("e" * 32),
    no=st.text(min_size=1, max_size=20),
    occurred_at=MOMENTS,
    recorded_at=MOMENTS,
    occurred_approx=st.booleans(),
    known_at=st.none() | MOMENTS,
    received_at=st.none() | MOMENTS,
    content=TEXTS,
    subject=TEXTS,
    kind=TEXTS,
    channel=TEXTS,
    place=TEXTS,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    verification=TEXTS,
    important=st.booleans(),
    status=TEXTS,
    owner=TEXTS,
    due=st.none() | MOMENTS,
    reply_to=st.none() | st.just("f" * 32),
    related=st.lists(TEXTS, max_size=3).map(tuple),
    attachments=st.lists(TEXTS, max_size=3).map(tuple),
)
AT = Moment(1_000_000)
ENTRY = ChronologyEntry(id="e" * 32, no="七-001", occurred_at=AT, recorded_at=AT, content="元の文")


@given(ENTRIES)
def test_an_entry_reads_back_from_the_log_as_it_was_written(entry: ChronologyEntry) -> None:
    assert ChronologyEntry.from_record(entry.id, entry.to_record()) == entry


def test_an_entry_with_a_subject_alone_reads_back() -> None:
    entry = ChronologyEntry(id="e" * 32, no="七-001", occurred_at=AT, recorded_at=AT, subject="件名のみ")

    assert ChronologyEntry.from_record(entry.id, entry.to_record()) == entry


def test_names_of_newer_desks_are_passed_over() -> None:
    record = ENTRY.to_record() | {"mood": "calm", "id": "x"}

    assert ChronologyEntry.from_record(ENTRY.id, record) == ENTRY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content", None),
        ("content", 5),
        ("kind", None),
        ("occurred_at", None),
        ("occurred_at", [1]),
        ("occurred_at", [1.5, 540]),
        ("occurred_at", [True, 540]),
        ("occurred_at", [MAX_MS + 1, 540]),
        ("occurred_at", [0, 1440]),
        ("occurred_at", "2026-11-22"),
        ("latitude", True),
        ("latitude", "41"),
        ("important", 1),
        ("important", None),
        ("related", "七-001"),
        ("related", [1]),
        ("due", [2**62, 0]),
        ("no", None),
    ],
)
def test_a_record_that_no_row_can_hold_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the value or the name is the whole message
        ChronologyEntry.from_record("e" * 32, ENTRY.to_record() | {name: value})


@pytest.mark.parametrize("missing", ["no", "occurred_at", "recorded_at"])
def test_a_record_without_a_number_or_a_time_is_refused(missing: str) -> None:
    record = ENTRY.to_record()
    del record[missing]

    with pytest.raises(ValueError, match=missing):
        ChronologyEntry.from_record("e" * 32, record)


def test_what_may_be_absent_reads_as_absent() -> None:
    assert [from_wire(name, None) for name in ("known_at", "received_at", "due", "reply_to", "latitude")] == [None] * 5


def revision(changes: dict[str, Any], kind: RevisionKind = RevisionKind.CORRECT) -> Revision:
    return Revision(id="r" * 32, entry_id="e" * 32, kind=kind, reason="聞き違い", recorded_at=AT, changes=changes)


def test_a_revision_reads_back_from_the_log_as_it_was_written() -> None:
    written = revision(
        {"content": "新しい文", "occurred_at": Moment(60_000), "latitude": None, "occurred_approx": True}
    )

    assert Revision.from_record(written.id, written.to_record()) == written


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"entry": "e", "kind": "erase", "recorded_at": [0, 540]},
        {"entry": 5, "kind": "correct", "recorded_at": [0, 540]},
        {"entry": "e", "kind": "correct", "recorded_at": None},
        {"entry": "e", "kind": "correct", "recorded_at": [0, 540], "changes": {"content": None}},
        {"entry": "e", "kind": "correct", "recorded_at": [0, 540], "changes": {"occurred_at": None}},
        {"entry": "e", "kind": "correct", "recorded_at": [0, 540], "changes": 5},
        {"entry": "e", "kind": "correct", "recorded_at": [0, 540], "reason": 5},
    ],
)
def test_a_broken_revision_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 which part is broken does not matter to anyone
        Revision.from_record("r" * 32, record)


def test_a_revision_rewords_only_what_may_be_reworded() -> None:
    record = revision({}).to_record() | {"changes": {"content": "新", "no": "八-999", "operator": "他人"}}

    assert Revision.from_record("r" * 32, record).changes == {"content": "新"}
    assert not set(WORDING_FIELDS) & set(LIVE_FIELDS)


def test_corrections_stand_in_their_order_and_the_newest_live_value_is_shown() -> None:
    values = (FieldValue("対応中", "a:1:0", AT), FieldValue("完了", "b:1:0", AT))

    entry = stand(
        ENTRY,
        (revision({"content": "二", "place": "旧"}), revision({"content": "三"})),
        {"status": values, "owner": ()},
    )

    assert (entry.content, entry.place, entry.status, entry.owner) == ("三", "旧", "完了", "")
    assert stand(ENTRY, (), {}) is ENTRY


def test_a_cancellation_strikes_out_whatever_comes_later() -> None:
    cancel = revision({}, RevisionKind.CANCEL)

    assert is_cancelled((cancel, revision({"content": "二"})))
    assert not is_cancelled((revision({"content": "二"}),))


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=2), st.integers(0, 10**11 - 1))
def test_a_number_says_its_mark_and_count(mark: str, count: int) -> None:
    assert count_of(number(mark, count)) == (mark, count)


@pytest.mark.parametrize("no", ["", "七", "-5", "七-", "七-x", "七-1.5", "七-１２", "七-" + "9" * 12])
def test_what_is_not_a_number_of_ours_has_no_count(no: str) -> None:
    assert count_of(no) is None


def test_a_word_of_the_record_goes_into_the_log_as_plain_text() -> None:
    assert type(to_wire(Status.DONE)) is str
    assert to_wire(("七-001",)) == ["七-001"]
