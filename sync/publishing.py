"""The sending half of a round: our own transactions, and what a place lacks of others'.

Order: "offering" is durable here before anything is visible there; a segment before the head that
counts on it. Everything may be repeated: names carry hashes, "already there" is success.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync import names
from sync.errors import Cloned, Corrupt, Offline, Refused
from sync.log_reader import Kept, Place
from sync.places import Heard, Published
from sync.visit import Visit


def prove_own_head(visit: Visit, place: Place, own: list[names.Numbered]) -> int:
    """Compare what the place shows of this device with what this device wrote.

    Args:
        visit: The round.
        place: Our marks there.
        own: The heads of this device that the place shows.

    Returns:
        The last own transaction that the place is known to have; less than ``place.published`` when the
        own head is not visible.

    Raises:
        Cloned: The place holds transactions of this device that this device did not write.
        Offline: It looks like that, but what is there cannot be read to the end yet.
    """
    last = visit.reader.vector().get(visit.device, 0)
    for head in own:
        if head.number > last or visit.head(visit.device, head.number) != head:
            raise _cloned(visit, last, max(each.number for each in own))
    return max((head.number for head in own), default=0)


def _cloned(visit: Visit, last: int, seen: int) -> Cloned:
    """Find out up to where the place and the log hold the same bytes."""
    equal, differs = {0}, seen + 1
    for name in sorted(visit.segments_of(visit.device)):
        read = visit.read_segment(visit.device, name)
        if read is None:
            continue
        found = read[0]
        for seq in range(found.first - 1, found.last + 1):
            if seq > last:
                break
            if visit.reader.chain(visit.device, seq) == found.chain_after(seq):
                # Equal chains prove everything before them.
                equal.add(seq)
            else:
                differs = min(differs, seq)
    agreed = min(last, differs - 1)
    if agreed in equal:
        return Cloned(visit.device, agreed=agreed, seen=seen)
    raise Offline("the place holds unknown transactions of this device, not all readable yet", reason="unproven")


def publish_own(visit: Visit, there: int) -> None:
    """Make every own transaction above ``there`` visible."""
    for kept in visit.cover(visit.device, there):
        if not visit.goes_on():
            return
        try:
            visit.writer.offering(visit.place, kept.last, [kept])
        except Refused as error:
            if error.reason == "withdrawn":
                # Taken back between framing and offering; the next round frames what is there then.
                return
            raise
        visit.put(visit.shelf("seg", visit.device), kept.name, kept.data)
        visit.put(visit.shelf("heads"), visit.head(visit.device, kept.last).name, b"")
        visit.writer.published(visit.place, Published(seq=kept.last))
        visit.report.sent += kept.last - max(there, kept.first - 1)
        there = kept.last


def publish_again(visit: Visit, there: int) -> None:
    """Bring back own segments that a place has lost or damaged, below its own visible head too."""
    for kept in visit.cover(visit.device, 0):
        if kept.last > there or not visit.goes_on():
            # Above the head ``publish_own`` does it, with marks and heads.
            return
        visit.writer.offering(visit.place, kept.last, [kept])
        _mend(visit, kept)


def mend(visit: Visit, torn: Iterable[str]) -> None:
    """Put own segments again that another device found damaged."""
    known = {name.name: name for name in visit.reader.segments(visit.device, 0)}
    for name in sorted(known.keys() & set(torn)):
        _mend(visit, visit.reader.kept(visit.device, known[name]))


def _mend(visit: Visit, kept: Kept) -> None:
    shelf = visit.shelf("seg", visit.device)
    try:
        if visit.read(shelf, kept.name, len(kept.data)) == kept.data:
            return
    except Corrupt as error:
        visit.set_aside(shelf, kept.name, error)
    visit.put(shelf, kept.name, kept.data)
    visit.report.healed += kept.last - kept.first + 1


def relay(visit: Visit, device: str, there: int) -> int:
    """Give a place another device's transactions that it lacks, under the names they were born with.

    Returns:
        Up to which transaction the place has that device now.
    """
    shown = {name.name for name in visit.segments_of(device)}
    for kept in visit.cover(device, there):
        if not visit.goes_on():
            break
        if kept.name not in shown:
            visit.writer.offering(visit.place, 0, [kept])
            try:
                visit.put(visit.shelf("seg", device), kept.name, kept.data, own=False)
            except Corrupt as error:
                visit.set_aside(visit.shelf("seg", device), kept.name, error)
                break
        upto = min(kept.last, visit.reader.vector()[device])
        visit.put(visit.shelf("heads"), visit.head(device, upto).name, b"", own=False)
        visit.report.relayed += upto - there
        there = upto
    visit.writer.acknowledged(visit.place, [Heard(device, head=there)])
    return there


def retire(visit: Visit, kind: names.Kind, own: list[str]) -> None:
    """Remove our older items of a shelf; the newest one, last in the list, was just seen to be there."""
    for name in own[:-1]:
        visit.transport.remove(visit.shelf(kind), name)
