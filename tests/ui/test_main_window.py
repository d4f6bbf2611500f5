"""The window: what crosses from one widget to another, by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft, EntryKind
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.errors import DeskProblem
from liaison_desk.power import Battery
from liaison_desk.services.chronology import Recorded, record_entry
from liaison_desk.services.desk import Desk
from liaison_desk.store import desk_tables
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.workplace import Workplace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, workplace: Workplace) -> Iterator[MainWindow]:
    """The window of a desk with two entries, settled."""
    for content in ("大沼で土砂崩れ", "避難所を開設"):
        workplace.desk.submit(partial(record_entry, draft=EntryDraft(content=content)))
    qtbot.waitUntil(workplace.desk.idle)
    window = MainWindow(workplace)
    window.show()
    qtbot.waitUntil(lambda: window.is_settled() and workplace.desk.idle())
    yield window
    shut(window)


def shut(window: MainWindow) -> None:
    """Close a window and have it gone before its desk closes, as the program does."""
    if shiboken6.isValid(window):
        window.close()
        shiboken6.delete(window)


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def record(qtbot: QtBot, window: MainWindow, content: str) -> Recorded:
    """Type a line and record it."""
    window.entry_bar.take_focus()
    window.entry_bar.fields.content.setFocus()
    QTest.keyClicks(window.entry_bar.fields.content, content)
    with qtbot.waitSignal(window.entry_bar.recorded) as told:
        press(window, Qt.Key.Key_Return, CONTROL)
    assert told.args is not None
    recorded = told.args[0]
    assert isinstance(recorded, Recorded)
    return recorded


def test_typing_can_begin_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    focused = window.focusWidget()

    assert focused is not None
    assert window.entry_bar.isAncestorOf(focused)


def test_escape_leads_to_the_entry_bar_from_every_room(window: MainWindow, qtbot: QtBot) -> None:
    for room in ("instructions", "exchange", "chronology"):
        window.show_room(room)
        window.header.more.setFocus()
        window.type()

        focused = window.focusWidget()
        assert focused is not None
        assert window.entry_bar.isAncestorOf(focused)


def test_the_search_stands_in_the_head_and_control_f_leads_there(window: MainWindow, qtbot: QtBot) -> None:
    window.show_room("exchange")

    window.search()

    assert window.header.isAncestorOf(window.chronology().filter.search)
    assert window.focusWidget() is window.chronology().filter.search
    assert window.stack.currentWidget() is window.chronology()


def test_a_record_appears_in_the_list_and_its_words_leave_the_bar(window: MainWindow, qtbot: QtBot) -> None:
    recorded = record(qtbot, window, "road closed")

    assert window.chronology().view.model.row_of(recorded.entry_id) >= 0
    assert window.entry_bar.draft_is_empty()


def test_the_last_record_can_be_taken_back_while_it_is_only_here(window: MainWindow, qtbot: QtBot) -> None:
    recorded = record(qtbot, window, "road closed")

    press(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not window.entry_bar.draft_is_empty())

    assert window.workplace.reader.details(recorded.entry_id) is None
    assert window.entry_bar.fields.content.plain_text() == "road closed"
    assert window.chronology().view.model.row_of(recorded.entry_id) < 0
    assert [draft.values["content"] for draft in window.workplace.reader.drafts()] == ["road closed"]


def test_what_has_left_this_pc_is_not_taken_back_and_the_way_on_is_said(window: MainWindow, qtbot: QtBot) -> None:
    recorded = record(qtbot, window, "road closed")
    window.workplace.desk.submit(lambda desk: desk.the_journal().met("a share", "canary"))
    window.workplace.desk.submit(lambda desk: desk.the_journal().offering("a share", recorded.seq))

    window.undo_last()
    qtbot.waitUntil(window.banner.isVisible)

    assert recorded.no in window.banner.text()
    assert window.workplace.reader.details(recorded.entry_id) is not None
    assert window.workplace.reader.drafts() == []


def test_taking_back_waits_for_the_line_that_is_being_typed(window: MainWindow, qtbot: QtBot) -> None:
    recorded = record(qtbot, window, "road closed")
    QTest.keyClicks(window.entry_bar.fields.content, "next")

    window.undo_last()

    assert window.banner.isVisible()
    assert window.workplace.reader.details(recorded.entry_id) is not None


def test_control_i_makes_the_line_an_instruction(window: MainWindow, qtbot: QtBot) -> None:
    window.start_instruction()

    assert window.entry_bar.fields.kind.value() == EntryKind.INSTRUCTION


def test_control_r_replies_to_the_selected_entry(window: MainWindow, qtbot: QtBot) -> None:
    view = window.chronology().view
    first = view.model.row_at(0)
    assert first is not None
    view.select(first.id)

    window.reply_to_selected()

    assert window.entry_bar.reply_no() == first.no


def test_a_problem_that_nobody_took_is_shown_in_the_banner(window: MainWindow, qtbot: QtBot) -> None:
    window.workplace.desk.tell_problem(DeskProblem("ディスクがいっぱいです。", "空きを作ってください。"))
    qtbot.waitUntil(window.banner.isVisible)

    assert window.banner.text() == "ディスクがいっぱいです。\n空きを作ってください。"


def test_the_head_follows_the_change_of_shift(window: MainWindow, qtbot: QtBot) -> None:
    window.workplace.desk.submit(lambda desk: desk.save_seat(operator="佐藤 花子", incident_name="台風12号"))
    qtbot.waitUntil(lambda: "佐藤 花子" in window.header.operator.text())

    assert window.header.incident.text() == "台風12号"
    assert window.windowTitle().startswith("台風12号")


def test_open_instructions_are_counted_at_their_room(window: MainWindow, qtbot: QtBot) -> None:
    window.workplace.desk.submit(
        lambda desk: record_entry(desk, EntryDraft(content="水を運ぶこと", kind=EntryKind.INSTRUCTION))
    )
    buttons = window.rail._buttons

    qtbot.waitUntil(lambda: buttons["instructions"].text().endswith("1"))

    window.show_room("instructions")
    assert window.current_list() is window.room("instructions")


def test_new_entries_of_others_are_counted_and_f7_leads_to_them(window: MainWindow, qtbot: QtBot) -> None:
    view = window.chronology().view
    first = view.model.row_at(0)
    assert first is not None

    def arrive(desk: Desk) -> object:
        desk_tables.mark_unseen(desk.database.writer, [first.id])
        return record_entry(desk, EntryDraft(content="もう一つ"))

    window.workplace.desk.submit(arrive)
    qtbot.waitUntil(lambda: window.status_line.unseen.isVisible() and view.unseen_count() == 1)
    window.next_unseen()

    assert view.current_id() == first.id


def test_closing_keeps_the_line_under_conversion_and_the_window_s_place(
    window: MainWindow, qtbot: QtBot, workplace: Workplace
) -> None:
    QTest.keyClicks(window.entry_bar.fields.content, "half a word")

    with qtbot.waitSignal(window.closed):
        window.close()
    qtbot.waitUntil(workplace.desk.idle)

    assert [draft.values["content"] for draft in workplace.reader.drafts()] == ["half a word"]
    assert workplace.choices.current.size("window")


def test_a_line_from_before_is_offered_when_the_window_opens(qtbot: QtBot, workplace: Workplace) -> None:
    first = MainWindow(workplace)
    first.show()
    QTest.keyClicks(first.entry_bar.fields.content, "before the crash")
    shut(first)
    qtbot.waitUntil(workplace.desk.idle)

    second = MainWindow(workplace)
    second.show()

    assert [draft.values["content"] for draft in second.entry_bar.offer.drafts()] == ["before the crash"]
    shut(second)


def test_the_status_line_says_how_the_share_stands(window: MainWindow, qtbot: QtBot) -> None:
    line = window.status_line
    now = window.workplace.clock.now()

    line.show_state(SyncState(link=Link.ONLINE, place="N:", contact_at=now, skew_ms=0))
    online = line.share.text()
    line.show_state(SyncState(link=Link.ONLINE, place="N:", contact_at=now, waiting=3))
    waiting = line.share.text()
    line.show_state(SyncState(link=Link.OFFLINE, place="N:", contact_at=now.plus(minutes=-5), waiting=3))
    offline = line.share.text()

    assert "Connected" in online
    assert "3 waiting" in waiting
    assert "cannot be reached" in offline
    assert "5 min ago" in offline
    assert line.share.property("tone") == "warning"


def test_a_clock_that_is_wrong_is_said_and_one_that_is_right_is_ok(window: MainWindow, qtbot: QtBot) -> None:
    line = window.status_line
    line.show_state(SyncState(link=Link.ONLINE, skew_ms=2_000))
    right = line.skew.text()
    line.show_state(SyncState(link=Link.ONLINE, skew_ms=-3 * 86_400_000))

    assert "Clock OK" in right
    assert "3 days slow" in line.skew.text()
    assert line.skew.property("tone") == "warning"


def test_battery_and_disk_are_shown_only_when_known_and_worth_it(window: MainWindow, qtbot: QtBot) -> None:
    line = window.status_line
    line.show_battery(None)
    line.show_disk(500 * 10**9)
    assert line.battery.isHidden()
    assert line.disk.isHidden()

    line.show_battery(Battery(64, plugged=False, left_s=3 * 3600 + 35 * 60))
    line.show_disk(300 * 10**6)

    assert "64 % (until 16:40)" in line.battery.text()
    assert "300.0 MB" in line.disk.text()


def test_enter_records_once_it_was_chosen_in_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    window.workplace.choices.change(window.workplace.desk, enter_records=True)
    content = window.entry_bar.fields.content
    content.setFocus()
    QTest.keyClicks(content, "road closed")

    with qtbot.waitSignal(window.entry_bar.recorded):
        QTest.keyClick(content, Qt.Key.Key_Return)

    assert window.entry_bar.draft_is_empty()


def test_the_details_lead_to_a_correction_a_cancellation_and_other_entries(window: MainWindow, qtbot: QtBot) -> None:
    from liaison_desk.ui.chronology.revise import CancelDialog, CorrectDialog

    room = window.chronology()
    first, second = room.view.model.row_at(0), room.view.model.row_at(1)
    assert first is not None
    assert second is not None
    details = window.workplace.reader.details(first.id)
    room.details.correct_requested.emit(details)
    room.details.cancel_requested.emit(details)
    for kind in (CorrectDialog, CancelDialog):
        (dialog,) = window.findChildren(kind)
        assert dialog.isVisible()
        dialog.reject()

    room.details.entry_requested.emit(second.id)
    assert room.view.current_id() == second.id
    room.details.reply_requested.emit(first)
    assert window.entry_bar.reply_no() == first.no


def test_an_entry_that_another_room_does_not_hold_is_shown_in_the_chronology(window: MainWindow, qtbot: QtBot) -> None:
    row = window.chronology().view.model.row_at(0)
    assert row is not None
    window.show_room("instructions")
    qtbot.waitUntil(lambda: window.current_list().view.model.rowCount() == 0)

    window.current_list().details.entry_requested.emit(row.id)

    assert window.stack.currentWidget() is window.chronology()
    assert window.chronology().view.current_id() == row.id


def test_a_reply_needs_an_entry_to_reply_to(window: MainWindow, qtbot: QtBot) -> None:
    window.reply_to_selected()

    assert window.banner.isVisible()
    window.type()
    window.type()
    assert window.banner.isHidden()


def test_nothing_was_recorded_so_nothing_is_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    window.undo_last()

    assert "nothing" in window.banner.text()


def test_someone_from_the_book_goes_into_the_line(window: MainWindow, qtbot: QtBot) -> None:
    window.show_room("people")

    window.room("people").party_chosen.emit("to_party", "函館開発建設部 須藤")  # type: ignore[attr-defined]

    assert window.entry_bar.fields.lines["to_party"].text() == "函館開発建設部 須藤"


def test_splitters_stand_where_they_were_left(qtbot: QtBot, workplace: Workplace) -> None:
    first = MainWindow(workplace)
    first.show()
    room = first.chronology()
    room.splitter.setSizes([500, 700])
    room.splitter.splitterMoved.emit(500, 1)
    room.view.widths_changed.emit("120,80")
    left, right = room.splitter.sizes()
    shut(first)

    second = MainWindow(workplace)
    second.show()

    # The screen of the test is smaller than the window was; the shares are the same.
    now_left, now_right = second.chronology().splitter.sizes()
    assert now_left / (now_left + now_right) == pytest.approx(left / (left + right), abs=0.02)
    assert workplace.choices.current.size("chronology.columns") == "120,80"
    shut(second)
