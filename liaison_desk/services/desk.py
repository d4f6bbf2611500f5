"""The open desk: one profile, its database, its log, who sits at it. What every use case takes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk import wording
from liaison_desk.domain.changed import Changed, Origin
from liaison_desk.domain.clock import Clock, IdSource, Moment, RandomIds, SystemClock
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import ProfileLock, is_network
from liaison_desk.store import chronology, desk_tables, entry_rows
from liaison_desk.store.connection import translated
from liaison_desk.store.database import Database
from liaison_desk.store.projections import Projections
from sync.journal import Journal
from sync.operation import Operation
from sync.transaction import Transaction

if TYPE_CHECKING:
    import sqlite3

_SETTINGS = (
    "incident_id",
    "incident_name",
    "host_org",
    "mark",
    "operator",
    "org",
    "device_name",
    "share",
    "numbers_from",
    "caught_up",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who sits at this desk, at which incident. Empty `incident_id`: the first page is due.

    Attributes:
        mark: this PC's short mark (七), the head of its entries' numbers.
        host_org: 派遣先, where the liaison was sent.
        share: the shared folder, "" when there is none.
        numbers_from: numbers below are never given again (after a rebuild).
        caught_up: "1" once this PC has all that was there when it joined; later entries of others are marked as new.
    """

    incident_id: str = ""
    incident_name: str = ""
    host_org: str = ""
    mark: str = ""
    operator: str = ""
    org: str = ""
    device_name: str = ""
    share: str = ""
    numbers_from: str = "1"
    caught_up: str = ""


class JournalClock:
    """The desk's clock as `sync` wants it."""

    def __init__(self, clock: Clock) -> None:
        """Wrap a clock of the domain."""
        self._clock = clock

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return self._clock.now().utc_ms

    def offset_min(self) -> int:
        """Minutes east of UTC."""
        return self._clock.now().offset_min


class Desk:
    """One profile, open.

    Attributes:
        profile: its folder.
        database: the file; `database.reader()` makes connections for views.
        journal: the log; None until an incident was begun or joined.
        seat: who sits here.
    """

    def __init__(
        self, profile: Path, *, clock: Clock | None = None, ids: IdSource | None = None, read_only: bool = False
    ) -> None:
        """Open the profile, or make an empty one.

        Raises:
            DeskProblem: in use by another desk, on a network path, damaged, newer, not writable.
        """
        self.profile = profile
        self.clock: Clock = clock or SystemClock()
        self.ids: IdSource = ids or RandomIds()
        self.projections = Projections()
        self._lock: ProfileLock | None = None
        if not read_only:
            self._lock = _lock(profile)
        try:
            self.database = Database(profile, mode="read" if read_only else "write")
            with translated():
                self.seat = seat_in(self.database.writer)
                self.journal = self._open_journal() if self.seat.incident_id else None
        except BaseException:
            self._release()
            raise

    def _open_journal(self) -> Journal:
        return Journal(self.database.writer, clock=JournalClock(self.clock), projection=self.projections)

    def begin_journal(self, space: str, device: str) -> None:
        """First use of the profile: give the log its space and this PC its device id."""
        with translated():
            Journal.begin(self.database.writer, space=space, device=device)
            self.journal = self._open_journal()

    def the_journal(self) -> Journal:
        """The log.

        Raises:
            DeskProblem: there is no incident on this desk yet.
        """
        if self.journal is None:
            raise DeskProblem(wording.text("no_incident", profile=self.profile), wording.text("no_incident_do"))
        return self.journal

    def save_seat(self, **values: str) -> Changed:
        """Change who sits here, the incident's card or the share."""
        with translated():
            desk_tables.save_settings(self.database.writer, values)
        self.seat = replace(self.seat, **values)
        return Changed(frozenset({"incident"}))

    def commit(self, *batches: Sequence[Operation]) -> tuple[tuple[Transaction, ...], Changed]:
        """Commit own operations, each batch one transaction; durable when this returns.

        Raises:
            DeskProblem: full, read-only or damaged disk; nothing was recorded.
        """
        journal = self.the_journal()
        with translated(), self._clean_touches():
            transactions = journal.commit(*batches)
            return transactions, self.changed("here")

    def changed(self, origin: Origin) -> Changed:
        """What the projections touched since the last call, as a `Changed`."""
        entries, contacts = self.projections.take()
        kinds = ({"entry"} if entries else set()) | ({"contact"} if contacts else set())
        return Changed(frozenset(kinds), frozenset(entries | contacts), origin)

    @contextmanager
    def _clean_touches(self) -> Iterator[None]:
        # What a failed write touched was rolled back with it.
        try:
            yield
        except BaseException:
            self.projections.take()
            raise

    def now(self) -> Moment:
        """The present moment."""
        return self.clock.now()

    def next_number(self) -> int:
        """The count of this PC's next entry."""
        known = chronology.next_count(self.database.writer, self.seat.mark)
        return max(known, int(self.seat.numbers_from))

    def entry_id(self, no: str) -> str:
        """The id of the entry with this number (or this very id, 32 hexadecimal digits).

        Raises:
            DeskProblem: no such entry, or two PCs took the same number while apart.
        """
        with translated():
            return find_id(self.database.writer, no)

    def close(self) -> None:
        """Close the file and let another desk open the profile."""
        self.database.close()
        self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None


def find_id(connection: sqlite3.Connection, no: str) -> str:
    """The id of the entry with this number or id.

    Raises:
        DeskProblem: none has it, or several have.
    """
    ids = entry_rows.ids_of_number(connection, no)
    if not ids and len(no) == 32 and entry_rows.read_entry(connection, no):
        return no
    if not ids:
        raise DeskProblem(wording.text("no_such_entry", no=no), wording.text("no_such_entry_do"))
    if len(ids) > 1:
        raise DeskProblem(wording.text("number_twice", no=no, ids=", ".join(ids)), wording.text("number_twice_do"))
    return ids[0]


def _lock(profile: Path) -> ProfileLock:
    if is_network(profile):
        raise DeskProblem(wording.text("profile_on_network", profile=profile), wording.text("profile_on_network_do"))
    try:
        profile.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise DeskProblem(
            wording.text("profile_not_writable", profile=profile, reason=refused.strerror or refused),
            wording.text("profile_not_writable_do"),
        ) from refused
    return ProfileLock(profile)


def seat_in(connection: sqlite3.Connection) -> Seat:
    """Who sits at the desk of this database."""
    defaults = Seat()
    return Seat(**{name: desk_tables.setting(connection, name, getattr(defaults, name)) for name in _SETTINGS})
