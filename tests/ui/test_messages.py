"""Problems and faults as a person sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.ui.messages import Banner, BugReport, report_of, show_bug
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.problem_page import ProblemPage


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    """A banner in a window."""
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def test_a_banner_takes_no_room_until_it_says_something(banner: Banner) -> None:
    assert banner.isHidden()

    banner.show_problem(DeskProblem("ディスクがいっぱいです。", "空きを作ってください。"))

    assert not banner.isHidden()
    assert banner.text() == "ディスクがいっぱいです。\n空きを作ってください。"
    assert banner.accessibleName() == banner.text()


def test_escape_and_the_cross_dismiss_it(banner: Banner, qtbot: QtBot) -> None:
    banner.show_note("見てください。")
    with qtbot.waitSignal(banner.dismissed):
        QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()

    banner.show_note("見てください。")
    with qtbot.waitSignal(banner.dismissed):
        banner._close.click()


def test_a_success_leaves_by_itself_and_a_problem_stays(banner: Banner, qtbot: QtBot) -> None:
    banner.show_done("できました。")
    assert banner._leave.isActive()

    banner.show_problem(DeskProblem("だめでした。"))

    assert not banner._leave.isActive()
    assert banner.property("tone") == "problem"


def test_its_button_does_its_one_thing_once(banner: Banner) -> None:
    done: list[int] = []
    banner.show_note("元に戻せます。", action="元に戻す", run=lambda: done.append(1))

    banner._action.click()
    banner._action.click()

    assert done == [1]
    assert banner.isHidden()


def test_markup_in_a_path_is_shown_as_it_is(qtbot: QtBot) -> None:
    label = Paragraph("<b>N:</b> & <img src=x>\n二行目")
    qtbot.addWidget(label)

    assert label.text() == "<b>N:</b> & <img src=x>\n二行目"
    assert "<img" not in super(Paragraph, label).text()


def test_a_bug_is_told_calmly_and_opens_its_report(
    banner: Banner, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    banner.show_problem(DeskBug("that cannot be"))

    assert "safe" in banner.text()
    assert "that cannot be" in caplog.text
    banner._action.click()
    reports = [window for window in QApplication.topLevelWidgets() if isinstance(window, BugReport)]
    reports += banner.findChildren(BugReport)
    assert reports
    reports[0].reject()


def test_a_report_names_versions_causes_and_calls() -> None:
    def raises() -> None:
        try:
            raise ZeroDivisionError("inner")
        except ZeroDivisionError as inner:
            raise DeskBug("outer") from inner

    with pytest.raises(DeskBug) as caught:
        raises()

    report = report_of(caught.value)
    for word in ("Liaison Desk", "Python", "Qt", "ZeroDivisionError: inner", "DeskBug: outer", "raises"):
        assert word in report, word


def test_a_report_is_saved_and_copied(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = BugReport(DeskBug("outer"))
    qtbot.addWidget(report)
    target = tmp_path / "報告.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    report._save()
    assert "DeskBug: outer" in target.read_text(encoding="utf-8")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.txt"), ""))
    report._save()
    assert report._banner.property("tone") == "problem"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    report._save()


def test_a_bug_outside_of_any_window_is_shown_too(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    show_bug(DeskBug("alone"))

    shown = [window for window in qapp.topLevelWidgets() if isinstance(window, BugReport) and window.isVisible()]
    assert shown
    for window in shown:
        window.close()


@pytest.mark.parametrize("damaged", [False, True])
def test_a_desk_that_cannot_be_opened_offers_the_ways_on(qtbot: QtBot, damaged: bool) -> None:
    page = ProblemPage(DeskProblem("開けません。", "閉じてください。"), damaged=damaged)
    qtbot.addWidget(page)
    page.show()

    with qtbot.waitSignal(page.left):
        page.close()
