"""A desk that is killed at any instant has everything that it had acknowledged, whole and once.

Bounded in time; `python -m tests.faults.kill_loop --records 2000` runs to the end on any machine.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kill_loop import kill_loop

RECORDS = 2_000
LIMIT_S = 45.0


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_desk_killed_at_any_instant_has_all_that_it_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = kill_loop(tmp_path / "七飯 デスク", records=RECORDS, seed=20261122, limit_s=LIMIT_S)

    with capsys.disabled():
        print(f"\n{counts.line()}")
    assert counts.lost == []
    assert counts.kills > 0
    assert counts.records >= RECORDS or counts.kills >= 10, "this machine is too slow to say anything"
