"""What the tests of sync share: a clock one can set, journals, and a share in memory that fails as planned."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sync.engine import Engine
from sync.journal import Journal, Projection
from sync.log_reader import LogReader
from sync.operation import Dot, Operation, Value
from sync.report import RoundReport
from sync.transaction import Transaction
from sync.transports import folder
from sync.transports.files import Files, Parts
from sync.transports.folder import FolderTransport
from sync.transports.transport import Transport
from sync.visit import Writer

T = TypeVar("T")

START_MS = 1_795_000_000_000
INCIDENT = "incident-1"
CANARY = "canary-1"


@dataclass
class SetClock:
    """A clock that stands until somebody moves it."""

    now: int = START_MS
    zone_min: int = 540

    def now_ms(self) -> int:
        return self.now

    def offset_min(self) -> int:
        return self.zone_min


class CountedIds:
    """Ids that count, so that a run can be repeated."""

    def __init__(self, prefix: str = "1d") -> None:
        self._prefix = prefix
        self._count = 0

    def device_id(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count:030x}"


# Names of unfinished files, which no two runs of a device may share.
_UNFINISHED = CountedIds()


class SeenProjection:
    """Keeps, as a projection would, which values every cell has seen, and who wrote them."""

    def apply(self, connection: sqlite3.Connection, transactions: Sequence[Transaction], own: bool) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (device TEXT, seq INTEGER, own INTEGER, ops INTEGER)")
        rows = [(each.device, each.seq, own, len(each.ops)) for each in transactions]
        connection.executemany("INSERT INTO seen VALUES (?, ?, ?, ?)", rows)

    def reset(self, connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE IF EXISTS seen")

    @staticmethod
    def rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
        return sorted(connection.execute("SELECT * FROM seen").fetchall())


def device(letter: str) -> str:
    return letter * 32


def put(id_: str, value: Value, *replaces: Dot, name: str = "status") -> Operation:
    return Operation("entry", id_, name, "set", value, replaces)


class ClosingConnection(sqlite3.Connection):
    """Closes itself when a test lets go of it, before Python has to warn, on whatever thread that is."""

    def __del__(self) -> None:
        self.close()


def connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, factory=ClosingConnection, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


class Replica:
    """One device: its database, its journal, its clock."""

    def __init__(
        self,
        letter: str,
        *,
        path: Path | str = ":memory:",
        clock: SetClock | None = None,
        projection: Projection | None = None,
        connection: sqlite3.Connection | None = None,
    ) -> None:
        self.clock = clock or SetClock()
        self.projection = projection or SeenProjection()
        self.connection = connection or connect(path)
        Journal.create_tables(self.connection)
        if not self.connection.execute("SELECT count(*) FROM journal_meta").fetchone()[0]:
            Journal.begin(self.connection, space="common", device=device(letter))
        self.journal = self.opened()

    def opened(self) -> Journal:
        return Journal(self.connection, clock=self.clock, projection=self.projection)

    @property
    def reader(self) -> LogReader:
        return LogReader(self.connection)

    @property
    def device(self) -> str:
        return self.journal.device

    def write(self, *ops: Operation) -> Transaction:
        return self.journal.commit(ops)[0]

    def values(self, id_: str, name: str = "status") -> list[Value]:
        return [live.value for live in self.journal.live("entry", id_, name)]

    def dots(self, id_: str, name: str = "status") -> tuple[Dot, ...]:
        return tuple(live.dot for live in self.journal.live("entry", id_, name))

    def log(self) -> list[Transaction]:
        rows = self.connection.execute("SELECT body FROM log ORDER BY position")
        return [Transaction.decode(body) for (body,) in rows]

    def engine(
        self,
        transport: Transport,
        *,
        writer: Writer | None = None,
        card: Mapping[str, Value] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Engine:
        content = {"mark": self.device[0]} if card is None else dict(card)
        return Engine(lambda: self.reader, writer or self.journal, transport, card=lambda: content, stop=stop)

    def round(self, files: Files, *, heal: bool = False) -> RoundReport:
        """One round of a fresh engine."""
        return self.engine(share(files, self)).round(heal=heal)


def share(files: Files, replica: Replica, *, incident: str = INCIDENT, name: str = "share") -> FolderTransport:
    return FolderTransport(
        files,
        name=name,
        incident=incident,
        device=replica.device,
        clock=replica.clock,
        ids=_UNFINISHED,
    )


class Killed(BaseException):
    """The process dies here."""


@dataclass
class Plan:
    """Lets the n-th operation fail; a planned fault that never fires is a fault of the test."""

    at: int = 0
    persistent: bool = False
    error: Callable[[], BaseException] = lambda: OSError(errno.EIO, "planned")
    after: bool = False
    count: int = 0
    fired: int = 0

    def due(self) -> bool:
        self.count += 1
        now = self.at > 0 and (self.count >= self.at if self.persistent else self.count == self.at)
        self.fired += now
        return now


@dataclass
class MemoryFiles:
    """A directory tree in memory with the manners of a server; ``plan`` says what fails.

    With ``plan.after`` the operation takes effect and its answer is lost.
    """

    clock: SetClock = field(default_factory=SetClock)
    files: dict[tuple[str, ...], tuple[bytes, int]] = field(default_factory=dict)
    directories: set[tuple[str, ...]] = field(default_factory=lambda: {()})
    plan: Plan = field(default_factory=Plan)
    operations: list[str] = field(default_factory=list)

    def list(self, path: Parts) -> list[str]:
        with_fault = self._begin("list", path)
        here = tuple(path)
        if here not in self.directories:
            raise FileNotFoundError(errno.ENOENT, "no such directory", "/".join(path))
        names = [each[-1] for each in (*self.files, *self.directories) if each and each[:-1] == here]
        return with_fault(sorted(names))

    def read(self, path: Parts, limit_bytes: int) -> bytes:
        with_fault = self._begin("read", path)
        if tuple(path) not in self.files:
            raise FileNotFoundError(errno.ENOENT, "no such file", "/".join(path))
        return with_fault(self.files[tuple(path)][0][:limit_bytes])

    def create(self, path: Parts, data: bytes) -> None:
        with_fault = self._begin("create", path)
        self._free(tuple(path))
        self.files[tuple(path)] = (data, self.clock.now)
        with_fault(None)

    def rename(self, path: Parts, target: Parts) -> None:
        with_fault = self._begin("rename", path)
        if tuple(path) not in self.files:
            raise FileNotFoundError(errno.ENOENT, "no such file", "/".join(path))
        self._free(tuple(target))
        self.files[tuple(target)] = self.files.pop(tuple(path))
        with_fault(None)

    def remove(self, path: Parts) -> None:
        with_fault = self._begin("remove", path)
        if tuple(path) not in self.files:
            raise FileNotFoundError(errno.ENOENT, "no such file", "/".join(path))
        del self.files[tuple(path)]
        with_fault(None)

    def make_directory(self, path: Parts) -> None:
        with_fault = self._begin("make_directory", path)
        if tuple(path[:-1]) not in self.directories:
            raise FileNotFoundError(errno.ENOENT, "no such directory", "/".join(path))
        self.directories.add(tuple(path))
        with_fault(None)

    def modified_ms(self, path: Parts) -> int:
        with_fault = self._begin("modified_ms", path)
        if tuple(path) not in self.files:
            raise FileNotFoundError(errno.ENOENT, "no such file", "/".join(path))
        return with_fault(self.files[tuple(path)][1])

    def below(self, *path: str) -> dict[str, bytes]:
        """The files of one directory, for a look from outside."""
        return {each[-1]: data for each, (data, _) in sorted(self.files.items()) if each[:-1] == path}

    def copy(self) -> MemoryFiles:
        return MemoryFiles(self.clock, dict(self.files), set(self.directories))

    def _free(self, path: tuple[str, ...]) -> None:
        if path[:-1] not in self.directories:
            raise FileNotFoundError(errno.ENOENT, "no such directory", "/".join(path))
        if path in self.files:
            raise FileExistsError(errno.EEXIST, "there already", "/".join(path))

    def _begin(self, what: str, path: Parts) -> Callable[[T], T]:
        self.operations.append(f"{what} {'/'.join(path)}")
        due = self.plan.due()
        if due and not self.plan.after:
            raise self.plan.error()

        def answer(result: T) -> T:
            if due:
                raise self.plan.error()
            return result

        return answer


def made_share(clock: SetClock | None = None) -> MemoryFiles:
    files = MemoryFiles(clock or SetClock())
    folder.create(files, incident=INCIDENT, canary=CANARY)
    files.operations.clear()
    return files


def until_quiet(files: Files, replicas: Sequence[Replica], limit: int = 10) -> Iterator[RoundReport]:
    """Rounds of everybody in turn until nothing moves any more."""
    for _ in range(limit):
        reports = [replica.round(files) for replica in replicas]
        yield from reports
        if not any(report.sent or report.received or report.files_written for report in reports):
            return
    message = "the replicas do not come to rest"
    raise AssertionError(message)


def converge(files: Files, replicas: Sequence[Replica]) -> list[RoundReport]:
    """Exchange until quiet, and prove that nobody lacks anything."""
    reports = list(until_quiet(files, replicas))
    assert len({replica.journal.digest() for replica in replicas}) == 1
    for replica in replicas:
        assert replica.journal.vector() == replicas[0].journal.vector()
        assert replica.journal.check() == []
    return reports
