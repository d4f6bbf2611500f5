"""The command line: the composition root without a window. Thin over `services`.

Exit codes: 0 done, 1 a DeskProblem (one sentence and the next step on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence

from liaison_desk import __version__, wording
from liaison_desk.commands import care, chronology, files, incident, syncing
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.paths import profile_of

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, open the desk."""
    _speak_utf8()
    if os.environ.get("LIAISON_DESK_LANG") == "en":
        wording.use("en")
    parser = make_parser()
    options = parser.parse_args(arguments)
    options.profile = profile_of(options.profile)
    command: Command = getattr(options, "command", open_window)
    try:
        return command(options)
    except DeskProblem as problem:
        print(problem.says, file=sys.stderr)
        if problem.do:
            print("→ " + problem.do, file=sys.stderr)
        return 1
    except DeskBug:
        logging.exception("bug")
        print(wording.text("bug"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us (head, less) has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="liaison-desk", description=wording.text("help_desk"))
    parser.add_argument("--profile", metavar="DIR", help=wording.text("help_profile"))
    parser.add_argument("--version", action="version", version=f"Liaison Desk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    for room in (care, incident, chronology, files, syncing):
        room.add_to(commands)
    _tell(parser)
    return parser


def _tell(parser: argparse.ArgumentParser) -> None:
    # Options that several commands share are told in one place; one that says more for itself keeps its words.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _tell(command)
        elif action.help is None:
            action.help = wording.text(f"option_{action.dest}")


def open_window(options: argparse.Namespace) -> int:
    """Open the desk's window. Qt is only loaded here, so that every other command starts fast."""
    from liaison_desk.app import run_window

    return run_window(options.profile)


def _speak_utf8() -> None:
    # Windows' consoles and pipes are cp932 by default, which cannot say everything that people type.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
