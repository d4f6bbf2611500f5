"""What the fields and kinds of a card are called, in the language in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from liaison_desk.domain.people import CardKind


def name_of(field: str) -> str:
    """The name of a card's field."""
    translate = QCoreApplication.translate
    names = {
        "card": translate("Card", "Kind"),
        "code": translate("Card", "Code"),
        "name": translate("Card", "Name"),
        "kana": translate("Card", "Reading"),
        "short_name": translate("Card", "Short name"),
        "organization": translate("Card", "Organisation"),
        "section": translate("Card", "Section"),
        "title": translate("Card", "Post"),
        "role": translate("Card", "Task"),
        "device": translate("Card", "PC"),
        "shift": translate("Card", "Shift"),
        "phone": translate("Card", "Telephone"),
        "mobile": translate("Card", "Mobile"),
        "extension": translate("Card", "Extension"),
        "fax": translate("Card", "Fax"),
        "radio": translate("Card", "Satellite, radio"),
        "mail": translate("Card", "Mail"),
        "hours": translate("Card", "Hours"),
        "address": translate("Card", "Address"),
        "latitude": translate("Card", "Latitude"),
        "longitude": translate("Card", "Longitude"),
        "deployment": translate("Card", "Liaison sent"),
        "note": translate("Card", "Note"),
    }
    return names.get(field, field)


def kind_name(kind: str) -> str:
    """The name of a kind of card, in the plural."""
    translate = QCoreApplication.translate
    names = {
        CardKind.PERSON: translate("Card", "People"),
        CardKind.ORGANIZATION: translate("Card", "Organisations"),
        CardKind.LINE: translate("Card", "Phone book"),
    }
    return names[CardKind(kind)] if kind else translate("Card", "All")
