"""The projection of people, organisations and the phone book."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from liaison_desk.domain.people import CARD_FIELDS, Contact
from liaison_desk.domain.text import fold
from liaison_desk.store import search
from sync.transaction import Transaction

_CARD_COLUMNS = ", ".join(f"{name} TEXT NOT NULL DEFAULT ''" for name in CARD_FIELDS)
STATEMENTS = (
    "CREATE TABLE contact_values (dot TEXT PRIMARY KEY, contact_id TEXT NOT NULL, field TEXT NOT NULL, "
    "value TEXT NOT NULL, hlc INTEGER NOT NULL, device TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX contact_values_by_contact ON contact_values (contact_id, field)",
    f"CREATE TABLE contacts (id TEXT PRIMARY KEY, {_CARD_COLUMNS}, "
    "hidden INTEGER NOT NULL DEFAULT 0, folded TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
)
PROJECTED = ("contact_values", "contacts")
_FIELDS = frozenset((*CARD_FIELDS, "hidden"))


def apply(connection: sqlite3.Connection, transactions: Sequence[Transaction]) -> set[str]:
    """Project these transactions; returns the ids of the cards that they touched."""
    touched: dict[str, None] = {}
    for transaction in transactions:
        for index, operation in enumerate(transaction.ops):
            if operation.kind != "contact" or operation.field not in _FIELDS:
                continue
            touched[operation.id] = None
            # As in the log's cells: what is replaced goes, but only out of this very field.
            replaced = [
                (f"{dot.device}:{dot.seq}:{dot.index}", operation.id, operation.field) for dot in operation.replaces
            ]
            connection.executemany(
                "DELETE FROM contact_values WHERE dot = ? AND contact_id = ? AND field = ?", replaced
            )
            if operation.verb != "set" or not isinstance(operation.value, str):
                continue
            connection.execute(
                "INSERT OR IGNORE INTO contact_values VALUES (?, ?, ?, ?, ?, ?)",
                (
                    f"{transaction.device}:{transaction.seq}:{index}",
                    operation.id,
                    operation.field,
                    operation.value,
                    transaction.hlc,
                    transaction.device,
                ),
            )
    for contact_id in touched:
        _restand(connection, contact_id)
    return set(touched)


def reset(connection: sqlite3.Connection) -> None:
    """Empty the projected tables."""
    for table in PROJECTED:
        connection.execute(f"DELETE FROM {table}")


def contacts(connection: sqlite3.Connection, text: str = "") -> list[Contact]:
    """The cards that hold every word of `text`, by kind, organisation, section and reading."""
    clauses, words = search.holds("folded", search.words_of(text))
    where = "".join(f" AND {clause}" for clause in clauses)
    rows = connection.execute(
        f"SELECT id, {', '.join(CARD_FIELDS)} FROM contacts WHERE hidden = 0{where} "
        "ORDER BY card, organization, section, kana, name",
        words,
    )
    return [Contact(id=row[0], **dict(zip(CARD_FIELDS, row[1:], strict=True))) for row in rows]


def contact(connection: sqlite3.Connection, contact_id: str) -> Contact | None:
    """One card, also a hidden one."""
    row = connection.execute(f"SELECT {', '.join(CARD_FIELDS)} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return Contact(id=contact_id, **dict(zip(CARD_FIELDS, row, strict=True))) if row else None


def values_beside(connection: sqlite3.Connection, contact_id: str, field: str) -> list[tuple[str, str]]:
    """The values that stand side by side in one field of a card, oldest first: dot and value."""
    rows = connection.execute(
        "SELECT dot, value FROM contact_values WHERE contact_id = ? AND field = ? "
        "ORDER BY hlc, device, length(dot), dot",
        (contact_id, field),
    )
    return [(row[0], row[1]) for row in rows]


def _restand(connection: sqlite3.Connection, contact_id: str) -> None:
    shown: dict[str, str] = {}
    hiding: set[str] = set()
    for field, value in connection.execute(
        "SELECT field, value FROM contact_values WHERE contact_id = ? ORDER BY hlc, device, length(dot), dot",
        (contact_id,),
    ):
        if field == "hidden":
            hiding.add(value)
        else:
            shown[field] = value
    # An edit says "0": one made at the same time as the hiding wins over it.
    hidden = int(hiding == {"1"})
    folded = "\n".join(fold(value) for value in shown.values())
    names = ("id", *shown, "hidden", "folded")
    connection.execute(
        f"INSERT OR REPLACE INTO contacts ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        (contact_id, *shown.values(), hidden, folded),
    )
