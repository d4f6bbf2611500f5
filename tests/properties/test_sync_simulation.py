"""Simulated schedules: nothing promised is lost, nothing is doubled, everybody is equal at the end.

More seeds: LIAISON_DESK_SEEDS=5000 (and LIAISON_DESK_FIRST_SEED) in the environment. A failing seed is printed
and belongs into ``KEPT``.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.unit.sync.simulation import World

SEEDS = int(os.environ.get("LIAISON_DESK_SEEDS", "40"))
FIRST = int(os.environ.get("LIAISON_DESK_FIRST_SEED", "0"))
KEPT = [145]


def simulate(seed: int) -> World:
    world = World(seed, devices=2 + seed % 4)
    world.run(steps=20 + seed % 50)
    return world


@pytest.mark.parametrize("seed", KEPT)
def test_a_seed_that_once_failed_stays_well(seed: int) -> None:
    simulate(seed)


@pytest.mark.timeout(3600)
def test_no_simulated_schedule_loses_or_doubles_a_promised_line() -> None:
    fired: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + SEEDS):
        fired += simulate(seed).fired
    # A nemesis that never struck proves nothing.
    for name in (
        "killed",
        "Offline",
        "empty",
        "gone",
        "stale",
        "torn writes",
        "lying writes",
        "clock jump",
        "restored",
        "Cloned",
    ):
        assert fired[name], f"{name} never happened: {fired}"


def test_one_seed_gives_one_run() -> None:
    one, other = simulate(7), simulate(7)
    assert one.replicas[0].journal.digest() == other.replicas[0].journal.digest()
    assert one.fired == other.fired
