"""Import people, organisations or a phone book: look first, then take in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from liaison_desk.domain.people import CARD_FIELDS
from liaison_desk.services.importing.contacts import (
    ContactsPreview,
    ImportedContacts,
    import_contacts,
    preview_contacts,
)
from liaison_desk.ui import theme
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.importing.tables import ColumnTable, PlainTable, problem_cells
from liaison_desk.ui.people import field_names
from liaison_desk.ui.sheet import Sheet
from liaison_desk.ui.workplace import Workplace

_SHOWN = ("name", "kana", "organization", "section", "title", "phone", "mobile", "mail")


class ContactsDialog(Sheet):
    """One list of cards."""

    def __init__(self, workplace: Workplace, path: Path, parent: QWidget | None = None) -> None:
        """Look at the list at once."""
        super().__init__(workplace, "", parent=parent)
        explains = self.tr("Cards that are here already are brought up to date; empty cells erase nothing.")
        self.set_title(self.tr("Import into the book: {file}").format(file=path.name), explains)
        self.preview: ContactsPreview | None = None
        self.outcome: ImportedContacts | None = None
        self._path = path
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.rows = PlainTable([field_names.name_of(name) for name in _SHOWN], self)
        self.columns = ColumnTable([name for name in CARD_FIELDS if name != "card"], field_names.name_of, self)
        self.problems = PlainTable(
            (self.tr("Line"), self.tr("What becomes of it"), self.tr("Why"), self.tr("Text")), self
        )
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.rows, self.tr("First cards"))
        self.tabs.addTab(self.columns, self.tr("Columns"))
        self.tabs.addTab(self.problems, self.tr("To look at"))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.tabs, 1)
        self.take = self.set_primary(self.tr("Import"), self.start)
        self.take.setEnabled(False)
        self.columns.mapping_changed.connect(self._look)
        self.setMinimumSize(theme.px(820), theme.px(520))
        self._look({})

    def _look(self, mapping: Mapping[str, str]) -> None:
        self.take.setEnabled(False)
        self.set_busy(True)
        path = self._path
        run_aside(
            self.workplace.desk,
            lambda: preview_contacts(path, mapping=mapping),
            done=self._looked,
            failed=self._not_looked,
        )

    def _not_looked(self, error: Exception) -> None:
        self.fail(error)
        self.take.setEnabled(False)

    def _looked(self, preview: ContactsPreview) -> None:
        self.set_busy(False)
        self.preview = preview
        kind = field_names.kind_name(preview.card)
        parts = [self.tr("{kind}: {count} cards").format(kind=kind, count=len(preview.contacts))]
        if preview.refused:
            parts.append(self.tr("{count} lines cannot be imported").format(count=preview.refused))
        if preview.unknown:
            parts.append(self.tr("columns not understood: {names}").format(names="、".join(preview.unknown[:6])))
        self.summary.setText(" ・ ".join(parts))
        self.rows.show_rows([getattr(card, name) for name in _SHOWN] for card in preview.rows)
        labels = [*preview.columns, *preview.unknown]
        samples = {
            label: next((getattr(card, field) for card in preview.rows if getattr(card, field, "")), "")
            for label, field in preview.columns.items()
        }
        self.columns.show_columns(labels, preview.columns, samples)
        refused, mended = self.tr("not imported"), self.tr("imported, mended")
        self.problems.show_rows(problem_cells(one, refused, mended) for one in preview.problems)
        self.tabs.setTabText(2, self.tr("To look at") + f" ({preview.doubtful + preview.refused})")
        self.take.setEnabled(bool(preview.contacts))

    def start(self) -> None:
        """Take the cards in."""
        preview = self.preview
        if preview is None or not self.take.isEnabled():
            return
        self.set_busy(True)
        self.workplace.desk.submit(
            lambda desk: import_contacts(desk, preview), done=self._taken, failed=self.fail, bulk=True
        )

    def _taken(self, result: ImportedContacts) -> None:
        self.set_busy(False)
        self.outcome = result
        says = self.tr("{added} new cards, {updated} brought up to date, {same} unchanged.").format(
            added=result.added, updated=result.updated, same=result.already_there
        )
        self.summary.setText(says)
        self.banner.show_done(says)
        self.take.hide()
        self.set_close_only()
