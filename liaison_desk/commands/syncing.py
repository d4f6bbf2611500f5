"""sync, status."""

from __future__ import annotations

import argparse
import threading
from dataclasses import asdict
from typing import Any

from liaison_desk import wording
from liaison_desk.commands.options import Commands, opened, print_json
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.sync_state import Link, SyncState
from liaison_desk.errors import DeskProblem
from liaison_desk.services import syncing
from liaison_desk.services.status import status_of
from liaison_desk.store.database import Database


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    sync = commands.add_parser("sync", help=wording.text("help_sync"))
    sync.add_argument("--watch", action="store_true", help=wording.text("help_watch"))
    sync.add_argument("--json", action="store_true")
    sync.set_defaults(command=_sync)

    state = commands.add_parser("status", help=wording.text("help_status"))
    state.add_argument("--json", action="store_true")
    state.set_defaults(command=_status)


def _sync(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        desk.the_journal()
        if not desk.seat.share:
            raise DeskProblem(wording.text("no_share"), wording.text("no_share_do"))
        state = syncing.sync_once(desk)
        _say(options, state)
        while options.watch:
            # Ctrl+C ends it; a round is safe to end anywhere.
            threading.Event().wait(syncing.POLL_S)
            latest = syncing.sync_once(desk)
            if _news(state, latest):
                _say(options, latest)
            state = latest
    if state.link is not Link.ONLINE:
        raise DeskProblem(state.says, state.do)
    return 0


def _news(before: SyncState, after: SyncState) -> bool:
    return bool(after.sent or after.received) or (before.link, before.says, before.waiting) != (
        after.link,
        after.says,
        after.waiting,
    )


def _say(options: argparse.Namespace, state: SyncState) -> None:
    if options.json:
        print_json({name: _plain(value) for name, value in asdict(state).items()})
        return
    if state.link is Link.ONLINE:
        print(wording.text("synced", sent=state.sent, received=state.received, waiting=state.waiting))
    else:
        print(state.says)
    for sentence in state.notices:
        print("・" + sentence)
    for path, reason in state.set_aside:
        print(wording.text("set_aside", path=path, reason=reason))
    for whose, seq, needs in state.parked:
        print(wording.text("parked", whose=whose, seq=seq, needs=needs))


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"utc_ms", "offset_min"}:
        return Moment(**value).iso()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _status(options: argparse.Namespace) -> int:
    database = Database(options.profile, mode="read")
    try:
        told = status_of(database)
    finally:
        database.close()
    if options.json:
        print_json(told)
        return 0
    print(wording.text("status_seat", **told))
    print(wording.text("status_entries", **told))
    if told["share"]:
        print(wording.text("status_share", **told))
    else:
        print(wording.text("status_no_share"))
    return 0
