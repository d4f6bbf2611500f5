"""Sentences that may need several lines, set so that they can be read."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from liaison_desk.ui import theme

# Qt sets wrapped Japanese solid, line on line; office papers set it at about one and a half.
_LINE_HEIGHT_PERCENT = 140


class Paragraph(QLabel):
    """A wrapped label with room between its lines. Its text is always plain, wherever it comes from."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "") -> None:
        """Begin with a text and one of the style sheet's roles."""
        super().__init__(parent)
        self._plain = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        if role:
            theme.set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a plain text; line ends are kept."""
        self._plain = text
        self.setAccessibleName(text)
        lines = "<br>".join(html.escape(text).split("\n"))
        super().setText(f'<p style="line-height:{_LINE_HEIGHT_PERCENT}%;margin:0">{lines}</p>' if text else "")

    def text(self) -> str:
        """The plain text."""
        return self._plain
