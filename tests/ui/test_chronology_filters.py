"""The filter bar: what is chosen there is the filter that is told, and one click takes it all back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui.chronology.chips import Period
from liaison_desk.ui.chronology.filters import FilterBar
from liaison_desk.ui.workplace import Workplace
from tests.ui.chronology_lists import at
from tests.ui.conftest import StandingClock


@pytest.fixture
def bar(qtbot: QtBot, workplace: Workplace) -> FilterBar:
    """The bar on the screen."""
    shown = FilterBar(workplace)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_typing_searches_at_once_and_esc_clears(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.filter_changed) as told:
        QTest.keyClicks(bar.search, "x")
    assert told.args == [EntryFilter(text="x")]

    with qtbot.waitSignal(bar.filter_changed) as told:
        QTest.keyClick(bar.search, Qt.Key.Key_Escape)
    assert told.args == [EntryFilter()]
    with qtbot.waitSignal(bar.list_requested):
        QTest.keyClick(bar.search, Qt.Key.Key_Escape)


def test_every_condition_is_told_together_and_cleared_by_one_click(qtbot: QtBot, bar: FilterBar) -> None:
    bar.search.setText("避難所")
    bar.kinds.set_kinds(frozenset({"指示"}))
    bar.place.setText("大沼")
    bar.person.setText("福祉課")
    bar.open_only.setChecked(True)
    bar.important_only.setChecked(True)
    bar.unverified_only.setChecked(True)

    assert bar.chosen() == EntryFilter(
        text="避難所",
        kinds=frozenset({"指示"}),
        place="大沼",
        person="福祉課",
        open_only=True,
        important_only=True,
        unverified_only=True,
    )

    told: list[EntryFilter] = []
    bar.filter_changed.connect(told.append)
    bar.clear()
    assert told == [EntryFilter()]
    assert bar.chosen().is_empty()


@pytest.mark.parametrize(
    ("period", "since"),
    [
        (Period.ALL, None),
        (Period.HOUR, at("12:05")),
        (Period.SIX_HOURS, at("07:05")),
        (Period.TODAY, at("00:00")),
        (Period.YESTERDAY, Moment.parse_iso("2026-11-21T00:00:00+09:00")),
    ],
)
def test_a_period_begins_where_its_name_says(clock: StandingClock, period: Period, since: Moment | None) -> None:
    assert period.since(clock.present) == since


def test_an_own_period_includes_the_minute_it_ends_with(qtbot: QtBot, bar: FilterBar) -> None:
    bar.period.choose(Period.OWN)
    bar.period.since_field.set_typed("0300", at("13:05"))
    bar.period.until_field.set_typed("４:３０", at("13:05"))

    chosen = bar.chosen()

    assert (chosen.since, chosen.until) == (at("03:00"), at("04:31"))


def test_the_number_of_matches_is_said_and_not_counted_beyond_a_thousand(qtbot: QtBot, bar: FilterBar) -> None:
    bar.search.setText("水位")

    bar.show_count(36)
    assert bar.count_text() == "36 found"
    bar.show_count(1001)
    assert bar.count_text() == "1,000 or more"
    bar.clear()
    assert bar.count_text() == ""
