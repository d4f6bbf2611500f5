"""The composition root: opening, switching, closing, and what cannot be opened."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desk import wording
from liaison_desk.app import Program, run_demo, run_window, take_screenshot
from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.paths import DATABASE_NAME
from liaison_desk.services import incident, syncing
from liaison_desk.services.chronology import record_entry
from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.application import show_own_faults, speak
from liaison_desk.ui.first_page import FirstPage
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.messages import BugReport
from liaison_desk.ui.problem_page import ProblemPage


@pytest.fixture
def program(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A program; the process's hook, language and look are put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    language = wording.language()
    program = Program()
    yield program
    program._end()
    for window in QApplication.topLevelWidgets():
        window.close()
    gc.enable()
    wording.use(language)
    speak(qapp, "en")
    theme.apply(qapp, chosen="light", scale=100)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """An empty shared folder."""
    share = tmp_path / "共有"
    share.mkdir()
    return share


@pytest.fixture
def profile(tmp_path: Path, share: Path) -> Path:
    """A profile at an incident with a share and one entry, closed."""
    desk = Desk(tmp_path / "七飯")
    incident.new_incident(desk, name="大雨災害", mark="七", operator="高瀬", org="振興局", share=share)
    record_entry(desk, EntryDraft(content="大沼で土砂崩れ"))
    desk.close()
    return tmp_path / "七飯"


def window_of(program: Program) -> MainWindow:
    """The window that is open."""
    assert program._session is not None
    assert program._session.main is not None
    return program._session.main


def state_of(program: Program) -> SyncState | None:
    """How the exchange stands."""
    session = program._session
    state = session.desk.last_sync_state() if session else None
    return state if isinstance(state, SyncState) else None


def linked(program: Program, link: Link) -> bool:
    """Whether the exchange stands like this."""
    state = state_of(program)
    return state is not None and state.link is link


def test_a_desk_opens_with_its_entries_and_begins_to_exchange(program: Program, profile: Path, qtbot: QtBot) -> None:
    program._start(profile)
    window = window_of(program)

    qtbot.waitUntil(window.is_settled)
    qtbot.waitUntil(lambda: linked(program, Link.ONLINE), timeout=10_000)

    assert window.chronology().view.model.rowCount() == 1
    assert window.isVisible()


def test_what_another_pc_wrote_appears_in_the_open_window(
    program: Program, profile: Path, share: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program._start(profile)
    window = window_of(program)
    qtbot.waitUntil(lambda: linked(program, Link.ONLINE), timeout=10_000)
    invitation = tmp_path / "招待.desk-invitation"
    assert program._session is not None
    program._session.desk.run_and_wait(lambda desk: incident.write_invitation(desk, invitation))
    other = Desk(tmp_path / "室")
    incident.join_incident(other, invitation, mark="室", operator="奥村", org="振興局")
    recorded = record_entry(other, EntryDraft(content="了解。人を出す"))
    syncing.sync_once(other)
    other.close()

    window.sync_requested.emit()
    qtbot.waitUntil(lambda: window.chronology().view.model.row_of(recorded.entry_id) >= 0, timeout=10_000)
    qtbot.waitUntil(window.status_line.unseen.isVisible)

    assert "1" in window.status_line.unseen.text()


def test_the_exchange_rests_and_goes_on(program: Program, profile: Path, qtbot: QtBot) -> None:
    program._start(profile)
    window = window_of(program)
    qtbot.waitUntil(lambda: linked(program, Link.ONLINE), timeout=10_000)

    window.pause_requested.emit(True)
    qtbot.waitUntil(lambda: linked(program, Link.PAUSED))
    window.pause_requested.emit(False)

    qtbot.waitUntil(lambda: linked(program, Link.ONLINE), timeout=10_000)


def test_a_share_that_vanished_is_said_and_recording_goes_on(
    program: Program, profile: Path, share: Path, qtbot: QtBot
) -> None:
    share.rename(share.with_name("away"))
    program._start(profile)
    window = window_of(program)
    qtbot.waitUntil(lambda: linked(program, Link.OFFLINE), timeout=20_000)

    QTest.keyClicks(window.entry_bar.fields.content, "still here")
    with qtbot.waitSignal(window.entry_bar.recorded):
        window.entry_bar.submit()

    assert "接続できません" in window.status_line.share.text()


def test_closing_the_window_keeps_what_was_typed_and_lets_another_desk_open(
    program: Program, profile: Path, qtbot: QtBot
) -> None:
    program._start(profile)
    window = window_of(program)
    QTest.keyClicks(window.entry_bar.fields.content, "half a line")

    window.close()
    qtbot.waitUntil(lambda: program._session is None)

    desk = Desk(profile)
    reader = desk.database.reader()
    drafts = reader.execute("SELECT fields FROM drafts").fetchall()
    reader.close()
    desk.close()
    assert ["half a line" in fields for (fields,) in drafts] == [True]


def test_a_desk_without_an_incident_shows_the_first_page_and_then_the_window(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    program._start(tmp_path / "new")
    session = program._session
    assert session is not None
    assert isinstance(session.window, FirstPage)

    session.desk.run_and_wait(
        lambda desk: incident.new_incident(desk, name="大雨", mark="七", operator="高瀬", org="振興局")
    )
    session.window.begun.emit()

    assert isinstance(session.window, MainWindow)
    qtbot.waitUntil(window_of(program).is_settled)


def test_another_profile_opens_in_place_of_this_one(
    program: Program, profile: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program._start(profile)
    first = window_of(program)

    program.switch(tmp_path / "other")
    qtbot.waitUntil(lambda: program._session is not None and isinstance(program._session.window, FirstPage))

    assert not shiboken6.isValid(first)
    Desk(profile).close()


def test_a_profile_in_use_says_so_and_opens_once_it_is_free(program: Program, profile: Path, qtbot: QtBot) -> None:
    held = Desk(profile)
    program._start(profile)
    page = program._page
    assert isinstance(page, ProblemPage)
    assert page.isVisible()

    held.close()
    page.retried.emit()

    assert window_of(program).isVisible()


def test_a_damaged_database_is_rebuilt_when_a_person_says_so(program: Program, profile: Path, qtbot: QtBot) -> None:
    database = profile / DATABASE_NAME
    data = bytearray(database.read_bytes())
    data[:16] = b"not a database!!"
    database.write_bytes(bytes(data))
    program._start(profile)
    page = program._page
    assert isinstance(page, ProblemPage)

    page.rebuild.emit()
    qtbot.waitUntil(window_of(program).is_settled)

    assert window_of(program).isVisible()
    assert list(profile.glob("*damaged*")) or list(profile.rglob("*" + DATABASE_NAME + "*"))


def close_once_settled() -> None:
    """Close the window of the program that runs, as soon as it stands; looks again and again until then."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible() and window.is_settled():
            window.close()
            return
    QTimer.singleShot(20, close_once_settled)


def test_the_program_ends_when_its_window_is_closed(program: Program, profile: Path) -> None:
    QTimer.singleShot(0, close_once_settled)

    assert run_window(profile) == 0

    Desk(profile).close()


def test_the_drill_runs_with_the_command_room_at_work_beside_it(program: Program, tmp_path: Path) -> None:
    QTimer.singleShot(0, close_once_settled)

    assert run_demo(tmp_path / "訓練") == 0

    Desk(tmp_path / "訓練" / "指揮室").close()


def test_a_fault_of_ours_is_shown_and_the_desk_goes_on(program: Program, profile: Path, qtbot: QtBot) -> None:
    program._start(profile)
    show_own_faults()

    sys.excepthook(ZeroDivisionError, ZeroDivisionError("a slot's fault"), None)

    reports = [window for window in QApplication.topLevelWidgets() if isinstance(window, BugReport)]
    reports += window_of(program).findChildren(BugReport)
    assert reports
    assert window_of(program).isVisible()


def test_a_picture_of_a_desk_is_written(program: Program, profile: Path, tmp_path: Path) -> None:
    picture = tmp_path / "絵.png"

    take_screenshot(profile, picture)

    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 10_000
