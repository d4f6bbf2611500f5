"""What was exported imports back equal, whatever was typed, corrected, cancelled or set."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.chronology import Channel, ChronologyEntry, EntryDraft, EntryKind, Status, Verification
from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment
from liaison_desk.services import chronology
from liaison_desk.services.exporting import export_entries
from liaison_desk.services.exporting.table import shielded, unshielded
from liaison_desk.services.importing.sheet_xml import unescaped
from liaison_desk.services.reading import Reader
from tests.unit.services.filing import imported, opened

# Everything that may be recorded: no NUL, no lone surrogate; all else, and much of what hurts.
HOSTILE = (
    "=+-@\t\r\n \"',;；、\u200b\ufeff\u202e\u2028\x07\x0b\x1f\ufffe\uffff＝髙﨑①㈱か\u3099葛\U000e0100𠮟_x0041_〃―○"
)
CHARACTERS = st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TEXT = st.text(CHARACTERS, max_size=30)
FILLED = TEXT.filter(lambda text: bool(text.strip()))
MOMENTS = st.builds(
    Moment,
    st.integers(MIN_MS, MAX_MS) | st.integers(1_795_000_000_000, 1_796_000_000_000),
    st.sampled_from([540, 0, -570, 840]),
)
DRAFTS = st.builds(
    EntryDraft,
    content=FILLED,
    occurred_at=st.none() | MOMENTS,
    occurred_approx=st.booleans(),
    known_at=st.none() | MOMENTS,
    received_at=st.none() | MOMENTS,
    from_party=TEXT,
    to_party=TEXT,
    channel=st.sampled_from(["", *Channel]) | TEXT,
    kind=st.sampled_from(list(EntryKind)),
    subject=TEXT,
    place=TEXT,
    verification=st.sampled_from(list(Verification)),
    important=st.booleans(),
    status=st.sampled_from(["", *Status]),
    owner=TEXT,
    due=st.none() | MOMENTS,
    related=st.lists(FILLED, max_size=2).map(tuple),
    attachments=st.lists(FILLED, max_size=2).map(tuple),
)
PLACES = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "content": FILLED,
        "subject": TEXT,
        "place": TEXT,
        "occurred_at": MOMENTS,
        "occurred_approx": st.booleans(),
    },
)


@st.composite
def acts(draw: st.DrawFn) -> list[tuple[EntryDraft, dict[str, Any], bool, bool]]:
    """What a desk does: drafts, each with a correction, whether it is cancelled, whether it answers the one before."""
    found = []
    for _ in range(draw(st.integers(1, 12))):
        draft = draw(DRAFTS)
        place = draw(PLACES)
        given_place = {} if place is None else {"latitude": place[0], "longitude": place[1]}
        values = {name: getattr(draft, name) for name in draft.__slots__} | given_place
        found.append((EntryDraft(**values), draw(CHANGES), draw(st.booleans()), draw(st.booleans())))
    return found


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
# Two desks on a disk are made for each example: few examples of many entries, and no shrinking.
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck))
@given(told=acts())
def test_what_was_exported_imports_back_equal(
    suffix: str, told: list[tuple[EntryDraft, dict[str, Any], bool, bool]]
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with opened(folder / "one", "七") as one, opened(folder / "two", "森") as two:
            parent = ""
            for draft, changes, cancelled, answers in told:
                if answers and parent:
                    done = chronology.reply_to_entry(one, parent, draft)
                else:
                    done = chronology.record_entry(one, draft)
                parent = done.entry_id
                if any(getattr(draft, field) != value for field, value in changes.items()):
                    chronology.correct_entry(one, parent, changes, "=理由")
                if cancelled:
                    chronology.cancel_entry(one, parent, "二重")
            here, there = Reader(one.database), Reader(two.database)
            export_entries(here, folder / f"out.{suffix}")

            result = imported(two, folder / f"out.{suffix}")

            assert (result.added, result.doubtful, result.refused, result.furniture) == (len(told), 0, 0, 0)
            for entry in here.entries():
                first, second = here.details(entry.id), there.details(entry.id)
                assert first is not None
                assert second is not None
                assert plain(second.entry) == plain(first.entry)
                assert plain(second.original) == plain(first.original)
                assert second.revisions == first.revisions
                assert second.row.cancelled == first.row.cancelled
            here.close()
            there.close()


def plain(entry: ChronologyEntry) -> dict[str, Any]:
    """An entry to be compared: -0.0 is 0.0."""
    return {name: getattr(entry, name) for name in entry.__slots__}


@given(TEXT)
def test_a_shield_is_taken_off_exactly(text: str) -> None:
    if text:
        assert unshielded(shielded(text)) == text


@given(st.text(CHARACTERS, max_size=20))
def test_what_is_escaped_for_a_sheet_is_unescaped_exactly(text: str) -> None:
    from liaison_desk.services.exporting.sheet import escaped  # the other half

    assert unescaped(escaped(text)) == text
