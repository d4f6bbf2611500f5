"""incident new, invite, join."""

from __future__ import annotations

import argparse
from pathlib import Path

from liaison_desk import wording
from liaison_desk.commands.options import Commands, opened
from liaison_desk.services import incident


def add_to(commands: Commands) -> None:
    """Add this room's commands."""
    parser = commands.add_parser("incident", help=wording.text("help_incident"))
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    new = actions.add_parser("new", help=wording.text("help_incident_new"))
    new.add_argument("--name", required=True, metavar="N")
    _add_seat(new)
    new.set_defaults(command=_new)

    invite = actions.add_parser("invite", help=wording.text("help_incident_invite"))
    invite.add_argument("--out", required=True, type=Path, metavar="FILE")
    invite.set_defaults(command=_invite)

    join = actions.add_parser("join", help=wording.text("help_incident_join"))
    join.add_argument("file", type=Path, metavar="FILE")
    _add_seat(join)
    join.set_defaults(command=_join)


def _add_seat(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mark", required=True, metavar="七", help=wording.text("help_mark"))
    parser.add_argument("--operator", required=True, metavar="NAME")
    parser.add_argument("--org", required=True)
    parser.add_argument("--host-org", default="", metavar="ORG")
    parser.add_argument("--share", type=Path, metavar="DIR", help=wording.text("help_share"))


def _new(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        incident.new_incident(
            desk,
            name=options.name,
            mark=options.mark,
            operator=options.operator,
            org=options.org,
            host_org=options.host_org,
            share=options.share and options.share.absolute(),
        )
        print(wording.text("incident_begun", name=desk.seat.incident_name, mark=desk.seat.mark))
    return 0


def _invite(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        incident.write_invitation(desk, options.out)
        print(wording.text("invitation_written", path=options.out))
    return 0


def _join(options: argparse.Namespace) -> int:
    with opened(options) as desk:
        incident.join_incident(
            desk,
            options.file,
            mark=options.mark,
            operator=options.operator,
            org=options.org,
            host_org=options.host_org,
            share=options.share and options.share.absolute(),
        )
        print(wording.text("incident_joined", name=desk.seat.incident_name, mark=desk.seat.mark))
    return 0
