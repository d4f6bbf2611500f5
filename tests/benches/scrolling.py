"""How long each frame of the list takes while a person scrolls it from end to end.

A real window, shown; every frame is the move of the scroll bar and the repaint that follows it, measured whole.
Called by `liaison-desk bench` and by hand:

    python -m tests.benches.scrolling PROFILE
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from liaison_desk.domain.clock import SystemClock
from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.model import State
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.workplace import Workplace
from tests.benches.figures import Figure, at_most, percentile
from tests.benches.volume import full_profile

_SETTLED_MS = 1500


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of one way of scrolling, in milliseconds, ascending."""

    way: str
    rows: int
    frames_ms: tuple[float, ...]

    def at(self, share: float) -> float:
        """The frame time that this share of the frames does not pass."""
        return self.frames_ms[min(int(len(self.frames_ms) * share), len(self.frames_ms) - 1)]

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"{self.way:<22} {self.rows:>9,} rows {len(self.frames_ms):>5} frames   "
            f"p50 {self.at(0.5):6.2f}   p99 {self.at(0.99):6.2f}   worst {self.frames_ms[-1]:6.2f} ms"
        )


def run(folder: Path, entries: int) -> list[Figure]:
    """Scroll in a process of its own, so that other benches' windows are not in the way."""
    home = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(home)}
    if sys.platform == "linux" and not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-m", "tests.benches.scrolling", str(full_profile(folder, entries)), "--json"],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    figures: list[Figure] = []
    for way, frames in json.loads(done.stdout.splitlines()[-1]).items():
        figures.append(Figure("scrolling", f"{way}: p50", percentile(frames, 0.5), "ms"))
        figures.append(Figure("scrolling", f"{way}: p99", percentile(frames, 0.99), "ms"))
        figures.append(at_most("scrolling", f"{way}: worst frame", max(frames), "ms", 33))
    return figures


def measure_scrolling(workplace: Workplace, *, width: int = 1200, height: int = 900, frames: int = 400) -> list[Frames]:
    """Scroll the whole chronology in three ways and measure every frame.

    Args:
        workplace: an open desk with many entries.
        width: of the window, in pixels.
        height: of the window, in pixels.
        frames: how many frames each way takes.

    Returns:
        Dragging the bar from end to end, turning the wheel, and holding the Down key.
    """
    view = ChronologyView(workplace)
    view.resize(width, height)
    view.show()
    _wait_for_order(view)
    bar = view.table.verticalScrollBar()
    rows = view.model.rowCount()
    ways = {
        "dragged end to end": [round(bar.maximum() * n / frames) for n in range(frames + 1)],
        "wheel, 3 rows a notch": [bar.maximum() - 156 * n for n in range(frames + 1)],
    }
    measured = []
    for way, places in ways.items():
        found = []
        for place in places:
            begin = time.perf_counter()
            bar.setValue(place)
            QApplication.processEvents()
            found.append((time.perf_counter() - begin) * 1000)
        measured.append(Frames(way, rows, tuple(sorted(found))))
    found = []
    start = rows // 2
    for row in range(start, min(start + frames, rows)):
        begin = time.perf_counter()
        view.table.selectRow(row)
        QApplication.processEvents()
        found.append((time.perf_counter() - begin) * 1000)
    measured.append(Frames("Down key held", rows, tuple(sorted(found))))
    view.close_reading()
    view.hide()
    view.deleteLater()
    return measured


def _wait_for_order(view: ChronologyView) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: loop.quit() if view.model.state is State.READY else None)
    timer.start()
    loop.exec()
    timer.stop()
    # The first second of a window belongs to its start, which another bench measures.
    QTimer.singleShot(_SETTLED_MS, loop.quit)
    loop.exec()


def main() -> int:
    """Measure the profile named on the command line."""
    app = QApplication([])
    theme.apply(app, chosen="light")
    desk = DeskThread(Desk(Path(sys.argv[1])))
    workplace = Workplace(desk, desk.reader(), SystemClock())
    measured = measure_scrolling(workplace)
    if "--json" in sys.argv:
        print(json.dumps({frames.way: frames.frames_ms for frames in measured}))
    else:
        for frames in measured:
            print(frames.line())
    workplace.reader.close()
    desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
