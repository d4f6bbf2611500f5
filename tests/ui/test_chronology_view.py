"""The list on the screen: the selection and the text under the eye stay, new entries are marked until seen."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.ui.chronology.columns import Column
from liaison_desk.ui.chronology.seen import TICKS
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.rooms import InstructionRoom
from liaison_desk.ui.workplace import Workplace
from tests.ui.chronology_lists import (
    OtherPc,
    at,
    open_view,
    other_pc,
    receive,
    record_drill,
    record_many,
    run,
    wait_ready,
)

__all__ = ["other_pc"]


def under_the_eye(view: ChronologyView) -> tuple[str, int]:
    """The entry at the top edge, and how much of it is above."""
    row = view.model.row_at(view.table.top_row())
    return (row.id if row else "", view.table.offset_in_top_row())


def record_at(desk: Desk, clock: str, content: str = "水位の急報") -> chronology.Recorded:
    return chronology.record_entry(desk, EntryDraft(content=content, occurred_at=at(clock)))


def test_the_list_opens_at_its_end(qtbot: QtBot, workplace: Workplace) -> None:
    run(qtbot, workplace, partial(record_many, count=500))
    view = open_view(qtbot, workplace)

    assert view.model.rowCount() == 500
    assert view.table.is_at_end()


def test_remote_entries_above_move_neither_the_text_nor_the_selection(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc
) -> None:
    ids = run(qtbot, workplace, partial(record_many, count=400)).ids
    view = open_view(qtbot, workplace)
    view.table.put_on_top(200, 13)
    view.select(ids[203])
    before = under_the_eye(view)

    record_at(other_pc.desk, "00:30")
    record_at(other_pc.desk, "01:10")
    receive(qtbot, workplace, other_pc.written())

    assert view.model.rowCount() == 402
    assert under_the_eye(view) == before
    assert view.current_id() == ids[203]


def test_an_own_entry_at_the_end_is_followed_and_one_from_elsewhere_is_only_announced(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc
) -> None:
    run(qtbot, workplace, partial(record_many, count=300))
    view = open_view(qtbot, workplace)

    run(qtbot, workplace, partial(record_at, clock="13:00"))
    assert view.table.is_at_end()

    record_at(other_pc.desk, "13:01")
    receive(qtbot, workplace, other_pc.written())
    assert not view.table.is_at_end()
    qtbot.waitUntil(lambda: view.unseen_count() == 1)


def test_reading_everything_again_keeps_selection_and_place(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, partial(record_many, count=400)).ids
    view = open_view(qtbot, workplace)
    view.table.put_on_top(150, 7)
    view.select(ids[152])
    before = under_the_eye(view)
    told: list[str] = []
    view.current_changed.connect(told.append)

    workplace.desk.changed.emit(Changed(frozenset({"entry"}), everything=True))
    wait_ready(qtbot, view.model)
    view.table.parentWidget()

    assert under_the_eye(view) == before
    assert view.current_id() == ids[152]
    assert told == []


def test_the_other_sorting_keeps_the_selected_entry(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    reply = run(
        qtbot,
        workplace,
        lambda d: chronology.reply_to_entry(d, ids[0], EntryDraft(content="了解", occurred_at=at("05:50"))),
    )
    view = open_view(qtbot, workplace)
    view.select(reply.entry_id)
    assert view.table.currentIndex().row() == 1

    QTest.keyClick(view.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    wait_ready(qtbot, view.model)

    assert view.current_id() == reply.entry_id
    assert view.table.currentIndex().row() == 6


def test_a_new_entry_is_marked_until_it_was_on_the_screen_for_a_while(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc
) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.watch.stop()

    new = record_at(other_pc.desk, "05:30")
    receive(qtbot, workplace, other_pc.written())
    qtbot.waitUntil(lambda: view.unseen_count() == 1)
    for _ in range(TICKS - 1):
        view.watch.tick()
    assert view.model.row_at(view.model.row_of(new.entry_id)).unseen  # type: ignore[union-attr]

    view.watch.tick()
    qtbot.waitUntil(lambda: view.unseen_count() == 0)
    assert not view.model.row_at(view.model.row_of(new.entry_id)).unseen  # type: ignore[union-attr]


def test_the_next_unseen_entry_is_selected_and_after_the_last_the_first(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc
) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)
    view.watch.stop()
    first, second = record_at(other_pc.desk, "03:30"), record_at(other_pc.desk, "05:30")
    receive(qtbot, workplace, other_pc.written())
    qtbot.waitUntil(lambda: view.unseen_count() == 2)

    found = []
    for _ in range(3):
        assert view.next_unseen()
        found.append(view.current_id())

    assert found == [first.entry_id, second.entry_id, first.entry_id]


def test_each_empty_state_says_what_to_do(qtbot: QtBot, workplace: Workplace) -> None:
    view = open_view(qtbot, workplace)
    assert view.blank_text() == "No entries yet"

    run(qtbot, workplace, partial(record_at, clock="13:00"))
    assert view.blank_text() == ""

    view.show_filter(EntryFilter(text="存在しない語"))
    wait_ready(qtbot, view.model)
    assert view.blank_text() == "Nothing matches"
    with qtbot.waitSignal(view.filter_cleared):
        view.press_blank()

    view.model.failed(DeskProblem("ディスクを読めません。", "確かめてください。"))
    assert view.blank_text() == "ディスクを読めません。"


@pytest.mark.parametrize("width", [360, 520, 700, 900, 1300, 1800])
def test_no_width_scrolls_sideways(qtbot: QtBot, workplace: Workplace, width: int) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)

    view.resize(width, 500)
    qtbot.waitUntil(lambda: view.table.viewport().width() > width - 40)

    table = view.table
    assert sum(table.columnWidth(one) for one in Column if not table.isColumnHidden(one)) <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0


def test_widths_that_a_person_chose_come_back(qtbot: QtBot, workplace: Workplace) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)
    saved: list[str] = []
    view.widths_changed.connect(saved.append)
    view.table.horizontalHeader().resizeSection(Column.PARTIES, 230)
    again = open_view(qtbot, workplace)

    again.restore_widths(saved[-1])

    assert again.table.columnWidth(Column.PARTIES) == 230


def test_hostile_text_is_painted_safely(qtbot: QtBot, workplace: Workplace) -> None:
    hostile = "\u202eabc\u202c <b>x</b> <img src='file:///etc/hosts'> e" + "\u0301" * 200 + "👨‍👩‍👧髙﨑①㈱ مرحبا\n\t"
    run(qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content=hostile, subject="<i>題</i>")))
    run(qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content="あ" * 350_000)))
    view = open_view(qtbot, workplace)

    assert not view.grab().isNull()
    spoken = view.model.index(0, Column.NO).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "⟦202E⟧" in spoken
    assert "\u202e" not in spoken


def test_the_selected_rows_are_copied_as_lines(qtbot: QtBot, workplace: Workplace) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)
    view.table.selectRow(1)

    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[0] == "七-002"
    assert cells[2] == "七飯町 → 指揮室"


def test_a_row_is_one_sentence_for_a_screen_reader(qtbot: QtBot, workplace: Workplace) -> None:
    run(qtbot, workplace, record_drill)
    view = open_view(qtbot, workplace)

    spoken = view.model.index(3, Column.NO).data(Qt.ItemDataRole.AccessibleTextRole)

    for part in ("七-004", "03:40", "Instruction", "避難所の開設状況", "Not started", "overdue", "On this PC only"):
        assert part in spoken


def test_the_instructions_show_what_is_overdue_first(qtbot: QtBot, workplace: Workplace) -> None:
    def instruct(desk: Desk, due: str) -> str:
        return chronology.record_entry(desk, EntryDraft(content="送れ", kind="依頼", due=at(due))).entry_id

    later = run(qtbot, workplace, partial(instruct, due="18:00"))
    overdue = run(qtbot, workplace, partial(instruct, due="09:00"))
    room = InstructionRoom(workplace)
    view = room.view
    qtbot.addWidget(room, before_close_func=lambda _closed: view.close_reading())
    room.show()
    wait_ready(qtbot, view.model)

    assert [view.model.row_at(n).id for n in range(2)] == [overdue, later]  # type: ignore[union-attr]
