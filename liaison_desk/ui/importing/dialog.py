"""Import a chronology: look at what was understood and what was not, change it, take it in. Never blocks."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QTabWidget, QVBoxLayout, QWidget

from liaison_desk.domain.clock import Moment
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing import ENCODINGS, FIELDS, Imported, Preview, Problem, preview_file, steps
from liaison_desk.ui import theme
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.chronology import words
from liaison_desk.ui.importing.file_choice import FileChoice
from liaison_desk.ui.importing.tables import SHOWN_FIELDS, ColumnTable, PlainTable, entry_cells, problem_cells
from liaison_desk.ui.sheet import Sheet
from liaison_desk.ui.workplace import Workplace

# Ids that are looked up to say how many entries are here already; beyond, the result says it.
_LOOKED_UP = 20_000


class ImportDialog(Sheet):
    """One file, from looking at it to the sentence about what was taken in."""

    def __init__(self, workplace: Workplace, path: Path | None = None, parent: QWidget | None = None) -> None:
        """Begin without a file, or look at this one at once."""
        super().__init__(workplace, "", parent=parent)
        explains = self.tr("Nothing is written before you say so. Importing a file twice adds nothing twice.")
        self.set_title(self.tr("Import a chronology"), explains)
        self.preview: Preview | None = None
        self.outcome: Imported | None = None
        self._asked = 0
        self._stop = threading.Event()
        self._mapping: Mapping[str, str] = {}
        self.file = FileChoice(self)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        theme.set_role(self.notes, "warning")
        self.encoding = QComboBox(self)
        self.encoding.addItem(self.tr("Encoding: as guessed"), "")
        for name in ENCODINGS:
            self.encoding.addItem(name, name)
        self.sheet = QComboBox(self)
        self.rows = PlainTable([self._field(name) for name in SHOWN_FIELDS], self)
        self.columns = ColumnTable(FIELDS, self._field, self)
        self.problems = PlainTable(
            (self.tr("Line"), self.tr("What becomes of it"), self.tr("Why"), self.tr("Text")), self
        )
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.rows, self.tr("First entries"))
        self.tabs.addTab(self.columns, self.tr("Columns"))
        self.tabs.addTab(self.problems, self.tr("To look at"))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self._lay_out()
        self.take = self.set_primary(self.tr("Import"), self.start)
        self.take.setEnabled(False)
        self.file.chosen.connect(self.look_at)
        self.columns.mapping_changed.connect(self._map)
        self.encoding.activated.connect(lambda _place: self._look())
        self.sheet.activated.connect(lambda _place: self._look())
        self.setMinimumSize(theme.px(860), theme.px(600))
        self.resize(theme.px(1040), theme.px(640))
        self._show_file(False)
        if path:
            self.look_at(path)

    # ── Looking ──────────────────────────────────────────────────────────────────────────────────

    def look_at(self, path: Path) -> None:
        """Look at a file."""
        self.file.show_path(path)
        self._mapping = {}
        self.columns.forget()
        self.encoding.setCurrentIndex(0)
        self.sheet.clear()
        self._look()

    def _map(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._look()

    def _look(self) -> None:
        path = self.file.path
        if path is None:
            return
        self._stop.set()
        self._stop = stop = threading.Event()
        self._asked += 1
        asked = self._asked
        encoding, sheet, mapping = (
            str(self.encoding.currentData() or "") or None,
            self.sheet.currentText() or None,
            self._mapping,
        )
        self.preview = None
        self.take.setEnabled(False)
        self.banner.dismiss()
        self.set_busy(True)
        self.summary.setText(self.tr("Reading…"))
        desk = self.workplace.desk

        def look() -> tuple[Preview, int | None]:
            found = preview_file(
                path,
                encoding=encoding,
                sheet=sheet,
                mapping=mapping,
                progress=lambda lines: desk.call_on_ui(self._reading, (asked, lines)),
                cancelled=stop.is_set,
            )
            return found, None if stop.is_set() else self._here_already(found)

        run_aside(
            desk,
            look,
            done=lambda found: self._looked(asked, *found),
            failed=lambda error: self._not_looked(asked, error),
        )

    def _here_already(self, preview: Preview) -> int | None:
        ids = list(dict.fromkeys(preview.numbers.values()))
        if not ids or len(ids) > _LOOKED_UP or len(ids) < preview.entries:
            return None
        reader = self.workplace.desk.reader()
        try:
            return len(reader.rows_by_id(ids))
        finally:
            reader.close()

    def _reading(self, told: tuple[int, int]) -> None:
        asked, lines = told
        if asked == self._asked and self.preview is None:
            self.summary.setText(self.tr("Reading… {lines} lines").format(lines=f"{lines:,}"))

    def _not_looked(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self.summary.clear()
            self._show_file(False)
            self.fail(error)
            self.take.setEnabled(False)

    def _looked(self, asked: int, preview: Preview, here: int | None) -> None:
        if asked != self._asked:
            return
        self.set_busy(False)
        self.preview = preview
        self.summary.setText(self._said(preview, here))
        self.notes.setText("\n".join(preview.notes))
        self.notes.setVisible(bool(preview.notes))
        self._show_sheets(preview)
        self.encoding.setVisible(bool(preview.encoding))
        self.encoding.setItemText(0, self.tr("Encoding: {name} (as guessed)").format(name=preview.encoding))
        self.rows.show_rows((entry_cells(entry) for entry in preview.rows), widest=130)
        samples = {label: _sample(preview, field) for label, field in preview.columns.items()}
        self.columns.show_columns(preview.labels, preview.columns, samples)
        self._show_problems(preview.problems, preview.doubtful + preview.refused)
        self.tabs.setTabText(1, self.tr("Columns") + (f" ({len(preview.unknown)}?)" if preview.unknown else ""))
        self.tabs.setTabVisible(1, bool(preview.labels))
        if not preview.usable and preview.labels:
            self.tabs.setCurrentIndex(1)
        self._show_file(True)
        self.take.setEnabled(preview.usable)
        self.take.setText(self.tr("Import {count} entries").format(count=f"{preview.entries:,}"))

    def _show_problems(self, problems: tuple[Problem, ...], count: int) -> None:
        refused, mended = self.tr("not imported"), self.tr("imported, mended")
        self.problems.show_rows((problem_cells(one, refused, mended) for one in problems), widest=420)
        self.problems.show_whole_texts()
        self.tabs.setTabText(2, self.tr("To look at") + f" ({count})")

    def _said(self, preview: Preview, here: int | None) -> str:
        parts = [self.tr("{count} entries").format(count=f"{preview.entries:,}")]
        if here:
            parts.append(self.tr("{count} of them are here already").format(count=f"{here:,}"))
        if preview.doubtful:
            parts.append(self.tr("{count} to look at").format(count=f"{preview.doubtful:,}"))
        if preview.refused:
            parts.append(self.tr("{count} lines cannot be imported").format(count=f"{preview.refused:,}"))
        if preview.furniture:
            parts.append(self.tr("{count} lines of headings and blanks").format(count=f"{preview.furniture:,}"))
        if preview.unknown:
            names = "、".join(preview.unknown[:6])
            parts.append(self.tr("columns not understood: {names}").format(names=names))
        return " ・ ".join(parts)

    # ── Taking in ────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Take the file in, a thousand entries at a time; what a person types meanwhile goes first."""
        preview = self.preview
        if preview is None or not preview.usable or not self.take.isEnabled():
            return
        self._stop = stop = threading.Event()
        self.take.setEnabled(False)
        self.file.setEnabled(False)
        self.columns.setEnabled(False)
        self.progress.setRange(0, max(1, preview.entries + preview.furniture + preview.refused))
        self.progress.show()

        def take(desk: Desk) -> Generator[Imported, None, Imported | None]:
            so_far: Imported | None = None
            for so_far in steps(desk, preview):
                yield so_far
                if stop.is_set():
                    break
            return so_far

        self.workplace.desk.submit_steps(take, progress=self._progress, done=self._taken, failed=self._not_taken)

    def _progress(self, so_far: Imported) -> None:
        self.progress.setValue(min(so_far.lines, self.progress.maximum()))
        says = self.tr("Importing… {count} entries").format(count=f"{so_far.added + so_far.already_there:,}")
        self.summary.setText(says)

    def _not_taken(self, error: Exception) -> None:
        self._ended()
        self.take.setEnabled(True)
        self.fail(error)

    def _taken(self, result: Imported | None) -> None:
        self._ended()
        self.outcome = result or Imported()
        says = self._result_said(self.outcome)
        self.summary.setText(says)
        self.banner.show_done(says)
        if self.outcome.problems:
            self._show_problems(self.outcome.problems, self.outcome.doubtful + self.outcome.refused)
            self.tabs.setCurrentIndex(2)
        if self.outcome.done:
            self.take.hide()
            self.set_close_only()
        else:
            self.take.setEnabled(True)

    def _result_said(self, result: Imported) -> str:
        begun = (
            self.tr("{count} entries were imported.")
            if result.done
            else self.tr("Stopped: {count} entries were imported.")
        )
        parts = [begun.format(count=f"{result.added:,}")]
        if result.already_there:
            parts.append(self.tr("{count} were here already.").format(count=f"{result.already_there:,}"))
        if result.refused:
            parts.append(
                self.tr("{count} lines were not imported; they are listed below.").format(count=result.refused)
            )
        if not result.done:
            parts.append(self.tr("Import again to go on; nothing is added twice."))
        return " ".join(parts)

    def _ended(self) -> None:
        self.progress.hide()
        self.file.setEnabled(True)
        self.columns.setEnabled(True)

    def reject(self) -> None:
        """Cancel: stops what runs; the first press while importing keeps the dialog to say what was done."""
        self._stop.set()
        if not self.progress.isHidden():
            return
        self._asked += 1
        super().reject()

    # ── Looks ────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        options = QHBoxLayout()
        options.setSpacing(theme.px(8))
        options.addWidget(self.summary, 1)
        options.addWidget(self.sheet)
        options.addWidget(self.encoding)
        inner = QVBoxLayout()
        inner.setSpacing(theme.px(10))
        inner.addWidget(self.file)
        inner.addLayout(options)
        inner.addWidget(self.notes)
        inner.addWidget(self.tabs, 1)
        inner.addWidget(self.progress)
        self.body.addLayout(inner)

    def _show_file(self, shown: bool) -> None:
        self.tabs.setVisible(shown)
        if not shown:
            for widget in (self.notes, self.encoding, self.sheet):
                widget.hide()

    def _show_sheets(self, preview: Preview) -> None:
        self.sheet.setVisible(len(preview.sheets) > 1)
        if [self.sheet.itemText(place) for place in range(self.sheet.count())] != list(preview.sheets):
            self.sheet.clear()
            self.sheet.addItems(list(preview.sheets))
        self.sheet.setCurrentText(preview.sheet)

    def _field(self, name: str) -> str:
        return {
            "no": self.tr("No."),
            "id": self.tr("ID"),
            "occurred_time": self.tr("Time of day"),
            "occurred_date": self.tr("Day"),
            "device_name": self.tr("PC"),
            "device_mark": self.tr("Mark of the PC"),
            "operator": self.tr("Recorder"),
            "org": self.tr("Recorder's office"),
            "attachments": self.tr("Attachments"),
            "related": self.tr("Related numbers"),
            "reply_to": self.tr("Reply to"),
            "note": self.tr("Remarks (joined to the content)"),
        }.get(name) or words.word(name)


def _sample(preview: Preview, field: str) -> str:
    values = (getattr(entry, field, "") for entry in preview.rows)
    found = next((value for value in values if value not in ("", None, False, ())), "")
    return words.day_and_clock(found) if isinstance(found, Moment) else str(found)
