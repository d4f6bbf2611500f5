"""What happened to others, and must not happen here; each case named after where it happened."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sync import names
from sync.errors import Cloned, Corrupt, Forked, Offline, Refused, TooNew
from sync.operation import Operation
from sync.transports import folder
from sync.transports.files import DiskFiles
from sync.transports.retrying import RetryingFiles
from tests.unit.sync.replicas import (
    CANARY,
    INCIDENT,
    START_MS,
    MemoryFiles,
    Replica,
    SetClock,
    connect,
    converge,
    device,
    made_share,
    put,
    share,
)

DAY_MS = 24 * 60 * 60 * 1000


def shared_by_three() -> tuple[MemoryFiles, list[Replica]]:
    files = made_share()
    replicas = [Replica(letter) for letter in "abc"]
    for replica in replicas:
        replica.write(put("1", f"by {replica.device[0]}"))
    converge(files, replicas)
    return files, replicas


def tear(files: MemoryFiles, *path: str, keep: int) -> str:
    """Cut the newest file of a directory short; returns its name."""
    name = max(files.below(*path))
    data, changed = files.files[(*path, name)]
    files.files[(*path, name)] = (data[:keep], changed)
    return name


def test_joplin_4223_an_empty_mount_is_offline_and_deletes_nothing() -> None:
    files, (a, *_) = shared_by_three()
    before = a.journal.digest()
    a.write(put("2", "typed meanwhile"))
    empty = MemoryFiles()
    report = a.round(empty)
    assert isinstance(report.error, Offline)
    assert report.error.reason == "emptied"
    assert (empty.files, empty.directories) == ({}, {()})
    assert report.waiting == 1
    assert a.reader.standing().state(a.device, 2) == "local"
    assert a.journal.withdraw(2) is not None
    assert a.journal.digest() == before
    assert a.round(files).error is None


def test_a_vanished_mount_is_absent(tmp_path: Path) -> None:
    a = Replica("a")
    report = a.round(DiskFiles(tmp_path / "N" / "not mounted"))
    assert isinstance(report.error, Offline)
    assert report.error.reason == "absent"
    assert not (tmp_path / "N").exists()


def test_joplin_4223_a_mount_that_empties_in_the_middle_of_a_round() -> None:
    for at in range(1, 40):
        files, (a, b, c) = shared_by_three()
        b.write(put("2", "from b"))
        b.round(files)
        a.write(put("1", "mine", *a.dots("1")))
        kept = files.copy()

        def empty(files: MemoryFiles = files) -> BaseException:
            files.files.clear()
            files.directories = {()}
            return FileNotFoundError(errno.ENOENT, "gone")

        files.plan.at, files.plan.error, files.plan.count = at, empty, 0
        report = a.round(files)
        if not files.plan.fired:
            return
        assert not [path for path in files.files if path[0] != "tmp"], report
        assert a.journal.check() == []
        # The mount comes back as it was when it went.
        a.round(kept, heal=True)
        converge(kept, [a, b, c])
        assert a.values("1") == ["mine"]
        assert a.values("2") == ["from b"]
    pytest.fail("the round never came to its end")


def test_a_share_that_hides_our_own_head_is_offline_until_it_is_sure() -> None:
    files, (a, b, c) = shared_by_three()
    older = files.copy()
    a.write(put("2", "later"))
    a.round(files)
    a.round(files)
    engine = a.engine(share(older, a))
    for _ in range(2):
        before = dict(older.files)
        report = engine.round()
        assert isinstance(report.error, Offline)
        assert report.error.reason == "head_missing"
        assert older.files == before
    healed = engine.round()
    assert healed.error is None
    assert healed.sent == 1
    converge(older, [a, b, c])
    assert c.values("2") == ["later"]


def test_a_share_that_came_back_older_gets_everybodys_lines_again_from_anyone() -> None:
    files, (a, b, c) = shared_by_three()
    older = files.copy()
    b.write(put("2", "b will never come again"))
    b.round(files)
    a.round(files)
    for name in list(older.below("common", "seg", device("a"))):
        del older.files[("common", "seg", device("a"), name)]
    report = a.round(older, heal=True)
    assert report.error is None
    assert report.relayed == 1
    assert a.round(older, heal=True).relayed == 0
    # The bytes and the names are those of before.
    for path, (data, _) in files.files.items():
        if path[:3] == ("common", "seg", device("b")):
            assert older.files[path][0] == data
    converge(older, [a, c])
    assert c.values("2") == ["b will never come again"]


def test_own_segments_that_a_share_lost_come_back_under_their_names() -> None:
    files, (a, b, c) = shared_by_three()
    a.write(put("2", "second"))
    a.round(files)
    lost = {path: files.files.pop(path) for path in list(files.files) if path[:3] == ("common", "seg", device("a"))}
    report = a.round(files, heal=True)
    assert report.error is None
    assert report.healed == 2
    assert {path: files.files[path][0] for path in lost} == {path: data for path, (data, _) in lost.items()}
    converge(files, [a, b, c])


def test_a_stick_carries_between_two_shares() -> None:
    one, stick, other = made_share(), made_share(), made_share()
    a, b, courier = Replica("a"), Replica("b"), Replica("c")
    a.write(put("1", "from the office"))
    b.write(put("1", "from the town"))
    a.round(one)
    b.round(other)
    for _ in range(2):
        for place, name in ((one, "office"), (stick, "stick"), (other, "town")):
            assert courier.engine(share(place, courier, name=name)).round().error is None
    a.round(one)
    b.round(other)
    assert a.journal.vector() == b.journal.vector()
    assert a.journal.digest() == b.journal.digest()


def test_mergin_2382_a_half_written_temporary_is_never_applied() -> None:
    files, (a, b, _) = shared_by_three()
    a.write(put("2", "whole"))
    segment = a.round(files)
    assert segment.sent == 1
    name = max(files.below("common", "seg", device("a")))
    data = files.below("common", "seg", device("a"))[name]
    for at, odd in enumerate((f"{name}.tmp", f"~{name}.tmp", "3-3.partial", "3-4.0000")):
        files.files[("common", "seg", device("a"), odd)] = (data[: at * 10], START_MS)
    files.files[("tmp", f"{device('a')}-unfinished")] = (data[:7], START_MS)
    report = b.round(files)
    assert report.received == 1
    assert report.ignored == 2
    assert sorted(each.path.split("/")[-1] for each in report.set_aside) == ["3-3.partial", "3-4.0000"]
    assert b.values("2") == ["whole"]
    # Its own unfinished file is cleared by its writer's next run, and only by it.
    assert ("tmp", f"{device('a')}-unfinished") in files.files
    a.round(files)
    assert ("tmp", f"{device('a')}-unfinished") not in files.files


@pytest.mark.parametrize("keep", [0, 1, 40, 200])
def test_restic_3435_a_truncated_segment_is_named_set_aside_and_mended_by_its_writer(keep: int) -> None:
    files, (a, b, c) = shared_by_three()
    a.write(put("2", "long enough to be cut " * 20))
    a.round(files)
    c.write(put("3", "goes on"))
    c.round(files)
    name = tear(files, "common", "seg", device("a"), keep=keep)
    report = b.round(files)
    assert [each.path for each in report.set_aside] == [f"common/seg/{device('a')}/{name}"]
    assert isinstance(report.set_aside[0].error, Corrupt)
    assert b.values("3") == ["goes on"]
    assert files.below("common", "seg", device("a"))[name] is not None
    # Its writer reads of it in the acknowledgement and puts it again; the torn one is moved aside, never deleted.
    assert a.round(files).healed == 1
    assert [each for each in files.below("tmp") if "-torn-" in each]
    converge(files, [a, b, c])
    assert b.values("2") == c.values("2") != []


def test_a_flipped_bit_anywhere_in_a_segment_is_noticed() -> None:
    files, (a, b, _) = shared_by_three()
    a.write(put("2", "text"))
    a.round(files)
    name = max(files.below("common", "seg", device("a")))
    data = files.below("common", "seg", device("a"))[name]
    for at in range(len(data)):
        flipped = bytes((*data[:at], data[at] ^ 1, *data[at + 1 :]))
        files.files[("common", "seg", device("a"), name)] = (flipped, START_MS)
        report = b.round(files)
        assert report.set_aside
        assert report.received == 0
    files.files[("common", "seg", device("a"), name)] = (data, START_MS)
    assert b.round(files).received == 1


def test_torn_heads_cards_and_acknowledgements_are_named_and_the_rest_goes_on() -> None:
    files = made_share()
    a, b = Replica("a"), Replica("b")
    a.write(put("1", "one"))
    b.write(put("1", "other"))
    a.round(files)
    b.round(files)
    c = Replica("c")
    card = tear(files, "roster", keep=3)
    ack = tear(files, "common", "ack", keep=3)
    files.files[("common", "heads", f"{device('d')}.1.0")] = (b"", START_MS)
    files.files[("common", "heads", f"{device('d')}.3.{'0' * 16}")] = (b"", START_MS)
    files.files[("roster", "readme.txt")] = (b"", START_MS)
    files.files[("roster", "Thumbs.db")] = (b"", START_MS)
    report = c.round(files)
    aside = {each.path for each in report.set_aside}
    assert aside >= {f"roster/{card}", f"common/ack/{ack}", f"common/heads/{device('d')}.1.0", "roster/readme.txt"}
    assert report.received == 2
    assert report.ignored == 1


def test_actual_8905_a_drifted_clock_neither_wins_nor_pulls_nor_blocks() -> None:
    files = made_share()
    ahead = Replica("a", clock=SetClock(START_MS + 3650 * DAY_MS))
    right, behind = Replica("b"), Replica("c", clock=SetClock(START_MS - 3 * DAY_MS))
    ahead.write(put("1", "from the year 2036"))
    ahead.round(files)
    report = right.round(files)
    assert report.ahead == {ahead.device: 3650 * DAY_MS}
    assert right.reader.ahead() == report.ahead
    mine = right.write(put("1", "now", *right.dots("1")))
    assert mine.hlc >> 16 == START_MS
    right.round(files)
    behind.round(files)
    behind.write(put("1", "three days ago", *behind.dots("1")))
    converge(files, [ahead, right, behind])
    assert ahead.values("1") == ["three days ago"]
    # The clock is set right: the next stamp takes the flag away, and its stamps still only grow.
    ahead.clock.now = START_MS
    before = ahead.log()[-1].hlc
    stamps = [ahead.write(put("2", number)).hlc for number in range(3)]
    assert stamps == sorted(stamps)
    assert stamps[0] > min(before, stamps[0] - 1)


def test_three_devices_write_at_once_are_offline_for_a_while_and_three_days_apart() -> None:
    files = made_share()
    replicas = [
        Replica(letter, clock=SetClock(START_MS + days * DAY_MS))
        for letter, days in zip("abc", (-3, 0, 3), strict=True)
    ]
    a, b, c = replicas
    a.write(put("1", "未対応"))
    converge(files, replicas)
    for replica, status in zip(replicas, ("対応中", "完了", "未対応のまま"), strict=True):
        for number in range(20):
            replica.write(put(f"{replica.device[0]}-{number}", number))
        replica.write(put("1", status, *replica.dots("1")))
        replica.write(Operation("entry", "1", "tags", "add", status))
    # a and b meet while c is away; then c comes.
    a.round(files)
    b.round(files)
    a.round(files)
    assert sorted(map(str, a.values("1"))) == ["完了", "対応中"]
    converge(files, replicas)
    for replica in replicas:
        assert sorted(map(str, replica.values("1"))) == ["完了", "対応中", "未対応のまま"]
        assert len(replica.values("1", "tags")) == 3
    c.write(put("1", "完了", *c.dots("1")))
    converge(files, replicas)
    assert [replica.values("1") for replica in replicas] == [["完了"]] * 3


def test_a_copied_profile_takes_a_new_device_id_and_loses_nothing(tmp_path: Path) -> None:
    files = made_share()
    b = Replica("b")
    original = Replica("a", path=tmp_path / "a.db")
    original.write(put("1", "common past"))
    original.round(files)
    copied = connect(tmp_path / "copy.db")
    original.connection.backup(copied)
    copy = Replica("a", connection=copied)
    original.write(put("1", "by the original", *original.dots("1")))
    original.round(files)
    b.round(files)
    b.write(put("1", "b upon the original", *b.dots("1")))
    first = copy.write(put("2", "only in the copy"))
    second = copy.write(put("2", "corrected in the copy", *copy.dots("2")))
    report = copy.round(files)
    assert isinstance(report.error, Cloned)
    assert (report.error.agreed, report.error.seen) == (1, 2)
    again = copy.journal.adopt_new_device(device("e"), agreed=report.error.agreed)
    assert [each.seq for each in again] == [1, 2]
    assert [each.wall_ms for each in again] == [first.wall_ms, second.wall_ms]
    assert copy.journal.check() == []
    converge(files, [original, copy, b])
    assert original.values("2") == ["corrected in the copy"]
    assert copy.values("1") == ["b upon the original"]


def test_a_restored_backup_without_news_takes_a_new_device_id(tmp_path: Path) -> None:
    files = made_share()
    a, b = Replica("a", path=tmp_path / "a.db"), Replica("b")
    a.write(put("1", "old"))
    a.round(files)
    saved = connect(tmp_path / "backup.db")
    a.connection.backup(saved)
    a.write(put("2", "after the backup"))
    a.round(files)
    restored = Replica("a", connection=saved)
    report = restored.round(files)
    assert isinstance(report.error, Cloned)
    assert restored.journal.adopt_new_device(device("e"), agreed=report.error.agreed) == ()
    restored.write(put("3", "goes on"))
    converge(files, [restored, b])
    assert b.values("2") == ["after the backup"]
    assert b.values("3") == ["goes on"]


def test_a_copy_whose_places_bytes_cannot_be_read_waits(tmp_path: Path) -> None:
    files = made_share()
    a = Replica("a", path=tmp_path / "a.db")
    a.write(put("1", "old"))
    a.round(files)
    saved = connect(tmp_path / "backup.db")
    a.connection.backup(saved)
    for number in range(3):
        a.write(put("2", number))
        a.round(files)
    restored = Replica("a", connection=saved)
    restored.write(put("3", "mine"))
    for name, data in files.below("common", "seg", device("a")).items():
        if not name.startswith(("4-", "1-")):
            files.files[("common", "seg", device("a"), name)] = (data[:9], START_MS)
    report = restored.round(files)
    assert isinstance(report.error, Offline)
    assert report.error.reason == "unproven"


def test_two_transactions_with_one_number_are_named_and_neither_replaces_the_other() -> None:
    files = made_share()
    one, twin, reader = Replica("a"), Replica("a"), Replica("b")
    one.write(put("1", "one"))
    twin.write(put("1", "twin"))
    one.round(files)
    reader.round(files)
    other = made_share()
    twin.round(other)
    for path, file in other.files.items():
        if path[0] == "common":
            files.files[path] = file
    before = reader.journal.digest()
    report = reader.round(files)
    assert [type(each.error) for each in report.refused] == [Forked]
    assert reader.journal.digest() == before
    # And what follows on the twin's side is not taken either.
    twin.write(put("1", "twin again"))
    twin.round(other)
    for path, file in other.files.items():
        if path[0] == "common":
            files.files[path] = file
    report = reader.round(files)
    assert report.received == 0
    assert {type(each.error) for each in report.refused} == {Forked}


def test_a_head_that_its_segments_do_not_lead_to_is_named() -> None:
    files, (a, b, _) = shared_by_three()
    a.write(put("2", "x"))
    a.round(files)
    head = next(each for each in files.below("common", "heads") if each.startswith(f"{device('a')}.2"))
    del files.files[("common", "heads", head)]
    files.files[("common", "heads", f"{device('a')}.2.{'0' * 16}")] = (b"", START_MS)
    report = b.round(files)
    assert [each.path for each in report.set_aside] == [f"common/heads/{device('a')}.2.{'0' * 16}"]


def test_another_incidents_share_and_another_share_under_the_same_name_are_refused() -> None:
    files, (a, *_) = shared_by_three()
    foreign = MemoryFiles()
    folder.create(foreign, incident="incident-2", canary="x")
    error = a.round(foreign).error
    assert isinstance(error, Refused)
    assert (error.reason, error.expected, error.found) == ("incident", INCIDENT, "incident-2")
    new = MemoryFiles()
    folder.create(new, incident=INCIDENT, canary="another")
    error = a.round(new).error
    assert isinstance(error, Refused)
    assert (error.reason, error.expected, error.found) == ("canary", CANARY, "another")
    assert a.round(files).error is None


def test_a_newer_share_says_so() -> None:
    _, (a, *_) = shared_by_three()
    files = MemoryFiles()
    text = b'{"format": "liaison-desk-share", "version": 2, "incident": "incident-1", "canary": "canary-1"}'
    files.files[("FORMAT.json",)] = (text, START_MS)
    error = a.round(files).error
    assert isinstance(error, TooNew)
    assert (error.found, error.known) == ("2", "1")


def test_a_listing_that_is_older_than_the_share_costs_a_round_and_nothing_else() -> None:
    files, (a, b, c) = shared_by_three()
    a.write(put("2", "x"))
    a.round(files)
    seen = files.copy()
    a.write(put("3", "y"))
    a.round(files)
    a.round(files)

    class Stale(MemoryFiles):
        """Lists what was there before, reads what is there now."""

        def list(self, path: object) -> list[str]:
            return seen.list(path)  # type: ignore[arg-type]

    stale = Stale(files.clock, files.files, files.directories)
    report = b.round(stale)
    assert report.error is None
    assert b.values("2") == ["x"]
    assert b.values("3") == []
    converge(files, [a, b, c])


def test_a_segment_that_is_listed_but_not_there_yet_is_tried_again() -> None:
    files, (a, b, _) = shared_by_three()
    a.write(put("2", "x"))
    a.round(files)
    name = max(files.below("common", "seg", device("a")))
    shown = files.copy()
    hidden = files.files.pop(("common", "seg", device("a"), name))

    class Listed(MemoryFiles):
        """Shows a name before its bytes arrive."""

        def list(self, path: object) -> list[str]:
            return shown.list(path)  # type: ignore[arg-type]

    report = b.round(Listed(files.clock, files.files, files.directories))
    assert [each.path for each in report.set_aside] == [f"common/seg/{device('a')}/{name}"]
    files.files[("common", "seg", device("a"), name)] = hidden
    assert b.round(files).received == 1


def test_one_unreadable_item_does_not_end_the_round() -> None:
    files, (a, b, c) = shared_by_three()
    for replica in (a, c):
        replica.write(put("2", replica.device[0]))
        replica.round(files)

    class BadSector(MemoryFiles):
        """One file cannot be read for good."""

        def read(self, path: object, limit_bytes: int) -> bytes:
            if device("a") in path and "seg" in path:  # type: ignore[operator]
                raise OSError(errno.EIO, "bad sector")
            return super().read(path, limit_bytes)  # type: ignore[arg-type]

    waits: list[float] = []
    bad = RetryingFiles(BadSector(files.clock, files.files, files.directories), waits.append)
    report = b.round(bad)
    assert report.error is None
    assert b.values("2") == ["c"]
    assert len(report.set_aside) == 1
    assert waits


def test_a_full_or_read_only_share_is_still_read() -> None:
    for code, reason in ((errno.ENOSPC, "full"), (errno.EROFS, "read_only")):
        files, (a, b, c) = shared_by_three()

        # Two heads of b are there, and an acknowledgement says that a segment of b is torn.
        b.write(put("4", "just shared"))
        b.round(files)
        b.write(put("3", "mine"))
        tear(files, "common", "seg", device("b"), keep=5)
        assert c.round(files).set_aside
        a.write(put("2", "theirs"))
        a.round(files)

        class NoWriting(MemoryFiles):
            """Everything that writes fails."""

            code = 0

            def create(self, path: object, data: bytes) -> None:
                raise OSError(self.code, "no writing")

            def remove(self, path: object) -> None:
                raise OSError(self.code, "no writing")

        shut = NoWriting(files.clock, files.files, files.directories)
        shut.code = code
        report = b.round(shut)
        assert isinstance(report.error, Offline)
        assert report.error.reason == reason
        assert report.received == 1
        assert report.waiting == 1
        assert b.reader.standing().state(b.device, 2) == "shared"
        assert b.reader.standing().state(b.device, 3) == "local"
        converge(files, [a, b, c])


def test_names_are_fit_for_windows() -> None:
    files, _ = shared_by_three()
    for path in files.files:
        for part in path:
            assert not set(part) & set('<>:"/\\|?*')
            assert not part.endswith((".", " "))
        assert len("/".join(path)) < 140
    assert names.segment("1-2." + "0" * 32) is not None
