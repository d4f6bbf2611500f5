"""The open desk: one profile, its database, its log, who sits at it. What every use case takes first."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk import wording
from liaison_desk.domain.changed import Changed, Origin
from liaison_desk.domain.chronology import number
from liaison_desk.domain.clock import Clock, IdSource, Moment, RandomIds, SystemClock
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.paths import ProfileLock, is_network
from liaison_desk.store import chronology, desk_tables, entry_rows, seat_copy
from liaison_desk.store.connection import Damaged, translated
from liaison_desk.store.database import Database
from liaison_desk.store.projections import Projections
from sync.errors import Refused
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
# While this file is there, a rebuild of the database was begun and has not ended.
REBUILDING_NAME = "rebuilding.json"
_RESERVED = 100
_LOG = logging.getLogger(__name__)


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
        self.journal: Journal | None = None
        self._lock: ProfileLock | None = None
        if not read_only:
            self._lock = _lock(profile)
        try:
            if not read_only and (profile / REBUILDING_NAME).exists():
                raise Damaged(wording.text("rebuild_interrupted"))
            self.database = Database(profile, mode="read" if read_only else "write")
        except BaseException:
            self._release()
            raise
        try:
            with translated():
                self.seat = seat_in(self.database.writer)
                if self.seat.incident_id:
                    self._open_journal(heal=not read_only)
        except BaseException:
            self.close()
            raise
        self._numbers_upto = _count(seat_copy.read(profile).get("numbers_upto", ""))

    def _open_journal(self, *, heal: bool = False) -> None:
        try:
            self.journal = Journal(self.database.writer, clock=JournalClock(self.clock), projection=self.projections)
        except Refused:
            # The power went between choosing the incident and beginning its log.
            if not heal:
                raise
            Journal.begin(self.database.writer, space=space_of(self.seat.incident_id), device=self.ids.new_id())
            self._open_journal()

    def begin_journal(self, space: str, device: str) -> None:
        """First use of the profile: give the log its space and this PC its device id."""
        with translated():
            Journal.begin(self.database.writer, space=space, device=device)
            self._open_journal()
        self.copy_seat()

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
        self.copy_seat()
        return Changed(frozenset({"incident"}))

    def copy_seat(self) -> None:
        """Keep a copy of the seat beside the database, to rebuild a damaged one with.

        Raises:
            DeskProblem: the disk refused; the former copy stays.
        """
        try:
            self._copy_seat()
        except OSError as refused:
            raise DeskProblem(
                wording.text(
                    "file_not_written", path=self.profile / seat_copy.SEAT_NAME, reason=refused.strerror or refused
                ),
                wording.text("file_not_written_do"),
            ) from refused

    def _copy_seat(self) -> None:
        told = asdict(self.seat) | {"numbers_upto": str(self._numbers_upto)}
        if self.journal is not None:
            with translated():
                told |= {"space": self.journal.space, "device": self.journal.device}
        seat_copy.write(self.profile, told)

    def commit(self, *batches: Sequence[Operation], slot: str = "") -> tuple[tuple[Transaction, ...], Changed]:
        """Commit own operations, each batch one transaction; durable when this returns.

        Args:
            batches: the operations.
            slot: a draft that is forgotten in the same moment, "" for none: after a crash there is the draft or
                the record, never both and never neither.

        Raises:
            DeskProblem: full, read-only or damaged disk, or more text than one record holds; nothing was recorded.
        """
        journal = self.the_journal()
        with translated(), self._clean_touches():
            self.projections.forget_draft(slot)
            try:
                transactions = journal.commit(*batches)
            except Refused as refused:
                if refused.reason != "size":
                    raise DeskBug(str(refused)) from refused
                raise DeskProblem(
                    wording.text("text_too_long", field=wording.text("field_record")), wording.text("text_too_long_do")
                ) from refused
            finally:
                self.projections.forget_draft("")
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
        mark = self.seat.mark
        with translated():
            count = max(chronology.next_count(self.database.writer, mark), _count(self.seat.numbers_from))
            # A file may bring numbers of this mark that are written otherwise, or too great to be counted on from.
            while entry_rows.ids_of_number(self.database.writer, number(mark, count)):
                count += 1
        if count >= self._numbers_upto:
            self._reserve_numbers(count)
        return count

    def _reserve_numbers(self, count: int) -> None:
        # If the whole database is lost one day, numbers go on above these: none is ever given twice.
        self._numbers_upto = count + _RESERVED
        try:
            self._copy_seat()
        except OSError as refused:
            _LOG.warning("seat copy not written: %s", refused)

    def entry_id(self, no: str) -> str:
        """The id of the entry with this number (or this very id, 32 hexadecimal digits).

        Raises:
            DeskProblem: no such entry, or two PCs took the same number while apart.
        """
        with translated():
            return find_id(self.database.writer, no)

    def close(self) -> None:
        """Close the file and let another desk open the profile."""
        try:
            self.database.close()
        finally:
            self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None


def space_of(incident_id: str, name: str = "common") -> str:
    """The id of a space of the incident: 16 hexadecimal digits, the same on every PC."""
    return hashlib.blake2b(f"{incident_id}/{name}".encode(), digest_size=8).hexdigest()


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


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def seat_in(connection: sqlite3.Connection) -> Seat:
    """Who sits at the desk of this database."""
    defaults = Seat()
    return Seat(**{name: desk_tables.setting(connection, name, getattr(defaults, name)) for name in _SETTINGS})
