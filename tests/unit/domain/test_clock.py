"""Moments keep the instant and what the clock on the wall showed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment, RandomIds, SystemClock


@given(st.integers(MIN_MS, MAX_MS), st.integers(-14 * 60, 14 * 60))
def test_a_moment_reads_back_from_its_iso_form(utc_ms: int, offset_min: int) -> None:
    moment = Moment(utc_ms, offset_min)

    assert Moment.parse_iso(moment.iso()) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T13:05:00+09:00", Moment(1795320300000, 540)),
        ("2026-11-22 13:05", Moment(1795320300000, 540)),
        ("2026-11-22T04:05Z", Moment(1795320300000, 0)),
        ("2026-11-22T13:05:00.25+0900", Moment(1795320300250, 540)),
        ("2026-11-21T23:35:00-04:30", Moment(1795320300000, -270)),
    ],
)
def test_iso_times_are_read(text: str, moment: Moment) -> None:
    assert Moment.parse_iso(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-22", "2026-13-01T00:00", "2026-11-22T25:00", "1899-12-31T00:00Z", "2300-01-01T00:00Z",
     "2026-11-22T13:05+15:00", "2026-11-22T13:05+09:60", "２０２６-11-22T13:05"],
)  # fmt: skip
def test_what_is_no_time_of_a_chronology_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the text is the whole message
        Moment.parse_iso(text)


def test_a_wall_clock_keeps_its_figures_and_moves_by_minutes() -> None:
    moment = Moment.of_local(datetime(2026, 11, 22, 13, 5, 42, tzinfo=UTC))

    assert moment.local().strftime("%m/%d %H:%M:%S %z") == "11/22 13:05:42 +0900"
    assert moment.to_minute().iso() == "2026-11-22T13:05:00+09:00"
    assert moment.plus(minutes=-5, seconds=1.5).iso() == "2026-11-22T13:00:43.500+09:00"


def test_this_pc_has_a_time_and_ids() -> None:
    now = SystemClock().now()

    assert MIN_MS < now.utc_ms < MAX_MS
    assert len({RandomIds().new_id() for _ in range(100)}) == 100
    assert all(len(RandomIds().new_id()) == 32 for _ in range(3))
