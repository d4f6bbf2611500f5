"""From starting the process to a window that takes keys, against an empty PySide6 window on the same machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.benches.figures import Figure, at_most
from tests.benches.volume import full_profile

RUNS = 7
_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print("ready", flush=True), app.quit()))
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
# Ready: painted, with rows in the list, and the entry bar has taken a key.
_DESK = """
import sys
from pathlib import Path
from liaison_desk.app import Program
program = Program()
session = program.open(Path(sys.argv[1]))
window = session.show()
from PySide6.QtCore import QTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from liaison_desk.ui.application import after_first_paint
def ready():
    target = QApplication.focusWidget() or window
    QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    print("ready", flush=True)
    QTimer.singleShot(0, window.close)
after_first_paint(window, ready)
QApplication.exec()
session.end()
"""


def run(folder: Path, entries: int) -> list[Figure]:
    """Medians of pairs, so that a machine that slows down slows both."""
    profile = full_profile(folder, entries)
    _ready_ms(_EMPTY)
    _ready_ms(_DESK, str(profile))
    empty, ours = [], []
    for _ in range(RUNS):
        empty.append(_ready_ms(_EMPTY))
        ours.append(_ready_ms(_DESK, str(profile)))
    ratio = statistics.median(one / other for one, other in zip(ours, empty, strict=True))
    return [
        Figure("start", "an empty PySide6 window", statistics.median(empty), "ms"),
        Figure("start", f"the desk with {entries:,} entries, keys taken", statistics.median(ours), "ms"),
        at_most("start", "the desk to the empty window", ratio, "times", 2),
    ]


def _ready_ms(program: str, *arguments: str) -> float:
    home = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(home)}
    # As on a person's PC: compiled modules are kept between starts.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform == "linux" and not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=home, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        took_ms = (time.perf_counter() - start) * 1000
        child.stdout.read()
        if line.strip() != "ready" or child.wait(60):
            raise AssertionError(f"the window did not come up: {line!r}, exit {child.returncode}")
    return took_ms
