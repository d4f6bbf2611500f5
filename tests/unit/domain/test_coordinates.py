"""Coordinates as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.coordinates import parse_coordinates, shown_coordinates


@pytest.mark.parametrize(
    "typed",
    [
        "41.8958, 140.6944",
        "41.8958,140.6944",
        "41.8958 140.6944",
        "４１．８９５８，　１４０．６９４４",
        "４１．８９５８、１４０．６９４４",
        "(41.8958, 140.6944)",
        "N41.8958 E140.6944",
        "41.8958N 140.6944E",
        "北緯41.8958度 東経140.6944度",
        "北緯41.8958度東経140.6944度",
    ],
)
def test_coordinates_are_understood_as_maps_and_people_write_them(typed: str) -> None:
    assert parse_coordinates(typed) == (41.8958, 140.6944)


def test_degrees_minutes_and_seconds_are_understood() -> None:
    assert parse_coordinates("北緯41度53分45秒 東経140度41分40秒") == pytest.approx((41.895833, 140.694444), abs=1e-6)
    assert parse_coordinates("41°53'45\"N 140°41'40\"E") == pytest.approx((41.895833, 140.694444), abs=1e-6)


@pytest.mark.parametrize(
    "typed", ["", "41.8958", "大沼", "91, 140", "41, 181", "41,140,3", "41度61分0秒 140度0分0秒", "--1, 2"]
)
def test_what_is_no_place_on_earth_is_refused(typed: str) -> None:
    assert parse_coordinates(typed) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_shown_is_read_back(latitude: float, longitude: float) -> None:
    read = parse_coordinates(shown_coordinates(round(latitude, 5), round(longitude, 5)))

    assert read == pytest.approx((latitude, longitude), abs=1e-4)


def test_absent_coordinates_are_shown_as_nothing() -> None:
    assert shown_coordinates(None, 140.0) == ""


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    read = parse_coordinates(text)

    assert read is None or (abs(read[0]) <= 90 and abs(read[1]) <= 180)
