"""What a file holds, before anything is written: columns, first rows, doubts, counts. Streams; memory stays modest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from liaison_desk import wording
from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.clock import JST_MIN, Moment
from liaison_desk.domain.text import visible
from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing.csv_source import CsvSource
from liaison_desk.services.importing.entries import EntryParser, ParsedEntry
from liaison_desk.services.importing.jsonl_source import JsonLinesSource
from liaison_desk.services.importing.source import Flaw, Head, Line, Source, refused, unreadable
from liaison_desk.services.importing.xlsx_source import XlsxSource

SHOWN_ROWS = 50
MAX_PROBLEMS = 200
# Numbers that are remembered, so that a line may speak of one further down in its file.
MAX_NUMBERS = 100_000
PROGRESS_EVERY = 1000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that a person should look at.

    Attributes:
        line: its number in the file.
        says: what is wrong with it, one sentence.
        refused: it is not imported; else it is, in the mended form.
        text: the beginning of the line.
    """

    line: int
    says: str
    refused: bool
    text: str = ""


class Problems:
    """Collects problems up to a bound; counts all."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: list[Problem] = []
        self.doubtful = 0
        self.refused = 0

    def doubt(self, line: int, flaws: list[Flaw], text: str = "") -> None:
        """A line is imported, but should be looked at."""
        self.doubtful += 1
        self._keep(line, " ".join(flaw.says() for flaw in flaws), text, refused=False)

    def refuse(self, line: int, flaw: Flaw, text: str = "") -> None:
        """A line is not imported."""
        self.refused += 1
        self._keep(line, flaw.says(), text, refused=True)

    def _keep(self, line: int, says: str, text: str, *, refused: bool) -> None:
        if len(self.kept) < MAX_PROBLEMS:
            self.kept.append(Problem(line, says, refused, visible(text[:200]).strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file holds.

    Attributes:
        path: the file.
        columns: header -> field, as understood (or chosen).
        unknown: headers that were not understood; their cells are not imported.
        labels: all headers in order.
        encoding: of text files; "" for sheets. `encoding_certain` is False when a person should look.
        sheet: the sheet that is read; `sheets`: all of them.
        rows: the first entries as they would be recorded; `no` is "" where this PC will give one.
        entries: how many entries there are, `furniture` how many rows are bands, closing words and blank forms.
        doubtful: entries that are imported in a mended form; refused: lines that are not imported.
        problems: the first of both, in order.
        notes: sentences about the file as a whole.
        usable: whether it can be imported at all.
        counted: whether the whole file was read.
    """

    path: Path
    columns: Mapping[str, str]
    unknown: tuple[str, ...]
    labels: tuple[str, ...]
    encoding: str
    encoding_certain: bool
    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[ChronologyEntry, ...]
    entries: int
    furniture: int
    doubtful: int
    refused: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    usable: bool
    counted: bool
    source: Source = field(repr=False)
    head: Head = field(repr=False)
    reference: Moment
    numbers: Mapping[str, str] = field(repr=False)
    stamp: tuple[int, int]


def preview_file(
    path: Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    reference: Moment | None = None,
    whole: bool = True,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Preview:
    """Read a chronology from CSV, xlsx or JSON Lines, without writing anything.

    Args:
        path: the file; what it is goes by its content, then by its name.
        encoding: of text, when our guess is wrong.
        sheet: the name of the sheet, when our choice is wrong.
        mapping: header -> field of `columns.FIELDS`, "" to leave a column out; goes before our guess.
        reference: gives the year where the file has none; else the file's own time.
        whole: False reads the first rows only: `counted` is then False and nothing is said of later lines.
        progress: called with the number of lines read, every 1,000.
        cancelled: asked every 1,000 lines; True ends the reading.

    Raises:
        DeskProblem: it cannot be read, or is refused (a bomb, an old format, an unknown encoding).
    """
    source = source_of(path, encoding, sheet)
    stamp = stamp_of(path)
    reference = reference or Moment(stamp[1] // 1_000_000, JST_MIN)
    head = source.head(mapping)
    problems = Problems()
    rows: list[ChronologyEntry] = []
    numbers: dict[str, str] = {}
    entries = furniture = at = 0
    counted = True
    # Without a header a table says nothing; lines of JSON each say what is wrong with them.
    if head.columns.fields or isinstance(source, JsonLinesSource):
        for at, (line, parsed) in enumerate(parsed_lines(source, head, reference), 1):
            if isinstance(parsed, ParsedEntry):
                entries += 1
                if parsed.flaws:
                    problems.doubt(parsed.line, parsed.flaws, line.text or str(parsed.record.get("content", "")))
                if len(rows) < SHOWN_ROWS:
                    rows.append(shown(parsed))
                if parsed.no and len(numbers) < MAX_NUMBERS:
                    numbers.setdefault(parsed.no, parsed.id)
            elif parsed is None:
                furniture += 1
            else:
                problems.refuse(line.number, parsed, line.text or _words(line))
            if at % PROGRESS_EVERY == 0:
                if progress:
                    progress(at)
                if cancelled and cancelled():
                    counted = False
                    break
            if not whole and entries >= SHOWN_ROWS:
                counted = False
                break
    if progress:
        progress(at)
    columns = head.columns
    return Preview(
        path=path,
        columns=columns.understood(),
        unknown=columns.unknown,
        labels=tuple(label for _, label in sorted(columns.labels.items())),
        encoding=head.encoding,
        encoding_certain=head.encoding_certain,
        sheet=head.sheet,
        sheets=head.sheets,
        rows=tuple(rows),
        entries=entries,
        furniture=furniture,
        doubtful=problems.doubtful,
        refused=problems.refused,
        problems=tuple(problems.kept),
        notes=tuple(note.says() for note in head.notes),
        usable=columns.usable and entries > 0,
        counted=counted,
        source=source,
        head=head,
        reference=reference,
        numbers=numbers,
        stamp=stamp,
    )


def parsed_lines(source: Source, head: Head, reference: Moment) -> Iterator[tuple[Line, ParsedEntry | Flaw | None]]:
    """Every line of the file with what it means."""
    labels = {name: head.columns.labels[index] for index, name in sorted(head.columns.fields.items(), reverse=True)}
    parse = EntryParser(reference=reference, labels=labels, ours=head.ours).parse
    for line in source.lines(head):
        yield line, parse(line)


def entries_of(preview: Preview) -> Iterator[ChronologyEntry]:
    """Every entry of a file as it would be recorded; `no` is "" where a desk would give one. Reads the file again.

    Raises:
        DeskProblem: it cannot be read any further.
    """
    for _, parsed in parsed_lines(preview.source, preview.head, preview.reference):
        if isinstance(parsed, ParsedEntry):
            yield shown(parsed)


def shown(parsed: ParsedEntry) -> ChronologyEntry:
    """A parsed line as an entry, to be looked at."""
    return ChronologyEntry.from_record(parsed.id, {"no": parsed.no, **parsed.record})


def source_of(path: Path, encoding: str | None, sheet: str | None) -> Source:
    """The reader for a file.

    Raises:
        DeskProblem: it cannot be opened, or is of a kind that is not taken.
    """
    try:
        if not path.is_file():
            raise unreadable(path, wording.text("file_missing"))
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise unreadable(path, error) from error
    if start.startswith(b"PK"):
        return XlsxSource(path, sheet)
    if start.startswith(_OLD_EXCEL):
        raise refused(path, "file_old_excel")
    if not start.strip():
        raise refused(path, "file_empty")
    json_like = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"{", b"["))
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"} or (json_like and path.suffix.lower() != ".csv"):
        return JsonLinesSource(path, encoding)
    return CsvSource(path, encoding)


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of a file: whether it is still the one that was looked at.

    Raises:
        DeskProblem: it is gone.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return found.st_size, found.st_mtime_ns


def still_the_same(preview: Preview) -> None:
    """Refuse a file that changed since it was looked at.

    Raises:
        DeskProblem: it did.
    """
    if stamp_of(preview.path) != preview.stamp:
        raise DeskProblem(wording.text("file_changed", path=preview.path.name), wording.text("file_changed_do"))


def _words(line: Line) -> str:
    return " ".join(str(value)[:60] for value in (line.values or {}).values())
