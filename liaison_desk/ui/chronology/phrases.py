"""What completes a field: phrases used in it before, and the labels of the contacts' cards.

Kept in memory, folded once: a key press searches a list and never the disk. Read again when somebody comes to a
field and the list is older than a few seconds, so that 50 remote entries a second cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.people import Contact
from liaison_desk.domain.readings import sound
from liaison_desk.errors import DeskProblem
from liaison_desk.ui.workplace import Workplace

_STALE_MS = 5_000
_KEPT = 1_000
PARTY_FIELDS = ("from_party", "to_party")


class Phrase(NamedTuple):
    """One thing that may be meant.

    Attributes:
        text: what goes into the field.
        keys: folded spellings that find it, the reading among them.
        hint: what tells it from others of the same name, "" when used before.
    """

    text: str
    keys: tuple[str, ...]
    hint: str = ""


@dataclass(slots=True)
class _Known:
    phrases: list[Phrase]
    read_ms: int


class Phrases:
    """The phrases of all fields; belongs to the UI thread."""

    def __init__(self, workplace: Workplace) -> None:
        """Begin empty; cards are read when first asked for."""
        self._workplace = workplace
        self._fields: dict[str, _Known] = {}
        self._cards: list[Phrase] | None = None
        workplace.desk.changed.connect(self._follow)

    def refresh(self, field: str) -> None:
        """Read a field's phrases again when they are old; called when the field gets the focus."""
        now_ms = self._workplace.clock.now().utc_ms
        known = self._fields.get(field)
        if known and 0 <= now_ms - known.read_ms < _STALE_MS:
            return
        try:
            phrases = self._read(field)
        except DeskProblem as problem:
            self._workplace.desk.tell_problem(problem)
            phrases = known.phrases if known else []
        self._fields[field] = _Known(phrases, now_ms)

    def suggest(self, field: str, typed: str, *, limit: int = 8) -> list[Phrase]:
        """What may be meant, best first: beginnings before middles, used before known, each text once."""
        wanted = sound(typed)
        heads: dict[str, Phrase] = {}
        inner: dict[str, Phrase] = {}
        for phrase in self._known(field):
            if any(key.startswith(wanted) for key in phrase.keys):
                heads.setdefault(phrase.text, phrase)
                if len(heads) >= limit:
                    break
            elif any(wanted in key for key in phrase.keys):
                inner.setdefault(phrase.text, phrase)
        found = [*heads.values(), *(phrase for text, phrase in inner.items() if text not in heads)][:limit]
        # What stands in the field already is no help.
        return [] if len(found) == 1 and found[0].text == typed else found

    def _known(self, field: str) -> list[Phrase]:
        if field not in self._fields:
            self.refresh(field)
        phrases = self._fields[field].phrases
        if field in (*PARTY_FIELDS, "owner"):
            if self._cards is None:
                self._cards = self._read_cards()
            return phrases + self._cards
        return phrases

    def _read(self, field: str) -> list[Phrase]:
        # Who was told something may tell something next.
        names = PARTY_FIELDS if field in PARTY_FIELDS else (field,)
        texts: dict[str, None] = {}
        for name in names if field != "to_party" else reversed(names):
            texts.update(dict.fromkeys(self._workplace.reader.complete(name, "", limit=_KEPT)))
        readings = {card.text: card.keys for card in self._cards_now()}
        return [Phrase(text, readings.get(text, (sound(text),))) for text in texts]

    def _cards_now(self) -> list[Phrase]:
        if self._cards is None:
            self._cards = self._read_cards()
        return self._cards

    def _read_cards(self) -> list[Phrase]:
        return [_of_card(card) for card in self._workplace.reader.contacts() if card.label()]

    def _follow(self, changed: Changed) -> None:
        if "contact" in changed.kinds or changed.everything:
            self._cards = None
            self._fields.clear()


def _of_card(card: Contact) -> Phrase:
    label = card.label()
    spellings = (label, card.kana, card.name, card.short_name, card.role, card.code)
    return Phrase(label, tuple(dict.fromkeys(filter(None, map(sound, spellings)))), card.mobile or card.phone)
