"""Databases of every released version open and read; newer and strange ones are refused untouched."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from liaison_desk import wording
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import DATABASE_NAME
from liaison_desk.services import recovery
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store.database import Database
from liaison_desk.store.migrations import MAJOR, MINOR
from tests.desks import open_desk, record
from tools.fixture_database import make

HERE = Path(__file__).resolve().parent
FIXTURES = sorted(HERE.glob("desk-*.db"))


def profile_with(fixture: Path, folder: Path) -> Path:
    """A profile whose database is a copy of this file."""
    folder.mkdir()
    shutil.copyfile(fixture, folder / DATABASE_NAME)
    return folder


def files_of(profile: Path) -> dict[str, bytes]:
    """Every file of a profile with its bytes, but for locks, shared memory and an empty log: readers leave those."""
    files = {path.name: path.read_bytes() for path in profile.iterdir() if not path.name.endswith((".lock", "-shm"))}
    return {name: data for name, data in files.items() if data or not name.endswith("-wal")}


def test_there_is_a_fixture_of_this_version() -> None:
    assert HERE / f"desk-{MAJOR}.{MINOR}.db" in FIXTURES


@pytest.mark.parametrize("fixture", FIXTURES, ids=[path.stem for path in FIXTURES])
def test_a_database_of_a_released_version_opens_reads_and_takes_a_record(fixture: Path, tmp_path: Path) -> None:
    desk = Desk(profile_with(fixture, tmp_path / "desk"))

    assert recovery.check_desk(desk) == []
    with closing(Reader(desk.database)) as reader:
        assert sorted(row.no for row in reader.last_rows(99)) == ["七-001", "七-002", "七-003", "七-004", "森-001"]
        (found,) = reader.find(EntryFilter(text="(株) 60枚"))
        details = reader.details(found.id)
        assert details is not None
        assert details.original.content == "大中山コモンに避難所を開設 ㈱髙﨑 ６０枚"
        assert details.entry.content == "大中山コモンに避難所を開設 120枚"
        assert [row.no for row in details.thread] == ["七-001", "七-002"]
        (order,) = reader.find(EntryFilter(text="毛布"))
        assert order.conflicts == ("status",)
        assert reader.find(EntryFilter(text="誤報"))[0].cancelled
        assert [card.phone for card in reader.contacts("奥村")] == ["0138-47-9400"]
        assert [draft.values for draft in reader.drafts()] == [{"content": "書きかけ"}]
    assert record(desk).no == "七-005"
    desk.close()


def shape_of(path: Path) -> set[tuple[str, ...]]:
    """The statements that made the tables."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


def test_the_shape_changes_only_together_with_the_version(tmp_path: Path) -> None:
    """Else: a new MINOR or MAJOR with its migration, then `python -m tools.fixture_database`."""
    make(tmp_path / "new.db")

    assert shape_of(tmp_path / "new.db") == shape_of(HERE / f"desk-{MAJOR}.{MINOR}.db")


def version(profile: Path, major: int, minor: int) -> None:
    """Write another version into a profile."""
    with closing(sqlite3.connect(profile / DATABASE_NAME)) as connection:
        connection.execute("UPDATE desk_version SET major = ?, minor = ?", (major, minor))
        connection.execute("CREATE TABLE of_the_future (x)")
        connection.commit()


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_newer_major_version_is_refused_and_not_touched(tmp_path: Path, mode: str) -> None:
    profile = profile_with(FIXTURES[-1], tmp_path / "desk")
    version(profile, MAJOR + 1, 0)
    before = files_of(profile)

    with pytest.raises(DeskProblem) as refused:
        Desk(profile, read_only=mode == "read")

    assert f"{MAJOR + 1}.0" in refused.value.says
    assert f"{MAJOR}.{MINOR}" in refused.value.says
    assert refused.value.do
    assert files_of(profile) == before


def test_a_newer_version_with_a_log_beside_it_is_not_folded(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")
    record(desk)
    desk.database.writer.execute("UPDATE desk_version SET major = 99")
    copy = Path(shutil.copytree(tmp_path / "desk", tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock", "*-shm")))
    desk.close()
    before = files_of(copy)

    with pytest.raises(DeskProblem, match=r"99\.0"):
        Desk(copy)

    after = files_of(copy)
    assert {name: after[name] for name in before} == before
    assert len(before[f"{DATABASE_NAME}-wal"]) > 0


def test_a_newer_minor_version_is_opened(tmp_path: Path) -> None:
    profile = profile_with(FIXTURES[-1], tmp_path / "desk")
    version(profile, MAJOR, MINOR + 7)

    desk = Desk(profile)

    assert record(desk).no == "七-005"
    assert recovery.check_desk(desk) == []
    desk.close()


@pytest.mark.parametrize("mode", ["write", "read"])
def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path, mode: str) -> None:
    profile = tmp_path / "desk"
    profile.mkdir()
    with closing(sqlite3.connect(profile / DATABASE_NAME)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = files_of(profile)

    with pytest.raises(DeskProblem) as refused:
        Desk(profile, read_only=mode == "read")

    assert "リエゾンデスクのデータではありません" in refused.value.says
    assert files_of(profile) == before


@pytest.mark.parametrize("content", [b"PK\x03\x04 an office file" * 300, b"x"])
def test_what_is_no_database_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(content)

    with pytest.raises(DeskProblem) as refused:
        Desk(tmp_path)

    assert refused.value.do
    assert files_of(tmp_path) == {DATABASE_NAME: content}


def test_a_desk_that_was_killed_while_it_was_made_is_made(tmp_path: Path) -> None:
    for content in (b"", None):
        profile = tmp_path / str(content)
        profile.mkdir()
        if content is None:
            with closing(sqlite3.connect(profile / DATABASE_NAME)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
        else:
            (profile / DATABASE_NAME).write_bytes(content)

        desk = open_desk(profile)

        assert record(desk).no == "七-001"
        desk.close()


def test_nothing_to_read_yet_is_said_as_such(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / DATABASE_NAME).write_bytes(b"")
    for profile in (tmp_path / "none", tmp_path / "empty"):
        with pytest.raises(DeskProblem) as refused:
            Database(profile, mode="read")

        assert refused.value.says == wording.text("no_incident", profile=profile)


def test_a_power_cut_while_joining_leaves_a_desk_that_opens(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.save_seat(incident_id="1c" * 16, incident_name="訓練", mark="七", operator="高瀬", org="振興局")
    first.close()

    desk = Desk(tmp_path)

    assert record(desk).no == "七-001"
    desk.close()
