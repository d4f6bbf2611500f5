"""What faces read: one `Reader` a thread, over a read-only connection. Never waits for a writer (WAL)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.listing import Draft, EntryDetails, EntryFilter, EntryRow
from liaison_desk.domain.people import Contact
from liaison_desk.services.desk import find_id
from liaison_desk.store import chronology, desk_tables, entry_rows, known, people
from liaison_desk.store.connection import snapshot, translated
from liaison_desk.store.database import Database


@dataclass(frozen=True, slots=True)
class Order:
    """The whole list's order: each row's thread place and own place, ascending by both (16 bytes a row)."""

    threads: array[int]
    places: array[int]


class Reader:
    """Reads the projections; belongs to one thread.

    All methods raise DeskProblem when the disk or the file fails.
    """

    def __init__(self, database: Database) -> None:
        """Open a read-only connection of its own."""
        self.database = database
        self._connection = database.reader()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def order(self) -> Order:
        """The order of all entries: about 90 ms for 100,000."""
        with translated():
            return Order(*entry_rows.order(self._connection))

    def last_rows(self, limit: int) -> list[EntryRow]:
        """The newest rows by time of occurrence, oldest of them first."""
        with translated():
            return entry_rows.last_rows(self._connection, limit)

    def rows_at(self, positions: Sequence[int]) -> dict[int, EntryRow]:
        """The rows at these places (`EntryRow.pos`)."""
        with translated():
            return entry_rows.rows_at(self._connection, positions)

    def rows_by_id(self, ids: Sequence[str]) -> list[EntryRow]:
        """The rows of these ids, in no certain order; unknown ids are missing."""
        with translated():
            return entry_rows.rows_by_id(self._connection, ids)

    def find(self, chosen: EntryFilter, *, limit: int = 200, before: int | None = None) -> list[EntryRow]:
        """Rows that pass a filter, newest first; `before` continues behind a row's `pos`."""
        with translated():
            return entry_rows.find(self._connection, chosen, limit=limit, before=before)

    def passing(self, chosen: EntryFilter, ids: Sequence[str]) -> list[EntryRow]:
        """Of these entries, the rows that pass a filter, in no certain order: how a live result follows changes."""
        with translated():
            return entry_rows.passing(self._connection, chosen, ids)

    def count(self, chosen: EntryFilter, *, limit: int = 1000) -> int:
        """How many pass, counted no further than `limit`."""
        with translated():
            return entry_rows.count(self._connection, chosen, limit=limit)

    def count_all(self) -> int:
        """How many entries there are."""
        with translated():
            return entry_rows.count_all(self._connection)

    def unseen(self) -> frozenset[str]:
        """Ids of entries from other PCs that were not looked at."""
        with translated():
            return desk_tables.unseen_ids(self._connection)

    def details(self, entry_id: str) -> EntryDetails | None:
        """Everything about one entry; None when it is not here."""
        with translated(), snapshot(self._connection):
            rows = entry_rows.rows_by_id(self._connection, [entry_id])
            entry = entry_rows.read_entry(self._connection, entry_id)
            original = chronology.original_of(self._connection, entry_id)
            if not rows or entry is None or original is None:
                return None
            values = chronology.values_of(self._connection, entry_id)
            return EntryDetails(
                row=rows[0],
                entry=entry,
                original=original[0],
                revisions=chronology.revisions_of(self._connection, entry_id),
                live=chronology.live_values(values),
                history=tuple((name, value) for name, value, _ in values),
                thread=entry_rows.thread_of(self._connection, rows[0].thread_pos),
                noted_by=chronology.noted_by(self._connection, original[0].no),
            )

    def entry_id(self, no: str) -> str:
        """The id of the entry with this number; DeskProblem when there is none or several."""
        with translated():
            return find_id(self._connection, no)

    def entries(self, chosen: EntryFilter | None = None) -> Iterator[ChronologyEntry]:
        """Every entry that passes, as it stands, in the order of recording; streams."""
        with translated():
            yield from entry_rows.all_entries(self._connection, chosen)

    def entry(self, entry_id: str) -> ChronologyEntry | None:
        """One entry as it stands; None when it is not here."""
        with translated():
            return entry_rows.read_entry(self._connection, entry_id)

    def behind(self, ids: Sequence[str]) -> dict[str, known.Behind]:
        """What lies behind those of these entries that were revised or set: first wording, revisions, values."""
        with translated():
            return known.behind(self._connection, ids)

    def incident_name(self) -> str:
        """The name of this profile's incident."""
        with translated():
            return desk_tables.setting(self._connection, "incident_name")

    def complete(self, field: str, typed: str, *, limit: int = 8) -> list[str]:
        """What was used in `from_party`, `to_party`, `place`, `subject` or `owner` before and holds what is typed."""
        with translated():
            return entry_rows.complete(self._connection, field, typed, limit=limit)

    def contacts(self, text: str = "") -> list[Contact]:
        """The cards that hold every word of `text`."""
        with translated():
            return people.contacts(self._connection, text)

    def drafts(self) -> list[Draft]:
        """Unfinished lines left on this PC, newest first."""
        with translated():
            return desk_tables.drafts(self._connection)
