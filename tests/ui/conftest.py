"""A real desk in a temporary folder, on its thread, for widgets under test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison_desk.domain.clock import Moment
from liaison_desk.services.desk import Desk
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.workplace import Workplace


class StandingClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        """Stand at 2026-11-22 13:05 in Japan."""
        self.present = Moment.parse_iso("2026-11-22T13:05:20+09:00")

    def now(self) -> Moment:
        """The present moment."""
        return self.present

    def go_on(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.present = self.present.plus(minutes=minutes, seconds=seconds)


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Widgets in circles are freed here and now, as in the program: another thread must not stumble over them."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def clock() -> StandingClock:
    """The time of the test."""
    return StandingClock()


@pytest.fixture
def desk(tmp_path: Path, clock: StandingClock) -> Desk:
    """An open desk at an incident, without a share; belongs to the desk thread once `workplace` is asked for."""
    desk = Desk(tmp_path / "desk", clock=clock)
    desk.save_seat(
        incident_id="ab" * 16,
        incident_name="大雨災害訓練",
        mark="七",
        operator="山田 太郎",
        org="渡島総合振興局",
        host_org="七飯町",
        device_name="リエゾンPC1",
        caught_up="1",
    )
    desk.begin_journal("cd" * 8, "11" * 16)
    return desk


@pytest.fixture
def workplace(qapp: object, desk: Desk, clock: StandingClock) -> Iterator[Workplace]:
    """What every widget is handed; closed after the test, whatever is still queued is run first."""
    thread = DeskThread(desk)
    reader = thread.reader()
    yield Workplace(thread, reader, clock)
    assert thread.close(timeout_s=20, readers=[reader])
