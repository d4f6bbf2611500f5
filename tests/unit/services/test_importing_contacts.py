"""People, organisations and phone books from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison_desk.domain.people import CardKind
from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing.contacts import import_contacts, preview_contacts
from liaison_desk.services.people import save_contact
from liaison_desk.services.reading import Reader
from tests.unit.services.filing import DEMO, opened, written


@pytest.mark.parametrize(
    ("name", "card", "count"),
    [
        ("people", CardKind.PERSON, 46),
        ("organizations", CardKind.ORGANIZATION, 49),
        ("phonebook", CardKind.LINE, 78),
    ],
)
def test_the_exercises_lists_are_understood_whole(name: str, card: CardKind, count: int) -> None:
    preview = preview_contacts(DEMO / f"{name}.csv")

    assert (preview.card, len(preview.contacts), preview.unknown, preview.problems) == (card, count, (), ())


def test_importing_a_list_twice_adds_nothing_twice(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        preview = preview_contacts(DEMO / "people.csv")
        first, again = import_contacts(desk, preview), import_contacts(desk, preview)
        reader = Reader(desk.database)
        cards = reader.contacts()
        reader.close()

    assert (first.added, again.added, again.already_there) == (46, 0, 46)
    assert "contact" in first.changed.kinds
    assert len(cards) == 46
    assert next(card for card in cards if card.code == "P01").kana == "おおとも まさたか"


def test_a_newer_edition_updates_and_empty_cells_erase_nothing(tmp_path: Path) -> None:
    head = "機関名,部署,氏名,電話,内線,FAX\r\n"
    with opened(tmp_path / "desk") as desk:
        import_contacts(desk, preview_contacts(written(tmp_path, head + "七飯町,総務課,,0138-00-0001,11,\r\n")))
        reader = Reader(desk.database)
        (card,) = reader.contacts()
        save_contact(
            desk, type(card)(**{name: getattr(card, name) for name in card.__slots__} | {"note": "夜間は守衛"})
        )
        newer = preview_contacts(written(tmp_path, head + "七飯町,総務課,,0138-00-0002,,\r\n"))
        result = import_contacts(desk, newer)
        (card,) = reader.contacts()
        reader.close()

    assert (result.added, result.updated) == (0, 1)
    assert (card.phone, card.extension, card.note) == ("0138-00-0002", "11", "夜間は守衛")


def test_lines_without_a_name_are_listed_and_other_files_are_refused(tmp_path: Path) -> None:
    preview = preview_contacts(written(tmp_path, "氏名,電話\r\n,0138-00-0001\r\n大友,0138-00-0002\r\n"))

    assert [contact.name for contact in preview.contacts] == ["大友"]
    assert [problem.line for problem in preview.problems] == [2]
    with pytest.raises(DeskProblem, match="名簿"):
        preview_contacts(written(tmp_path, "い,ろ\r\n1,2\r\n", "other.csv"))
