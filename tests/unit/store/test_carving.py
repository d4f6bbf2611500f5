"""Rows of the log out of bare pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liaison_desk.paths import DATABASE_NAME
from liaison_desk.services.desk import Desk
from liaison_desk.store.carving import carved
from sync.transaction import Transaction
from tests.desks import open_desk, record, written_by


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose records are short, longer than a page, and much longer."""
    desk = open_desk(tmp_path / "desk")
    for length in (1, 300, 1300, 1400, 5_000, 200_000):
        record(desk, "長" * length)
    return desk


def bodies(path: Path) -> set[bytes]:
    """What was carved."""
    return {row.body for row in carved(path)}


def test_every_row_is_carved_out_of_a_closed_file(desk: Desk) -> None:
    told = {each.encode() for each in written_by(desk)}
    desk.close()

    assert bodies(desk.profile / DATABASE_NAME) == told


def test_rows_that_are_only_in_sqlites_log_are_carved_too(desk: Desk, tmp_path: Path) -> None:
    told = {each.encode() for each in written_by(desk)}
    cut = Path(shutil.copytree(desk.profile, tmp_path / "cut", ignore=shutil.ignore_patterns("*.lock", "*-shm")))
    desk.close()

    assert (cut / f"{DATABASE_NAME}-wal").stat().st_size > 0
    assert bodies(cut / DATABASE_NAME) == told


def test_a_carved_row_is_proven_by_whoever_takes_it(desk: Desk) -> None:
    desk.close()
    rows = sorted(carved(desk.profile / DATABASE_NAME))

    assert [Transaction.decode(row.body).seq for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.position for row in rows] == sorted(row.position for row in rows)


def test_noise_holds_no_rows(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\x0d" * 4096 * 20 + bytes(range(256)) * 160)
    (tmp_path / "short").write_bytes(b"SQLite format 3\0")

    assert bodies(tmp_path / "noise") == bodies(tmp_path / "short") == set()
