"""What every place must do, asked of each of them: memory, a folder in memory, a folder on the disk.

A new transport (the hub's client) joins by one more maker.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import Corrupt, Gone, Offline, Refused
from sync.names import Shelf
from sync.transports import folder
from sync.transports.files import DiskFiles, Files
from sync.transports.folder import FolderTransport
from sync.transports.memory import MemoryPlace, MemoryTransport
from sync.transports.retrying import RetryingFiles
from sync.transports.transport import Transport
from tests.unit.sync.replicas import CANARY, INCIDENT, MemoryFiles, Replica, SetClock, device, put

Make = Callable[[str, str], Transport]
HEADS = Shelf("heads", "common")
SEG = Shelf("seg", "common", device("a"))


class RandomIds:
    def device_id(self) -> str:
        return secrets.token_hex(16)


def _memory(_path: Path) -> Make:
    place = MemoryPlace(INCIDENT, CANARY)

    def make(letter: str, incident: str) -> Transport:
        return MemoryTransport(place, name="place", incident=incident, clock=SetClock(), own_clock=SetClock())

    return make


def _memory_folder(_path: Path) -> Make:
    return _folder(RetryingFiles(MemoryFiles(), sleep=lambda _seconds: None))


def _disk_folder(path: Path) -> Make:
    root = path / "共有 フォルダ"
    root.mkdir()
    return _folder(DiskFiles(root))


def _folder(files: Files) -> Make:
    folder.create(files, incident=INCIDENT, canary=CANARY)

    def make(letter: str, incident: str) -> Transport:
        return FolderTransport(
            files, name="place", incident=incident, device=device(letter), clock=SetClock(), ids=RandomIds()
        )

    return make


MAKERS = {"memory": _memory, "folder_in_memory": _memory_folder, "folder_on_disk": _disk_folder}


@pytest.fixture(params=sorted(MAKERS))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return MAKERS[request.param](tmp_path)


def test_the_canary_is_the_same_for_everybody(make: Make) -> None:
    assert make("a", INCIDENT).open() == make("b", INCIDENT).open() == CANARY


def test_another_incidents_place_is_refused_and_names_both(make: Make) -> None:
    with pytest.raises(Refused) as caught:
        make("a", "incident-2").open()
    assert (caught.value.reason, caught.value.expected, caught.value.found) == ("incident", "incident-2", INCIDENT)


def test_an_item_is_read_back_by_everybody_and_listed_once(make: Make) -> None:
    writer, reader = make("a", INCIDENT), make("b", INCIDENT)
    assert writer.list(SEG).names == ()
    writer.put(SEG, "1-1.x", b"bytes", own=True)
    writer.put(SEG, "2-2.x", b"", own=True)
    assert reader.list(SEG).names == ("1-1.x", "2-2.x")
    assert reader.read(SEG, "1-1.x", 100) == b"bytes"
    assert reader.read(SEG, "2-2.x", 0) == b""


def test_an_item_put_twice_is_there_once_and_that_is_success(make: Make) -> None:
    one, other = make("a", INCIDENT), make("b", INCIDENT)
    one.put(SEG, "1-1.x", b"bytes", own=True)
    one.put(SEG, "1-1.x", b"bytes", own=True)
    other.put(SEG, "1-1.x", b"bytes", own=False)
    assert one.list(SEG).names == ("1-1.x",)
    assert one.read(SEG, "1-1.x", 100) == b"bytes"


def test_other_bytes_under_a_name_are_never_replaced_by_a_stranger(make: Make) -> None:
    make("a", INCIDENT).put(SEG, "1-1.x", b"torn", own=True)
    with pytest.raises(Corrupt):
        make("b", INCIDENT).put(SEG, "1-1.x", b"whole", own=False)
    assert make("b", INCIDENT).read(SEG, "1-1.x", 100) == b"torn"


def test_the_writer_may_mend_its_own_torn_item(make: Make) -> None:
    writer = make("a", INCIDENT)
    writer.put(SEG, "1-1.x", b"torn", own=True)
    writer.put(SEG, "1-1.x", b"whole", own=True)
    assert make("b", INCIDENT).read(SEG, "1-1.x", 100) == b"whole"


def test_an_item_that_is_not_there_or_too_large_is_corrupt_not_offline(make: Make) -> None:
    writer = make("a", INCIDENT)
    writer.put(SEG, "1-1.x", b"bytes", own=True)
    with pytest.raises(Gone):
        writer.read(SEG, "2-2.x", 100)
    with pytest.raises(Corrupt):
        writer.read(SEG, "1-1.x", 4)


def test_removing_twice_is_success(make: Make) -> None:
    writer = make("a", INCIDENT)
    writer.put(HEADS, "a.1.x", b"", own=True)
    writer.remove(HEADS, "a.1.x")
    writer.remove(HEADS, "a.1.x")
    assert writer.list(HEADS).names == ()


def test_the_places_clock_is_known_after_a_write(make: Make) -> None:
    writer = make("a", INCIDENT)
    assert writer.skew_ms is None
    writer.put(HEADS, "a.1.x", b"", own=True)
    assert isinstance(writer.skew_ms, int)


def test_three_devices_converge(make: Make) -> None:
    replicas = [
        Replica(letter, clock=SetClock(now)) for letter, now in zip("abc", (0, 10**12, 2 * 10**12), strict=True)
    ]
    for replica in replicas:
        replica.write(put("1", f"value of {replica.device[0]}"))
    engines = [replica.engine(make(replica.device[0], INCIDENT)) for replica in replicas]
    for _ in range(3):
        for engine in engines:
            report = engine.round()
            assert (report.error, report.set_aside, report.refused) == (None, [], [])
    assert len({replica.journal.digest() for replica in replicas}) == 1
    assert sorted(map(str, replicas[0].values("1"))) == ["value of a", "value of b", "value of c"]
    for replica in replicas:
        standing = replica.reader.standing()
        assert all(standing.state(each, 1) == "received" for each in replica.journal.vector())
        assert {device for device, _ in replica.reader.cards().items()} >= {
            other.device for other in replicas if other is not replica
        }


def test_a_round_without_news_writes_nothing(make: Make) -> None:
    replicas = [Replica(letter) for letter in "ab"]
    engines = [replica.engine(make(replica.device[0], INCIDENT)) for replica in replicas]
    replicas[0].write(put("1", 1))
    for _ in range(3):
        for engine in engines:
            engine.round()
    for engine in engines:
        report = engine.round()
        assert report.complete
        assert (report.files_written, report.bytes_received) == (0, 0)


def test_five_thousand_entries_travel_in_a_handful_of_items(make: Make) -> None:
    one, other = Replica("a"), Replica("b")
    text = "大沼で土砂崩れ、国道5号が通行止め。けが人なし。" * 8
    one.journal.commit(*([put(f"{entry}-{secrets.token_hex(4)}", text)] for entry in range(5_000)))
    report = one.engine(make("a", INCIDENT)).round()
    assert report.sent == 5_000
    assert report.files_written <= 12
    took = other.engine(make("b", INCIDENT)).round()
    assert (took.received, took.parked, took.set_aside) == (5_000, (), [])
    assert one.journal.digest() == other.journal.digest()


class Lost:
    """A transport whose place cannot be reached from some call on."""

    def __init__(self, inner: Transport, calls: int) -> None:
        self._inner = inner
        self._left = calls

    def __getattr__(self, name: str) -> object:
        self._left -= name not in ("name", "skew_ms")
        if self._left < 0:
            says = "the link broke"
            raise Offline(says)
        return getattr(self._inner, name)


@pytest.mark.parametrize("calls", range(1, 12))
def test_what_came_before_a_link_broke_stays(make: Make, calls: int) -> None:
    one, other = Replica("a"), Replica("b")
    for number in range(3):
        one.write(put("1", number))
        one.engine(make("a", INCIDENT)).round()
    lost = Lost(make("b", INCIDENT), calls)
    broken = other.engine(lost)  # type: ignore[arg-type]  # it answers every call of a Transport
    assert isinstance(broken.round().error, Offline | None)
    taken = other.journal.vector().get(one.device, 0)
    other.engine(make("b", INCIDENT)).round()
    assert other.journal.vector() == {one.device: 3}
    assert taken <= 3
    assert other.journal.check() == []
