"""Beginning and joining an incident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from liaison_desk.errors import DeskProblem
from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.services.syncing import sync_once
from tests.desks import FakeClock, record


def begun(folder: Path, share: Path | None = None, **given: Any) -> Desk:
    """A desk at a new incident."""
    desk = Desk(folder, clock=FakeClock())
    told = {"name": "大雨", "mark": "本", "operator": "奥村", "org": "振興局"} | given
    try:
        incident.new_incident(desk, share=share, **told)
    except DeskProblem:
        desk.close()
        raise
    return desk


def test_an_invited_pc_joins_the_same_incident_and_receives_it(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    room = begun(tmp_path / "room", tmp_path / "share")
    recorded = record(room)
    sync_once(room)
    incident.write_invitation(room, tmp_path / "招待.json")

    desk = Desk(tmp_path / "desk", clock=FakeClock())
    incident.join_incident(desk, tmp_path / "招待.json", mark="七", operator=" 高瀬 ", org="振興局", host_org="七飯町")
    sync_once(desk)

    assert (desk.seat.incident_id, desk.seat.operator) == (room.seat.incident_id, "高瀬")
    assert desk.entry_id(recorded.no) == recorded.entry_id
    assert desk.the_journal().space == room.the_journal().space
    desk.close()
    room.close()


def test_a_mark_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    room = begun(tmp_path / "room", tmp_path / "share")
    sync_once(room)
    incident.write_invitation(room, tmp_path / "invitation")
    desk = Desk(tmp_path / "desk")

    with pytest.raises(DeskProblem, match=r"奥村"):
        incident.join_incident(desk, tmp_path / "invitation", mark="本", operator="高瀬", org="局")

    assert desk.journal is None
    desk.close()
    room.close()


@pytest.mark.parametrize("mark", ["", "七飯町", "-", "七-", " ", "\u202e", "①a!", "七\n八"])
def test_a_mark_that_heads_no_number_is_refused(tmp_path: Path, mark: str) -> None:
    with pytest.raises(DeskProblem, match=r"略号"):
        begun(tmp_path, mark=mark)


@pytest.mark.parametrize("missing", ["name", "operator", "org"])
def test_a_name_must_be_said(tmp_path: Path, missing: str) -> None:
    with pytest.raises(DeskProblem, match=r"空です"):
        begun(tmp_path, None, **{missing: "\u3000"})


def test_a_desk_has_one_incident(tmp_path: Path) -> None:
    desk = begun(tmp_path / "desk")

    with pytest.raises(DeskProblem, match=r"大雨"):
        incident.new_incident(desk, name="地震", mark="七", operator="x", org="y")

    desk.close()


GOOD: dict[str, Any] = {
    "format": "liaison-desk-invitation",
    "version": 1,
    "incident": {"id": "1c" * 16, "name": "大雨", "host_org": ""},
    "share": "",
}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 20_000,
        b"null",
        b"x" * 100_000,
        json.dumps(GOOD | {"format": "other"}).encode(),
        json.dumps(GOOD | {"version": "1"}).encode(),
        json.dumps(GOOD | {"version": 2}).encode(),
        json.dumps(GOOD | {"share": None}).encode(),
        json.dumps(GOOD | {"incident": []}).encode(),
        json.dumps(GOOD | {"incident": {"id": "short", "name": "x"}}).encode(),
        json.dumps(GOOD | {"incident": {"id": 5, "name": "x"}}).encode(),
        json.dumps(GOOD | {"incident": {"id": "1c" * 16}}).encode(),
    ],
)
def test_what_is_no_invitation_is_refused_and_nothing_begins(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    desk = Desk(tmp_path / "desk")

    with pytest.raises(DeskProblem) as refused:
        incident.join_incident(desk, tmp_path / "file", mark="七", operator="高瀬", org="局")

    assert refused.value.do
    assert desk.journal is None
    assert desk.seat.incident_id == ""
    desk.close()


def test_an_invitation_that_is_not_there_or_cannot_be_written_is_told(tmp_path: Path) -> None:
    desk = begun(tmp_path / "desk")
    other = Desk(tmp_path / "other")

    with pytest.raises(DeskProblem, match=r"読めません"):
        incident.join_incident(other, tmp_path / "absent", mark="七", operator="高瀬", org="局")
    with pytest.raises(DeskProblem, match=r"書き込めません"):
        incident.write_invitation(desk, tmp_path / "absent" / "file")
    with pytest.raises(DeskProblem, match=r"まだ事案がありません"):
        incident.write_invitation(other, tmp_path / "file")
    with pytest.raises(DeskProblem, match=r"まだ事案がありません"):
        incident.change_share(other, tmp_path)

    desk.close()
    other.close()


def test_the_next_person_takes_the_seat(tmp_path: Path) -> None:
    desk = begun(tmp_path / "desk")
    incident.change_operator(desk, operator="交代 太郎", org="檜山振興局")
    desk.close()

    again = Desk(tmp_path / "desk", clock=FakeClock())
    with pytest.raises(DeskProblem):
        incident.change_operator(again, operator="", org="x")
    record(again)

    assert (again.seat.operator, again.seat.org) == ("交代 太郎", "檜山振興局")
    again.close()
