"""The chip that says which entry the line being typed replies to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from liaison_desk.ui import theme


class ReplyChip(QWidget):
    """Shows "七-012 への返信" and lets it be taken away.

    Attributes:
        removed: somebody clicked it away.
        height_changed: it came or went.
        entry_id: the entry that is replied to, "" when none is.
        no: its number.
    """

    removed = Signal()
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A hidden chip."""
        super().__init__(parent)
        self.entry_id = ""
        self.no = ""
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self._text, "chip")
        self._close = QToolButton(self)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setToolTip(self.tr("Not a reply (Esc)"))
        self._close.setAccessibleName(self.tr("Not a reply"))
        self._close.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(2))
        row.addWidget(self._text)
        row.addWidget(self._close)
        row.addStretch(1)
        theme.events().changed.connect(self._paint)
        self._paint()
        self.hide()

    def show_reply(self, entry_id: str, no: str) -> None:
        """Say which entry is replied to; "" for none."""
        self.entry_id, self.no = entry_id, no
        self._text.setText(self.tr("Reply to {no}").format(no=no))
        if self.isHidden() == bool(entry_id):
            self.setVisible(bool(entry_id))
            self.height_changed.emit()

    def text(self) -> str:
        """What it says, "" while it is hidden."""
        return self._text.text() if self.entry_id else ""

    def _paint(self) -> None:
        self._close.setIcon(theme.icon("close"))
        self._close.setIconSize(QSize(theme.px(16), theme.px(16)))
