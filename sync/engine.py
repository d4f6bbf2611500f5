"""One round: one exchange with one place, safe to repeat, safe to be killed between any two steps.

    1. prove that it is the place, and that our own last head is visible; else nothing is concluded
    2. publish: our card, our transactions, each segment before its head
    3. take: from heads to segments to the journal, in causal order, in bounded batches
    4. acknowledge what is applied; read the others' acknowledgements and cards
    5. give the place what it lacks of others (it may have come back older, or be a courier's stick)

Tests: tests/contracts/test_transports.py, tests/faults/test_sync_share.py, tests/properties/test_sync_simulation.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sync import names, papers, publishing, taking
from sync.errors import Corrupt, Gone, Offline, Refused, SyncError, TooNew
from sync.log_reader import LogReader, Place
from sync.operation import Value
from sync.places import Heard, Published
from sync.report import RoundReport
from sync.transports.transport import Transport
from sync.visit import Visit, Writer

HEAL_AFTER_ROUNDS: Final = 3
_WRITING_FAILS: Final = frozenset({"full", "read_only"})


def _never() -> bool:
    return False


class Engine:
    """Exchanges with one place, round by round.

    Args:
        reader_factory: Gives the sync thread its reader, with a connection of this thread.
        writer: Where changes go; ``Journal``, or the desk's proxy for it.
        transport: The place.
        card: What this device says of itself; asked at every round, published when it changed.
        stop: Asked between two items; True ends the round soon, in good order.
        heal_after: After how many rounds in a row in which the place lacked what it once had we give
            it that again. Fewer could be a listing that is merely old.
    """

    def __init__(
        self,
        reader_factory: Callable[[], LogReader],
        writer: Writer,
        transport: Transport,
        *,
        card: Callable[[], Mapping[str, Value]] = dict,
        stop: Callable[[], bool] = _never,
        heal_after: int = HEAL_AFTER_ROUNDS,
    ) -> None:
        self._reader_factory = reader_factory
        self._writer = writer
        self._transport = transport
        self._card = card
        self._stop = stop
        self._heal_after = heal_after
        self._lacking: dict[str, int] = {}
        self._told_torn: set[tuple[str, str]] = set()

    def round(self, *, heal: bool = False) -> RoundReport:
        """Exchange everything that can be exchanged now.

        Args:
            heal: Give the place back at once what it lacks, without waiting some rounds; a person said so.

        Returns:
            What was done; ``error`` holds what ended it early (``Offline``, ``Refused``, ``Cloned``,
            ``TooNew``, ``Corrupt``). Everything that was done before that stays done.
        """
        report = RoundReport(self._transport.name)
        reader = self._reader_factory()
        visit = Visit(reader, self._writer, self._transport, report, self._stop)
        try:
            self._exchange(visit, heal)
        except SyncError as error:
            report.error = error
        report.parked = reader.parked()
        report.waiting = reader.vector().get(visit.device, 0) - visit.marks().published
        return report

    def _exchange(self, visit: Visit, heal: bool) -> None:
        place = self._enter(visit)
        heads = _by_device(visit.listed(visit.shelf("heads"), names.numbered))
        own = heads.pop(visit.device, [])
        there = publishing.prove_own_head(visit, place, own)
        if there < place.published and not heal and not self._patience_ends(visit.device):
            raise Offline("our own last head is not visible", reason="head_missing")
        self._lacking.pop(visit.device, None)
        if there != place.published:
            visit.writer.published(visit.place, Published(seq=there))
        cards = _by_device(visit.listed(visit.shelf("roster"), names.numbered))
        acks = visit.listed(visit.shelf("ack"), names.ack)
        try:
            if there < place.published or heal:
                # The names are those of before, so nothing can be overwritten, whatever the listing hid.
                publishing.publish_again(visit, there)
            publishing.retire(visit, "heads", [head.name for head in own])
            self._write(visit, there, cards.pop(visit.device, []))
        except Offline as error:
            self._note(visit, error)
        self._take(visit, heads)
        own_acks = sorted(name for name in acks if name.device == visit.device)
        try:
            self._acknowledge(visit, own_acks)
            publishing.retire(visit, "ack", [name.name for name in own_acks])
        except Offline as error:
            self._note(visit, error)
        self._hear(visit, heads, cards, [name for name in acks if name.device != visit.device])
        if visit.report.error is None:
            self._relay(visit, heads, heal)

    def _enter(self, visit: Visit) -> Place:
        canary = visit.transport.open()
        place = visit.reader.place(visit.place)
        if place is None:
            visit.writer.met(visit.place, canary)
            return Place(canary)
        if place.canary != canary:
            says = "another share is under this name now"
            raise Refused(says, reason="canary", expected=place.canary, found=canary)
        return place

    def _patience_ends(self, device: str) -> bool:
        rounds = self._lacking[device] = self._lacking.get(device, 0) + 1
        return rounds >= self._heal_after

    def _note(self, visit: Visit, error: Offline) -> None:
        """A full or read-only place can still be read; any other loss of contact ends the round."""
        if error.reason not in _WRITING_FAILS:
            raise error
        visit.report.error = error

    def _write(self, visit: Visit, there: int, shown: list[names.Numbered]) -> None:
        publishing.publish_own(visit, there)
        place = visit.marks()
        n = place.card_n
        name, data = papers.card(visit.device, n, self._card())
        if n == 0 or data != place.card:
            n = max([n, *(card.number for card in shown)]) + 1
            name, data = papers.card(visit.device, n, self._card())
        if name not in shown:
            visit.put(visit.shelf("roster"), name.name, data)
            visit.writer.published(visit.place, Published(card=(n, data)))
        else:
            publishing.retire(visit, "roster", [card.name for card in shown])

    def _take(self, visit: Visit, heads: Mapping[str, list[names.Numbered]]) -> None:
        for device, shown in heads.items():
            taking.compare(visit, device, shown)
        taking.take(visit, heads)

    def _acknowledge(self, visit: Visit, shown: list[names.AckName]) -> None:
        place = visit.marks()
        vector = visit.reader.vector()
        others = {device for device in vector if device != visit.device}
        visible = names.AckName(visit.device, place.ack_n) in shown
        news = any(place.acked.get(device) != vector[device] for device in others) or (others and not visible)
        if not news and visit.torn <= self._told_torn:
            return
        # Of our own only what is there: the last line may still be taken back.
        vector[visit.device] = place.published
        vector = {device: seq for device, seq in vector.items() if seq}
        n = max([place.ack_n, *(name.number for name in shown)]) + 1
        visit.put(visit.shelf("ack"), names.AckName(visit.device, n).name, papers.ack(vector, visit.torn))
        visit.writer.published(visit.place, Published(ack=(n, vector)))
        self._told_torn = visit.torn

    def _hear(
        self,
        visit: Visit,
        heads: Mapping[str, list[names.Numbered]],
        cards: Mapping[str, list[names.Numbered]],
        acks: list[names.AckName],
    ) -> None:
        known = visit.reader.replicas(visit.place)
        roster = visit.reader.cards()
        heard = []
        for device in sorted({*heads, *cards, *(name.device for name in acks)} - {visit.device}):
            before = known.get(device)
            head = heads[device][-1].number if device in heads else 0
            ack = self._read_ack(visit, device, before.ack_n if before else 0, acks)
            card = self._read_card(visit, roster.get(device, (0, b""))[0], cards.get(device, []))
            if before is None or head > before.head or ack or card:
                heard.append(Heard(device, head, ack, card))
        if heard:
            visit.writer.acknowledged(visit.place, heard)

    def _read_ack(
        self, visit: Visit, device: str, known: int, acks: list[names.AckName]
    ) -> tuple[int, dict[str, int]] | None:
        shelf = visit.shelf("ack")
        for name in sorted((each for each in acks if each.device == device and each.number > known), reverse=True):
            try:
                found = papers.read_ack(visit.read(shelf, name.name, papers.MAX_ACK))
            except Gone:
                # Its writer has just put a newer one in its place; the next listing shows that.
                continue
            except (Corrupt, TooNew) as error:
                visit.set_aside(shelf, name.name, error)
                continue
            try:
                publishing.mend(visit, [torn for writer, torn in found.torn if writer == visit.device])
            except Offline as error:
                self._note(visit, error)
            return name.number, found.vector
        return None

    def _read_card(self, visit: Visit, known: int, shown: list[names.Numbered]) -> tuple[int, bytes] | None:
        shelf = visit.shelf("roster")
        for name in sorted((each for each in shown if each.number > known), reverse=True):
            try:
                data = visit.read(shelf, name.name, papers.MAX_CARD)
                papers.read_card(name, data)
            except Gone:
                # Replaced by a newer one, as above.
                continue
            except (Corrupt, TooNew) as error:
                visit.set_aside(shelf, name.name, error)
            else:
                return name.number, data
        return None

    def _relay(self, visit: Visit, heads: Mapping[str, list[names.Numbered]], heal: bool) -> None:
        known = visit.reader.replicas(visit.place)
        others = {device: seq for device, seq in visit.reader.vector().items() if device != visit.device}
        for device, seq in sorted(others.items()):
            there = heads[device][-1].number if device in heads else 0
            if there >= seq:
                self._lacking.pop(device, None)
                continue
            once = known[device].head if device in known else 0
            # What the place once had is most likely still there, behind an old listing.
            if once < seq or heal or self._patience_ends(device):
                publishing.relay(visit, device, there)


def _by_device(found: list[names.Numbered]) -> dict[str, list[names.Numbered]]:
    """The names of each device, lowest number first."""
    devices: dict[str, list[names.Numbered]] = {}
    for name in sorted(found):
        devices.setdefault(name.device, []).append(name)
    return devices
