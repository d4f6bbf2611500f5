"""Make the fixture database of this version.

    python -m tools.fixture_database [tests/migrations/desk-1.0.db]

One is kept for every released version; tests/migrations opens each with today's program. Made by the real use cases,
with a fixed clock and fixed ids, so that it says what it holds.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from liaison_desk.domain.chronology import EntryDraft, EntryKind
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.people import Contact
from liaison_desk.paths import DATABASE_NAME
from liaison_desk.services import chronology, drafts, people
from liaison_desk.services.desk import Desk, space_of
from liaison_desk.store.migrations import MAJOR, MINOR

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "migrations"


class _Clock:
    """Three minutes pass between any two looks."""

    def __init__(self) -> None:
        self._ms = 1_795_320_300_000

    def now(self) -> Moment:
        """The next moment."""
        self._ms += 180_000
        return Moment(self._ms)


class _Ids:
    """Counted ids."""

    def __init__(self, head: str) -> None:
        self._head = head
        self._count = 0

    def new_id(self) -> str:
        """The next id."""
        self._count += 1
        return f"{self._head}{self._count:030x}"


def make(path: Path) -> None:
    """Write the fixture: two PCs' entries, a thread, revisions, values side by side, a card, a draft."""
    with tempfile.TemporaryDirectory() as folder:
        clock = _Clock()
        desk, other = (
            _seat(Desk(Path(folder) / name, clock=clock, ids=_Ids(head)), mark)
            for name, head, mark in (("one", "a1", "七"), ("two", "b2", "森"))
        )
        first = chronology.record_entry(
            desk,
            EntryDraft(
                content="大中山コモンに避難所を開設 ㈱髙﨑 ６０枚", from_party="七飯町 総務課", to_party="本部",
                channel="電話", place="大中山コモン", latitude=41.8958, longitude=140.6944, occurred_approx=True,
            ),
        )  # fmt: skip
        chronology.reply_to_entry(desk, first.entry_id, EntryDraft(content="了解", kind=EntryKind.REPLY))
        order = chronology.record_entry(
            desk, EntryDraft(content="毛布を送れ", kind=EntryKind.INSTRUCTION, owner="奥村")
        )
        chronology.correct_entry(desk, first.entry_id, {"content": "大中山コモンに避難所を開設 120枚"}, "数の誤り")
        wrong = chronology.record_entry(desk, EntryDraft(content="誤報"))
        chronology.cancel_entry(desk, wrong.entry_id, "別の災害")
        _bring(desk, other)
        chronology.set_fields(desk, order.entry_id, {"status": "対応中"})
        chronology.set_fields(other, order.entry_id, {"status": "完了"})
        chronology.record_entry(other, EntryDraft(content="森の記録", important=True))
        people.save_contact(desk, Contact(id="", name="奥村 千尋", organization="渡島総合振興局", phone="0138-47-9400"))
        _bring(other, desk)
        drafts.save_draft(desk, "main", {"content": "書きかけ"}, clock.now())
        desk.close()
        other.close()
        shutil.copyfile(Path(folder) / "one" / DATABASE_NAME, path)


def _seat(desk: Desk, mark: str) -> Desk:
    desk.save_seat(incident_id="1c" * 16, incident_name="大雨訓練", mark=mark, operator=f"{mark}係", org="振興局")
    desk.begin_journal(space_of("1c" * 16), desk.ids.new_id())
    return desk


def _bring(source: Desk, target: Desk) -> None:
    reader = source.the_journal().reader
    for device in reader.vector():
        target.the_journal().receive(reader.transactions(device, 0, 1 << 30))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else FIXTURES / f"desk-{MAJOR}.{MINOR}.db")
