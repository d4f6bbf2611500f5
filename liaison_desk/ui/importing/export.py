"""Give the chronology out as a file: the kind goes by the suffix; all entries, or those of the filter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QRadioButton, QVBoxLayout, QWidget

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.services.exporting import Exported, export_entries
from liaison_desk.ui import theme
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.sheet import Sheet
from liaison_desk.ui.workplace import Workplace

_KINDS = (".xlsx", ".csv", ".jsonl")


class ExportDialog(Sheet):
    """Choose a kind and a place."""

    def __init__(self, workplace: Workplace, chosen: EntryFilter | None = None, parent: QWidget | None = None) -> None:
        """Offer the kinds; with a filter, also its entries alone."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(self.tr("Export the chronology"), self.tr("What was exported can be imported again, equal."))
        self.exported: Exported | None = None
        self._chosen = chosen if chosen and not chosen.is_empty() else None
        names = {
            ".xlsx": self.tr("Excel (.xlsx), for colleagues without the desk"),
            ".csv": self.tr("CSV (.csv), UTF-8, safe to open in Excel"),
            ".jsonl": self.tr("JSON Lines (.jsonl), everything, for programs"),
        }
        self.kinds = {kind: QRadioButton(names[kind], self) for kind in _KINDS}
        self.kinds[".xlsx"].setChecked(True)
        scope = QWidget(self)
        self.all = QRadioButton(self.tr("All entries"), scope)
        self.filtered = QRadioButton(self.tr("Only the entries of the present filter"), scope)
        (self.filtered if self._chosen else self.all).setChecked(True)
        self.says = QLabel(self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        theme.set_role(self.says, "secondary")
        for button in self.kinds.values():
            self.body.addWidget(button)
        scope.setVisible(self._chosen is not None)
        column = QVBoxLayout(scope)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.addWidget(self.filtered)
        column.addWidget(self.all)
        self.body.addWidget(scope)
        self.body.addWidget(self.says)
        self.save = self.set_primary(self.tr("Choose where to save…"), self._ask)

    def suffix(self) -> str:
        """The kind that is chosen."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def export(self, path: Path) -> None:
        """Write the file on a thread of its own, from a read-only connection of its own."""
        if path.suffix.lower() not in _KINDS:
            path = path.with_name(path.name + self.suffix())
        self.set_busy(True)
        desk, now = self.workplace.desk, self.workplace.clock.now()
        chosen = self._chosen if self.filtered.isChecked() else None

        def write() -> Exported:
            reader = desk.reader()
            try:
                return export_entries(
                    reader, path, chosen, now=now, progress=lambda count: desk.call_on_ui(self._progress, count)
                )
            finally:
                reader.close()

        run_aside(desk, write, done=self._done, failed=self.fail)

    def _ask(self) -> None:
        day = self.workplace.clock.now().local()
        name = f"{self.workplace.seat.incident_name or 'chronology'}_{day:%Y%m%d_%H%M}{self.suffix()}"
        plain = "".join("_" if letter in '\\/:*?"<>|' else letter for letter in name)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export the chronology"), plain, f"*{self.suffix()}")
        if chosen:
            self.export(Path(chosen))

    def _progress(self, count: int) -> None:
        self.says.setText(self.tr("Writing… {count} entries").format(count=f"{count:,}"))

    def _done(self, exported: Exported) -> None:
        self.set_busy(False)
        self.exported = exported
        says = self.tr("{count} entries were written: {path}").format(count=f"{exported.entries:,}", path=exported.path)
        self.says.setText(says)
        self.banner.show_done(says)
        self.set_close_only()


def export_dialog(
    workplace: Workplace, chosen: EntryFilter | None = None, parent: QWidget | None = None
) -> ExportDialog:
    """Open the dialog over the window."""
    dialog = ExportDialog(workplace, chosen, parent or QApplication.activeWindow())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
