"""What a person likes is remembered in the profile; what cannot be read counts as not chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison_desk.services.desk import Desk
from liaison_desk.services.preferences import Preferences, read_preferences, save_preferences
from liaison_desk.store import desk_tables


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An open desk."""
    desk = Desk(tmp_path / "desk")
    yield desk
    desk.close()


def test_nothing_chosen_is_the_default(desk: Desk) -> None:
    assert read_preferences(desk) == Preferences()


def test_what_was_chosen_comes_back(desk: Desk) -> None:
    chosen = Preferences(scale=150, look="dark", enter_records=True, language="en")
    chosen = chosen.with_size("window", "AAAA").with_size("chronology", "BBBB").with_size("window", "CCCC")

    save_preferences(desk, chosen)

    assert read_preferences(desk) == chosen
    assert (chosen.size("window"), chosen.size("nothing")) == ("CCCC", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("scale", "not json"),
        ("scale", '"150"'),
        ("scale", "900"),
        ("scale", "true"),
        ("look", '"pink"'),
        ("language", '"fr"'),
        ("enter_records", "1"),
        ("sizes", '{"a": 1}'),
        ("sizes", '[["one"], 7]'),
    ],
)
def test_what_cannot_be_read_counts_as_not_chosen(desk: Desk, name: str, text: str) -> None:
    desk_tables.save_settings(desk.database.writer, {"preference." + name: text})

    assert read_preferences(desk) == Preferences()
