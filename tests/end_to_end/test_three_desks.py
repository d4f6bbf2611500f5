"""Three desks on one shared folder: what page 3 promises, seen through the use cases."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology, incident, syncing
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from sync.delivery import Standing

T = TypeVar("T")
DAY_MS = 86_400_000


class HandClock:
    """A clock that a test sets and that moves one second at each look."""

    def __init__(self, utc_ms: int) -> None:
        self.utc_ms = utc_ms

    def now(self) -> Moment:
        self.utc_ms += 1000
        return Moment(self.utc_ms)


Open = Callable[..., Desk]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Open]:
    """Opens desks of one incident with a share; the first call begins it."""
    opened: list[Desk] = []
    (tmp_path / "share").mkdir()

    def open_desk(mark: str, *, days: int = 0) -> Desk:
        desk = Desk(tmp_path / mark, clock=HandClock(1_795_320_000_000 + days * DAY_MS))
        opened.append(desk)
        if len(opened) == 1:
            incident.new_incident(
                desk, name="訓練", mark=mark, operator="奥村", org="振興局", device_name=mark, share=tmp_path / "share"
            )
            incident.write_invitation(desk, tmp_path / "invitation")
        else:
            incident.join_incident(
                desk, tmp_path / "invitation", mark=mark, operator="高瀬", org="振興局", device_name=mark
            )
        return desk

    yield open_desk
    for desk in opened:
        desk.close()


def exchange(*desks: Desk, rounds: int = 3) -> list[SyncState]:
    return [syncing.sync_once(desk) for _ in range(rounds) for desk in desks]


def digests(*desks: Desk) -> set[str]:
    return {desk.the_journal().digest() for desk in desks}


def details(desk: Desk, entry_id: str) -> EntryDetails:
    reader = Reader(desk.database)
    try:
        found = reader.details(entry_id)
        assert found is not None
        return found
    finally:
        reader.close()


def test_three_desks_that_wrote_offline_with_clocks_three_days_apart_become_equal(desks: Open) -> None:
    one, two, three = desks("本"), desks("七", days=3), desks("森", days=-3)
    exchange(one, two, three)
    shared = chronology.record_entry(one, EntryDraft(content="国道5号の状況を確認", kind="指示"))
    exchange(one, two, three)

    for number, desk in enumerate((one, two, three)):
        for line in range(20):
            chronology.record_entry(desk, EntryDraft(content=f"{number}番の机の{line}行目"))
        chronology.set_fields(desk, shared.entry_id, {"status": ("未対応", "対応中", "完了")[number]})
    exchange(one, two, three)

    assert len(digests(one, two, three)) == 1
    for desk in (one, two, three):
        found = details(desk, shared.entry_id)
        assert [value.value for value in found.live["status"]].count("完了") == 1
        assert {value.value for value in found.live["status"]} == {"未対応", "対応中", "完了"}
        assert found.row.conflicts == ("status",)

    chronology.set_fields(two, shared.entry_id, {"status": "完了"})
    exchange(one, two, three)
    for desk in (one, two, three):
        assert [value.value for value in details(desk, shared.entry_id).live["status"]] == ["完了"]
        assert details(desk, shared.entry_id).row.conflicts == ()
    assert len(digests(one, two, three)) == 1


def test_delivery_tells_where_a_line_is_at_each_step(desks: Open, tmp_path: Path) -> None:
    one, two = desks("本"), desks("七")
    exchange(one, two)
    hidden = tmp_path / "elsewhere"
    (tmp_path / "share").rename(hidden)
    recorded = chronology.record_entry(two, EntryDraft(content="回線なし"))

    def state() -> str:
        return syncing.standing_of(two.database).state(two.the_journal().device, recorded.seq)

    assert syncing.sync_once(two).link is Link.OFFLINE
    assert state() == "local"
    hidden.rename(tmp_path / "share")
    assert syncing.sync_once(two).link is Link.ONLINE
    assert state() == "shared"
    syncing.sync_once(one)
    assert state() == "shared"  # the other has it, but we have not heard so yet
    syncing.sync_once(two)
    assert state() == "received"
    assert syncing.standing_of(two.database).receivers(two.the_journal().device, recorded.seq) == (
        one.the_journal().device,
    )


def test_a_share_that_comes_back_as_an_empty_folder_deletes_nothing(desks: Open, tmp_path: Path) -> None:
    one, two = desks("本"), desks("七")
    chronology.record_entry(one, EntryDraft(content="残る行"))
    exchange(one, two)
    before = digests(one, two)
    (tmp_path / "share").rename(tmp_path / "elsewhere")
    (tmp_path / "share").mkdir()

    states = exchange(one, two, rounds=5)

    assert {state.link for state in states} == {Link.OFFLINE}
    assert states[0].says == wording.text("share_emptied", share=tmp_path / "share")
    assert list((tmp_path / "share").iterdir()) == []
    assert digests(one, two) == before


def test_a_copied_profile_takes_a_new_device_id_and_both_copies_lose_nothing(desks: Open, tmp_path: Path) -> None:
    one, two = desks("本"), desks("七")
    chronology.record_entry(two, EntryDraft(content="写す前"))
    exchange(one, two)
    two.close()
    shutil.copytree(tmp_path / "七", tmp_path / "写し")
    two, copy = Desk(tmp_path / "七"), Desk(tmp_path / "写し")
    try:
        chronology.record_entry(two, EntryDraft(content="元の机で書いた"))
        exchange(one, two)
        chronology.record_entry(copy, EntryDraft(content="写しで書いた"))

        states = exchange(copy, one, two, copy)

        assert wording.text("notice_cloned") in states[0].notices
        assert copy.the_journal().device != two.the_journal().device
        assert len(digests(one, two, copy)) == 1
        reader = Reader(one.database)
        said = {entry.content for entry in reader.entries()}
        reader.close()
        assert said == {"写す前", "元の机で書いた", "写しで書いた"}
    finally:
        two.close()
        copy.close()


def test_new_entries_of_others_are_marked_only_after_the_first_exchange(desks: Open) -> None:
    one = desks("本")
    chronology.record_entry(one, EntryDraft(content="参加する前"))
    syncing.sync_once(one)
    two = desks("七")
    exchange(one, two)
    reader = Reader(two.database)
    assert reader.unseen() == frozenset()

    late = chronology.record_entry(one, EntryDraft(content="参加した後"))
    exchange(one, two)

    assert reader.unseen() == {late.entry_id}
    changed = chronology.mark_seen(two, [late.entry_id])
    assert changed == Changed(frozenset({"entry"}), frozenset({late.entry_id}))
    assert reader.unseen() == frozenset()
    reader.close()


def test_a_mark_in_use_is_refused_to_whoever_joins(desks: Open, tmp_path: Path) -> None:
    one = desks("本")
    syncing.sync_once(one)
    two = Desk(tmp_path / "同じ略号")
    try:
        with pytest.raises(DeskProblem) as refused:
            incident.join_incident(two, tmp_path / "invitation", mark="本", operator="高瀬", org="振興局")
        assert "本" in refused.value.says
        assert not two.seat.incident_id
    finally:
        two.close()


def test_the_share_of_another_incident_is_refused(desks: Open, tmp_path: Path) -> None:
    desks("本")
    other = Desk(tmp_path / "別")
    try:
        with pytest.raises(DeskProblem) as refused:
            incident.new_incident(other, name="別の事案", mark="別", operator="別", org="別", share=tmp_path / "share")
        assert refused.value.says == wording.text("share_of_other", share=tmp_path / "share")
        assert not other.seat.incident_id
    finally:
        other.close()


def test_the_loop_sends_what_was_written_when_it_is_woken(desks: Open) -> None:
    one, two = desks("本"), desks("七")
    exchange(one, two)
    lock = threading.Lock()
    told: queue.Queue[tuple[SyncState, Standing]] = queue.Queue()
    failures: list[Exception] = []

    def run(use_case: Callable[[Desk], T]) -> T:
        with lock:
            return use_case(two)

    exchange_two = syncing.Exchange(two.database, run, two.clock)
    loop = syncing.SyncLoop(
        exchange_two, lambda: two.seat, lambda *state: told.put(state), broke=failures.append, poll_s=3600
    )
    loop.start()
    try:
        told.get(timeout=20)
        recorded = run(lambda desk: chronology.record_entry(desk, EntryDraft(content="すぐ送る")))
        loop.wake()
        state, standing = told.get(timeout=20)
        assert state.sent == 1
        assert standing.state(two.the_journal().device, recorded.seq) == "shared"
    finally:
        assert loop.end()
    assert not failures


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that this user cannot write")
def test_a_share_that_cannot_be_written_is_still_read(desks: Open, tmp_path: Path) -> None:
    one, two = desks("本"), desks("七")
    exchange(one, two)
    chronology.record_entry(one, EntryDraft(content="読める"))
    syncing.sync_once(one)
    for folder in (tmp_path / "share").rglob("*"):
        folder.chmod(0o555)

    state = syncing.sync_once(two)

    assert state.received == 1
