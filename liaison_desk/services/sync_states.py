"""What a round of the engine means to a person: the engine's report as a `SyncState`."""

from __future__ import annotations

from liaison_desk import wording
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.sync_state import DeviceState, Link, SyncState
from liaison_desk.services.desk import Seat
from liaison_desk.services.sharing import problem_of, text_of
from sync import papers
from sync.errors import Corrupt, Offline, TooNew
from sync.log_reader import LogReader
from sync.operation import Value
from sync.report import RoundReport

_MANY_MIN = 10


def after_round(
    before: SyncState, seat: Seat, report: RoundReport, reader: LogReader, now: Moment, notices: tuple[str, ...]
) -> SyncState:
    """How things stand after a round.

    Args:
        before: the state before it; counts of bytes go on from there.
        seat: who sits here.
        report: the engine's.
        reader: the log after the round.
        now: when it ended.
        notices: what else happened, as sentences.
    """
    problem = problem_of(report.error, seat.share) if report.error else None
    link = Link.ONLINE
    if report.error is not None:
        # A full or read-only share is still read; it is contact, with a sentence beside it.
        half = isinstance(report.error, Offline) and report.error.reason in ("full", "read_only")
        link = Link.OFFLINE if isinstance(report.error, Offline | Corrupt) else Link.REFUSED
        link = Link.ONLINE if half else link
    cards = {device: _card(card, device, n) for device, (n, card) in reader.cards().items()}
    devices = _devices(seat, reader, cards)
    names = {state.device: state.mark or state.device[:8] for state in devices}
    parked = tuple(
        (
            names.get(w.device, w.device[:8]),
            w.seq,
            f"{names.get(w.waits_for.device, w.waits_for.device[:8])} #{w.waits_for.seq}",
        )
        for w in report.parked
    )
    return SyncState(
        link=link,
        place=seat.share,
        says=problem.says if problem else "",
        do=problem.do if problem else "",
        contact_at=now if link is Link.ONLINE else before.contact_at if before.place == seat.share else None,
        waiting=report.waiting,
        sent=report.sent,
        received=report.received,
        bytes_sent=before.bytes_sent + report.bytes_sent,
        bytes_received=before.bytes_received + report.bytes_received,
        parked=parked,
        set_aside=tuple((item.path, str(item.error)) for item in report.set_aside)
        + tuple((f"{names.get(p.device, p.device[:8])} #{p.seq}", str(p.error)) for p in report.refused),
        skew_ms=-report.skew_ms if report.skew_ms is not None else before.skew_ms,
        devices=devices,
        notices=tuple(dict.fromkeys((*before.notices[-4:], *notices, *_standing_notices(seat, devices)))),
    )


def _card(card: bytes, device: str, n: int) -> dict[str, Value]:
    try:
        return papers.card_content(card, device, n)
    except (Corrupt, TooNew):
        # A card of a newer desk: its entries are read all the same, only its name is not known.
        return {}


def _devices(seat: Seat, reader: LogReader, cards: dict[str, dict[str, Value]]) -> tuple[DeviceState, ...]:
    own, vector, ahead = reader.device, reader.vector(), reader.ahead()
    replicas = reader.replicas(seat.share)
    written = vector.get(own, 0)
    found: list[DeviceState] = []
    for device in sorted({own, *vector, *cards, *replicas}):
        card = cards.get(device, {})
        received = replicas[device].acked.get(own, 0) if device in replicas else 0
        this_pc = device == own
        found.append(
            DeviceState(
                device=device,
                mark=seat.mark if this_pc else text_of(card, "mark"),
                name=seat.device_name if this_pc else text_of(card, "name"),
                operator=seat.operator if this_pc else text_of(card, "operator"),
                org=seat.org if this_pc else text_of(card, "org"),
                this_pc=this_pc,
                received=written if this_pc else received,
                behind=0 if this_pc else written - received,
                entries=vector.get(device, 0),
                ahead_ms=ahead.get(device, 0),
            )
        )
    return tuple(sorted(found, key=lambda state: (not state.this_pc, state.mark, state.device)))


def _standing_notices(seat: Seat, devices: tuple[DeviceState, ...]) -> list[str]:
    notices = []
    twins = [
        state for state in devices if not state.this_pc and state.mark == seat.mark and state.name != seat.device_name
    ]
    if twins:
        others = "・".join(state.name or state.operator or state.device[:8] for state in twins)
        notices.append(wording.text("notice_mark_twice", mark=seat.mark, others=others))
    for state in devices:
        minutes = state.ahead_ms // 60_000
        if minutes >= _MANY_MIN and not state.this_pc:
            notices.append(
                wording.text("notice_clock_ahead", who=state.name or state.mark or state.device[:8], minutes=minutes)
            )
    return notices
