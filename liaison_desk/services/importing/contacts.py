"""People, organisations and phone books from files, in the same manner as chronologies: look first, then take in.

A card's id comes from its code, or else from organisation, section and name: importing twice adds nothing twice,
and a newer edition of the same list updates the cards that it knows. Empty cells erase nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.domain.text import flaw_of, mend
from liaison_desk.errors import DeskProblem
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing import cells
from liaison_desk.services.importing.columns import MAX_COLUMNS, Columns, plain
from liaison_desk.services.importing.preview import Problem, Problems, source_of
from liaison_desk.services.importing.source import Flaw, Head, Source
from liaison_desk.services.people import save_contacts
from liaison_desk.store import people
from liaison_desk.store.connection import translated

_SPELLINGS = {
    "code": "番号 コード no no. id 整理番号 職員番号 機関コード code",
    "name": "氏名 名前 担当者 担当者名 職員名 代表者 name",
    "kana": "ふりがな フリガナ よみ 読み 読みがな カナ かな kana",
    "short_name": "略称 通称 略名 short_name",
    "organization": "機関 機関名 組織 組織名 団体 団体名 会社名 勤務先 organization",
    "section": "所属 部署 部署名 課 係 班 担当部署 区分 section",
    "title": "役職 職名 職 肩書 title",
    "role": "訓練での役割 役割 任務 担務 role",
    "device": "端末 端末名 device",
    "shift": "勤務 勤務時間 シフト 当番 shift",
    "phone": "電話 電話番号 tel 固定電話 代表電話 連絡先 phone",
    "mobile": "公用スマホ 携帯 携帯電話 携帯番号 スマホ 公用携帯 mobile",
    "extension": "内線 内線番号 extension",
    "fax": "fax fax番号 ファックス ファクス",
    "radio": "衛星・防災無線 防災無線 衛星電話 無線 衛星 radio",
    "mail": "メール メールアドレス eメール e-mail email mail",
    "hours": "対応時間 受付時間 時間 hours",
    "address": "所在地 住所 address",
    "latitude": "緯度 latitude lat",
    "longitude": "経度 longitude lon",
    "deployment": "リエゾン派遣 派遣 派遣先 deployment",
    "note": "備考 摘要 メモ note",
}
_FIELD = {name: contact_field for contact_field, names in _SPELLINGS.items() for name in names.split()}
_LINE_FIELDS = frozenset({"phone", "extension", "fax", "radio", "hours"})
_ORGANIZATION_FIELDS = frozenset({"short_name", "address", "deployment"})
_CARDS_A_COMMIT = 200
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsPreview:
    """What a list holds; nothing is written.

    Attributes:
        card: what its lines are: people, organisations or lines of a phone book.
        columns: header -> field of `Contact`; `unknown`: headers that were not understood.
        contacts: all cards, in the order of the file.
        problems: lines that are mended or not imported; `refused` counts the latter.
    """

    path: Path
    card: str
    columns: Mapping[str, str]
    unknown: tuple[str, ...]
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    contacts: tuple[Contact, ...]
    refused: int
    doubtful: int
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> tuple[Contact, ...]:
        """The first cards, to be looked at."""
        return self.contacts[:_SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedContacts:
    """What an import did; every line is in one of the counts."""

    added: int = 0
    updated: int = 0
    already_there: int = 0
    refused: int = 0
    doubtful: int = 0
    problems: tuple[Problem, ...] = ()
    changed: Changed = field(default_factory=lambda: Changed(frozenset()))


def preview_contacts(
    path: Path, *, encoding: str | None = None, sheet: str | None = None, mapping: Mapping[str, str] | None = None
) -> ContactsPreview:
    """Read a list of people, organisations or telephone lines, without writing anything.

    Args:
        path: CSV or xlsx with a header.
        encoding: of text, when our guess is wrong.
        sheet: when our choice is wrong.
        mapping: header -> field of `Contact`, "" to leave a column out.

    Raises:
        DeskProblem: it cannot be read, or has no header that says who.
    """
    source = source_of(path, encoding, sheet)
    head, columns = _understood(source, mapping)
    names = set(columns.fields.values())
    if not names & {"name", "organization"}:
        raise DeskProblem(wording.text("not_contacts", path=path.name), wording.text("not_contacts_do"))
    card = _card_of(names)
    problems = Problems()
    contacts: list[Contact] = []
    twins: dict[tuple[str, ...], int] = {}
    head = Head(**{f.name: getattr(head, f.name) for f in fields(head)} | {"columns": columns, "ours": False})
    for line in source.lines(head):
        if line.values is None:
            problems.refuse(line.number, line.flaw or Flaw("flaw_card_empty"), line.text)
            continue
        flaws = [line.flaw] if line.flaw else []
        told = {name: _text(value, flaws) for name, value in line.values.items() if name in _SPELLINGS}
        if card == CardKind.ORGANIZATION and not told.get("name"):
            told["name"] = told.pop("organization", "")
        if not (told.get("name") or told.get("organization")):
            problems.refuse(line.number, Flaw("flaw_card_empty"), " ".join(told.values()))
            continue
        if flaws:
            problems.doubt(line.number, flaws, " ".join(told.values()))
        contacts.append(Contact(id=_identity(card, told, twins), card=str(card), **told))
    return ContactsPreview(
        path=path,
        card=str(card),
        columns=columns.understood(),
        unknown=columns.unknown,
        encoding=head.encoding,
        sheet=head.sheet,
        sheets=head.sheets,
        contacts=tuple(contacts),
        refused=problems.refused,
        doubtful=problems.doubtful,
        problems=tuple(problems.kept),
    )


def import_contacts(desk: Desk, preview: ContactsPreview) -> ImportedContacts:
    """Write the cards: new ones, and those whose file says something new.

    Raises:
        DeskProblem: the disk refused. What was committed stays; importing again goes on.
    """
    added = updated = there = 0
    changed = Changed(frozenset())
    for start in range(0, len(preview.contacts), _CARDS_A_COMMIT):
        wanted: list[Contact] = []
        for contact in preview.contacts[start : start + _CARDS_A_COMMIT]:
            with translated():
                known = people.contact(desk.database.writer, contact.id)
            merged = contact if known is None else _merged(known, contact)
            if known is None:
                added += 1
            elif merged != known:
                updated += 1
            else:
                there += 1
                continue
            wanted.append(merged)
        for _, change in save_contacts(desk, wanted)[:1]:
            changed = changed.joined(change)
    return ImportedContacts(
        added=added,
        updated=updated,
        already_there=there,
        refused=preview.refused,
        doubtful=preview.doubtful,
        problems=preview.problems,
        changed=changed,
    )


def _understood(source: Source, mapping: Mapping[str, str] | None) -> tuple[Head, Columns]:
    chosen = {plain(label): name for label, name in (mapping or {}).items()}

    def assigned(labels: Mapping[int, str], line: int) -> Columns:
        found: dict[int, str] = {}
        for index, label in labels.items():
            name = chosen.get(plain(label), _FIELD.get(plain(label), ""))
            if name in _SPELLINGS and name not in found.values():
                found[index] = name
        unknown = tuple(label for index, label in sorted(labels.items()) if index not in found and label.strip())
        return Columns(dict(labels), found, unknown, line)

    # The head of a chronology's table is found by other words; the first row is a list's header.
    head = source.head(dict.fromkeys(_FIELD, "note"))
    if head.columns.line == 0 and not head.columns.labels:
        return head, Columns()
    labels = {index: label for index, label in head.columns.labels.items() if index < MAX_COLUMNS}
    return head, assigned(labels, head.columns.line)


def _card_of(names: set[str]) -> CardKind:
    if len(names & _LINE_FIELDS) >= 2 and "kana" not in names:
        return CardKind.LINE
    return CardKind.ORGANIZATION if names & _ORGANIZATION_FIELDS and "name" not in names else CardKind.PERSON


def _text(value: Any, flaws: list[Flaw]) -> str:
    text = cells.text_of(value).strip()
    if flaw_of(text) is not None:
        flaws.append(Flaw("flaw_text_mended"))
    text = mend(text)
    return "" if text in cells.NONE else text


def _identity(card: str, told: Mapping[str, str], twins: dict[tuple[str, ...], int]) -> str:
    key = (card, told.get("code", ""), told.get("organization", ""), told.get("section", ""), told.get("name", ""))
    if told.get("code"):
        key = (card, told["code"], "", "", told.get("name", ""))
    count = twins[key] = twins.get(key, -1) + 1
    parts = [*key, str(count)] if count else key
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16, person=b"contact").hexdigest()


def _merged(known: Contact, contact: Contact) -> Contact:
    said = {f.name: getattr(contact, f.name) for f in fields(contact)}
    return Contact(**{f.name: said[f.name] or getattr(known, f.name) for f in fields(known)})
