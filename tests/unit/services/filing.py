"""A desk to import into and export from, for the tests of files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.clock import Moment
from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing import Imported, import_preview, preview_file
from liaison_desk.services.reading import Reader

ROOT = Path(__file__).resolve().parent.parent.parent.parent
DATA = ROOT / "tests" / "data"
DEMO = ROOT / "resources" / "demo"
START = Moment.parse_iso("2026-11-22T13:05:00+09:00")


class SteppingClock:
    """A clock that goes on by 1,234 ms whenever it is asked."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> Moment:
        self._now = Moment(self._now.utc_ms + 1234, self._now.offset_min)
        return self._now


@contextmanager
def opened(folder: Path, mark: str = "試") -> Iterator[Desk]:
    """A desk with an incident of its own."""
    desk = Desk(folder, clock=SteppingClock())
    try:
        if not desk.seat.incident_id:
            incident.new_incident(
                desk, name="訓練", mark=mark, operator="記録 太郎", org="渡島総合振興局", device_name="試験PC"
            )
        yield desk
    finally:
        desk.close()


def entries_of(desk: Desk) -> list[ChronologyEntry]:
    """Every entry as it stands."""
    reader = Reader(desk.database)
    try:
        return list(reader.entries())
    finally:
        reader.close()


def imported(desk: Desk, path: Path) -> Imported:
    """Look at a file and take it in."""
    return import_preview(desk, preview_file(path))


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file with this text, byte for byte."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
