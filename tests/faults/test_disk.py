"""A full, failing or read-only disk: a sentence for a person, nothing lost, and recording goes on with space."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from liaison_desk import wording
from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.people import Contact
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology, drafts, people, recovery
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store.connection import translated
from tests.desks import exchange, open_desk, record

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "長い記録。" * 2000


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in English for one test."""
    wording.use("en")
    yield
    wording.use("ja")


def fill_to_the_brim(desk: Desk, spare_pages: int) -> None:
    """From now on SQLite finds the disk full after so many more pages."""
    (pages,) = desk.database.writer.execute("PRAGMA page_count").fetchone()
    desk.database.writer.execute(f"PRAGMA max_page_count={pages + spare_pages}")


def make_space(desk: Desk) -> None:
    """Somebody deleted files."""
    desk.database.writer.execute("PRAGMA max_page_count=1073741823")


ACTS: dict[str, Callable[[Desk, str], object]] = {
    "record": lambda desk, entry_id: record(desk, LONG),
    "reply": lambda desk, entry_id: chronology.reply_to_entry(desk, entry_id, EntryDraft(content=LONG)),
    "correct": lambda desk, entry_id: chronology.correct_entry(desk, entry_id, {"content": LONG}, "理由"),
    "set": lambda desk, entry_id: chronology.set_fields(desk, entry_id, {"owner": LONG}),
    "card": lambda desk, entry_id: people.save_contact(desk, Contact(id="", name="奥村", note=LONG)),
    "draft": lambda desk, entry_id: drafts.save_draft(desk, "main", {"content": LONG}, desk.now()),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_is_full_at_any_page_loses_nothing_and_says_so(tmp_path: Path, act: str) -> None:
    desk = open_desk(tmp_path / "desk")
    recorded = record(desk, "既にある記録")
    problems: list[DeskProblem] = []
    for spare_pages in range(60):
        before = state_of(desk)
        fill_to_the_brim(desk, spare_pages)
        refused = refusal_of(lambda: ACTS[act](desk, recorded.entry_id))
        make_space(desk)
        if refused is None:
            break
        problems.append(refused)
        assert state_of(desk) == before
    assert 3 <= len(problems) < 60
    assert {(problem.says, problem.do) for problem in problems} == {
        (wording.text("disk_full"), wording.text("disk_full_do"))
    }
    record(desk, "空きができてから")
    assert recovery.check_desk(desk) == []
    desk.close()


def refusal_of(use_case: Callable[[], object]) -> DeskProblem | None:
    """The problem that a use case raises, None when it succeeds."""
    try:
        use_case()
    except DeskProblem as problem:
        return problem
    return None


def state_of(desk: Desk) -> object:
    """All that a person could see."""
    with closing(Reader(desk.database)) as reader:
        details = [reader.details(row.id) for row in reader.last_rows(99)]
        return details, reader.drafts(), reader.contacts(), desk.the_journal().vector()


def test_others_entries_are_taken_whole_or_not_at_all_on_a_full_disk(tmp_path: Path) -> None:
    desk, other = open_desk(tmp_path / "desk"), open_desk(tmp_path / "other", "森")
    for n in range(5):
        record(other, f"{n}{LONG}")
    record(desk, "ここの記録")
    told = other.the_journal().reader.transactions(other.the_journal().device, 0, 1 << 30)
    fill_to_the_brim(desk, 4)

    with pytest.raises(DeskProblem, match=wording.text("disk_full")), translated():
        desk.the_journal().receive(told)

    make_space(desk)
    exchange(desk, other)
    assert desk.the_journal().digest() == other.the_journal().digest()
    assert recovery.check_desk(desk) == []
    desk.close()
    other.close()


CHILD = """
import resource, signal, sys
from pathlib import Path
from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from tests.desks import open_desk, record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = open_desk(Path(sys.argv[1]))
record(desk, "最初の記録")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
refused = done = 0
for n in range(12):
    try:
        record(desk, f"{n}" + "長い記録。" * 2000)
        done += 1
    except DeskProblem as problem:
        refused += 1
        assert problem.do
        said = problem.says
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
record(desk, "空きができた")
print(done, refused, said, sep="|")
desk.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is a POSIX limit; Windows has the pages' limit above")
def test_writes_that_the_system_refuses_lose_nothing(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "desk"), str(400_000)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    done, refused, says = told.stdout.strip().split("|")
    assert int(done) >= 1
    assert int(refused) >= 1
    assert "保存できませんでした" in says or "失敗しました" in says

    desk = Desk(tmp_path / "desk")
    with closing(Reader(desk.database)) as reader:
        assert reader.count_all() == int(done) + 2
    assert recovery.check_desk(desk) == []
    desk.close()


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own; skipped where nobody may mount one."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a disk of its own needs Linux and root: `sudo python3 run.py test` tries it")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "desk-test", str(folder)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {made.stderr.decode(errors='replace').strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_real_disk_that_fills_up_keeps_what_was_recorded_and_goes_on_with_space(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "3m") as disk:
        desk = open_desk(disk / "desk")
        other_files = disk / "movie"
        kept: list[str] = []
        full = None
        while full is None and len(kept) < 500:
            full = refusal_of(lambda: kept.append(record(desk, f"{len(kept)}{LONG}").entry_id))
            with contextlib.suppress(OSError):
                other_files.write_bytes(bytes(40_000 * len(kept)))
        assert full is not None
        assert full.says == wording.text("disk_full")
        with closing(Reader(desk.database)) as reader:
            assert sorted(row.id for row in reader.last_rows(999)) == sorted(kept)

        other_files.unlink()

        record(desk, "空きができた")
        desk.close()
        again = Desk(disk / "desk")
        with closing(Reader(again.database)) as reader:
            assert reader.count_all() == len(kept) + 1
        assert again.the_journal().check() == []
        again.close()


def test_a_disk_that_turns_read_only_is_told_and_can_still_be_read(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "8m") as disk:
        desk = open_desk(disk / "desk")
        record(desk, "前の記録")
        desk.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        with pytest.raises(DeskProblem) as refused:
            Desk(disk / "desk")

        assert refused.value.do
        assert "書き込め" in refused.value.says
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        again = Desk(disk / "desk")
        record(again, "書き込み禁止を解いた後")
        again.close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind root, nor so on Windows")
def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    open_desk(tmp_path / "desk").close()
    (tmp_path / "desk").chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(DeskProblem, match=r"書き込め"):
            Desk(tmp_path / "desk")
    finally:
        (tmp_path / "desk").chmod(stat.S_IRWXU)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("")

    with pytest.raises(DeskProblem, match=r"書き込めません"):
        Desk(tmp_path / "desk")


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk" / "desk.sqlite3").mkdir(parents=True)

    with pytest.raises(DeskProblem) as refused:
        Desk(tmp_path / "desk")

    assert refused.value.do


@pytest.mark.usefixtures("english")
def test_a_full_disk_is_told_in_english_too(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")
    fill_to_the_brim(desk, 0)

    with pytest.raises(DeskProblem, match="The disk is full") as full:
        record(desk, LONG)

    assert "Free some space" in full.value.do
    desk.close()
