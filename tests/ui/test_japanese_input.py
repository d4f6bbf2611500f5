"""Each rule of Japanese input, driven by the events that an input method sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui.chronology.entry_bar import EntryBar
from liaison_desk.ui.chronology.preedit import LineEditor, TextEditor
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import CONTROL, SHIFT, compose, enter, press, tap


@pytest.fixture
def bar(workplace: Workplace, qtbot: QtBot) -> EntryBar:
    """A bar on screen, with the focus in its content."""
    bar = EntryBar(workplace)
    qtbot.addWidget(bar)
    bar.resize(900, 200)
    bar.show()
    bar.activateWindow()
    bar.fields.content.setFocus()
    qtbot.waitUntil(bar.fields.content.hasFocus)
    return bar


@pytest.fixture
def pair(qtbot: QtBot) -> Iterator[tuple[LineEditor, TextEditor]]:
    """A line and a text on screen; the line has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    line, text = LineEditor(), TextEditor()
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(text)
    window.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    yield line, text
    window.close()


def recorded(workplace: Workplace, qtbot: QtBot) -> list[ChronologyEntry]:
    """Everything on the disk, once the desk has done what was asked of it."""
    qtbot.waitUntil(workplace.desk.idle)
    return list(workplace.reader.entries(EntryFilter()))


def test_enter_that_closes_the_conversion_never_records(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    bar.set_plain_enter(True)
    content = bar.fields.content
    compose(content, "どしゃくずれ")

    enter(content)
    compose(content, "", "土砂崩れ")
    enter(content)

    assert content.whole_text() == "土砂崩れ"
    assert recorded(workplace, qtbot) == []


def test_the_next_enter_after_the_conversion_records(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    bar.set_plain_enter(True)
    compose(bar.fields.content, "どしゃくずれ")
    compose(bar.fields.content, "", "土砂崩れ")
    QApplication.processEvents()

    enter(bar.fields.content)

    assert [entry.content for entry in recorded(workplace, qtbot)] == ["土砂崩れ"]


def test_enter_during_composition_leaves_text_and_preedit_of_the_text_alone(
    pair: tuple[LineEditor, TextEditor],
) -> None:
    _, text = pair
    text.setFocus()
    compose(text, "ひなん")

    enter(text)

    assert text.plain_text() == ""
    assert text.preedit() == "ひなん"


def test_a_line_does_not_tell_return_during_composition(pair: tuple[LineEditor, TextEditor], qtbot: QtBot) -> None:
    line, _ = pair
    compose(line, "おおぬま")

    with qtbot.assertNotEmitted(line.returnPressed), qtbot.assertNotEmitted(line.entered):
        enter(line)
        compose(line, "", "大沼")
        enter(line)

    QApplication.processEvents()
    with qtbot.waitSignals([line.returnPressed, line.entered]):
        enter(line)


def test_control_enter_while_composing_records_exactly_the_whole_text(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    compose(bar.fields.content, "", "大沼で")
    compose(bar.fields.content, "土砂崩れ")

    enter(bar.fields.content, CONTROL)

    assert [entry.content for entry in recorded(workplace, qtbot)] == ["大沼で土砂崩れ"]


def test_control_enter_in_another_field_records_what_is_composed_there(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    compose(bar.fields.content, "", "通行止め")
    party = bar.fields.lines["from_party"]
    party.setFocus()
    compose(party, "七飯町")

    enter(party, CONTROL)

    assert [entry.from_party for entry in recorded(workplace, qtbot)] == ["七飯町"]


def test_the_preedit_stands_where_it_is_seen_also_behind_surrogate_pairs(pair: tuple[LineEditor, TextEditor]) -> None:
    line, text = pair
    for editor in (line, text):
        compose(editor, "", "𠮷野家😀で")
        press(editor, Qt.Key.Key_Left)
        compose(editor, "まえ")

        assert editor.whole_text() == "𠮷野家😀まえで"


@pytest.mark.parametrize("leave", ["focus", "tab", "click", "arrow"])
def test_whatever_ends_a_composition_from_outside_keeps_its_text(
    pair: tuple[LineEditor, TextEditor], leave: str
) -> None:
    line, text = pair
    ways: dict[str, Callable[[], None]] = {
        "focus": text.setFocus,
        "tab": lambda: press(line, Qt.Key.Key_Tab, text="\t"),
        "click": lambda: QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(4, 8)),
        "arrow": lambda: press(line, Qt.Key.Key_Left),
    }
    compose(line, "へんかんちゅう")

    ways[leave]()

    assert line.text() == "へんかんちゅう"
    assert line.preedit() == ""


def test_the_text_field_keeps_its_composition_when_the_focus_goes(pair: tuple[LineEditor, TextEditor]) -> None:
    line, text = pair
    text.setFocus()
    compose(text, "へんかんちゅう")

    line.setFocus()

    assert text.plain_text() == "へんかんちゅう"


def test_an_input_method_that_delivers_late_does_not_double_the_text(pair: tuple[LineEditor, TextEditor]) -> None:
    for editor in pair:
        compose(editor, "大沼")
        editor.commit_preedit()

        compose(editor, "", "大沼")

        assert editor.whole_text() == "大沼"


def test_the_same_word_composed_again_is_kept(pair: tuple[LineEditor, TextEditor]) -> None:
    for editor in pair:
        compose(editor, "大沼")
        editor.commit_preedit()

        compose(editor, "おおぬま")
        compose(editor, "", "大沼")

        assert editor.whole_text() == "大沼大沼"


def test_escape_belongs_to_the_conversion(bar: EntryBar) -> None:
    party = bar.fields.lines["to_party"]
    party.setFocus()
    compose(party, "しきしつ")

    press(party, Qt.Key.Key_Escape)

    assert party.preedit() == "しきしつ"


def test_the_first_event_of_a_composition_fixes_the_time(bar: EntryBar, clock: object) -> None:
    compose(bar.fields.content, "d")
    fixed = bar.occurred_at()
    clock.go_on(minutes=3)  # type: ignore[attr-defined]
    compose(bar.fields.content, "だんすい")
    compose(bar.fields.content, "", "断水")

    assert fixed is not None
    assert fixed.iso() == "2026-11-22T13:05:20+09:00"
    assert bar.occurred_at() == fixed


def test_a_cancelled_first_composition_lets_the_time_go(bar: EntryBar) -> None:
    compose(bar.fields.content, "d")
    compose(bar.fields.content, "")

    assert bar.occurred_at() is None


def test_no_change_of_the_desk_writes_into_a_focused_editor(bar: EntryBar, workplace: Workplace) -> None:
    content = bar.fields.content
    compose(content, "", "大沼で")
    compose(content, "どしゃ")
    cursor = content.textCursor().position()

    workplace.desk.changed.emit(
        Changed(frozenset({"entry", "contact", "incident"}), everything=True, origin="elsewhere")
    )

    assert content.whole_text() == "大沼でどしゃ"
    assert content.preedit() == "どしゃ"
    assert content.textCursor().position() == cursor


def test_an_entry_that_becomes_durable_while_the_next_is_composed_does_not_break_the_composition(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    content = bar.fields.content
    compose(content, "", "一件目。")
    enter(content, CONTROL)
    compose(content, "にけんめ")
    with qtbot.waitSignal(bar.recorded):
        pass

    assert content.preedit() == "にけんめ"

    compose(content, "", "二件目")
    qtbot.waitUntil(lambda: content.whole_text() == "二件目")
    enter(content, CONTROL)
    assert [entry.content for entry in recorded(workplace, qtbot)] == ["一件目。", "二件目"]


def test_full_width_digits_are_read_in_the_time_and_the_coordinates(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    fields = bar.fields
    compose(fields.content, "", "停電")
    fields.show_details(True)
    compose(fields.lines["coordinates"], "", "４１．８９、１４０．６９")
    fields.time.line.setFocus()
    fields.time.line.selectAll()
    compose(fields.time.line, "", "１２：５８頃")

    enter(fields.time.line, CONTROL)

    (entry,) = recorded(workplace, qtbot)
    assert (entry.latitude, entry.longitude) == (41.89, 140.69)
    assert entry.occurred_at.iso() == "2026-11-22T12:58:00+09:00"
    assert entry.occurred_approx


def test_shift_enter_makes_a_line_that_every_program_knows(pair: tuple[LineEditor, TextEditor]) -> None:
    _, text = pair
    text.setFocus()
    text.enter_enters = True
    tap(text, "ab")
    enter(text, SHIFT)
    tap(text, "c")

    assert text.plain_text() == "ab\nc"


def test_the_candidate_window_is_told_the_place_of_the_cursor_in_the_second_line(
    pair: tuple[LineEditor, TextEditor],
) -> None:
    _, text = pair
    text.setFocus()
    text.set_text("一行目\n二行目")
    compose(text, "へんかん")

    answer = text.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)

    assert isinstance(answer, QRectF)
    shown = text.cursorRect().translated(text.viewport().pos())
    assert answer.toRect().topLeft() == shown.topLeft()
    first_line = text.fontMetrics().height()
    assert answer.top() > first_line


def test_no_break_spaces_and_line_ends_are_kept_as_typed(pair: tuple[LineEditor, TextEditor]) -> None:
    _, text = pair
    text.setFocus()

    compose(text, "", "10\u00a0cm\n第二報")

    assert text.plain_text() == "10\u00a0cm\n第二報"


def test_undo_never_takes_the_air_between_lines(pair: tuple[LineEditor, TextEditor]) -> None:
    _, text = pair
    before = text.document().firstBlock().blockFormat().lineHeight()
    text.undo()

    assert text.document().firstBlock().blockFormat().lineHeight() == before == 130.0
