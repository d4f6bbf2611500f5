"""A damaged database is set aside, never deleted, and made again: from its own log, and then from the share.

check_desk            is the file sound, is the log whole, are the tables what the log says?
rebuild_projections   make the tables again from the log, in the same file
rebuild               the file itself is damaged: set it aside, make a new one with everything that is intact
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.clock import Clock, IdSource, RandomIds, SystemClock
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import DATABASE_NAME, ProfileLock, long_path
from liaison_desk.services.desk import REBUILDING_NAME, Desk, JournalClock, Seat, space_of
from liaison_desk.store import chronology, desk_tables, entry_rows, inspection, salvaging, seat_copy
from liaison_desk.store.carving import Carved, carved
from liaison_desk.store.connection import Damaged, translated
from liaison_desk.store.database import Database
from liaison_desk.store.projections import Projections
from sync import chain
from sync.errors import Corrupt, SyncError
from sync.journal import Journal
from sync.operation import Dot, Operation
from sync.salvage import Salvage, salvage
from sync.transaction import Transaction

_WORKSHOP = "rebuilding"
_CHECKING = "checking"
# SQLite's own log first and the file last: the file's new name says that all have moved.
_PARTS = ("-wal", "-shm", "")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What became of a damaged database.

    Attributes:
        set_aside: the damaged file under its new name, beside the new one.
        transactions: acts that are in the new database, of all PCs.
        entries: chronology entries that are in it.
        renewed: acts of this PC that nobody else had; they go out again under its new device id.
        waiting: acts that wait for others, which the share will bring.
        lost: acts that are known to be missing, and rows of small tables that could not be read.
        drafts: unfinished lines that were kept.
        numbers_from: the next number's count; lower ones are never given again.
        findings: what was found wrong, for a report.
    """

    set_aside: Path
    transactions: int
    entries: int
    renewed: int
    waiting: int
    lost: int
    drafts: int
    numbers_from: int
    findings: tuple[str, ...] = ()


def check_desk(desk: Desk) -> list[str]:
    """Check the file, the log and the tables; one sentence per finding, none when all is well.

    Raises:
        DeskProblem: the disk refused; a damaged file is a finding and not an error.
    """
    found = [wording.text("finding_damage", reason=reason) for reason in inspection.damage(desk.database.writer)]
    if found:
        return found
    try:
        with translated():
            found = [wording.text("finding_log", reason=reason) for reason in desk.the_journal().check()]
        return found or _check_projections(desk)
    except Damaged as damaged:
        return [*found, wording.text("finding_damage", reason=damaged.reason)]


def rebuild_projections(desk: Desk) -> Changed:
    """Make every table that views read again from the log.

    Raises:
        DeskProblem: the disk refused, nothing changed; `Damaged` when the log itself cannot be read.
    """
    with translated():
        desk.the_journal().rebuild()
    desk.changed("rebuilt")
    return Changed(frozenset({"entry", "contact"}), origin="rebuilt", everything=True)


def rebuild(profile: Path, *, clock: Clock | None = None, ids: IdSource | None = None) -> Recovered:
    """Set the damaged database aside and make a new one with everything that is intact.

    The new one has a new device id, since numbers of lost acts may have been seen elsewhere. A rebuild that was
    interrupted goes on where it was.

    Raises:
        DeskProblem: another desk has the profile open, nobody can tell which incident it was, or the disk refused.
    """
    clock, ids = clock or SystemClock(), ids or RandomIds()
    lock = ProfileLock(profile)
    try:
        return _Rebuilding(profile, clock, ids).run()
    except OSError as refused:
        raise DeskProblem(
            wording.text("file_not_written", path=profile, reason=refused.strerror or refused),
            wording.text("file_not_written_do"),
        ) from refused
    finally:
        lock.release()


def _check_projections(desk: Desk) -> list[str]:
    folder = long_path(desk.profile / _CHECKING)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
        with translated():
            inspection.copy_to(desk.database.writer, folder / DATABASE_NAME)
            copy = Database(folder)
            try:
                inspection.hasten(copy.writer)
                Journal(copy.writer, clock=JournalClock(desk.clock), projection=Projections()).rebuild()
            finally:
                copy.close()
            found = inspection.differences(desk.database.path, folder / DATABASE_NAME)
            terms = inspection.search_differences(desk.database.path, folder / DATABASE_NAME)
    except OSError as refused:
        raise DeskProblem(
            wording.text("file_not_written", path=folder, reason=refused.strerror or refused),
            wording.text("file_not_written_do"),
        ) from refused
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = [wording.text("finding_projection", table=table, count=count) for table, count in found.items()]
    return [*told, wording.text("finding_search", count=terms)] if terms else told


class _Rebuilding:
    """One rebuild: the steps, and what they hand to each other."""

    def __init__(self, profile: Path, clock: Clock, ids: IdSource) -> None:
        self._profile = profile
        self._clock = clock
        self._ids = ids
        self._path = long_path(profile / DATABASE_NAME)
        self._workshop = long_path(profile / _WORKSHOP)
        self._marker = long_path(profile / REBUILDING_NAME)
        self._seat: dict[str, str] = {}

    def run(self) -> Recovered:
        aside = self._begun()
        source = aside if aside and aside.exists() else self._path
        self._clear_workshop()
        self._workshop.mkdir()
        readable = self._readable(source)
        copy = seat_copy.read(self._profile)
        told = copy or _seat_of(readable)
        if not told.get("incident_id"):
            self._clear_workshop()
            raise DeskProblem(
                wording.text("recovery_no_seat", profile=self._profile), wording.text("recovery_no_seat_do")
            )
        if aside is None:
            aside = self._set_aside()
        else:
            self._move(aside)
        if readable == source:
            readable = aside
        recovered = self._make(aside, readable, told)
        (self._workshop / DATABASE_NAME).replace(self._path)
        seat_copy.write(self._profile, self._seat)
        self._marker.unlink()
        self._clear_workshop()
        return recovered

    def _begun(self) -> Path | None:
        if not self._marker.exists():
            return None
        name = json.loads(self._marker.read_text(encoding="utf-8"))["aside"]
        return self._path.with_name(name)

    def _clear_workshop(self) -> None:
        if self._workshop.exists():
            shutil.rmtree(self._workshop)

    def _readable(self, source: Path) -> Path:
        if salvaging.can_be_read(source):
            return source
        pattern = self._workshop / "pattern"
        Database(pattern).close()
        copy = self._workshop / "copy.sqlite3"
        salvaging.with_first_pages(source, long_path(pattern / DATABASE_NAME), copy)
        return copy if salvaging.can_be_read(copy) else source

    def _set_aside(self) -> Path:
        stamp = self._clock.now().local().strftime("%Y%m%d-%H%M%S")
        name, n = f"damaged-{stamp}.sqlite3", 1
        while self._path.with_name(name).exists():
            n += 1
            name = f"damaged-{stamp}-{n}.sqlite3"
        self._marker.write_text(json.dumps({"aside": name}), encoding="utf-8", newline="\n")
        aside = self._path.with_name(name)
        try:
            self._move(aside)
        except OSError:
            # Somebody holds the file open: everything stays where it was.
            for part in _PARTS:
                moved = aside.with_name(aside.name + part)
                if moved.exists():
                    moved.replace(self._path.with_name(self._path.name + part))
            self._marker.unlink()
            raise
        return aside

    def _move(self, aside: Path) -> None:
        if aside.exists():
            return
        for part in _PARTS:
            here = self._path.with_name(self._path.name + part)
            if here.exists():
                here.replace(aside.with_name(aside.name + part))

    def _make(self, aside: Path, readable: Path, told: dict[str, str]) -> Recovered:
        remains = salvaging.Remains(readable)
        database = Database(self._workshop)
        try:
            with translated():
                return self._fill(database, aside, remains, salvage(readable), told)
        finally:
            remains.close()
            database.close()

    def _fill(
        self, database: Database, aside: Path, remains: salvaging.Remains, source: Salvage, told: dict[str, str]
    ) -> Recovered:
        connection = database.writer
        seat = Seat(**{f.name: told[f.name] for f in fields(Seat) if f.name in told})
        meta = remains.journal()
        old = meta.get("device", told.get("device", ""))
        space = told.get("space") or meta.get("space") or space_of(seat.incident_id)
        Journal.begin(connection, space=space, device=self._ids.new_id())
        journal = Journal(connection, clock=JournalClock(self._clock), projection=Projections())
        published = remains.published(old) or 0
        bodies = _intact(source, aside)
        own = [body for (device, seq), body in bodies.items() if device == old and seq > published]
        others = (
            Transaction.decode(body) for (device, seq), body in bodies.items() if device != old or seq <= published
        )
        received = journal.receive(others, bulk=True)
        renewed, rescued = _renew(database, journal.device, old, own), 0
        journal = Journal(connection, clock=JournalClock(self._clock), projection=Projections())
        # What the log lost may still stand in the table that was made from it.
        for entry in list(remains.entries(old if seat.share else "", connection)):
            journal.commit([Operation("entry", entry.id, "record", "set", entry.to_record())])
            renewed += 1
            rescued += 1
        drafts = remains.drafts()
        salvaging.keep_drafts(connection, drafts)
        desk_tables.mark_unseen(connection, remains.unseen())
        lost = max(0, _gaps(bodies) - rescued) + remains.unreadable + len(received.refused)
        count = max(
            chronology.next_count(connection, seat.mark), _int(seat.numbers_from), _int(told.get("numbers_upto", ""))
        )
        if lost or source.lost or source.findings or journal.reader.parked():
            # Lost acts may have had numbers that others have seen.
            count = -(-count // 100) * 100 + 1
        values = {f.name: getattr(seat, f.name) for f in fields(Seat)} | {"numbers_from": str(count)}
        desk_tables.save_settings(connection, values)
        self._seat = values | {"numbers_upto": str(count), "space": journal.space, "device": journal.device}
        return Recovered(
            set_aside=self._profile / aside.name,
            transactions=sum(journal.vector().values()),
            entries=entry_rows.count_all(connection),
            renewed=renewed,
            waiting=len(journal.reader.parked()),
            lost=lost,
            drafts=len(drafts),
            numbers_from=count,
            findings=(*source.findings, *(str(problem.error) for problem in received.refused)),
        )


def _seat_of(path: Path) -> dict[str, str]:
    with closing(salvaging.Remains(path)) as remains:
        return remains.settings()


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _intact(source: Salvage, path: Path) -> dict[tuple[str, int], bytes]:
    """Every intact act, in the order of the log: what SQLite still reads, and what stands in the bare pages."""
    found: dict[tuple[str, int], bytes] = {}
    try:
        for transaction in source:
            found[transaction.device, transaction.seq] = transaction.encode()
    except Corrupt as nothing:
        source.findings.append(str(nothing))
    if not source.lost and not source.findings:
        return found
    rows: dict[tuple[str, int], list[Carved]] = {}
    for row in carved(path):
        try:
            transaction = Transaction.decode(row.body)
        except SyncError:
            continue
        rows.setdefault((transaction.device, transaction.seq), []).append(row)
    places: dict[tuple[str, int], int] = {}
    chains: dict[str, tuple[int, bytes]] = {}
    for key in sorted(rows):
        # A page that was left long ago may hold an act that was taken back: the chain tells which one stands.
        seq, before = chains.get(key[0], (0, chain.START))
        linked = [row for row in rows[key] if seq == key[1] - 1 and chain.following(before, row.body) == row.chain]
        row = next((row for row in rows[key] if row.body == found.get(key)), (linked or rows[key])[-1])
        found.setdefault(key, row.body)
        places[key] = row.position
        chains[key[0]] = (key[1], row.chain)
    last = max(places.values(), default=0) + 1
    return dict(sorted(found.items(), key=lambda item: places.get(item[0], last)))


def _gaps(bodies: dict[tuple[str, int], bytes]) -> int:
    """How many acts are missing below the last one that is known of each PC."""
    highest: dict[str, int] = {}
    for device, seq in bodies:
        highest[device] = max(seq, highest.get(device, 0))
    return sum(highest.values()) - len(bodies)


class _Then:
    """The clock of acts that are written again: each keeps the time at which a person did it."""

    def __init__(self, transactions: Sequence[Transaction]) -> None:
        self._times = [(each.wall_ms, each.tz_min) for each in reversed(transactions)]

    def now_ms(self) -> int:
        """The writer's clock of the next act."""
        return self._times[-1][0]

    def offset_min(self) -> int:
        """Its offset; asked last, so that the next question is about the next act."""
        return self._times.pop()[1]


def _renew(database: Database, device: str, old: str, own: Sequence[bytes]) -> int:
    renewed: dict[int, int] = {}
    for start in range(0, len(own), _AT_ONCE):
        part = [Transaction.decode(body) for body in own[start : start + _AT_ONCE]]
        journal = Journal(database.writer, clock=_Then(part), projection=Projections())
        vector = journal.vector()
        first = vector.get(device, 0) + 1
        renewed |= {each.seq: first + index for index, each in enumerate(part)}
        journal.commit(*([_moved(op, old, device, renewed, vector) for op in each.ops] for each in part))
    return len(own)


def _moved(op: Operation, old: str, device: str, renewed: dict[int, int], vector: dict[str, int]) -> Operation:
    dots = []
    for dot in op.replaces:
        if dot.device == old and dot.seq in renewed:
            dots.append(Dot(device, renewed[dot.seq], dot.index))
        elif vector.get(dot.device, 0) >= dot.seq:
            dots.append(dot)
        # Else what it replaced is lost, or comes with the share: then both values stand side by side.
    return replace(op, replaces=tuple(dots))
