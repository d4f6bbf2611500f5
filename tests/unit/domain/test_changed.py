"""What a use case changed, joined and asked."""

from __future__ import annotations

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.listing import EntryFilter


def test_two_changes_are_told_as_one() -> None:
    here = Changed(frozenset({"entry"}), frozenset({"a"}))
    there = Changed(frozenset({"contact"}), frozenset({"b"}), "elsewhere")

    assert here.joined(there) == Changed(frozenset({"entry", "contact"}), frozenset({"a", "b"}), "elsewhere")
    assert here.joined(here).origin == "here"
    assert there.joined(Changed(frozenset(), everything=True)).everything


def test_a_filter_without_a_condition_lets_all_pass() -> None:
    assert EntryFilter().is_empty()
    assert not EntryFilter(text="七飯").is_empty()
