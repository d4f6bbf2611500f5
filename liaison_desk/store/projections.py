"""The desk's projections as one, for the journal: every noun's rows from the same transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from liaison_desk.store import chronology, desk_tables, people
from sync.transaction import Transaction


class Projections:
    """Keeps every projected table in step with the log.

    Attributes:
        entries, contacts: ids touched since `take` was called last; read by the services, one writer at a time.
    """

    def __init__(self) -> None:
        """Begin with nothing touched."""
        self._entries: set[str] = set()
        self._contacts: set[str] = set()
        self._slot = ""
        self._marking = False

    def mark_new(self, *, on: bool) -> None:
        """Whether entries of other PCs are marked until they were looked at, in the transaction that brings them."""
        self._marking = on

    def forget_draft(self, slot: str) -> None:
        """With the next own act, and in the same transaction, the draft in this slot is forgotten."""
        self._slot = slot

    def apply(self, connection: sqlite3.Connection, transactions: Sequence[Transaction], own: bool) -> None:
        """Called by the journal inside its write transaction."""
        touched = chronology.apply(connection, transactions, own=own)
        self._contacts |= people.apply(connection, transactions)
        self._entries |= touched
        if own and self._slot:
            desk_tables.forget_draft(connection, self._slot)
        if self._marking and not own:
            desk_tables.note_unseen(connection, _recorded_in(transactions))

    def reset(self, connection: sqlite3.Connection) -> None:
        """Empty every projected table; called by the journal before it applies the whole log again."""
        chronology.reset(connection)
        people.reset(connection)

    def take(self) -> tuple[set[str], set[str]]:
        """Entries and contacts touched since the last call."""
        touched = self._entries, self._contacts
        self._entries, self._contacts = set(), set()
        return touched


def _recorded_in(transactions: Sequence[Transaction]) -> list[str]:
    return [
        operation.id
        for transaction in transactions
        for operation in transaction.ops
        if operation.kind == "entry" and operation.field == "record"
    ]
