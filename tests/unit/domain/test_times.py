"""Times as people type them: every way of writing that the field uses, and what must not be taken for a time."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment
from liaison_desk.domain.times import TypedTime, parse_typed


def at(text: str) -> Moment:
    """The moment of a local time."""
    return Moment.of_local(datetime.fromisoformat(text))


NOW = at("2026-11-22T13:07:30")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1305", "2026-11-22T13:05"),
        ("13:05", "2026-11-22T13:05"),
        (" 13:05 ", "2026-11-22T13:05"),
        ("13;05", "2026-11-22T13:05"),
        ("１３０５", "2026-11-22T13:05"),
        ("１３：０５", "2026-11-22T13:05"),
        ("905", "2026-11-22T09:05"),
        ("9:05", "2026-11-22T09:05"),
        ("0:05", "2026-11-22T00:05"),
        ("13:05:59", "2026-11-22T13:05:59"),
        ("13時", "2026-11-22T13:00"),
        ("１３時５分", "2026-11-22T13:05"),
        ("13時半", "2026-11-22T13:30"),
        ("午後1時5分", "2026-11-22T13:05"),
        ("午後1:05", "2026-11-22T13:05"),
        ("午前0時", "2026-11-22T00:00"),
        ("pm1:05", "2026-11-22T13:05"),
        ("11/22 13:05", "2026-11-22T13:05"),
        ("11/22　13:05", "2026-11-22T13:05"),
        ("11/21(土)13:05", "2026-11-21T13:05"),
        ("11月21日（土曜日）13時05分", "2026-11-21T13:05"),
        ("21日13時5分", "2026-11-21T13:05"),
        ("2026/11/22 3:00", "2026-11-22T03:00"),
        ("2026年11月22日 3:00", "2026-11-22T03:00"),
        ("令和8年11月22日3時", "2026-11-22T03:00"),
        ("令和元年11月22日3時", "2019-11-22T03:00"),
        ("R8.11.22 13:05", "2026-11-22T13:05"),
        ("昨日23:50", "2026-11-21T23:50"),
        ("昨日の23時50分", "2026-11-21T23:50"),
        ("一昨日 8:00", "2026-11-20T08:00"),
        ("本日1305", "2026-11-22T13:05"),
        ("明日9時", "2026-11-23T09:00"),
        ("2026-11-22 13:05", "2026-11-22T13:05"),
        ("2026-11-22T13:05:09+09:00", "2026-11-22T13:05:09"),
        ("今", "2026-11-22T13:07:30"),
    ],
)
def test_a_time_is_understood_in_every_way_of_writing_it(typed: str, meant: str) -> None:
    assert parse_typed(typed, NOW) == TypedTime(at(meant), approx=False)


@pytest.mark.parametrize("typed", ["-10", "－１０", "ー10", "ー１０", "−10", "‐10", "-10分", "10分前"])
def test_minutes_ago_are_counted_from_now_whatever_dash_the_keyboard_gives(typed: str) -> None:
    assert parse_typed(typed, NOW) == TypedTime(at("2026-11-22T12:57"), approx=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("+30", "2026-11-22T13:37"),
        ("３０分後", "2026-11-22T13:37"),
        ("1時間30分前", "2026-11-22T11:37"),
        ("2時間後", "2026-11-22T15:07"),
    ],
)
def test_a_distance_may_be_said_in_hours_and_forward(typed: str, meant: str) -> None:
    assert parse_typed(typed, NOW) == TypedTime(at(meant), approx=False)


@pytest.mark.parametrize(
    "typed", ["13:05頃", "１３：０５頃", "1305ごろ", "13:05ころ", "約13:05", "13時05分前後", "~13:05", "〜13:05"]
)
def test_about_is_a_flag_and_not_a_guess(typed: str) -> None:
    assert parse_typed(typed, NOW) == TypedTime(at("2026-11-22T13:05"), approx=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "あ",
        "-",
        ":",
        "0",
        "5",
        "13",
        "1360",
        "25:00",
        "2401",
        "24:00:01",
        "13:60",
        "11/22",
        "13/40 10:00",
        "午後13時",
        "前",
        "2026/2/29 10:00",
        "32日10:00",
        "13:05~13:10",
        "9999-99-99 10:00",
        "2026-02-30T10:00",
        "13:05 に電話",
        "2999/1/1 0:00",
    ],
)
def test_what_is_no_time_is_not_taken_for_one(typed: str) -> None:
    assert parse_typed(typed, NOW) is None


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        ("2026-11-22T00:10", "23:50", "2026-11-21T23:50"),
        ("2026-11-22T13:07", "23:50", "2026-11-21T23:50"),
        ("2026-11-22T13:07", "14:00", "2026-11-22T14:00"),
        ("2026-11-22T13:07", "14:30", "2026-11-21T14:30"),
        ("2026-11-22T23:40", "0:10", "2026-11-23T00:10"),
        ("2026-11-22T23:40", "24:00", "2026-11-23T00:00"),
        ("2026-11-22T00:10", "24:00", "2026-11-22T00:00"),
        ("2026-11-22T13:07", "24:00", "2026-11-22T00:00"),
    ],
)
def test_an_event_without_a_date_is_the_last_one_of_that_time(now: str, typed: str, meant: str) -> None:
    assert parse_typed(typed, at(now)) == TypedTime(at(meant), approx=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:00", "2026-11-22T15:00"),
        ("9:00", "2026-11-23T09:00"),
        ("13:07", "2026-11-22T13:07"),
        ("24:00", "2026-11-23T00:00"),
    ],
)
def test_a_due_time_without_a_date_is_the_next_one(typed: str, meant: str) -> None:
    assert parse_typed(typed, NOW, forward=True) == TypedTime(at(meant), approx=False)


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        ("2027-01-01T00:10", "12/31 23:00", "2026-12-31T23:00"),
        ("2026-12-31T23:00", "1/1 0:10", "2027-01-01T00:10"),
        ("2027-03-01T09:00", "2/29 9:00", "2028-02-29T09:00"),
    ],
)
def test_a_date_without_a_year_is_the_nearest(now: str, typed: str, meant: str) -> None:
    assert parse_typed(typed, at(now)) == TypedTime(at(meant), approx=False)


def test_the_offset_of_the_reference_is_kept() -> None:
    now = Moment.of_local(datetime.fromisoformat("2026-11-22T13:07"), 60)

    understood = parse_typed("1305", now)

    assert understood == TypedTime(Moment.of_local(datetime.fromisoformat("2026-11-22T13:05"), 60), approx=False)


@given(st.text(max_size=30), st.integers(MIN_MS + 400 * 86_400_000, MAX_MS - 400 * 86_400_000), st.booleans())
def test_no_text_breaks_it_and_no_time_leaves_the_chronologys_years(text: str, now_ms: int, forward: bool) -> None:
    understood = parse_typed(text, Moment(now_ms), forward=forward)

    assert understood is None or MIN_MS <= understood.moment.utc_ms <= MAX_MS


@given(st.integers(0, 23), st.integers(0, 59), st.integers(MIN_MS + 400 * 86_400_000, MAX_MS - 400 * 86_400_000))
def test_an_undated_event_is_within_a_day_and_never_far_ahead(hour: int, minute: int, now_ms: int) -> None:
    understood = parse_typed(f"{hour:02d}{minute:02d}", Moment(now_ms))

    assert understood is not None
    assert -86_400_000 < understood.moment.utc_ms - now_ms - 3_600_000 <= 0
    assert (understood.moment.local().hour, understood.moment.local().minute) == (hour, minute)
