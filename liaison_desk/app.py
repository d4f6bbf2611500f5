"""The window's composition root: desk thread, exchange and windows of one profile are built and joined here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.clock import Clock, SystemClock
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.paths import desks_root
from liaison_desk.services.desk import Desk
from liaison_desk.services.preferences import Preferences, read_preferences
from liaison_desk.store.connection import Damaged
from liaison_desk.ui.desk_thread import DeskThread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from liaison_desk.services.demo import Colleague, Demo
    from liaison_desk.services.syncing import SyncLoop
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.workplace import Workplace
    from sync.delivery import Standing

T = TypeVar("T")
_PICTURE_LIMIT_MS = 20_000
# A dead network drive may hold the sync thread for minutes; nobody waits for it at the end.
_SYNC_END_S = 2.0


def run_window(profile: Path) -> int:
    """Open the desk's window and stay until it is closed."""
    return Program().run(profile)


def run_demo(folder: Path) -> int:
    """Open the drill: the liaison's window, with the command room at work beside it."""
    from liaison_desk.services import demo

    return Program().run_demo(demo.prepare(folder))


def take_screenshot(profile: Path, picture: Path) -> None:
    """Open a desk where nobody looks, and keep a picture of its window.

    Raises:
        DeskProblem: the desk cannot be opened, or the picture not written.
    """
    # No display is needed for a picture, and none is asked for. Windows has one, and offscreen no fonts.
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from liaison_desk.ui.application import run_until

    program = Program()
    session = program.open(profile)
    window = session.show()
    window.resize(1440, 900)
    run_until(session.is_settled, _PICTURE_LIMIT_MS)
    saved = window.grab().save(str(picture))
    window.close()
    session.end()
    if not saved:
        raise DeskProblem(
            wording.text("file_not_written", path=picture, reason="PNG"), wording.text("file_not_written_do")
        )


class Session:
    """One profile, open in one window."""

    def __init__(self, program: Program, profile: Path, clock: Clock) -> None:
        """Begin to open; `show` waits for it.

        The desk opens on its own thread while this one loads the window's code.
        """
        self._program = program
        self._chosen: list[Preferences] = []
        self._loop: SyncLoop | None = None
        self._clock = clock
        self._workplace: Workplace | None = None
        self.ended = False
        self.window: QWidget | None = None
        self.main: MainWindow | None = None
        self.desk = DeskThread(lambda: self._open(profile))

    def show(self) -> QWidget:
        """Show the desk's window, or the first page where there is no incident yet.

        Raises:
            DeskProblem: the profile cannot be opened.
        """
        from liaison_desk.ui.choices import Choices
        from liaison_desk.ui.workplace import Workplace

        try:
            self.desk.wait_open()
        except Exception:
            self.desk.close()
            raise
        chosen = self._chosen[0]
        self._program.take_look(chosen)
        self._workplace = Workplace(self.desk, self.desk.reader(), self._clock, Choices(chosen))
        self.desk.changed.connect(self._changed)
        return self._show_main() if self.desk.seat.incident_id else self._show_first()

    def is_settled(self) -> bool:
        """Whether everything that opening begins has ended."""
        if self.main is None:
            return self.desk.idle()
        state = self.desk.last_sync_state()
        told = isinstance(state, SyncState) and state.link is not Link.CHECKING
        return told and self.desk.idle() and self.main.is_settled()

    def end(self) -> None:
        """Hand everything to the desk, end the exchange, close the profile."""
        if self.ended:
            return
        self.ended = True
        if self._loop:
            self._loop.end(_SYNC_END_S)
        self.desk.finish()
        if self.window:
            from liaison_desk.ui.application import destroy

            # Before the reader: a widget's timer may still ask it something.
            window, self.window, self.main = self.window, None, None
            destroy(window)
        self.desk.close(readers=[self._workplace.reader] if self._workplace else [])

    def _open(self, profile: Path) -> Desk:
        desk = Desk(profile, clock=self._clock)
        self._chosen.append(read_preferences(desk))
        return desk

    def _at_work(self) -> Workplace:
        if self._workplace is None:
            raise DeskBug("the session is not shown yet")
        return self._workplace

    def _show_first(self) -> QWidget:
        from liaison_desk.ui.first_page import FirstPage

        page = FirstPage(self._at_work(), desks_root() / "demo")
        page.begun.connect(self._begun)
        page.demo_prepared.connect(self._program.start_demo)
        page.closed.connect(self._program.window_closed)
        self.window = page
        page.resize(1080, 720)
        page.show()
        return page

    def _begun(self) -> None:
        page = self.window
        self._show_main()
        if page:
            page.hide()
            page.deleteLater()

    def _show_main(self) -> QWidget:
        from liaison_desk.ui.application import after_first_paint
        from liaison_desk.ui.main_window import MainWindow

        window = MainWindow(self._at_work())
        window.closed.connect(self._program.window_closed)
        window.profile_requested.connect(self._program.switch)
        window.sync_requested.connect(self._sync_now)
        window.pause_requested.connect(self._pause)
        self.window = self.main = window
        after_first_paint(window, self._begin_exchange)
        window.show()
        return window

    # ── Exchange ─────────────────────────────────────────────────────────────────────────────────

    def _begin_exchange(self) -> None:
        from liaison_desk.services.syncing import Exchange, SyncLoop, standing_of

        if self.ended or self._loop:
            return
        desk = self.desk
        if desk.seat.share:
            desk.tell_sync_state(SyncState(link=Link.CHECKING, place=desk.seat.share))
        desk.submit(lambda open_desk: standing_of(open_desk.database), done=desk.tell_standing, bulk=True)

        def run(use_case: Callable[[Desk], T]) -> T:
            # Bulk: a line that is being typed overtakes whatever arrives.
            return desk.run_and_wait(use_case, bulk=True)

        exchange = Exchange(desk.database, run, self._clock)
        self._loop = SyncLoop(exchange, lambda: desk.seat, self._tell, broke=desk.tell_problem)
        self._loop.start()

    def _tell(self, state: SyncState, standing: Standing) -> None:
        self.desk.tell_standing(standing)
        self.desk.tell_sync_state(state)

    def _changed(self, changed: Changed) -> None:
        if self._loop and (changed.origin == "here" or "incident" in changed.kinds):
            self._loop.wake()

    def _sync_now(self) -> None:
        if self._loop:
            self._loop.wake()

    def _pause(self, paused: bool) -> None:
        if self._loop:
            known = self.desk.last_sync_state()
            state = known if isinstance(known, SyncState) else SyncState(place=self.desk.seat.share)
            self.desk.tell_sync_state(replace(state, link=Link.PAUSED if paused else Link.CHECKING, next_try_s=None))
            self._loop.pause(paused)


class Program:
    """The process: one session at a time, and the next when a person opens another profile."""

    def __init__(self, *, clock: Clock | None = None) -> None:
        """Make the application; nothing is shown yet."""
        # The collector rests while everything is made, a tenth of the start; the desk thread's `Garbage` takes it over.
        gc.disable()
        from liaison_desk.ui.application import make_application, show_own_faults

        self._app: QApplication = make_application()
        self._clock: Clock = clock or SystemClock()
        self._session: Session | None = None
        self._next: Path | None = None
        self._demo: Demo | None = None
        self._colleague: Colleague | None = None
        self._page: QWidget | None = None
        show_own_faults()

    def run(self, profile: Path) -> int:
        """Open a profile and stay until its window is closed."""
        self._start(profile)
        code = self._app.exec()
        self._end()
        return code

    def run_demo(self, demo: Demo) -> int:
        """Open the drill."""
        self._demo = demo
        return self.run(demo.liaison)

    def open(self, profile: Path) -> Session:
        """Begin a session."""
        self._session = Session(self, profile, self._clock)
        return self._session

    def take_look(self, chosen: Preferences) -> None:
        """Language and look as chosen on the profile."""
        from liaison_desk.ui import theme
        from liaison_desk.ui.application import speak

        # What the command line was told goes before what the profile says.
        language = "en" if wording.language() == "en" else chosen.language
        wording.use("en" if language == "en" else "ja")
        speak(self._app, language)
        theme.apply(self._app, chosen=chosen.look, scale=chosen.scale)

    def switch(self, profile: Path) -> None:
        """Close this profile's window, then open another's."""
        self._next = profile
        if self._session and self._session.window:
            self._session.window.close()

    def start_demo(self, demo: Demo) -> None:
        """Open the drill that was prepared."""
        self._demo = demo
        self.switch(demo.liaison)

    def window_closed(self) -> None:
        """The window has closed: go on to the next profile, or end; once the window's own event is over."""
        from liaison_desk.ui.application import soon

        closing = self._session
        soon(lambda: self._go_on(closing))

    def _go_on(self, closing: Session | None) -> None:
        if closing is None or closing.ended:
            return
        self._end()
        profile, self._next = self._next, None
        if profile is not None:
            self._start(profile)
        else:
            self._app.quit()

    def _start(self, profile: Path) -> None:
        session = self.open(profile)
        # Loaded while the desk opens on its own thread.
        import liaison_desk.ui.main_window  # noqa: F401

        try:
            session.show()
        except DeskProblem as problem:
            self._show_problem(profile, problem)
            return
        if self._demo and self._demo.liaison == profile:
            from liaison_desk.services.demo import Colleague

            self._colleague = Colleague(self._demo)
            self._colleague.start()

    def _show_problem(self, profile: Path, problem: DeskProblem) -> None:
        from liaison_desk.ui.problem_page import ProblemPage

        self._session = None
        self.take_look(Preferences())
        print(problem.says, problem.do, file=sys.stderr)
        page = ProblemPage(problem, damaged=isinstance(problem, Damaged))

        def again() -> None:
            page.left.disconnect()
            page.close()
            self._start(profile)

        def rebuild() -> None:
            from liaison_desk.services import recovery

            try:
                recovery.rebuild(profile)
            except DeskProblem as refused:
                page.left.disconnect()
                page.close()
                self._show_problem(profile, refused)
            else:
                again()

        page.left.connect(self._app.quit)
        page.retried.connect(again)
        page.rebuild.connect(rebuild)
        self._page = page
        page.show()

    def _end(self) -> None:
        if self._colleague:
            self._colleague.stop()
            self._colleague = None
        if self._session:
            self._session.end()
            self._session = None
