"""From a key press to the repainted entry bar, in the real window, while remote entries stream in.

Keys are posted from a thread of their own, at a fast typist's pace: what is measured is what a person waits, the
event queue and the interpreter's lock included. A sample ends when the window has painted and flushed.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import SystemClock
from liaison_desk.services.chronology import record_entry
from liaison_desk.services.desk import Desk, space_of
from liaison_desk.services.syncing import receive_transactions
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.content_editor import ContentEditor
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.workplace import Workplace
from sync.log_reader import LogReader
from sync.transaction import Transaction
from tests.benches.figures import Figure, at_most, percentile
from tests.benches.volume import full_profile

KEYS = 500
KEY_PAUSE_S = 0.03
ENTRIES_A_S = 50
_SETTLED_MS = 1500
_LINE_CHARS = 120
_LETTERS = "大沼で土砂崩れ、道道三三八号は通行止め。消防が捜索中。"


class Probe(QObject):
    """Pairs each key press with the end of the paint that shows it."""

    def __init__(self, editor: ContentEditor) -> None:
        """Watch an editor."""
        super().__init__(editor)
        self.samples_ms: list[float] = []
        self._editor = editor
        self._posted: deque[float] = deque()
        self._typed: list[float] = []
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def post(self, letter: str) -> None:
        """Post one key press; from any thread."""
        self._posted.append(time.perf_counter())
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.postEvent(self._editor, press)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that a key arrived, and that its paint began."""
        if event.type() == QEvent.Type.KeyPress and self._posted:
            self._typed.append(self._posted.popleft())
        elif event.type() == QEvent.Type.Paint and watched is self._editor.viewport() and self._typed:
            shown, self._typed = self._typed, []
            # Runs when the window's whole paint has returned to the event loop.
            QTimer.singleShot(0, self, partial(self._painted, shown))
        return False

    def _painted(self, shown: Sequence[float]) -> None:
        now = time.perf_counter()
        self.samples_ms += ((now - posted) * 1000 for posted in shown)


def run(folder: Path, entries: int) -> list[Figure]:
    """Type with and without remote entries, in one run."""
    if not QApplication.instance():
        if sys.platform == "linux" and not os.environ.get("DISPLAY"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        theme.apply(QApplication([]), chosen="light")
    # Qt makes its keyboard with the first key event, and that must not be on the typist's thread.
    QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "")
    desk = Desk(full_profile(folder, entries))
    far = _far_entries(folder / "far", desk.seat.incident_id, round(ENTRIES_A_S * (KEYS * KEY_PAUSE_S + 30)))
    thread = DeskThread(desk)
    workplace = Workplace(thread, thread.reader(), SystemClock())
    window = MainWindow(workplace)
    window.resize(1360, 820)
    window.show()
    window.activateWindow()
    window.entry_bar.fields.content.setFocus()
    _turn(_SETTLED_MS)
    quiet = _typed(window, thread, ())
    busy = _typed(window, thread, far)
    fed = workplace.reader.count_all() - entries
    window.entry_bar.fields.content.set_text("")
    window.close()
    workplace.reader.close()
    thread.close()
    return [
        Figure("typing", "key to repaint, median, quiet", percentile(quiet, 0.5), "ms"),
        Figure("typing", "key to repaint, p99, quiet", percentile(quiet, 0.99), "ms"),
        Figure("typing", f"remote entries taken in meanwhile, {ENTRIES_A_S}/s", float(fed), "entries"),
        Figure("typing", "key to repaint, median, remote entries", percentile(busy, 0.5), "ms"),
        Figure("typing", "key to repaint, worst, remote entries", max(busy), "ms"),
        at_most("typing", "key to repaint, p99, remote entries", percentile(busy, 0.99), "ms", 16),
    ]


def _typed(window: MainWindow, desk: DeskThread, far: Sequence[Transaction]) -> list[float]:
    editor = window.entry_bar.fields.content
    editor.set_text("")
    probe = Probe(editor)
    ended = threading.Event()
    pause = threading.Event()
    chance = random.Random(1)

    def typist() -> None:
        for number in range(KEYS):
            pause.wait(KEY_PAUSE_S * chance.uniform(0.5, 1.5))
            if number % _LINE_CHARS == _LINE_CHARS - 1:
                desk.call_on_ui(editor.set_text, "")
            probe.post(_LETTERS[number % len(_LETTERS)])
        ended.set()

    def neighbour() -> None:
        start = time.perf_counter()
        for number, transaction in enumerate(far):
            if ended.is_set():
                return
            desk.submit(partial(receive_transactions, transactions=(transaction,)))
            pause.wait(max(0.0, start + (number + 1) / ENTRIES_A_S - time.perf_counter()))

    workers = [threading.Thread(target=work, daemon=True) for work in (typist, neighbour)]
    for worker in workers:
        worker.start()
    while not ended.is_set():
        _turn(50)
    _turn(500)
    for worker in workers:
        worker.join()
    editor.removeEventFilter(probe)
    editor.viewport().removeEventFilter(probe)
    return probe.samples_ms


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _far_entries(profile: Path, incident_id: str, count: int) -> tuple[Transaction, ...]:
    far = Desk(profile)
    far.save_seat(incident_id=incident_id, incident_name="測定", mark="遠", operator="隣", org="測定", caught_up="1")
    far.begin_journal(space_of(incident_id), far.ids.new_id())
    for number in range(count):
        record_entry(far, EntryDraft(content=f"{number}件目。国道5号で冠水、深さ{number % 60}cm。", from_party="森町"))
    log = LogReader(far.database.writer)
    told = log.transactions(log.device, 0, 1 << 30)
    far.close()
    return told
