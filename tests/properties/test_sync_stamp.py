"""The laws of stamps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.stamp import AHEAD_LIMIT_MS, COUNTER_MAX, MS_MAX, STAMP_MAX, HybridClock, RandomIds, SystemClock, ms_of
from sync.transaction import is_device_id
from tests.unit.sync.replicas import START_MS, SetClock


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=50))
def test_stamps_only_grow_whatever_the_clock_does(moves: list[int]) -> None:
    clock = SetClock()
    hybrid = HybridClock(clock)
    last = -1
    for move in moves:
        clock.now += move
        stamp = hybrid.tick()
        assert last < stamp <= STAMP_MAX
        last = stamp
        # A restart goes on above what was persisted.
        hybrid = HybridClock(clock, hybrid.last)


@given(st.lists(st.integers(0, STAMP_MAX), max_size=20))
def test_a_stamp_comes_after_every_accepted_one_and_is_not_pulled_by_a_drifted_one(stamps: list[int]) -> None:
    hybrid = HybridClock(SetClock())
    accepted = [stamp for stamp in stamps if not hybrid.witness(stamp)]
    mine = hybrid.tick()
    assert all(stamp < mine for stamp in accepted)
    assert ms_of(mine) <= START_MS + AHEAD_LIMIT_MS + 1


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    hybrid = HybridClock(SetClock(), (START_MS << 16) | COUNTER_MAX)
    assert hybrid.tick() == (START_MS + 1) << 16


def test_the_limit_of_ten_minutes_is_exact() -> None:
    hybrid = HybridClock(SetClock())
    assert hybrid.witness((START_MS + AHEAD_LIMIT_MS) << 16) == 0
    assert hybrid.witness((START_MS + AHEAD_LIMIT_MS + 1) << 16) == AHEAD_LIMIT_MS + 1


def test_clocks_before_1970_and_after_6429_are_held_in_range() -> None:
    assert HybridClock(SetClock(-5)).tick() == 1
    assert ms_of(HybridClock(SetClock(1 << 60)).tick()) == MS_MAX
    assert HybridClock(SetClock(1 << 60), STAMP_MAX).tick() == STAMP_MAX


def test_the_machines_clock_and_chance_answer() -> None:
    clock = SystemClock()
    assert clock.now_ms() > 1_700_000_000_000
    assert -1440 < clock.offset_min() < 1440
    assert is_device_id(RandomIds().device_id())
    assert RandomIds().device_id() != RandomIds().device_id()
