"""Desks for tests: real ones, in a folder, with a clock and ids that the test owns."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import Moment
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk, space_of
from sync.transaction import Transaction

START_MS = 1_795_320_300_000  # 2026-11-22 13:05 JST
INCIDENT = "1c" * 16


@dataclass
class FakeClock:
    """A clock that goes only when it is told to."""

    utc_ms: int = START_MS

    def now(self) -> Moment:
        """The present moment."""
        return Moment(self.utc_ms)

    def go(self, *, seconds: float = 1) -> None:
        """Let time pass, or turn it back."""
        self.utc_ms += round(seconds * 1000)


class SeededIds:
    """Ids that are the same in every run."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)

    def new_id(self) -> str:
        """The next id."""
        return f"{self._random.getrandbits(128):032x}"


def open_desk(profile: Path, mark: str = "七", *, clock: FakeClock | None = None) -> Desk:
    """A desk at the test's incident, begun when the folder is new."""
    desk = Desk(profile, clock=clock or FakeClock(), ids=SeededIds(f"{mark}{profile.name}"))
    if desk.journal is None:
        desk.save_seat(
            incident_id=INCIDENT, incident_name="大雨訓練", mark=mark, operator=f"{mark}係", org="振興局", caught_up="1"
        )
        desk.begin_journal(space_of(INCIDENT), desk.ids.new_id())
    return desk


def record(desk: Desk, content: str = "避難所を開設", **fields: object) -> chronology.Recorded:
    """Record an entry; returns what the use case returns."""
    return chronology.record_entry(desk, EntryDraft(content=content, **fields))  # type: ignore[arg-type]


def written_by(desk: Desk) -> list[Transaction]:
    """Everything in the desk's log, its own first."""
    journal = desk.the_journal()
    vector = journal.vector()
    order = sorted(vector, key=lambda device: device != journal.device)
    return [each for device in order for each in journal.reader.transactions(device, 0, 1 << 40)]


def exchange(*desks: Desk) -> None:
    """Every desk gets everything that any of them has."""
    for one in desks:
        for other in desks:
            if one is not other:
                give(one, other)


def give(source: Desk, target: Desk) -> None:
    """Bring what one desk has and another lacks."""
    known = target.the_journal().vector()
    reader = source.the_journal().reader
    missing = [
        each
        for device in source.the_journal().vector()
        for each in reader.transactions(device, known.get(device, 0), 1 << 40)
    ]
    target.the_journal().receive(missing)
