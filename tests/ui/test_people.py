"""The room 関係者: found by sound, dialled from, used in the entry bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.paths import resources
from liaison_desk.services.people import save_contact, save_contacts
from liaison_desk.ui.chronology.entry_bar import EntryBar
from liaison_desk.ui.people.card_dialog import CardDialog
from liaison_desk.ui.people.contacts_dialog import ContactsDialog
from liaison_desk.ui.people.page import PeoplePage
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import compose

CARDS = [
    Contact(id="", card=CardKind.ORGANIZATION, name="北海道 渡島総合振興局", short_name="渡島総合振興局", section="道"),
    Contact(id="", card=CardKind.LINE, organization="北海道 渡島総合振興局", section="防災係", phone="0138-00-9272"),
    Contact(
        id="",
        name="柏木 信行",
        kana="かしわぎ のぶゆき",
        organization="渡島総合振興局",
        title="副局長",
        role="副本部長",
        mobile="090-0000-3861",
    ),
    Contact(id="", name="成瀬 徹", kana="なるせ とおる", organization="七飯町", section="総務課", title="係長"),
]


@pytest.fixture
def page(workplace: Workplace, qtbot: QtBot) -> PeoplePage:
    """The room with a few cards."""
    workplace.desk.submit(lambda desk: save_contacts(desk, CARDS))
    qtbot.waitUntil(workplace.desk.idle)
    page = PeoplePage(workplace)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    return page


def names(page: PeoplePage) -> list[str]:
    """Who is shown."""
    return [card.name or card.section for card in page.model.cards()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("かしわぎ", ["柏木 信行"]),
        ("カシワギ", ["柏木 信行"]),
        ("ｶｼﾜｷﾞ", ["柏木 信行"]),
        ("総務課 係長", ["成瀬 徹"]),
        ("０９００００", ["柏木 信行"]),
        ("0138009272", ["防災係"]),
        ("副本部長", ["柏木 信行"]),
        ("渡島", ["北海道 渡島総合振興局", "防災係", "柏木 信行"]),
        ("いない", []),
    ],
)
def test_someone_is_found_by_name_sound_post_and_number(page: PeoplePage, typed: str, found: list[str]) -> None:
    page.search.setText(typed)

    assert names(page) == found


def test_cards_stand_under_their_organisation_whatever_its_list_calls_it(page: PeoplePage) -> None:
    rows = [page.model.row_at(page.model.index(place)) for place in range(page.model.rowCount())]

    assert [row.heading for row in rows if row and row.card is None] == ["七飯町", "渡島総合振興局"]


def test_one_kind_can_be_shown_alone(page: PeoplePage) -> None:
    page.show_kind(CardKind.LINE)

    assert names(page) == ["防災係"]


def test_a_found_card_shows_its_numbers_and_goes_into_the_entry_bar(
    page: PeoplePage, workplace: Workplace, qtbot: QtBot
) -> None:
    bar = EntryBar(workplace)
    qtbot.addWidget(bar)
    page.party_chosen.connect(bar.set_party)
    page.search.setText("かしわぎ")
    assert page.view.numbers() == ["090-0000-3861"]

    page.view.use_to.click()

    assert bar.fields.lines["to_party"].text() == "渡島総合振興局 柏木副局長"


def test_a_change_elsewhere_keeps_the_chosen_card_and_the_search(
    page: PeoplePage, workplace: Workplace, qtbot: QtBot
) -> None:
    page.search.setText("係長")
    chosen = page.view.card
    assert chosen is not None
    other = Contact(id="", name="新人", kana="しんじん", organization="七飯町", title="係長")

    workplace.desk.submit(lambda desk: save_contact(desk, other)[1])
    qtbot.waitUntil(lambda: len(names(page)) == 2)

    assert page.view.card == chosen
    assert page.search.text() == "係長"


def test_a_card_is_edited_and_a_change_from_elsewhere_does_not_write_into_the_form(
    page: PeoplePage, workplace: Workplace, qtbot: QtBot
) -> None:
    page.search.setText("なるせ")
    card = page.view.card
    assert card is not None
    dialog = CardDialog(workplace, card)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.lines["title"].selectAll()
    compose(dialog.lines["title"], "かちょう")
    moved = Contact(**{**{name: getattr(card, name) for name in Contact.__dataclass_fields__}, "section": "防災課"})
    workplace.desk.submit(lambda desk: save_contact(desk, moved)[1])
    qtbot.waitUntil(workplace.desk.idle)
    assert dialog.lines["title"].whole_text() == "かちょう"

    dialog.submit()

    qtbot.waitUntil(lambda: not dialog.isVisible())
    (now,) = workplace.reader.contacts("成瀬")
    assert now.title == "かちょう"


def test_a_card_without_a_name_is_refused_and_what_was_typed_stays(workplace: Workplace, qtbot: QtBot) -> None:
    dialog = CardDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.show()
    compose(dialog.lines["phone"], "", "0138-00-0000")

    dialog.submit()

    qtbot.waitUntil(lambda: not dialog.banner.isHidden())
    assert dialog.isVisible()
    assert dialog.lines["phone"].text() == "0138-00-0000"


def test_a_card_that_was_taken_out_can_be_put_back(page: PeoplePage, qtbot: QtBot) -> None:
    page.search.setText("なるせ")
    page.view.hide_card.click()
    qtbot.waitUntil(lambda: names(page) == [])
    qtbot.waitUntil(lambda: not page.banner.isHidden())

    page.banner._act()

    qtbot.waitUntil(lambda: names(page) == ["成瀬 徹"])


@pytest.mark.parametrize(
    ("file", "kind"), [("people.csv", "人"), ("organizations.csv", "機関"), ("phonebook.csv", "電話帳")]
)
def test_the_offices_lists_are_taken_in(workplace: Workplace, qtbot: QtBot, file: str, kind: str) -> None:
    page = PeoplePage(workplace)
    qtbot.addWidget(page)
    dialog: ContactsDialog = page.import_path(resources() / "demo" / file)
    qtbot.waitUntil(dialog.take.isEnabled)
    assert dialog.rows.rowCount() > 5

    dialog.start()

    qtbot.waitUntil(lambda: dialog.outcome is not None)
    assert dialog.outcome is not None
    assert dialog.outcome.added == len(page.model.cards()) > 5
    assert {card.card for card in page.model.cards()} == {kind}


def test_a_file_that_is_no_list_is_said_so(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "覚え書き.csv"
    path.write_text("あ,い\n1,2\n", encoding="utf-8", newline="")
    page = PeoplePage(workplace)
    qtbot.addWidget(page)

    dialog = page.import_path(path)

    qtbot.waitUntil(lambda: not dialog.banner.isHidden())
    assert not dialog.take.isEnabled()
    assert isinstance(dialog, QDialog)
    QApplication.processEvents()
