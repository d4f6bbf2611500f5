"""Every command, option and use case says what it is for."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

from liaison_desk.cli import make_parser

ROOT = Path(__file__).resolve().parent.parent.parent


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


def test_every_public_name_of_the_services_is_documented() -> None:
    silent = [
        f"{path.name}: {node.name}"
        for path in sorted((ROOT / "liaison_desk" / "services").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []
