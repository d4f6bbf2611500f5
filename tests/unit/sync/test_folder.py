"""A folder as a share: what is junk, what is torn, what an error means."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import Corrupt, Offline, Refused, TooNew
from sync.names import Shelf
from sync.transports import folder
from sync.transports.files import DiskFiles, Parts
from sync.transports.folder import FolderTransport
from sync.transports.retrying import RetryingFiles, passes
from tests.unit.sync.replicas import CANARY, INCIDENT, START_MS, MemoryFiles, Plan, Replica, made_share, share

SEG = Shelf("seg", "common", "a" * 32)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Offline),
        ("{", Offline),
        ("[]", Refused),
        ('{"format": "other"}', Refused),
        ('{"format": "liaison-desk-share"}', TooNew),
        ('{"format": "liaison-desk-share", "version": 9}', TooNew),
        ('{"format": "liaison-desk-share", "version": 1}', Refused),
        ('{"format": "liaison-desk-share", "version": 1, "incident": "incident-1"}', Refused),
        ('{"format": "liaison-desk-share", "version": 1, "incident": "incident-1", "canary": ""}', Refused),
    ],
)
def test_a_format_that_is_not_ours_has_a_name(text: str, error: type[Exception]) -> None:
    files = MemoryFiles()
    files.files[("FORMAT.json",)] = (text.encode(), START_MS)
    with pytest.raises(error):
        folder.read_format(files, INCIDENT)
    before = dict(files.files)
    with pytest.raises(error):
        folder.create(files, incident=INCIDENT, canary="new")
    assert {path: files.files[path] for path in before} == before


def test_a_folder_with_other_things_but_no_format_is_emptied_not_new() -> None:
    files = MemoryFiles()
    files.files[("写真.jpg",)] = (b"", START_MS)
    with pytest.raises(Offline) as caught:
        share(files, Replica("a")).open()
    assert caught.value.reason == "emptied"
    assert "1 names" in str(caught.value)


def test_creating_twice_keeps_the_first_canary() -> None:
    files = MemoryFiles()
    assert folder.create(files, incident=INCIDENT, canary="first") == "first"
    assert folder.create(files, incident=INCIDENT, canary="second") == "first"
    assert files.below("tmp") == {}
    with pytest.raises(Refused):
        folder.create(files, incident="incident-2", canary="third")


def test_creating_in_a_folder_that_is_not_there_is_offline(tmp_path: Path) -> None:
    with pytest.raises(Offline):
        folder.create(DiskFiles(tmp_path / "absent"), incident=INCIDENT, canary=CANARY)
    assert not (tmp_path / "absent").exists()


def test_what_systems_leave_everywhere_is_passed_over_and_counted() -> None:
    files = made_share()
    transport = share(files, Replica("a"))
    transport.put(SEG, "real", b"x", own=True)
    junk = [
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._real",
        "~$real",
        "real.tmp",
        "~WRL0001.tmp",
        "LIAISO~1.DOC",
        "ABCDEF~2",
    ]
    for name in junk:
        files.files[(*SEG.parts, name)] = (b"", START_MS)
    listing = transport.list(SEG)
    assert listing.names == ("real",)
    assert listing.ignored == len(junk)


def test_a_file_where_a_shelf_should_be_is_an_empty_shelf(tmp_path: Path) -> None:
    files = DiskFiles(tmp_path)
    folder.create(files, incident=INCIDENT, canary=CANARY)
    (tmp_path / "common").write_bytes(b"a file")
    (tmp_path / "tmp").rmdir()
    (tmp_path / "tmp").write_bytes(b"a file")
    transport = share(files, Replica("a"))
    transport.open()
    assert transport.list(SEG).names == ()
    with pytest.raises(Offline):
        transport.put(SEG, "x", b"x", own=True)


ACTS: dict[str, Callable[[FolderTransport], object]] = {
    "open": lambda transport: transport.open(),
    "list": lambda transport: transport.list(SEG),
    "put": lambda transport: transport.put(SEG, "x", b"x", own=True),
    "put again": lambda transport: transport.put(SEG, "y", b"y", own=True),
    "read": lambda transport: transport.read(SEG, "y", 9),
    "remove": lambda transport: transport.remove(SEG, "y"),
}


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read_only"), (errno.EACCES, "read_only"), (errno.EHOSTDOWN, "unreachable")],
)
def test_an_error_of_the_disk_has_a_meaning(code: int, reason: str, act: str) -> None:
    for at in range(1, 12):
        files = made_share()
        transport = share(files, Replica("a"))
        share(files, Replica("a")).put(SEG, "y", b"y", own=True)
        files.plan = Plan(at, persistent=True, error=lambda: OSError(code, "planned"))
        reasons = []
        try:
            ACTS[act](transport)
        except Offline as error:
            reasons.append(error.reason)
        assert reasons in ([], [reason])
        if not files.plan.fired:
            assert at > 1
            return
    pytest.fail("the act never came to its end")


def test_a_share_whose_directories_vanish_under_us_waits() -> None:
    class Vanishing(MemoryFiles):
        """Nothing can be renamed, because nothing is there any more."""

        def rename(self, path: Parts, target: Parts) -> None:
            raise FileNotFoundError(errno.ENOENT, "gone")

    files = Vanishing(files=dict(made_share().files), directories={(), ("tmp",)})
    with pytest.raises(Offline):
        share(files, Replica("a")).put(SEG, "x", b"x", own=True)


def test_creating_waits_when_the_unfinished_file_cannot_be_cleared() -> None:
    class Stuck(MemoryFiles):
        """A scanner holds the file."""

        def remove(self, path: Parts) -> None:
            raise OSError(errno.EBUSY, "held")

    files = Stuck(files=dict(made_share().files), directories={(), ("tmp",)})
    with pytest.raises(Offline):
        folder.create(files, incident=INCIDENT, canary="second")


def test_windows_own_numbers_are_understood() -> None:
    class WindowsError32(OSError):
        winerror = 32

    class WindowsError112(OSError):
        winerror = 112

    assert passes(WindowsError32())
    assert not passes(WindowsError112())
    assert not passes(FileNotFoundError(errno.ENOENT, "no"))
    files = made_share()
    files.plan = Plan(1, persistent=True, error=lambda: WindowsError112("full"))
    with pytest.raises(Offline) as caught:
        share(files, Replica("a")).list(SEG)
    assert caught.value.reason == "full"


def test_retries_are_bounded_and_wait_longer_each_time() -> None:
    files = made_share()
    waits: list[float] = []
    patient = RetryingFiles(files, waits.append)
    files.plan = Plan(1, persistent=True)
    with pytest.raises(OSError, match="planned"):
        patient.list(())
    assert waits == [0.05, 0.2, 0.5, 1.0]
    assert patient.retried == 4
    files.plan = Plan(1, persistent=True, error=lambda: OSError(errno.ENOSPC, "full"))
    with pytest.raises(OSError, match="full"):
        patient.list(())
    assert patient.retried == 4
    files.plan = Plan()
    assert patient.modified_ms(("FORMAT.json",)) > 0


def test_a_torn_file_of_ours_that_cannot_be_moved_waits() -> None:
    class Stuck(MemoryFiles):
        """The torn file is open elsewhere."""

        def rename(self, path: Parts, target: Parts) -> None:
            if "torn" in target[-1]:
                raise FileExistsError(errno.EEXIST, "taken")
            super().rename(path, target)

    files = Stuck()
    folder.create(files, incident=INCIDENT, canary=CANARY)
    transport = share(files, Replica("a"))
    transport.put(SEG, "x", b"torn", own=True)
    with pytest.raises(Offline, match="cannot be moved"):
        transport.put(SEG, "x", b"whole", own=True)
    assert files.below(*SEG.parts) == {"x": b"torn"}


def test_a_name_that_is_taken_again_while_we_mend_waits() -> None:
    class Racing(MemoryFiles):
        """Somebody puts other bytes under the name as soon as it is free."""

        def rename(self, path: Parts, target: Parts) -> None:
            super().rename(path, target)
            if "torn" in target[-1]:
                self.files[tuple(path)] = (b"again torn", START_MS)

    files = Racing()
    folder.create(files, incident=INCIDENT, canary=CANARY)
    transport = share(files, Replica("a"))
    transport.put(SEG, "x", b"torn", own=True)
    with pytest.raises(Offline, match="cannot be written"):
        transport.put(SEG, "x", b"whole", own=True)


def test_unfinished_names_that_are_all_taken_end_in_offline() -> None:
    files = made_share()
    transport = share(files, Replica("a"))
    files.plan = Plan(1, persistent=True, error=lambda: FileExistsError(errno.EEXIST, "taken"))
    with pytest.raises(Offline, match="no unfinished file"):
        transport.put(SEG, "x", b"x", own=True)


def test_the_shelves_are_made_only_where_the_shares_mark_is_visible() -> None:
    files = made_share()
    transport = share(files, Replica("a"))
    files.files.clear()
    files.directories = {()}
    with pytest.raises(Offline):
        transport.put(SEG, "x", b"x", own=True)
    assert files.directories == {()}


@pytest.mark.parametrize(("winerror", "expected"), [(123, NotADirectoryError), (267, NotADirectoryError), (5, OSError)])
def test_windows_words_for_a_file_in_a_directorys_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int, expected: type[OSError]
) -> None:
    class WindowsError(OSError):
        pass

    def listing(_path: Path) -> list[str]:
        error = WindowsError(errno.EINVAL, "as Windows says it")
        error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
        raise error

    monkeypatch.setattr(os, "listdir", listing)
    with pytest.raises(expected):
        DiskFiles(tmp_path).list(("tmp",))


def test_a_disk_without_hard_links_still_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    files = DiskFiles(tmp_path)
    files.create(("one",), b"1")
    files.rename(("one",), ("two",))
    assert sorted(files.list(())) == ["two"]
    files.create(("one",), b"other")
    with pytest.raises(FileExistsError):
        files.rename(("one",), ("two",))
    assert files.read(("two",), 9) == b"1"
    with pytest.raises(FileNotFoundError):
        files.rename(("absent",), ("three",))


def test_a_mount_that_cannot_flush_is_used_and_a_failing_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_with(code: int) -> None:
        def fsync(_file: int) -> None:
            raise OSError(code, "planned")

        monkeypatch.setattr(os, "fsync", fsync)

    files = DiskFiles(tmp_path)
    fails_with(errno.ENOTSUP)
    files.create(("one",), b"1")
    assert files.read(("one",), 9) == b"1"
    fails_with(errno.EIO)
    with pytest.raises(OSError, match="planned"):
        files.create(("two",), b"2")


def test_a_full_disk_is_not_filled_further_by_trying_again() -> None:
    class Full(MemoryFiles):
        """Half of a file fits."""

        def create(self, path: Parts, data: bytes) -> None:
            super().create(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "full")

    made = made_share()
    files = Full(files=made.files, directories=made.directories)
    transport = share(files, Replica("a"))
    for _ in range(3):
        transport.open()
        with pytest.raises(Offline) as caught:
            transport.put(SEG, "x", b"x" * 100, own=True)
        assert caught.value.reason == "full"
    assert files.below("tmp") == {}
    # Where even removing fails, the next round clears it.
    files.plan = Plan(2, error=lambda: OSError(errno.EBUSY, "held"))
    with pytest.raises(Offline):
        transport.put(SEG, "x", b"x" * 100, own=True)
    assert len(files.below("tmp")) == 1
    transport.open()
    assert files.below("tmp") == {}


def test_a_disk_that_fails_to_link_for_another_reason_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: Path, target: Path) -> None:
        raise OSError(errno.EIO, "bad")

    files = DiskFiles(tmp_path)
    files.create(("one",), b"1")
    if os.name != "nt":
        monkeypatch.setattr(Path, "hardlink_to", failing)
        with pytest.raises(OSError, match="bad"):
            files.rename(("one",), ("two",))


def test_a_directory_under_a_segments_name_is_one_odd_item(tmp_path: Path) -> None:
    files = DiskFiles(tmp_path)
    folder.create(files, incident=INCIDENT, canary=CANARY)
    transport = share(files, Replica("a"))
    transport.put(SEG, "x", b"x", own=True)
    (tmp_path.joinpath(*SEG.parts) / "y").mkdir()
    with pytest.raises(Corrupt):
        transport.read(SEG, "y", 9)
    assert transport.read(SEG, "x", 9) == b"x"
    assert json.loads((tmp_path / "FORMAT.json").read_text(encoding="utf-8"))["canary"] == CANARY
