"""The receiving half of a round: from heads to segments to the journal, trusting only hashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sync import chain, names
from sync.causal import in_causal_order
from sync.errors import Corrupt, Forked, Offline, TooNew
from sync.journal import Problem
from sync.log_reader import Kept
from sync.segment import Segment
from sync.transaction import Transaction
from sync.visit import Visit

BATCH_TRANSACTIONS: Final = 250
BATCH_BYTES: Final = 1024 * 1024

Item = tuple[Transaction, Kept | None]


def take(visit: Visit, heads: Mapping[str, list[names.Numbered]]) -> None:
    """Take in everything that the heads promise and that is not held yet.

    Args:
        visit: The round.
        heads: Per other device, the heads that the place shows, lowest first.
    """
    held = visit.reader.held()
    streams = {
        device: _stream(visit, device, held.get(device, 0), shown)
        for device, shown in heads.items()
        if shown[-1].number > held.get(device, 0)
    }
    batch: list[Transaction] = []
    segments: list[Kept] = []
    size_bytes = 0
    try:
        for transaction, kept in in_causal_order(visit.reader.vector(), streams):
            batch.append(transaction)
            size_bytes += len(transaction.encode())
            if kept is not None:
                segments.append(kept)
            if len(batch) >= BATCH_TRANSACTIONS or size_bytes >= BATCH_BYTES:
                full, kept_now = batch, segments
                batch, segments, size_bytes = [], [], 0
                _hand_in(visit, full, kept_now)
                if not visit.goes_on():
                    return
    except Offline:
        # What came before the link broke is not asked for again.
        _hand_in(visit, batch, segments)
        raise
    _hand_in(visit, batch, segments)


def compare(visit: Visit, device: str, heads: list[names.Numbered]) -> None:
    """Name a fork: a head over transactions that we have too, but with other bytes."""
    applied = visit.reader.vector().get(device, 0)
    for head in heads:
        if head.number <= applied and visit.head(device, head.number) != head:
            visit.report.refused.append(Problem(device, head.number, Forked(device, head.number)))


def _hand_in(visit: Visit, batch: list[Transaction], segments: list[Kept]) -> None:
    if not batch:
        return
    received = visit.writer.receive(batch, segments=segments)
    visit.report.received += received.count
    visit.report.refused += received.refused
    visit.report.ahead |= received.ahead


def _stream(visit: Visit, device: str, position: int, heads: list[names.Numbered]) -> Iterator[Item]:
    """A device's transactions above ``position``, segment by segment, as far as they can be proven."""
    now = visit.reader.held_chain(device, position)
    shown = visit.segments_of(device)
    promised = {head.number: head for head in heads}
    while position < heads[-1].number and now is not None and visit.goes_on():
        found = _next(visit, device, position, now, shown)
        if found is None:
            return
        segment, kept = found
        transactions = segment.transactions(position)
        extra: Kept | None = kept
        while position < segment.last:
            try:
                transaction = next(transactions)
            except (Corrupt, TooNew) as error:
                visit.set_aside(visit.shelf("seg", device), kept.name, error)
                return
            position += 1
            now = segment.chain_after(position)
            yield transaction, extra
            extra = None
            head = promised.get(position)
            if head is not None and head.h16 != chain.h16(now):
                visit.set_aside(visit.shelf("heads"), head.name, Corrupt("a head that its segments do not lead to"))


def _next(
    visit: Visit, device: str, position: int, now: bytes, shown: list[names.SegmentName]
) -> tuple[Segment, Kept] | None:
    """The segment that leads furthest on from ``position``; None when the rest is not readable yet."""
    fitting = [name for name in shown if name.first <= position + 1 and name.last > position]
    for name in sorted(fitting, key=lambda each: (-each.last, each.first, each.h32)):
        read = visit.read_segment(device, name)
        if read is None:
            continue
        if read[0].chain_after(position) == now:
            return read
        visit.report.refused.append(Problem(device, position, Forked(device, position + 1)))
    return None
