"""How a card is named where it completes a sender or a receiver."""

from __future__ import annotations

import pytest

from liaison_desk.domain.people import CARD_FIELDS, CardKind, Contact


@pytest.mark.parametrize(
    ("contact", "label"),
    [
        (
            Contact(id="", name="奥村 千尋", organization="振興局", section="地域政策課", title="主査"),
            "振興局 地域政策課 奥村主査",
        ),
        (Contact(id="", name="奥村\u3000千尋", organization="振興局"), "振興局 奥村"),
        (Contact(id="", name=" 奥村 千尋", organization=""), "奥村"),
        (Contact(id="", name="  ", organization="消防"), "消防"),
        (Contact(id="", organization="消防", section="指令"), "消防 指令"),
        (Contact(id="", card=CardKind.ORGANIZATION, name="七飯町役場", short_name="七飯町"), "七飯町"),
        (Contact(id="", card=CardKind.ORGANIZATION, name="七飯町役場"), "七飯町役場"),
    ],
)
def test_a_card_is_named_by_organisation_section_family_name_and_title(contact: Contact, label: str) -> None:
    assert contact.label() == label


def test_a_card_has_no_field_for_its_id() -> None:
    assert "id" not in CARD_FIELDS
