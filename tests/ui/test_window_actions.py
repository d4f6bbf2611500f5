"""Menus and keys open what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from liaison_desk.paths import DATABASE_NAME, desks_root
from liaison_desk.ui import theme
from liaison_desk.ui.importing.dialog import ImportDialog
from liaison_desk.ui.importing.export import ExportDialog
from liaison_desk.ui.incident_dialogs import IncidentCard, OperatorDialog
from liaison_desk.ui.key_help import KeyHelp
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.people.page import PeoplePage
from liaison_desk.ui.settings_dialog import SettingsDialog
from liaison_desk.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot, workplace: Workplace) -> Iterator[MainWindow]:
    """The window, settled."""
    window = MainWindow(workplace)
    window.show()
    qtbot.waitUntil(lambda: window.is_settled() and workplace.desk.idle())
    yield window
    window.close()
    shiboken6.delete(window)


def actions(window: MainWindow) -> list[QAction]:
    """Every action that has a key."""
    return [action for action in window.actions() if not action.shortcut().isEmpty()]


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in actions(window)]

    assert len(keys) == len(set(keys))
    for key in ("Esc", "Ctrl+F", "Ctrl+I", "Ctrl+R", "F7", "Ctrl+Z", "Ctrl+O", "Ctrl+E", "F1"):
        assert key in keys, key


@pytest.mark.parametrize(
    ("key", "kind"),
    [("Ctrl+O", ImportDialog), ("Ctrl+E", ExportDialog), ("Ctrl+,", SettingsDialog), ("F1", KeyHelp)],
)
def test_a_key_opens_its_dialog(window: MainWindow, key: str, kind: type[QDialog]) -> None:
    wanted = QKeySequence(key)
    (action,) = [one for one in actions(window) if one.shortcut() == wanted]

    action.trigger()

    (dialog,) = window.findChildren(kind)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        (lambda window: window.header.operator.click(), OperatorDialog),
        (lambda window: window.header.host.click(), IncidentCard),
    ],
)
def test_the_head_opens_card_and_change_of_shift(
    window: MainWindow, run: Callable[[MainWindow], None], kind: type[QDialog]
) -> None:
    run(window)

    (dialog,) = window.findChildren(kind)
    assert dialog.isVisible()
    dialog.reject()


def test_the_card_keeps_another_host(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_of_window.open_card()
    (card,) = window.findChildren(IncidentCard)
    card.host.setText("森町")
    with qtbot.waitSignal(card.accepted):
        card._save()

    assert window.workplace.seat.host_org == "森町"
    assert "森町" in window.header.host.text()


def test_rooms_are_reached_by_their_keys(window: MainWindow) -> None:
    for key, name in (("F3", "instructions"), ("F4", "people"), ("F6", "exchange"), ("F2", "chronology")):
        wanted = QKeySequence(key)
        (action,) = [one for one in actions(window) if one.shortcut() == wanted]
        action.trigger()

        assert window.stack.currentWidget() is window.room(name)
    assert isinstance(window.room("people"), PeoplePage)


def test_an_invitation_is_written_and_what_to_do_with_it_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "次の人へ"), ""))

    window.actions_of_window.invite()
    qtbot.waitUntil(window.banner.isVisible)

    assert (tmp_path / "次の人へ.desk-invitation").exists()
    assert "no shared folder yet" in window.banner.text()


def test_another_desk_is_opened_by_its_folder_or_begun_afresh(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "もう一つ"))
    with qtbot.waitSignal(window.profile_requested) as chosen:
        window.actions_of_window.open_profile()
    assert chosen.args == [tmp_path / "もう一つ"]

    (desks_root() / "desk-2").mkdir(parents=True)
    (desks_root() / "desk-2" / DATABASE_NAME).touch()
    with qtbot.waitSignal(window.profile_requested) as fresh:
        window.actions_of_window.new_profile()
    assert fresh.args == [desks_root() / "desk-3"]


def test_a_look_that_was_tried_is_taken_back(window: MainWindow, qapp: QApplication) -> None:
    theme.apply(qapp, chosen="light", scale=100)
    window.actions_of_window.open_settings()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.look.setCurrentIndex(dialog.look.findData("dark"))
    dialog.scale.setCurrentIndex(dialog.scale.findData(125))
    dialog._try_look()
    assert (theme.mode(), theme.percent()) == ("dark", 125)

    dialog.reject()

    assert (theme.mode(), theme.percent()) == ("light", 100)


def test_a_low_window_leaves_its_lines_to_the_entries(window: MainWindow, qtbot: QtBot) -> None:
    room = window.chronology()
    window.resize(1200, 500)
    qtbot.waitUntil(room.filter.isHidden)
    assert not window.header.filter.isChecked()

    window.header.filter.click()
    assert not room.filter.isHidden()
    room.filter.important_only.setChecked(True)
    window.header.filter.click()

    assert room.filter.isHidden()
    assert room.filter.chosen().is_empty()


def test_names_in_the_rail_give_way_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1300, 700)
    wide = window.rail.width()
    window.resize(900, 700)

    qtbot.waitUntil(lambda: window.rail.width() < wide)
