"""record, reply, correct, cancel, set, list, show."""

from __future__ import annotations

import argparse
import unicodedata
from typing import Any

from liaison_desk import wording
from liaison_desk.commands.options import Commands, clean, opened, print_json, reading, typed_time
from liaison_desk.domain.chronology import EntryDraft, EntryKind, Verification
from liaison_desk.domain.clock import Moment, SystemClock
from liaison_desk.domain.listing import EntryDetails, EntryFilter, EntryRow
from liaison_desk.domain.text import one_line, visible
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.services.exporting import details_json, row_details
from liaison_desk.services.reading import Reader
from liaison_desk.services.syncing import standing_of

_ON = frozenset({"1", "yes", "true", "on", "はい", "重要", "○"})
_OFF = frozenset({"0", "no", "false", "off", "いいえ", ""})


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    record = commands.add_parser("record", help=wording.text("help_record"))
    _add_fields(record, content_required=True)
    record.set_defaults(command=_record)

    reply = commands.add_parser("reply", help=wording.text("help_reply"))
    reply.add_argument("no", metavar="NO")
    _add_fields(reply, content_required=True)
    reply.set_defaults(command=_reply)

    correct = commands.add_parser("correct", help=wording.text("help_correct"))
    correct.add_argument("no", metavar="NO")
    _add_fields(correct, content_required=False)
    correct.add_argument("--reason", required=True)
    correct.set_defaults(command=_correct)

    cancel = commands.add_parser("cancel", help=wording.text("help_cancel"))
    cancel.add_argument("no", metavar="NO")
    cancel.add_argument("--reason", required=True)
    cancel.set_defaults(command=_cancel)

    change = commands.add_parser("set", help=wording.text("help_set"))
    change.add_argument("no", metavar="NO")
    for name in ("status", "owner", "due", "verification", "important"):
        change.add_argument("--" + name)
    change.add_argument("--json", action="store_true")
    change.set_defaults(command=_set)

    listing = commands.add_parser("list", help=wording.text("help_list"))
    listing.add_argument("--search", metavar="T", default="")
    listing.add_argument("--since", metavar="TIME")
    listing.add_argument("--until", metavar="TIME")
    listing.add_argument("--kind", action="append", default=[])
    listing.add_argument("--place", default="")
    listing.add_argument("--person", default="")
    listing.add_argument("--open", action="store_true", help=wording.text("help_open"))
    listing.add_argument("--important", action="store_true")
    listing.add_argument("--limit", type=int, default=50, metavar="N")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(command=_list)

    show = commands.add_parser("show", help=wording.text("help_show"))
    show.add_argument("no", metavar="NO")
    show.add_argument("--json", action="store_true")
    show.set_defaults(command=_show)


def _add_fields(parser: argparse.ArgumentParser, *, content_required: bool) -> None:
    parser.add_argument("--content", metavar="T", required=content_required)
    parser.add_argument("--from", dest="from_party")
    parser.add_argument("--to", dest="to_party")
    parser.add_argument("--channel")
    parser.add_argument("--kind")
    parser.add_argument("--subject")
    parser.add_argument("--occurred", metavar="TIME", help=wording.text("help_occurred"))
    parser.add_argument("--place")
    parser.add_argument("--lat", type=float)
    parser.add_argument("--lon", type=float)
    if content_required:
        parser.add_argument("--verification", choices=list(Verification))
        parser.add_argument("--important", action="store_true")
        parser.add_argument("--owner")
        parser.add_argument("--due", metavar="TIME")
    parser.add_argument("--json", action="store_true")


def _wording(options: argparse.Namespace, now: Moment) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in ("content", "from_party", "to_party", "channel", "kind", "subject", "place"):
        value = getattr(options, name)
        if value is not None:
            given[name] = clean(value)
    if options.occurred is not None:
        typed = typed_time(options.occurred, now)
        given |= {"occurred_at": typed.moment, "occurred_approx": typed.approx}
    if options.lat is not None or options.lon is not None:
        given |= {"latitude": options.lat, "longitude": options.lon}
    return given


def _draft(options: argparse.Namespace, now: Moment) -> EntryDraft:
    given = _wording(options, now) | {"important": options.important}
    if options.verification:
        given["verification"] = options.verification
    if options.owner is not None:
        given["owner"] = clean(options.owner)
    if options.due is not None:
        given["due"] = typed_time(options.due, now, forward=True).moment
    return EntryDraft(**given)


def _say_recorded(options: argparse.Namespace, recorded: chronology.Recorded) -> int:
    if options.json:
        print_json({"no": recorded.no, "id": recorded.entry_id})
    else:
        print(wording.text("recorded", no=recorded.no))
    return 0


def _record(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        return _say_recorded(options, chronology.record_entry(desk, _draft(options, desk.now())))


def _reply(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        parent = desk.entry_id(options.no)
        draft = _draft(options, desk.now())
        return _say_recorded(options, chronology.reply_to_entry(desk, parent, draft))


def _correct(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        entry_id = desk.entry_id(options.no)
        changes = _wording(options, desk.now())
        chronology.correct_entry(desk, entry_id, changes, clean(options.reason))
        return _say_changed(desk, options, "corrected")


def _cancel(options: argparse.Namespace) -> int:
    options.json = False
    with opened(options) as desk:
        chronology.cancel_entry(desk, desk.entry_id(options.no), clean(options.reason))
        return _say_changed(desk, options, "cancelled")


def _set(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        values: dict[str, Any] = {}
        for name in ("status", "owner", "verification"):
            if getattr(options, name) is not None:
                values[name] = clean(getattr(options, name))
        if options.due is not None:
            values["due"] = typed_time(options.due, desk.now(), forward=True).moment if options.due else None
        if options.important is not None:
            values["important"] = _yes(options.important)
        if not values:
            raise DeskProblem(wording.text("nothing_to_set"), wording.text("nothing_to_set_do"))
        chronology.set_fields(desk, desk.entry_id(options.no), values)
        return _say_changed(desk, options, "set_done")


def _yes(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain not in _ON and plain not in _OFF and text not in _ON:
        raise DeskProblem(
            wording.text("value_unknown", field=wording.text("field_important"), value=text),
            wording.text("value_unknown_do", known="on・off"),
        )
    return plain in _ON or text in _ON


def _say_changed(desk: Desk, options: argparse.Namespace, key: str) -> int:
    if options.json:
        details = _details(Reader(desk.database), options.no)
        print_json(details_json(details, standing_of(desk.database)))
    else:
        print(wording.text(key, no=options.no))
    return 0


def _details(reader: Reader, no: str) -> EntryDetails:
    try:
        details = reader.details(reader.entry_id(no))
    finally:
        reader.close()
    if details is None:
        raise DeskProblem(wording.text("no_such_entry", no=no), wording.text("no_such_entry_do"))
    return details


def _list(options: argparse.Namespace) -> int:
    now = SystemClock().now()
    chosen = EntryFilter(
        text=clean(options.search),
        kinds=frozenset(options.kind),
        place=options.place,
        person=options.person,
        since=typed_time(options.since, now).moment if options.since else None,
        until=typed_time(options.until, now).moment if options.until else None,
        open_only=options.open,
        important_only=options.important,
    )
    with reading(options) as reader:
        rows = list(reversed(reader.find(chosen, limit=max(options.limit, 0))))
        standing = standing_of(reader.database)
        if options.json:
            print_json([details_json(details, standing) for details in row_details(reader, rows)])
            return 0
        for row in rows:
            print(_line(row, standing.state(row.device, row.seq)))
        if len(rows) == options.limit and (total := reader.count(chosen, limit=1_000_000)) > len(rows):
            print(wording.text("list_more", shown=len(rows), total=total))
        if not rows:
            print(wording.text("list_empty"))
    return 0


_DELIVERY = {"local": "◌", "sending": "◐", "shared": "●", "received": "✔"}


def _line(row: EntryRow, delivery: str) -> str:
    at = row.occurred_at.local()
    time = f"{at:%m/%d %H:%M}" + ("頃" if row.occurred_approx else "  ")
    parties = f"{row.from_party}→{row.to_party}" if row.to_party else row.from_party
    signs = ("!" if row.important else "") + ("?" if row.verification == Verification.UNVERIFIED else "")
    text = " ".join(filter(None, (row.subject, one_line(row.content, 60))))
    struck = wording.text("cancelled_sign") if row.cancelled else ""
    kind = row.kind if row.kind != EntryKind.REPLY or not row.reply_to_no else f"↳{row.reply_to_no}"
    return (
        f"{_DELIVERY[delivery]} {_wide(row.no, 9)} {time} {_wide(one_line(parties, 24), 30)} {_wide(row.channel, 6)} "
        f"{_wide(kind, 6)} {_wide(signs, 2)} {_wide(row.status, 6)} {struck}{one_line(text, 100)}"
    )


def _wide(text: str, width: int) -> str:
    """Pad to a width in columns of a terminal: Japanese characters take two."""
    used = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(width - used, 0)


def _show(options: argparse.Namespace) -> int:
    with reading(options) as reader:
        details = reader.details(reader.entry_id(options.no))
        if details is None:
            raise DeskProblem(wording.text("no_such_entry", no=options.no), wording.text("no_such_entry_do"))
        standing = standing_of(reader.database)
        if options.json:
            print_json(details_json(details, standing))
            return 0
        for label, value in _lines_of(details):
            if value:
                print(f"{_wide(wording.text('field_' + label), 10)}{visible(value)}")
        state = standing.state(details.row.device, details.row.seq)
        print(f"{_wide(wording.text('field_delivery'), 10)}{wording.text('delivery_' + state)}")
        for revision in details.revisions:
            when = revision.recorded_at.local().strftime("%m/%d %H:%M")
            print(
                wording.text(
                    "revision_" + revision.kind, when=when, who=revision.operator, reason=visible(revision.reason)
                )
            )
        if details.revisions:
            print(wording.text("first_wording", text=visible(details.original.content)))
        for name, values in details.live.items():
            if len(values) > 1:
                side = " ／ ".join(f"{value.value}（{value.operator}）" for value in values)
                print(wording.text("side_by_side", field=wording.text("field_" + name), values=side))
    return 0


def _lines_of(details: EntryDetails) -> list[tuple[str, str]]:
    entry = details.entry
    at = entry.occurred_at.local().strftime("%Y/%m/%d %H:%M") + ("頃" if entry.occurred_approx else "")
    where = f"（{entry.latitude}, {entry.longitude}）" if entry.latitude is not None else ""
    return [
        ("no", entry.no + (" " + wording.text("cancelled_sign") if details.row.cancelled else "")),
        ("occurred_at", at),
        ("recorded_at", entry.recorded_at.local().strftime("%Y/%m/%d %H:%M:%S")),
        ("operator", " ".join(filter(None, (entry.operator, entry.org)))),
        ("from_party", entry.from_party),
        ("to_party", entry.to_party),
        ("channel", entry.channel),
        ("kind", entry.kind),
        ("subject", entry.subject),
        ("content", entry.content),
        ("place", entry.place + where),
        ("verification", entry.verification),
        ("important", "○" if entry.important else ""),
        ("status", entry.status),
        ("owner", entry.owner),
        ("due", entry.due.local().strftime("%m/%d %H:%M") if entry.due else ""),
        ("reply_to", details.row.reply_to_no),
        ("attachments", "; ".join(entry.attachments)),
    ]
