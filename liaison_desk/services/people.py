"""Use cases of people, organisations and the phone book."""

from __future__ import annotations

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.people import CARD_FIELDS, Contact
from liaison_desk.errors import DeskProblem
from liaison_desk.services.chronology import check_text
from liaison_desk.services.desk import Desk
from liaison_desk.store import people
from liaison_desk.store.connection import translated
from sync.operation import Operation

# One transaction holds 10,000; a big organisation's phone book is several, written all or none.
_MAX_OPERATIONS = 2_000


def save_contact(desk: Desk, contact: Contact) -> tuple[str, Changed]:
    """Write a card: a new one when its id is "", else only the fields that differ.

    Returns:
        The card's id, and what changed.

    Raises:
        DeskProblem: a card without a name and organisation, or text that cannot be kept.
    """
    saved = save_contacts(desk, [contact])
    return saved[0] if saved else (contact.id, Changed(frozenset()))


def save_contacts(desk: Desk, contacts: list[Contact]) -> list[tuple[str, Changed]]:
    """Write several cards in one act; those that differ in nothing are passed over.

    Raises:
        DeskProblem: as `save_contact`; nothing is written then.
    """
    batches: list[list[Operation]] = [[]]
    ids: list[str] = []
    for contact in contacts:
        if not (contact.name.strip() or contact.organization.strip()):
            raise DeskProblem(wording.text("card_empty"), wording.text("card_empty_do"))
        contact_id = contact.id or desk.ids.new_id()
        told = _differences(desk, contact_id, contact)
        if told:
            ids.append(contact_id)
            if len(batches[-1]) + len(told) > _MAX_OPERATIONS:
                batches.append([])
            batches[-1] += told
    if not ids:
        return []
    _, changed = desk.commit(*batches)
    return [(contact_id, changed) for contact_id in ids]


def hide_contact(desk: Desk, contact_id: str) -> Changed:
    """Take a card out of the book; an edit by someone else at the same time brings it back."""
    return desk.commit([_set(desk, contact_id, "hidden", "1")])[1]


def show_contact(desk: Desk, contact_id: str) -> Changed:
    """Put a card back that was taken out."""
    return desk.commit([_set(desk, contact_id, "hidden", "0")])[1]


def _differences(desk: Desk, contact_id: str, contact: Contact) -> list[Operation]:
    with translated():
        known = people.contact(desk.database.writer, contact_id)
    told: list[Operation] = []
    for name in CARD_FIELDS:
        value = getattr(contact, name)
        check_text("card", value)
        if (value and known is None) or (known is not None and value != getattr(known, name)):
            told.append(_set(desk, contact_id, name, str(value)))
    if told and known is not None:
        told.append(_set(desk, contact_id, "hidden", "0"))
    return told


def _set(desk: Desk, contact_id: str, name: str, value: str) -> Operation:
    with translated():
        standing = desk.the_journal().live("contact", contact_id, name)
    return Operation("contact", contact_id, name, "set", value, tuple(live.dot for live in standing))
