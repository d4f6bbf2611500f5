"""One round's working set: the place, the log, the writer, and the report that counts everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from sync import chain, names, segment
from sync.errors import Corrupt, SyncError, TooNew
from sync.journal import Received
from sync.log_reader import Kept, LogReader, Place
from sync.names import Shelf
from sync.places import Heard, Published
from sync.report import RoundReport, SetAside
from sync.transaction import Transaction
from sync.transports.transport import Transport

Name = TypeVar("Name")


class Writer(Protocol):
    """The journal's side that writes; ``Journal`` is one, the desk puts its database thread between.

    Every call is durable on return.
    """

    def met(self, place: str, canary: str) -> None:
        """See ``Journal.met``."""
        ...  # pragma: no cover

    def offering(self, place: str, seq: int, segments: Sequence[Kept] = ()) -> None:
        """See ``Journal.offering``."""
        ...  # pragma: no cover

    def published(self, place: str, note: Published) -> None:
        """See ``Journal.published``."""
        ...  # pragma: no cover

    def receive(
        self, transactions: Iterable[Transaction], *, bulk: bool = False, segments: Sequence[Kept] = ()
    ) -> Received:
        """See ``Journal.receive``."""
        ...  # pragma: no cover

    def acknowledged(self, place: str, heard: Sequence[Heard]) -> None:
        """See ``Journal.acknowledged``."""
        ...  # pragma: no cover


class Visit:
    """What the parts of one round share.

    Args:
        reader: The log.
        writer: Where changes go.
        transport: The place.
        report: What is said afterwards.
        stop: Asked between two items.
    """

    def __init__(
        self, reader: LogReader, writer: Writer, transport: Transport, report: RoundReport, stop: Callable[[], bool]
    ) -> None:
        self.reader = reader
        self.writer = writer
        self.transport = transport
        self.report = report
        self.place = transport.name
        self.space = reader.space
        self.device = reader.device
        self.torn: set[tuple[str, str]] = set()
        self._stop = stop

    def marks(self) -> Place:
        """What this device did here so far, by our own notes."""
        return self.reader.place(self.place) or Place("")

    def goes_on(self) -> bool:
        """Whether the caller wants more; says so in the report when not."""
        self.report.stopped = self.report.stopped or self._stop()
        return not self.report.stopped

    def shelf(self, kind: names.Kind, device: str = "") -> Shelf:
        """A shelf of this space, or the roster."""
        return Shelf(kind, "" if kind == "roster" else self.space, device)

    def listed(self, shelf: Shelf, parse: Callable[[str], Name | None]) -> list[Name]:
        """The names on a shelf that mean something; the others are set aside."""
        listing = self.transport.list(shelf)
        self.report.ignored += listing.ignored
        found = []
        for text in listing.names:
            name = parse(text)
            if name is None:
                self.set_aside(shelf, text, Corrupt("not a name of this shelf"))
            else:
                found.append(name)
        return found

    def read(self, shelf: Shelf, name: str, limit_bytes: int) -> bytes:
        """The bytes of an item, counted."""
        data = self.transport.read(shelf, name, limit_bytes)
        self.report.bytes_received += len(data)
        return data

    def put(self, shelf: Shelf, name: str, data: bytes, *, own: bool = True) -> None:
        """Write an item, counted."""
        self.transport.put(shelf, name, data, own=own)
        self.report.bytes_sent += len(data)
        self.report.files_written += 1
        self.report.skew_ms = self.transport.skew_ms

    def set_aside(self, shelf: Shelf, name: str, error: SyncError) -> None:
        """Name an item that is not what it should be."""
        self.report.set_aside.append(SetAside("/".join((*shelf.parts, name)), error))

    def segments_of(self, device: str) -> list[names.SegmentName]:
        """The segments that the place shows of a device."""
        return self.listed(self.shelf("seg", device), names.segment)

    def read_segment(self, device: str, name: names.SegmentName) -> tuple[segment.Segment, Kept] | None:
        """A verified segment with its bytes; None when it was set aside."""
        shelf = self.shelf("seg", device)
        try:
            data = self.read(shelf, name.name, segment.MAX_FILE)
            found = segment.unpack(data, name=name.name, space=self.space, device=device)
        except Corrupt as error:
            self.torn.add((device, name.name))
            self.set_aside(shelf, name.name, error)
            return None
        except TooNew as error:
            self.set_aside(shelf, name.name, error)
            return None
        return found, Kept(device, name.first, name.last, name.name, data)

    def cover(self, device: str, after: int) -> Iterator[Kept]:
        """The segment files for everything that the log holds of a device above ``after``.

        Files that were published or received before are given as they were; for the rest new ones are
        framed, which the caller must have kept (``Writer.offering``) before it writes them anywhere.
        """
        while (kept := self._next_kept(device, after)) is not None:
            yield kept
            after = kept.last

    def _next_kept(self, device: str, after: int) -> Kept | None:
        # All of one moment: a person may take the last line back while we look.
        with self.reader.snapshot():
            if after >= self.reader.vector().get(device, 0):
                return None
            whole, later = self.reader.covering(device, after)
            if whole is not None:
                return self.reader.kept(device, whole)
            upto = None if later is None else later - 1
            rows = list(self.reader.bodies(device, after, segment.AIM_BYTES, upto))
            prev = self.reader.chain(device, after)
        if not rows or prev is None:
            raise Corrupt(f"the log lacks transaction {after + 1} of {device}")
        return segment.pack(self.space, device, prev, rows)

    def head(self, device: str, seq: int) -> names.Numbered:
        """The name of a device's head at ``seq``, by our log.

        Raises:
            Corrupt: The log does not reach there.
        """
        found = self.reader.chain(device, seq)
        if found is None:
            raise Corrupt(f"the log lacks transaction {seq} of {device}")
        return names.Numbered(device, seq, chain.h16(found))
