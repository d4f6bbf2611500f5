"""From submit to durable to a row in the list, against the disk's own fsync."""

from __future__ import annotations

from pathlib import Path

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from tests.benches.figures import Figure, at_most, fsync_ms, percentile, timed_ms
from tests.benches.volume import full_profile

TIMES = 300


def run(folder: Path, entries: int) -> list[Figure]:
    """Without the window: the window's part of it is in `typing` and `scrolling`."""
    floor = fsync_ms(folder)
    desk = Desk(full_profile(folder, entries))
    reader = Reader(desk.database)
    samples = []
    for number in range(TIMES):
        draft = EntryDraft(content=f"{number}回目の記録。七飯町で道路が冠水、深さ20cm。", from_party="七飯町")

        def record() -> None:
            recorded = chronology.record_entry(desk, draft)  # noqa: B023 - called at once
            reader.rows_by_id([recorded.entry_id])

        samples.append(timed_ms(record))
    reader.close()
    desk.close()
    p99 = percentile(samples, 0.99)
    return [
        Figure("commit", "the disk's fsync, median", floor, "ms"),
        Figure("commit", "record and read the row, median", percentile(samples, 0.5), "ms"),
        at_most("commit", "record and read the row, p99 above the fsync", p99 - floor, "ms", 30),
    ]
