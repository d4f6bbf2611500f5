"""sync, status."""

from __future__ import annotations

import argparse
import time

from liaison_desk import wording
from liaison_desk.commands.options import Commands, opened, print_json, reading
from liaison_desk.domain.sync_state import SyncState
from liaison_desk.services import status, syncing


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    sync = commands.add_parser("sync", help=wording.text("help_sync"))
    sync.add_argument("--watch", action="store_true", help=wording.text("help_watch"))
    sync.add_argument("--json", action="store_true")
    sync.set_defaults(command=_sync)

    state = commands.add_parser("status", help=wording.text("help_status"))
    state.add_argument("--json", action="store_true")
    state.set_defaults(command=_status)
