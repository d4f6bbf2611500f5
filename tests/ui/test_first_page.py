"""A desk without an incident: three choices, and the dialogs behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.services.folder_look import FolderKind, FolderLook
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.first_page import FirstPage
from liaison_desk.ui.folder_field import FolderField
from liaison_desk.ui.incident_dialogs import JoinDialog, NewIncidentDialog, OperatorDialog, suggested_mark
from liaison_desk.ui.settings_dialog import SettingsDialog
from liaison_desk.ui.workplace import Workplace
from tests.ui.conftest import StandingClock


@pytest.fixture
def bare(qapp: object, tmp_path: Path, clock: StandingClock) -> Iterator[Workplace]:
    """A desk without an incident."""
    thread = DeskThread(Desk(tmp_path / "bare", clock=clock))
    workplace = Workplace(thread, thread.reader(), clock)
    yield workplace
    assert thread.close(timeout_s=20, readers=[workplace.reader])


@pytest.fixture
def page(qtbot: QtBot, bare: Workplace, tmp_path: Path) -> FirstPage:
    """The first page, shown."""
    page = FirstPage(bare, tmp_path / "demo")
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def invitation(tmp_path: Path, clock: StandingClock) -> Path:
    """An invitation that the command room made, with its share."""
    share = tmp_path / "share"
    share.mkdir()
    room = Desk(tmp_path / "room", clock=clock)
    incident.new_incident(room, name="大雨災害", mark="本", operator="奥村", org="振興局", share=share)
    out = tmp_path / "招待.desk-invitation"
    incident.write_invitation(room, out)
    room.close()
    return out


def test_the_three_choices_are_reached_by_the_keyboard(page: FirstPage, qtbot: QtBot) -> None:
    assert page.focusWidget() is page.try_demo
    QTest.keyClick(page.try_demo, Qt.Key.Key_Down)
    assert page.focusWidget() is page.join
    QTest.keyClick(page.join, Qt.Key.Key_Down)
    assert page.focusWidget() is page.new
    QTest.keyClick(page.new, Qt.Key.Key_Up)

    QTest.keyClick(page.join, Qt.Key.Key_Return)

    assert [type(dialog) for dialog in page.findChildren(QDialog)] == [JoinDialog]


def test_a_new_incident_begins_the_desk(page: FirstPage, bare: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    page.new.click()
    dialog = page.findChild(NewIncidentDialog)
    assert dialog is not None
    share = tmp_path / "共有"
    share.mkdir()
    for field, text in (
        (dialog.name, "大雨災害"),
        (dialog.host, "七飯町"),
        (dialog.operator, "高瀬 雅人"),
        (dialog.org, "渡島総合振興局"),
        (dialog.share.line, str(share)),
    ):
        field.setText(text)
    assert dialog.mark.text() == "七"

    with qtbot.waitSignal(page.begun):
        dialog._begin()

    assert (bare.seat.incident_name, bare.seat.mark, bare.seat.host_org) == ("大雨災害", "七", "七飯町")
    assert (share / "FORMAT.json").exists()


def test_empty_fields_are_marked_and_nothing_is_begun(page: FirstPage, bare: Workplace, qtbot: QtBot) -> None:
    page.new.click()
    dialog = page.findChild(NewIncidentDialog)
    assert dialog is not None
    dialog.name.setText("大雨災害")

    dialog._begin()

    assert dialog.operator.property("wrong")
    assert not dialog.name.property("wrong")
    assert bare.seat.incident_id == ""
    dialog.reject()


def test_a_folder_that_cannot_be_used_begins_nothing_and_says_why(
    page: FirstPage, bare: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    page.new.click()
    dialog = page.findChild(NewIncidentDialog)
    assert dialog is not None
    for field, text in (
        (dialog.name, "大雨災害"),
        (dialog.mark, "七"),
        (dialog.operator, "高瀬"),
        (dialog.org, "振興局"),
        (dialog.share.line, str(tmp_path / "nowhere")),
    ):
        field.setText(text)

    dialog._begin()
    qtbot.waitUntil(lambda: bool(dialog.share.line.property("wrong")))
    qtbot.waitUntil(bare.desk.idle)

    assert bare.seat.incident_id == ""
    assert dialog.isVisible()
    dialog.reject()


def test_joining_by_an_invitation_begins_the_desk(
    page: FirstPage, bare: Workplace, invitation: Path, qtbot: QtBot
) -> None:
    dialog = page.open_join(invitation)
    dialog.mark.setText("七")
    dialog.operator.setText("高瀬")
    dialog.org.setText("振興局")

    with qtbot.waitSignal(page.begun):
        dialog._join()

    assert bare.seat.incident_name == "大雨災害"


def test_a_file_that_is_no_invitation_is_refused_in_the_dialog(page: FirstPage, tmp_path: Path, qtbot: QtBot) -> None:
    wrong = tmp_path / "photo.jpg"
    wrong.write_bytes(b"\xff\xd8")
    dialog = page.open_join(wrong)
    for field, text in ((dialog.mark, "七"), (dialog.operator, "高瀬"), (dialog.org, "振興局")):
        field.setText(text)

    dialog._join()
    qtbot.waitUntil(dialog.banner.isVisible)

    assert "photo.jpg" in dialog.banner.text()
    assert dialog.operator.text() == "高瀬"
    dialog.reject()


def test_a_typed_mark_is_not_overwritten_by_the_suggestion(bare: Workplace, qtbot: QtBot) -> None:
    dialog = NewIncidentDialog(bare)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.mark, "N")

    dialog.host.setText("森町")

    assert dialog.mark.text() == "N"
    assert [suggested_mark(place) for place in ("七飯町", "", "・森", "ｱ")] == ["七", "", "", "ア"]


@pytest.mark.parametrize(
    ("look", "word", "wrong"),
    [
        (FolderLook(FolderKind.EMPTY, network=True), "Can be used: it answers", False),
        (FolderLook(FolderKind.EMPTY), "on this PC", False),
        (FolderLook(FolderKind.OTHER_FILES, network=True), "other files", False),
        (FolderLook(FolderKind.THIS_INCIDENT), "incident's shared folder", False),
        (FolderLook(FolderKind.OTHER_INCIDENT), "another incident", True),
        (FolderLook(FolderKind.MISSING), "no such folder", True),
        (FolderLook(FolderKind.NO_RIGHT), "may not write", True),
        (FolderLook(FolderKind.FULL), "full", True),
        (FolderLook(FolderKind.NO_ANSWER, detail="timed out"), "timed out", True),
    ],
)
def test_a_folder_is_told_in_one_sentence(
    bare: Workplace, qtbot: QtBot, look: FolderLook, word: str, wrong: bool
) -> None:
    field = FolderField(bare)
    qtbot.addWidget(field)

    field._show(look)

    assert word in field._says.text()
    assert bool(field.line.property("wrong")) is wrong


def test_a_folder_is_looked_at_after_typing_pauses(bare: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    field = FolderField(bare)
    qtbot.addWidget(field)

    with qtbot.waitSignal(field.looked, check_params_cb=lambda look: look is not None):
        field.line.setText(str(tmp_path))
    with qtbot.waitSignal(field.looked, check_params_cb=lambda look: look and look.kind is FolderKind.MISSING):
        field.line.setText(str(tmp_path / "nowhere"))

    assert field.line.property("wrong")


def test_the_shift_changes_by_name_and_organisation(workplace: Workplace, qtbot: QtBot) -> None:
    dialog = OperatorDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.operator.setText("佐藤 花子")

    with qtbot.waitSignal(dialog.accepted):
        dialog._change()

    assert (workplace.seat.operator, workplace.seat.org) == ("佐藤 花子", "渡島総合振興局")


def test_settings_are_kept_in_the_profile(workplace: Workplace, qtbot: QtBot) -> None:
    from liaison_desk.services.preferences import read_preferences

    dialog = SettingsDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.scale.setCurrentIndex(dialog.scale.findData(150))
    dialog.enter_records.setChecked(True)
    dialog.device_name.setText("リエゾンPC9")
    with qtbot.waitSignal(dialog.accepted):
        dialog._save()
    kept: list[object] = []
    workplace.desk.submit(read_preferences, done=kept.append, bulk=True)
    qtbot.waitUntil(lambda: bool(kept))

    assert workplace.choices.current.scale == 150
    assert kept == [workplace.choices.current]
    assert workplace.seat.device_name == "リエゾンPC9"


def test_another_share_is_chosen_in_the_settings(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    share = tmp_path / "共有"
    share.mkdir()
    dialog = SettingsDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.share.line.setText(str(share))

    with qtbot.waitSignal(dialog.accepted):
        dialog._save()

    assert workplace.seat.share == str(share)


def test_the_drill_is_prepared_beside_the_window(page: FirstPage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.demo_prepared, timeout=60_000) as told:
        page.try_demo.click()
        assert not page.join.isEnabled()

    assert told.args is not None
    assert told.args[0].liaison.is_dir()
    assert page.join.isEnabled()


def test_the_enter_that_closes_a_conversion_does_not_begin_an_incident(
    page: FirstPage, bare: Workplace, qtbot: QtBot
) -> None:
    page.new.click()
    dialog = page.findChild(NewIncidentDialog)
    assert dialog is not None
    for field, text in ((dialog.mark, "七"), (dialog.operator, "高瀬"), (dialog.org, "振興局")):
        field.setText(text)
    dialog.name.setFocus()
    QApplication.sendEvent(dialog.name, QInputMethodEvent("おおあめ", []))

    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(bare.desk.idle)

    assert bare.seat.incident_id == ""
    assert dialog.isVisible()
    dialog.reject()
