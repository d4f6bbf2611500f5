"""The drill to try (訓練データで試す): two desks and a shared folder exchange the exercise.

The command room's desk holds the exercise so far and goes on typing its last hours; the liaison's own desk joins
by invitation, receives everything through the shared folder, and writes back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from liaison_desk import wording
from liaison_desk.domain.chronology import EntryDraft, Status
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.domain.sync_state import Link
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.paths import DATABASE_NAME, resources
from liaison_desk.services import chronology, importing, incident, syncing
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing import contacts
from liaison_desk.services.importing.entries import ParsedEntry
from liaison_desk.services.importing.preview import parsed_lines
from liaison_desk.services.reading import Reader

_HELD_BACK = 30
_BETWEEN_S = 12.0


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the drill's desks and their share are."""

    folder: Path
    liaison: Path
    room: Path
    share: Path


def exercise() -> Path:
    """The drill's files that come with the program."""
    return resources() / "demo"


def prepare(folder: Path) -> Demo:
    """Make the two desks and the share in a folder; a drill that is there already is used as it is.

    Raises:
        DeskProblem: the folder cannot be written.
    """
    demo = Demo(folder, folder / "七飯町リエゾン", folder / "指揮室", folder / "共有フォルダ")
    if (demo.liaison / DATABASE_NAME).exists():
        return demo
    demo.share.mkdir(parents=True, exist_ok=True)
    invitation = folder / "招待.desk-invitation"
    room = Desk(demo.room)
    try:
        incident.new_incident(
            room,
            name=wording.text("demo_incident"),
            mark="本",
            operator="奥村 千尋",
            org="渡島総合振興局 地域政策課",
            device_name="指揮室PC1",
            share=demo.share,
        )
        incident.write_invitation(room, invitation)
        _import_exercise(room)
        syncing.sync_once(room)
    finally:
        room.close()
    liaison = Desk(demo.liaison)
    try:
        incident.join_incident(
            liaison,
            invitation,
            mark="七",
            operator="高瀬 雅人",
            org="渡島総合振興局 地域政策課",
            host_org="七飯町",
            device_name="リエゾンPC1（七飯）",
        )
        syncing.sync_once(liaison)
    finally:
        liaison.close()
    return demo


def exchange(demo: Demo) -> list[str]:
    """Let both desks write, apart and at the same time, and exchange: what happened, line by line.

    Raises:
        DeskBug: the desks did not become equal.
    """
    room, liaison = Desk(demo.room), Desk(demo.liaison)
    try:
        return list(_exchange(room, liaison))
    finally:
        liaison.close()
        room.close()


class Colleague(threading.Thread):
    """The command room at work beside the window: types the exercise's last hours, one entry every few seconds."""

    def __init__(self, demo: Demo) -> None:
        """Prepare; `start` begins."""
        super().__init__(name="demo-colleague", daemon=True)
        self._demo = demo
        self._told_to_stop = threading.Event()

    def run(self) -> None:
        """Type and exchange until told to stop; when all is typed, only exchange."""
        room = Desk(self._demo.room)
        try:
            syncing.sync_once(room)
            left = iter(_held_back(room))
            while not self._told_to_stop.wait(_BETWEEN_S):
                number = next(left, None)
                if number is not None:
                    _take(room, lambda line: line.no == number)  # noqa: B023 - called at once
                syncing.sync_once(room)
        finally:
            room.close()

    def stop(self) -> None:
        """End, and wait until the desk is closed."""
        self._told_to_stop.set()
        self.join(timeout=10)


def _take(room: Desk, choose: Callable[[ParsedEntry], bool] | None = None) -> importing.Imported:
    return importing.import_preview(room, importing.preview_file(exercise() / "chronology.csv"), choose=choose)


def _held_back(room: Desk) -> list[str]:
    """Numbers of the exercise's entries that are not in the room's chronology yet, in order."""
    reader = Reader(room.database)
    try:
        known = {entry.no for entry in reader.entries()}
    finally:
        reader.close()
    return [no for no in _numbers() if no not in known]


def _numbers() -> list[str]:
    preview = importing.preview_file(exercise() / "chronology.csv")
    lines = parsed_lines(preview.source, preview.head, preview.reference)
    return [parsed.no for _, parsed in lines if isinstance(parsed, ParsedEntry)]


def _exchange(room: Desk, liaison: Desk) -> Iterator[str]:
    _rounds(room, liaison)
    reader = Reader(liaison.database)
    open_ones = reader.find(EntryFilter(open_only=True), limit=1)
    # Apart: the liaison answers and sets a status; the command room sets another at the same time.
    asked = open_ones[0] if open_ones else reader.last_rows(1)[0]
    answer = chronology.reply_to_entry(
        liaison,
        asked.id,
        EntryDraft(
            content=wording.text("demo_answer"), from_party="七飯町", to_party="指揮室", channel="電話", kind="報告"
        ),
    )
    chronology.set_fields(liaison, asked.id, {"status": Status.DONE})
    chronology.set_fields(room, asked.id, {"status": Status.IN_PROGRESS})
    _rounds(room, liaison)
    details = reader.details(asked.id)
    values = " ／ ".join(f"{v.value}（{v.operator}）" for v in details.live["status"]) if details else ""
    chronology.set_fields(room, asked.id, {"status": Status.DONE})
    _rounds(room, liaison)
    state = syncing.standing_of(liaison.database).state(liaison.the_journal().device, answer.seq)
    digest = liaison.the_journal().digest()
    if digest != room.the_journal().digest() or state != "received":
        raise DeskBug(f"the two desks are not equal, or the answer is only {state}")
    yield wording.text("demo_exchanged", count=reader.count_all())
    yield wording.text("demo_conflict", no=asked.no, values=values, chosen=Status.DONE)
    yield wording.text("demo_delivered", no=answer.no, state=wording.text("delivery_" + state))
    for word in ("避難所", "ﾌﾞﾙｰｼｰﾄ", "国道５号"):
        yield wording.text("demo_search", text=word, count=reader.count(EntryFilter(text=word)))
    yield wording.text("demo_digest", digest=digest)
    reader.close()


def _rounds(room: Desk, liaison: Desk) -> None:
    for desk in (room, liaison, room, liaison):
        state = syncing.sync_once(desk)
        if state.link is not Link.ONLINE:
            raise DeskProblem(state.says, state.do)


def _import_exercise(room: Desk) -> None:
    first = set(_numbers()[:-_HELD_BACK])
    _take(room, lambda line: line.no in first)
    for name in ("people.csv", "organizations.csv", "phonebook.csv"):
        contacts.import_contacts(room, contacts.preview_contacts(exercise() / name))
