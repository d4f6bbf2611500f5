"""Choosing the shared folder: a path, a chooser, and at once what the folder is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from liaison_desk.services.folder_look import FolderKind, FolderLook, look_at_folder
from liaison_desk.ui import theme
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.workplace import Workplace

_PAUSE_MS = 400


class FolderField(QWidget):
    """A folder, and what it is.

    Attributes:
        looked: what was found at the path that stands in the field (a `FolderLook`), or None while unknown.
    """

    looked = Signal(object)

    def __init__(self, workplace: Workplace, incident_id: str = "", parent: QWidget | None = None) -> None:
        """An empty field; `incident_id` is whose share it may be already."""
        super().__init__(parent)
        self._workplace = workplace
        self._incident_id = incident_id
        self._asked = ""
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("Example: N:\\disaster\\share — leave empty to decide later"))
        self.line.setClearButtonEnabled(True)
        choose = QPushButton(theme.icon("folder"), theme.beside_icon(self.tr("Choose…")), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self._icon = QLabel(self)
        self._says = Paragraph("", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.line.textChanged.connect(self._typed)
        first = QHBoxLayout()
        first.setSpacing(theme.px(8))
        first.addWidget(self.line, 1)
        first.addWidget(choose)
        second = QHBoxLayout()
        second.setSpacing(theme.px(6))
        second.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self._says, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(first)
        column.addLayout(second)
        self.setFocusProxy(self.line)
        self._show(None)

    def path(self) -> Path | None:
        """The folder, None for none."""
        text = self.line.text().strip().strip('"')
        return Path(text) if text else None

    def look(self) -> None:
        """Look at the folder now."""
        path = self.path()
        self._asked = str(path or "")
        if path is None:
            self._show(None)
            return
        self._tell("loading", "text_secondary", self.tr("Looking at the folder…"), "secondary")
        asked = self._asked
        run_aside(
            self._workplace.desk,
            lambda: look_at_folder(path, self._incident_id),
            done=lambda look: self._show(look) if asked == self._asked else None,
        )

    def check(self, usable: Callable[[], None], refused: Callable[[], None]) -> None:
        """Look once more before the folder is used: a drive that hangs must hang here, not on the desk thread.

        Args:
            usable: called when there is no folder, or one that can be used.
            refused: called when it cannot; the field says why.
        """
        path = self.path()
        if path is None:
            usable()
            return

        def looked(look: FolderLook) -> None:
            if not shiboken6.isValid(self):
                return  # cancelled meanwhile: nothing is begun behind a closed dialog
            self._show(look)
            (usable if look.usable else refused)()

        run_aside(self._workplace.desk, lambda: look_at_folder(path, self._incident_id), done=looked)

    def _typed(self) -> None:
        self._asked = ""
        self.looked.emit(None)
        self._pause.start()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the shared folder"), self.line.text())
        if chosen:
            self.line.setText(str(Path(chosen)))
            self.look()

    def _show(self, look: FolderLook | None) -> None:
        if not shiboken6.isValid(self):
            # The dialog was closed while a slow folder was looked at.
            return
        theme.mark_wrong(self.line, look is not None and not look.usable)
        if look is None:
            says = self.tr("Without a shared folder the records stay on this PC. It can be chosen later.")
            self._tell("", "text_secondary", says, "secondary")
        elif not look.usable:
            self._tell("warning", "danger", self._refusal(look), "danger")
        elif look.kind is FolderKind.THIS_INCIDENT:
            self._tell("check", "good", self.tr("This is the incident's shared folder."), "good")
        elif look.kind is FolderKind.OTHER_FILES:
            says = self.tr("Can be used, but holds other files. A new, empty folder is easier to keep in order.")
            self._tell("info", "warning", says, "warning")
        elif not look.network:
            says = self.tr("Can be used. It is on this PC: make sure that the other PCs can open it.")
            self._tell("info", "warning", says, "warning")
        else:
            self._tell("check", "good", self.tr("Can be used: it answers, and this PC may write there."), "good")
        self.looked.emit(look)

    def _refusal(self, look: FolderLook) -> str:
        words = {
            FolderKind.OTHER_INCIDENT: self.tr("This folder belongs to another incident. Choose another folder."),
            FolderKind.MISSING: self.tr("There is no such folder. Check the path, or whether the drive is connected."),
            FolderKind.NO_RIGHT: self.tr("This PC may not write there. Ask for the right, or choose another folder."),
            FolderKind.FULL: self.tr("The drive is full. Choose another folder, or make room."),
            FolderKind.NO_ANSWER: self.tr("The folder does not answer. Check the connection, then try again."),
        }
        return words[look.kind] + (f" ({look.detail})" if look.kind is FolderKind.NO_ANSWER and look.detail else "")

    def _tell(self, icon: str, colour: str, says: str, role: str) -> None:
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.setPixmap(theme.icon(icon, colour).pixmap(theme.px(16), theme.px(16)))
        self._says.setText(says)
        theme.set_role(self._says, role)
