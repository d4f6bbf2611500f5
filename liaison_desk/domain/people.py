"""People, organisations and the phone book (関係者・電話帳): one card each.

Pure. A card's fields are registers of their own in the log, so that two PCs may mend different lines of one card.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class CardKind(StrEnum):
    """What a card is about."""

    PERSON = "人"
    ORGANIZATION = "機関"
    LINE = "電話帳"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One card. Empty fields are empty strings; numbers are kept as written."""

    id: str
    card: str = CardKind.PERSON
    code: str = ""
    name: str = ""
    kana: str = ""
    short_name: str = ""
    organization: str = ""
    section: str = ""
    title: str = ""
    role: str = ""
    device: str = ""
    shift: str = ""
    phone: str = ""
    mobile: str = ""
    extension: str = ""
    fax: str = ""
    radio: str = ""
    mail: str = ""
    hours: str = ""
    address: str = ""
    latitude: str = ""
    longitude: str = ""
    deployment: str = ""
    note: str = ""

    def label(self) -> str:
        """How the card is named where it completes 発信元 or 発信先: organisation, section, name and title."""
        if self.card == CardKind.ORGANIZATION:
            return self.short_name or self.name
        family = self.name.split(maxsplit=1)[:1]
        who = f"{family[0]}{self.title}" if family else ""
        return " ".join(part for part in (self.organization, self.section, who) if part)


CARD_FIELDS = tuple(f.name for f in fields(Contact) if f.name != "id")
