"""Use cases of people and the phone book."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.errors import DeskProblem
from liaison_desk.services import people, recovery
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store import people as cards
from tests.desks import exchange, open_desk


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two desks."""
    both = open_desk(tmp_path / "one"), open_desk(tmp_path / "two", "森")
    yield both
    for desk in both:
        assert recovery.check_desk(desk) == []
        desk.close()


def book(desk: Desk, text: str = "") -> list[Contact]:
    """The cards that are shown."""
    with closing(Reader(desk.database)) as reader:
        return reader.contacts(text)


def test_a_card_is_saved_changed_and_found_by_any_of_its_words(desks: tuple[Desk, Desk]) -> None:
    desk, _ = desks
    card_id, changed = people.save_contact(
        desk, Contact(id="", name="奥村 千尋", kana="ｵｸﾑﾗ", organization="渡島総合振興局", phone="0138-47-9400")
    )

    people.save_contact(desk, dataclasses.replace(book(desk)[0], title="主査", kana=""))

    assert changed.ids == {card_id}
    assert book(desk, "オクムラ") == []
    (card,) = book(desk, "総合 47-94 主査")
    assert (card.id, card.kana, card.title) == (card_id, "", "主査")


def test_saving_what_is_there_writes_nothing(desks: tuple[Desk, Desk]) -> None:
    desk, _ = desks
    people.save_contact(desk, Contact(id="", name="奥村"))

    people.save_contact(desk, book(desk)[0])

    assert sum(desk.the_journal().vector().values()) == 1


def test_a_card_without_name_and_organisation_is_refused(desks: tuple[Desk, Desk]) -> None:
    desk, _ = desks

    with pytest.raises(DeskProblem, match=r"氏名も機関名も空"):
        people.save_contacts(desk, [Contact(id="", name="良い"), Contact(id="", name=" ", phone="110")])

    assert book(desk) == []


def test_a_phone_book_of_thousands_is_saved_whole(desks: tuple[Desk, Desk]) -> None:
    desk, _ = desks
    lines = [
        Contact(id="", card=CardKind.LINE, name=f"係{n}", organization="局", phone=f"{n}", note="内線")
        for n in range(2500)
    ]

    saved = people.save_contacts(desk, lines)

    assert len(saved) == len(book(desk)) == 2500


def test_two_pcs_mend_two_lines_of_one_card(desks: tuple[Desk, Desk]) -> None:
    desk, other = desks
    people.save_contact(desk, Contact(id="", name="奥村", phone="1", mail="a@example.jp"))
    exchange(desk, other)
    people.save_contact(desk, dataclasses.replace(book(desk)[0], phone="2"))
    people.save_contact(other, dataclasses.replace(book(other)[0], mail="b@example.jp"))
    exchange(desk, other)

    assert book(desk) == book(other)
    assert (book(desk)[0].phone, book(desk)[0].mail) == ("2", "b@example.jp")


def test_two_values_of_one_line_stand_side_by_side(desks: tuple[Desk, Desk]) -> None:
    desk, other = desks
    card_id, _ = people.save_contact(desk, Contact(id="", name="奥村", phone="1"))
    exchange(desk, other)
    people.save_contact(desk, dataclasses.replace(book(desk)[0], phone="2"))
    people.save_contact(other, dataclasses.replace(book(other)[0], phone="3"))
    exchange(desk, other)

    beside = [
        {value for _, value in cards.values_beside(one.database.writer, card_id, "phone")} for one in (desk, other)
    ]
    assert beside == [{"2", "3"}, {"2", "3"}]
    assert book(desk) == book(other)


def test_an_edit_at_the_same_time_wins_over_hiding_and_a_later_hiding_holds(desks: tuple[Desk, Desk]) -> None:
    desk, other = desks
    card_id, _ = people.save_contact(desk, Contact(id="", name="奥村", phone="1"))
    exchange(desk, other)
    card = book(other)[0]
    people.hide_contact(desk, card_id)
    assert book(desk) == []
    people.save_contact(other, dataclasses.replace(card, phone="2"))
    exchange(desk, other)

    assert [one.phone for one in book(desk)] == [one.phone for one in book(other)] == ["2"]

    people.hide_contact(other, card_id)
    exchange(desk, other)
    assert book(desk) == book(other) == []
