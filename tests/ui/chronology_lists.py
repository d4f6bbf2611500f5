"""What the tests of the list share: another PC, and a small chronology of a heavy-rain drill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import ChronologyEntry, EntryDraft, EntryKind
from liaison_desk.domain.clock import Clock, Moment
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.services.syncing import ReceivedHere, receive_transactions
from liaison_desk.ui.chronology.model import ChronologyModel, State
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.workplace import Workplace
from sync.operation import Operation
from sync.transaction import Transaction
from tests.desks import written_by

T = TypeVar("T")

DAY = "2026-11-22"
DRILL = [
    ("02:40", "函館地方気象台", "指揮室", "土砂災害警戒情報", "七飯町、森町に土砂災害警戒情報を発表。"),
    ("03:00", "七飯町", "指揮室", "大沼で土砂崩れ", "大沼町で斜面が崩れ、家屋１棟が倒壊。男性1名と連絡が取れない。"),
    ("03:12", "森町 建設課", "森リエゾン", "濁川の増水", "濁川の水位が氾濫危険水位を超えた。"),
    ("03:40", "指揮室", "七飯リエゾン", "避難所の開設状況", "避難所の開設数と避難者数を４時までに報告すること。"),
    ("04:05", "七飯町 福祉課", "指揮室", "避難所の開設", "大沼婦人会館など3か所を開設、避難者６０名。毛布30枚が不足。"),
    ("05:20", "八雲町", "指揮室", "落部の浸水", "落部で床上浸水12棟。ﾃｲﾃﾞﾝは継続。"),
]


def at(clock: str) -> Moment:
    """A time of the drill's second day."""
    return Moment.parse_iso(f"{DAY}T{clock}:00+09:00")


def drill_drafts() -> list[EntryDraft]:
    """The drill's entries, in order of time; the fourth is an instruction."""
    return [
        EntryDraft(
            content=content,
            subject=subject,
            from_party=told_by,
            to_party=told,
            channel="電話",
            occurred_at=at(clock),
            kind=EntryKind.INSTRUCTION if told_by == "指揮室" else EntryKind.REPORT,
            owner="福祉課" if told_by == "指揮室" else "",
            due=at("04:00") if told_by == "指揮室" else None,
        )
        for clock, told_by, told, subject, content in DRILL
    ]


def record_drill(desk: Desk) -> list[str]:
    """Record the drill's entries; their ids."""
    return [chronology.record_entry(desk, draft).entry_id for draft in drill_drafts()]


@dataclass(frozen=True)
class Many:
    """Entries recorded together, and what that changed."""

    ids: list[str]
    changed: Changed


def record_many(desk: Desk, count: int, *, start: str = "00:00") -> Many:
    """Record plain entries a minute apart, in one act."""
    first = at(start)
    batches = []
    ids = []
    for number in range(count):
        entry = ChronologyEntry(
            id=desk.ids.new_id(),
            no=f"多-{number + 1:04d}",
            occurred_at=first.plus(minutes=number),
            recorded_at=first.plus(minutes=number + 2),
            content=f"水位の報告 {number}",
            subject="定時報告",
            device_mark="多",
        )
        ids.append(entry.id)
        batches.append([Operation("entry", entry.id, "record", "set", entry.to_record())])
    return Many(ids, desk.commit(*batches)[1])


class OtherPc:
    """Another PC of the same incident; what it writes is handed over by hand."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Sit down at it."""
        self.desk = Desk(folder, clock=clock)
        self.desk.save_seat(
            incident_id="ab" * 16, mark="森", operator="森 花子", org="森町", device_name="PC2", caught_up="1"
        )
        self.desk.begin_journal("cd" * 8, "22" * 16)
        self._sent = 0

    def written(self) -> list[Transaction]:
        """What it wrote since it was asked last."""
        journal = self.desk.the_journal()
        told = [one for one in written_by(self.desk) if one.device == journal.device and one.seq > self._sent]
        self._sent = journal.vector().get(journal.device, 0)
        return told

    def take(self, transactions: list[Transaction]) -> None:
        """Receive what others wrote."""
        receive_transactions(self.desk, transactions)


@pytest.fixture
def other_pc(tmp_path: Path, clock: Clock) -> Iterator[OtherPc]:
    """Another PC of the same incident."""
    pc = OtherPc(tmp_path / "other", clock)
    yield pc
    pc.desk.close()


def receive(qtbot: QtBot, workplace: Workplace, transactions: list[Transaction]) -> None:
    """Take remote transactions in and wait until the window was told."""
    done: list[ReceivedHere] = []
    workplace.desk.submit(lambda desk: receive_transactions(desk, transactions), done=done.append)
    # Changes from elsewhere are told together, a little later.
    qtbot.waitUntil(lambda: bool(done) and workplace.desk.idle())


def run(qtbot: QtBot, workplace: Workplace, use_case: Callable[[Desk], T]) -> T:
    """Run a use case on the desk thread and wait until the window was told."""
    done: list[T] = []
    workplace.desk.submit(use_case, done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    return done[0]


def wait_ready(qtbot: QtBot, model: ChronologyModel) -> None:
    """Wait until the order of all rows was read."""
    qtbot.waitUntil(lambda: model.state is State.READY and not model.is_reading())


def shown_ids(model: ChronologyModel) -> list[str]:
    """The ids of all rows, top to bottom."""
    rows = [model.row_at(number) for number in range(model.rowCount())]
    return [row.id if row else "" for row in rows]


def open_view(qtbot: QtBot, workplace: Workplace, *, height: int = 500) -> ChronologyView:
    """A list on the screen, read to the end."""
    view = ChronologyView(workplace)
    qtbot.addWidget(view, before_close_func=lambda closed: closed.close_reading())
    view.resize(1100, height)
    view.show()
    qtbot.waitExposed(view)
    wait_ready(qtbot, view.model)
    return view
