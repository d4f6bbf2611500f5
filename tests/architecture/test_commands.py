"""Every command and option says what it is for; that every public name is documented is ruff's rule D."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from liaison_desk.cli import make_parser


def commands(
    parser: argparse.ArgumentParser, above: str = ""
) -> Iterator[tuple[str, str | None, argparse.ArgumentParser]]:
    """Each command below a parser: its words, its line in the list of commands, its own parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines = {choice.dest: choice.help for choice in action._choices_actions}
            for name, below in action.choices.items():
                yield f"{above}{name}", lines.get(name), below
                yield from commands(below, f"{above}{name} ")


def test_every_command_says_in_a_line_what_it_does() -> None:
    silent = [name for name, line, _ in commands(make_parser()) if not line]

    assert silent == []


def test_every_option_says_what_it_is_for() -> None:
    silent = [
        f"{name} {action.option_strings or action.dest}"
        for name, _, parser in [("", None, make_parser()), *commands(make_parser())]
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]

    assert silent == []
