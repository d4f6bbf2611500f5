"""Completion in the entry bar: it helps and steals no key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.services.chronology import record_entry
from liaison_desk.services.people import save_contacts
from liaison_desk.ui.chronology.entry_bar import EntryBar
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import compose, enter, press


@pytest.fixture
def bar(workplace: Workplace, qtbot: QtBot) -> EntryBar:
    """A bar on screen with the focus in it."""
    bar = EntryBar(workplace)
    qtbot.addWidget(bar)
    bar.resize(1000, 300)
    bar.show()
    bar.activateWindow()
    bar.take_focus()
    qtbot.waitUntil(bar.fields.lines["from_party"].hasFocus)
    return bar


@pytest.fixture
def book(workplace: Workplace, qtbot: QtBot) -> None:
    """A phone book and a phrase that was used."""
    cards = [
        Contact(
            id="",
            card=CardKind.PERSON,
            name="柏木 信行",
            kana="かしわぎ のぶゆき",
            organization="渡島総合振興局",
            title="副局長",
        ),
        Contact(id="", card=CardKind.ORGANIZATION, name="七飯町", short_name="七飯町"),
    ]
    workplace.desk.submit(lambda desk: save_contacts(desk, cards))
    used = EntryDraft(content="x", from_party="七飯町 総務課 成瀬係長", to_party="ＮＴＴ東日本")
    workplace.desk.submit(lambda desk: record_entry(desk, used))
    qtbot.waitUntil(workplace.desk.idle)


def offered(bar: EntryBar, field: str, typed: str) -> list[str]:
    """What is offered for a text."""
    line = bar.fields.lines[field]
    line.setFocus()
    line.clear()
    compose(line, "", typed)
    return bar.fields.completions[field].texts()


@pytest.mark.usefixtures("book")
def test_used_phrases_and_cards_complete_by_spelling_width_and_sound(bar: EntryBar) -> None:
    assert offered(bar, "from_party", "七飯") == ["七飯町 総務課 成瀬係長", "七飯町"]
    assert offered(bar, "to_party", "かしわ") == ["渡島総合振興局 柏木副局長"]
    assert offered(bar, "to_party", "カシワ") == ["渡島総合振興局 柏木副局長"]
    assert offered(bar, "from_party", "ntt") == ["ＮＴＴ東日本"]
    assert offered(bar, "from_party", "成瀬") == ["七飯町 総務課 成瀬係長"]


@pytest.mark.usefixtures("book")
def test_nothing_opens_during_a_composition(bar: EntryBar) -> None:
    line = bar.fields.lines["from_party"]
    compose(line, "七飯")
    assert not bar.fields.completions["from_party"].is_open()

    compose(line, "", "七飯")

    assert bar.fields.completions["from_party"].is_open()
    compose(line, "ちょう")
    assert not bar.fields.completions["from_party"].is_open()


@pytest.mark.usefixtures("book")
def test_enter_and_tab_take_only_what_was_chosen(bar: EntryBar) -> None:
    line = bar.fields.lines["from_party"]
    offered(bar, "from_party", "七飯")
    press(line, Qt.Key.Key_Tab, text="\t")
    assert line.text() == "七飯"
    assert bar.fields.lines["to_party"].hasFocus()

    offered(bar, "from_party", "七飯")
    press(line, Qt.Key.Key_Down)
    enter(line)
    assert line.text() == "七飯町 総務課 成瀬係長"
    assert line.hasFocus()

    offered(bar, "from_party", "七飯")
    press(line, Qt.Key.Key_Down)
    press(line, Qt.Key.Key_Down)
    press(line, Qt.Key.Key_Tab, text="\t")
    assert line.text() == "七飯町"
    assert bar.fields.lines["to_party"].hasFocus()


@pytest.mark.usefixtures("book")
def test_escape_closes_the_list_and_nothing_else(bar: EntryBar, workplace: Workplace) -> None:
    bar.start_reply(workplace.reader.last_rows(1)[0])
    offered(bar, "from_party", "七飯")

    press(bar.fields.lines["from_party"], Qt.Key.Key_Escape)

    assert not bar.fields.completions["from_party"].is_open()
    assert bar.reply_no() != ""


@pytest.mark.usefixtures("book")
def test_down_in_an_empty_field_offers_what_is_used_most(bar: EntryBar) -> None:
    press(bar.fields.lines["from_party"], Qt.Key.Key_Down)

    assert bar.fields.completions["from_party"].texts()[0] == "七飯町 総務課 成瀬係長"


def test_someone_of_the_book_becomes_a_party(bar: EntryBar) -> None:
    bar.set_party("to_party", "渡島総合振興局 柏木副局長")

    assert bar.fields.lines["to_party"].text() == "渡島総合振興局 柏木副局長"
    assert not bar.draft_is_empty()


@pytest.mark.usefixtures("book")
def test_the_arrows_walk_through_the_list_and_back_to_the_field(bar: EntryBar) -> None:
    line, completion = bar.fields.lines["from_party"], bar.fields.completions["from_party"]
    offered(bar, "from_party", "七飯")
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(line, key)
        walked.append(completion.chosen())

    assert walked == ["七飯町 総務課 成瀬係長", "七飯町", "", "七飯町"]
