"""The program around the windows: language, icon, faults of ours, waiting for the first paint."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.paths import resources
from liaison_desk.ui.messages import show_bug

_log = logging.getLogger(__name__)
_spoken: list[QTranslator] = []


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication of the process, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # Fusion by name, not by object: wrapping a QStyle makes Python classes of a thousand of its constants.
        app = QApplication([*(arguments or ["liaison-desk"]), "-style", "fusion"])
        app.setQuitOnLastWindowClosed(False)
    app.setApplicationName("Liaison Desk")
    app.setDesktopFileName("liaison-desk")
    app.setWindowIcon(QIcon(str(resources() / "icons" / "liaison-desk.svg")))
    return app


def speak(app: QApplication, language: str) -> None:
    """Have the window speak a language; English needs no file, it is what the source says."""
    while _spoken:
        old = _spoken.pop()
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(QLocale.Language.Japanese if language == "ja" else QLocale.Language.English))
    if language != "ja":
        return
    for name, folder in (
        ("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("liaison_desk_ja", str(resources() / "translations")),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _spoken.append(translator)
        else:
            _log.warning("no translation %s in %s", name, folder)


def show_own_faults() -> None:
    """From now on an exception that nobody caught is shown as a report, and the desk goes on."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            QApplication.quit()
            return
        show_bug(error, QApplication.activeWindow())

    sys.excepthook = hook


def destroy(window: QWidget) -> None:
    """Delete a window and all in it now; never from within one of its own events."""
    shiboken6.delete(window)


def soon(run: Callable[[], None]) -> None:
    """Run something once the present event is over."""
    QTimer.singleShot(0, run)


def after_first_paint(window: QWidget, run: Callable[[], None]) -> None:
    """Run something once the window has been painted: whatever can wait, waits until then."""
    _FirstPaint(window, run)


class _FirstPaint(QObject):
    def __init__(self, window: QWidget, run: Callable[[], None]) -> None:
        super().__init__(window)
        self._run: Callable[[], None] | None = run
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._run:
            run, self._run = self._run, None
            watched.removeEventFilter(self)
            # Behind the events that this paint is part of.
            QTimer.singleShot(0, watched, run)
        return False


def run_until(condition: Callable[[], object], limit_ms: int = 10_000) -> bool:
    """Run the event loop until a condition holds; False when the limit came first. For pictures and benches."""
    if condition():
        return True
    loop = QEventLoop()
    poll, end = QTimer(), QTimer()
    poll.setInterval(10)
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    poll.start()
    end.start(limit_ms)
    loop.exec()
    return bool(condition())
