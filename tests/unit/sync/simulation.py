"""A share, some devices and everything that can go wrong, in one process, decided by one seed.

The real merge, journal, engine and folder code run over a disk in memory and a clock that is moved. A
seed decides who acts when and what fails; the same seed gives the same run.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sync.errors import Cloned
from sync.operation import Operation
from sync.transports.files import Parts
from sync.transports.retrying import RetryingFiles
from tests.unit.sync.replicas import (
    START_MS,
    Killed,
    MemoryFiles,
    Plan,
    Replica,
    SetClock,
    connect,
    made_share,
    put,
    share,
)

YEARS_MS = 365 * 24 * 60 * 60 * 1000
LETTERS = "abcde"


@dataclass
class Mount:
    """One device's sight of the share, with the manners of a bad network drive."""

    server: MemoryFiles
    random: Random
    plan: Plan = field(default_factory=Plan)
    state: str = "well"
    shown: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def list(self, path: Parts) -> list[str]:
        self._begin()
        if self.state == "empty":
            return []
        if self.state == "stale" and tuple(path) in self.shown:
            return self.shown[tuple(path)]
        self.shown[tuple(path)] = names = self.server.list(path)
        return list(names)

    def read(self, path: Parts, limit_bytes: int) -> bytes:
        self._begin()
        self._visible()
        data = self.server.read(path, limit_bytes)
        if self.state == "short reads" and self.random.random() < 0.3:
            return data[: len(data) // 2]
        return data

    def create(self, path: Parts, data: bytes) -> None:
        self._begin()
        self._visible()
        if self.state == "torn writes" and self.random.random() < 0.3:
            self.server.create(path, data[: len(data) // 2])
            raise OSError(errno.EIO, "the link broke in the middle of a write")
        if self.state == "lying writes" and self.random.random() < 0.3:
            # Acknowledged before the platter, and then the power went.
            self.server.create(path, data[: len(data) // 2])
            return
        self.server.create(path, data)
        self._end()

    def rename(self, path: Parts, target: Parts) -> None:
        self._begin()
        self._visible()
        self.server.rename(path, target)
        self._end()

    def remove(self, path: Parts) -> None:
        self._begin()
        self._visible()
        self.server.remove(path)
        self._end()

    def make_directory(self, path: Parts) -> None:
        self._begin()
        if self.state == "empty" and len(path) > 1:
            raise FileNotFoundError(errno.ENOENT, "empty")
        self.server.make_directory(path)

    def modified_ms(self, path: Parts) -> int:
        self._begin()
        self._visible()
        return self.server.modified_ms(path)

    def _begin(self) -> None:
        if self.state == "gone":
            raise FileNotFoundError(errno.ENOENT, "gone")
        if self.plan.due() and not self.plan.after:
            raise self.plan.error()

    def _end(self) -> None:
        if self.plan.after and self.plan.count == self.plan.at:
            raise self.plan.error()

    def _visible(self) -> None:
        if self.state == "empty":
            raise FileNotFoundError(errno.ENOENT, "empty")


STATES = ["well", "empty", "gone", "stale", "short reads", "torn writes", "lying writes"]
FAULTS: list[Callable[[], BaseException]] = [
    lambda: OSError(errno.EIO, "simulated"),
    lambda: OSError(errno.ESTALE, "simulated"),
    lambda: OSError(errno.ENOSPC, "simulated"),
    lambda: PermissionError(errno.EACCES, "simulated"),
    lambda: Killed("simulated"),
]


@dataclass
class World:
    """One run.

    Attributes:
        promised: What every commit that returned has written; it must be everywhere once at the end.
        fired: Which misfortunes happened, to prove that the run was worth running.
    """

    seed: int
    devices: int = 3
    promised: list[str] = field(default_factory=list)
    fired: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.server = made_share(SetClock())
        self.replicas = [Replica(letter, clock=SetClock()) for letter in LETTERS[: self.devices]]
        self.mounts = [Mount(self.server, self.random) for _ in self.replicas]
        self.ids = 0

    def run(self, steps: int) -> None:
        """Let things happen, then let faults stop, and prove the laws."""
        acts = [self.write, self.exchange, self.exchange, self.misfortune, self.misfortune, self.gossip]
        for _ in range(steps):
            self.random.choice(acts)()
        self.come_to_rest()
        self.prove()

    def write(self) -> None:
        """Somebody writes one to three transactions, some replacing what they see."""
        self.write_at(self.random.choice(self.replicas))

    def write_at(self, replica: Replica) -> None:
        """One device writes."""
        replica.clock.now += self.random.randint(0, 60_000)
        batches: list[list[Operation]] = []
        for _ in range(self.random.randint(1, 3)):
            cell = self.random.choice("123")
            text = f"{self.seed}/{len(self.promised) + len(batches)}"
            goes = tuple(dot for dot in replica.dots(cell) if self.random.random() < 0.8)
            batches.append([put(cell, text, *goes), put(text, text, name="content")])
        written = replica.journal.commit(*batches)
        self.promised += [str(each.ops[1].value) for each in written]

    def exchange(self) -> None:
        """Somebody makes a round, through whatever the mount is now."""
        at = self.random.randrange(len(self.replicas))
        self.one_round(at, heal=self.random.random() < 0.1)

    def one_round(self, at: int, *, heal: bool) -> None:
        """One round of a fresh engine; a kill loses everything but the database."""
        replica, mount = self.replicas[at], self.mounts[at]
        files = RetryingFiles(mount, lambda _seconds: None, (0.1, 0.1)) if self.random.random() < 0.5 else mount
        try:
            report = replica.engine(share(files, replica)).round(heal=heal)
        except Killed:
            self.fired["killed"] += 1
            replica.journal = replica.opened()
            return
        self.fired[type(report.error).__name__] += 1
        self.fired["set aside"] += len(report.set_aside)
        self.fired["parked"] += len(report.parked)
        if isinstance(report.error, Cloned):
            replica.journal.adopt_new_device(self.new_device(), agreed=report.error.agreed)

    def misfortune(self) -> None:
        """A mount, a clock, a disk or a profile changes."""
        at = self.random.randrange(len(self.replicas))
        replica, mount = self.replicas[at], self.mounts[at]
        match self.random.randrange(7):
            case 0:
                mount.state = self.random.choice(STATES)
                self.fired[mount.state] += 1
            case 1 | 2:
                mount.plan = Plan(
                    self.random.randint(1, 40),
                    persistent=self.random.random() < 0.2,
                    error=self.random.choice(FAULTS),
                    after=self.random.random() < 0.4,
                )
            case 3:
                mount.plan = Plan()
            case 4:
                replica.clock.now = START_MS + self.random.randint(-10, 10) * YEARS_MS
                self.fired["clock jump"] += 1
            case 5:
                self.restore_backup(at)
            case _:
                self.copy_profile(at)

    def restore_backup(self, at: int) -> None:
        """A profile comes back from a copy that is some acts old; what was only in it is not promised any more."""
        replica = self.replicas[at]
        copied = connect(":memory:")
        replica.connection.backup(copied)
        self.one_round(at, heal=False)
        lost = {str(each.ops[1].value) for each in replica.log()}
        back = Replica(replica.device[0], connection=copied, clock=replica.clock)
        lost -= {str(each.ops[1].value) for each in back.log()}
        # Nothing was written between the copy and its return, so at most what was heard is missing.
        assert all(not text or text in self.promised for text in lost)
        self.replicas[at] = back
        self.fired["restored"] += 1

    def copy_profile(self, at: int) -> None:
        """A profile is copied, both go on writing under one device id, and meet at the share."""
        if len(self.replicas) >= 6:
            return
        original = self.replicas[at]
        copied = connect(":memory:")
        original.connection.backup(copied)
        self.replicas.append(Replica(original.device[0], connection=copied, clock=SetClock(original.clock.now)))
        self.mounts.append(Mount(self.server, self.random))
        for who in (at, -1):
            self.write_at(self.replicas[who])
            self.mounts[who].state, self.mounts[who].plan = "well", Plan()
            # Two that publish without seeing each other split one history for good; that is only named.
            self.one_round(who, heal=True)
            self.one_round(who, heal=True)
        self.fired["copied"] += 1

    def gossip(self) -> None:
        """Somebody hears some transactions twice, and in any order, on another way."""
        one, other = self.random.sample(self.replicas, 2)
        heard = [each for each in one.log() if self.random.random() < 0.4 and each.device != other.device]
        self.random.shuffle(heard)
        other.journal.receive(heard[:20])

    def come_to_rest(self) -> None:
        """Faults stop; within a bound everything drains."""
        for mount in self.mounts:
            mount.state, mount.plan = "well", Plan()
        for _ in range(8):
            before = dict(self.server.files)
            for at in range(len(self.replicas)):
                self.one_round(at, heal=True)
            if self.server.files == before:
                return
        message = f"seed {self.seed}: the share does not come to rest"
        raise AssertionError(message)

    def prove(self) -> None:
        """The laws that can be seen from outside."""
        where = f"seed {self.seed}, {dict(self.fired)}"
        for replica in self.replicas:
            assert replica.journal.check() == [], where
            assert replica.reader.parked() == (), where
            heard = Counter(str(each.ops[1].value) for each in replica.log())
            missing = [text for text in self.promised if heard[text] != 1]
            assert not missing, f"{where}: {replica.device} has not once {missing}"
            assert replica.journal.vector() == self.replicas[0].journal.vector(), where
        assert len({replica.journal.digest() for replica in self.replicas}) == 1, where
        for replica in self.replicas:
            before = replica.journal.digest()
            replica.journal.rebuild()
            assert replica.journal.digest() == before, where

    def new_device(self) -> str:
        """A device id that nobody had."""
        self.ids += 1
        return f"{self.ids:032x}"
