"""What several commands share: opening the desk, reading typed values, printing JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from liaison_desk import wording
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.text import flaw_of, mend
from liaison_desk.domain.times import TypedTime, parse_typed
from liaison_desk.errors import DeskProblem
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store.database import Database


class Commands(Protocol):
    """What `argparse.add_subparsers` gives."""

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser:
        """Add a command."""
        ...


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Desk]:
    """The desk, open for writing: one at a time."""
    desk = Desk(options.profile)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def reading(options: argparse.Namespace) -> Iterator[Reader]:
    """The record for reading only; works beside an open window."""
    database = Database(options.profile, mode="read")
    reader = Reader(database)
    try:
        yield reader
    finally:
        reader.close()
        database.close()


def typed_time(text: str, now: Moment, *, forward: bool = False) -> TypedTime:
    """A time given as an option.

    Raises:
        DeskProblem: not a time.
    """
    typed = parse_typed(text, now, forward=forward)
    if typed is None:
        raise DeskProblem(wording.text("time_unclear", text=text), wording.text("time_unclear_do"))
    return typed


def clean(text: str) -> str:
    """A text from the command line. Bytes that were not UTF-8 arrive as lone surrogates and are shown as �."""
    return mend(text) if flaw_of(text) else text


def print_json(value: object) -> None:
    """Print for scripts: UTF-8, one document."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
