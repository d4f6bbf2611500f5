"""What every kind of file gives: its head, and then its lines with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing.columns import Columns

# No single line of an honest chronology is longer; a text field holds 2 MB at most.
MAX_LINE_CHARS = 8 * 1024 * 1024
HEAD_ROWS = 40


class Flaw(NamedTuple):
    """What is wrong with a line: a sentence of `wording` and its values."""

    key: str
    values: Mapping[str, object] = {}

    def says(self) -> str:
        """The sentence."""
        return wording.text(self.key, **self.values)


class Line(NamedTuple):
    """One line of a table.

    Attributes:
        number: counted as an editor counts (a sheet's row number).
        values: raw cells by field, only those that are not empty; None when the line cannot be read for sure.
        flaw: what is wrong with it; with values, the line was read in the likely way.
        text: the beginning of the line, to be shown beside the flaw.
    """

    number: int
    values: dict[str, Any] | None
    flaw: Flaw | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a file before its lines are read.

    Attributes:
        columns: what the columns mean.
        encoding: how its text is encoded, "" for sheets.
        encoding_certain: False when it was guessed among several that fit.
        sheet: the sheet that is read, "" for text files.
        sheets: all sheets.
        ours: written by this program, so that texts are taken exactly as they are.
        notes: what a person should know of the file as a whole.
    """

    columns: Columns
    encoding: str = ""
    encoding_certain: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    ours: bool = False
    notes: tuple[Flaw, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """A file that holds a table."""

    path: Path

    def head(self, mapping: Mapping[str, str] | None) -> Head:
        """Look at the beginning of the file.

        Raises:
            DeskProblem: it cannot be read, or is refused.
        """
        ...

    def lines(self, head: Head) -> Iterator[Line]:
        """Read the whole file, streaming.

        Raises:
            DeskProblem: it cannot be read any further.
        """
        ...


def unreadable(path: Path, reason: object) -> DeskProblem:
    """The file cannot be opened or read."""
    said = reason.strerror or reason if isinstance(reason, OSError) else reason
    return DeskProblem(wording.text("file_not_read", path=path, reason=said), wording.text("file_not_read_do"))


def refused(path: Path, key: str, **values: object) -> DeskProblem:
    """The file is not taken, for a reason of `wording`."""
    return DeskProblem(wording.text(key, path=path.name, **values), wording.text("file_refused_do"))
