"""Writing what a preview found: in batches, so that an entry typed meanwhile goes between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import count_of, number
from liaison_desk.errors import DeskProblem
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing.entries import ParsedEntry
from liaison_desk.services.importing.preview import (
    Cancelled,
    Preview,
    Problem,
    Problems,
    Progress,
    parsed_lines,
    still_the_same,
)
from liaison_desk.services.importing.source import Flaw
from liaison_desk.store import known
from liaison_desk.store.connection import translated
from sync.operation import Operation

# One call of commit is one fsync, and one turn on the desk thread.
ENTRIES_A_STEP = 1000
OPERATIONS_A_TRANSACTION = 200
# A transaction is at most 4 MiB encoded.
_CHARS_A_TRANSACTION = 600_000
_CHARS_A_STEP = 6_000_000
# More ids than views re-read one by one.
_MANY_IDS = 5000

Choose = Callable[[ParsedEntry], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; every line of the file is in one of the counts.

    Attributes:
        added: new entries.
        already_there: entries that were here before, or stand twice in the file.
        doubtful: of both, those to look at.
        refused: lines that are not imported.
        furniture: bands, closing words, blank rows.
        left_out: lines that the caller did not want.
        revised: corrections and cancellations that came along with entries.
        lines: lines read.
        problems: the first of the doubtful and refused ones.
        changed: what changed (of one step: in that step).
        done: whether the file is read to its end.
    """

    added: int = 0
    already_there: int = 0
    doubtful: int = 0
    refused: int = 0
    furniture: int = 0
    left_out: int = 0
    revised: int = 0
    lines: int = 0
    problems: tuple[Problem, ...] = ()
    changed: Changed = field(default_factory=lambda: Changed(frozenset()))
    done: bool = False


def import_preview(
    desk: Desk,
    preview: Preview,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    choose: Choose | None = None,
) -> Imported:
    """Import the whole file; what is here already is not imported again.

    Args:
        desk: the open desk.
        preview: what was looked at; the file is read again.
        progress: called with the number of lines after each commit.
        cancelled: asked after each commit; what was committed stays, and importing again goes on.
        choose: which entries to take; None for all.

    Raises:
        DeskProblem: nothing to import, the file changed, the disk refused. What was committed stays.
    """
    total = Imported()
    changed = Changed(frozenset())
    for total in steps(desk, preview, choose=choose):
        changed = changed.joined(total.changed)
        if len(changed.ids) > _MANY_IDS:
            changed = Changed(changed.kinds, everything=True)
        if progress:
            progress(total.lines)
        if cancelled and cancelled():
            break
    return replace(total, changed=changed)


def steps(desk: Desk, preview: Preview, *, choose: Choose | None = None) -> Iterator[Imported]:
    """As `import_preview`, one commit of about 1,000 entries with each `next`.

    Yields:
        The counts so far, with the `changed` of this step. The last one is `done`.
    """
    desk.the_journal()
    if not preview.usable:
        first = "".join(wording.text("import_line", line=one.line, says=one.says) for one in preview.problems[:1])
        raise DeskProblem(
            wording.text("import_nothing", path=preview.path.name) + first, wording.text("import_nothing_do")
        )
    still_the_same(preview)
    taking = _Taking(desk, preview)
    for line, parsed in parsed_lines(preview.source, preview.head, preview.reference):
        taking.lines += 1
        if parsed is None:
            taking.furniture += 1
        elif isinstance(parsed, Flaw):
            taking.problems.refuse(line.number, parsed, line.text)
        elif choose is not None and not choose(parsed):
            taking.left_out += 1
        elif taking.gather(parsed):
            yield taking.commit()
    yield taking.commit(done=True)


class _Taking:
    """One import: what is gathered for the next commit, and the counts so far."""

    def __init__(self, desk: Desk, preview: Preview) -> None:
        self._desk = desk
        self._numbers = preview.numbers
        self._ours = preview.head.ours
        self._gathered: list[ParsedEntry] = []
        self._chars = 0
        self.problems = Problems()
        self.lines = self.furniture = self.left_out = 0
        self._added = self._there = self._revised = 0

    def gather(self, parsed: ParsedEntry) -> bool:
        """Keep an entry for the next commit; True when it is time."""
        self._gathered.append(parsed)
        self._chars += _size(parsed)
        return len(self._gathered) >= ENTRIES_A_STEP or self._chars >= _CHARS_A_STEP

    def commit(self, *, done: bool = False) -> Imported:
        """Write what is gathered."""
        gathered, self._gathered, self._chars = self._gathered, [], 0
        changed = self._write(gathered) if gathered else Changed(frozenset())
        return Imported(
            added=self._added,
            already_there=self._there,
            doubtful=self.problems.doubtful,
            refused=self.problems.refused,
            furniture=self.furniture,
            left_out=self.left_out,
            revised=self._revised,
            lines=self.lines,
            problems=tuple(sorted(self.problems.kept, key=lambda problem: problem.line)),
            changed=changed,
            done=done,
        )

    def _write(self, gathered: Sequence[ParsedEntry]) -> Changed:
        desk = self._desk
        connection = desk.database.writer
        with translated():
            here = known.entries_among(connection, [entry.id for entry in gathered])
            told = [revision_id for entry in gathered for revision_id, _ in entry.revisions]
            revised = known.revisions_among(connection, told) if told else set()
            fresh: list[ParsedEntry] = []
            for entry in gathered:
                if entry.id not in here:
                    here.add(entry.id)
                    fresh.append(entry)
            asked = {entry.no for entry in fresh if entry.no} | {no for entry in gathered if (no := _answered(entry))}
            numbers = known.ids_of_numbers(connection, sorted(asked)) if asked else {}
        fresh_ones = set(fresh)
        in_file = {entry.no: entry.id for entry in reversed(gathered) if entry.no}
        for entry in fresh:
            if entry.no and numbers.get(entry.no, entry.id) != entry.id:
                entry.flaws.append(Flaw("flaw_number_taken", {"no": entry.no}))
            elif entry.no and in_file[entry.no] != entry.id:
                entry.flaws.append(Flaw("flaw_number_twice", {"no": entry.no}))
        if self._ours:
            self._compare([entry for entry in gathered if entry not in fresh_ones])
        batches = _Batches()
        count = self._next_count(fresh)
        for entry in gathered:
            if entry in fresh_ones:
                record: dict[str, Any] = entry.record
                if entry.no:
                    record["no"] = entry.no
                else:
                    record["no"] = number(desk.seat.mark, count)
                    record.setdefault("device_mark", desk.seat.mark)
                    count += 1
                if entry.reply_to:
                    parent = self._parent(entry, in_file, numbers)
                    if parent:
                        record["reply_to"] = parent
                    else:
                        entry.flaws.append(Flaw("flaw_parent_missing", {"no": entry.reply_to}))
                batches.add(Operation("entry", entry.id, "record", "set", record), _size(entry))
            for place, (revision_id, revision) in enumerate(entry.revisions):
                if revision_id not in revised:
                    if place:
                        # Revisions stand in the order of their stamps: each has a transaction of its own.
                        batches.cut()
                    revised.add(revision_id)
                    self._revised += 1
                    batches.add(Operation("revision", revision_id, "record", "set", revision), _size(entry))
            if entry.flaws:
                self.problems.doubt(entry.line, entry.flaws, str(entry.record.get("content", "")))
        changed = desk.commit(*batches.all)[1] if batches.all else Changed(frozenset())
        self._added += len(fresh)
        self._there += len(gathered) - len(fresh)
        return changed

    def _compare(self, there: Sequence[ParsedEntry]) -> None:
        # A first wording never changes: one that differs was edited in the file, which corrects nothing here.
        with translated():
            here = known.first_wordings(self._desk.database.writer, [entry.id for entry in there])
        for entry in there:
            told = (entry.record.get("subject", ""), entry.record.get("content", ""))
            if here.get(entry.id, told) != told:
                entry.flaws.append(Flaw("flaw_differs", {"no": entry.no}))

    def _next_count(self, fresh: Sequence[ParsedEntry]) -> int:
        if all(entry.no for entry in fresh):
            return 0
        mark = self._desk.seat.mark
        with translated():
            count = self._desk.next_number()
        for entry in fresh:
            if (counted := count_of(entry.no)) and counted[0] == mark:
                count = max(count, counted[1] + 1)
        return count

    def _parent(self, entry: ParsedEntry, in_file: dict[str, str], numbers: dict[str, str]) -> str:
        told = entry.reply_to
        parent = in_file.get(told) or self._numbers.get(told) or numbers.get(told)
        if parent is None and len(told) == 32 and not set(told) - set("0123456789abcdef"):
            parent = told
        return parent if parent is not None and parent != entry.id else ""


def _answered(entry: ParsedEntry) -> str:
    return entry.reply_to if len(entry.reply_to) < 32 else ""


class _Batches:
    """Operations parted into transactions of bounded size."""

    def __init__(self) -> None:
        self.all: list[list[Operation]] = []
        self._chars = 0

    def cut(self) -> None:
        """The next operation begins a new transaction."""
        self._chars = _CHARS_A_TRANSACTION

    def add(self, operation: Operation, chars: int) -> None:
        if not self.all or len(self.all[-1]) >= OPERATIONS_A_TRANSACTION or self._chars + chars > _CHARS_A_TRANSACTION:
            self.all.append([])
            self._chars = 0
        self.all[-1].append(operation)
        self._chars += chars


def _size(entry: ParsedEntry) -> int:
    record = entry.record
    size = 600 + len(record.get("content", "")) + len(record.get("subject", ""))
    if entry.revisions or size > 20_000 or "attachments" in record:
        size += sum(len(str(value)) for value in record.values()) + len(str(entry.revisions))
    return size
