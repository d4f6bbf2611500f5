"""Free places in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment
from liaison_desk.store.chronology_tables import first_pos, pos_at
from liaison_desk.store.slots import Slots


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A table of places alone."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE entries (pos INTEGER PRIMARY KEY)")
        yield connection


def fill(connection: sqlite3.Connection, places: Iterator[int] | range) -> None:
    """Take places."""
    connection.executemany("INSERT INTO entries VALUES (?)", [(pos,) for pos in places])


@pytest.mark.parametrize("ahead", [0, 20])
def test_the_first_free_place_is_given_once(connection: sqlite3.Connection, ahead: int) -> None:
    fill(connection, range(100, 105))
    slots = Slots(connection, range(95, 95 + ahead) if ahead else ())

    assert [slots.take(wanted) for wanted in (99, 99, 100, 103, 106, 100)] == [99, 105, 106, 107, 108, 109]


def test_a_long_run_of_taken_places_is_leapt_over(connection: sqlite3.Connection) -> None:
    fill(connection, range(1000, 60_000))
    slots = Slots(connection, range(900, 1100))

    assert [slots.take(1000) for _ in range(3)] == [60_000, 60_001, 60_002]
    assert slots.take(999) == 999
    assert Slots(connection).take(1000) == 60_000


def test_gaps_behind_a_run_are_used_one_by_one(connection: sqlite3.Connection) -> None:
    fill(connection, range(0, 4000, 2))
    slots = Slots(connection)

    assert [slots.take(0) for _ in range(5)] == [1, 3, 5, 7, 9]


@given(st.integers(MIN_MS, MAX_MS), st.integers(MIN_MS, MAX_MS))
def test_places_are_in_the_order_of_time(one: int, other: int) -> None:
    first, second = sorted((one, other))
    known = Moment(first)

    assert first_pos(known, known) <= first_pos(Moment(second), known) or first // 1000 == second // 1000
    assert pos_at(known) <= first_pos(known, Moment(second)) < pos_at(known.plus(seconds=1))
    assert abs(first_pos(known, Moment(second))) < 1 << 62
