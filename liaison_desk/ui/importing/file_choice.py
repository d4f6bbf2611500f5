"""Choosing a file to take in: by dialog, or dropped onto the room for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json")


class FileChoice(QWidget):
    """One line: the file, and a button; takes drops.

    Attributes:
        chosen: the `Path`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No file yet."""
        super().__init__(parent)
        self.path: Path | None = None
        self.setObjectName("fileChoice")
        theme.set_role(self, "card")
        self.setAcceptDrops(True)
        self._icon = QLabel(self)
        self._icon.setPixmap(theme.icon("file").pixmap(theme.px(24), theme.px(24)))
        self._says = QLabel(self.tr("Drop a CSV, xlsx or JSON Lines file here, or choose one."), self)
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self.tr("Choose a file…"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(10), theme.px(10))
        row.setSpacing(theme.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._says, 1)
        row.addWidget(self.button)

    def show_path(self, path: Path) -> None:
        """Say which file it is."""
        self.path = path
        self._says.setText(one_line(path.name, 80))
        self._says.setToolTip(str(path))
        self.button.setText(self.tr("Another file…"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of a kind that we read."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use the file."""
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _ask(self) -> None:
        kinds = self.tr("Chronologies") + " (" + " ".join(f"*{suffix}" for suffix in SUFFIXES) + ")"
        start = str(self.path.parent) if self.path else ""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a chronology"), start, kinds)
        if name:
            self.chosen.emit(Path(name))


def _dropped(data: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES else None
