"""The two lines of a row's wording, laid out once and drawn many times."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from liaison_desk.ui import theme
from liaison_desk.ui.chronology.hits import hits

_ELLIPSIS = "…"
# Nothing behind this is ever seen in two lines, however wide the screen.
_MOST_CHARACTERS = 260


class WordingLayout:
    """Bold subject and content in at most two lines; an ellipsis tells that there is more."""

    def __init__(
        self,
        subject: str,
        content: str,
        *,
        width: float,
        indent: float,
        line_height: float,
        words: tuple[str, ...] = (),
        struck: bool = False,
    ) -> None:
        """Lay out.

        Args:
            subject: one safe line, may be empty.
            content: one safe line.
            width: of both lines, in pixels.
            indent: room that the first line leaves for badges.
            line_height: from line to line, in pixels.
            words: searched words to mark.
            struck: the entry is cancelled.
        """
        content = _from_first_hit(subject, content, words, capacity=2 * width - indent)
        gap = "　" if subject and content else ""
        text = (subject + gap + content)[:_MOST_CHARACTERS]
        cut = len(subject) + len(gap) + len(content) > len(text)
        font = theme.font()
        self._layout = QTextLayout(text, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # A line of Arabic or a direction mark never turns the row around.
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(_formats(text, len(subject), words, struck))
        self._ellipsis: QPointF | None = None
        self.lines = 0
        self._lay(font, width, indent, line_height, cut)

    def _lay(self, font: QFont, width: float, indent: float, line_height: float, cut: bool) -> None:
        room = QFontMetricsF(font).horizontalAdvance(_ELLIPSIS)
        length = units(self._layout.text())
        self._layout.beginLayout()
        for number in range(2):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max((width - indent) if number == 0 else (width - room), 1.0))
            line.setPosition(QPointF(indent if number == 0 else 0.0, number * line_height))
            self.lines = number + 1
            behind = line.textStart() + line.textLength()
            if number == 1 and (behind < length or cut):
                self._ellipsis = QPointF(line.naturalTextWidth(), line_height + line.ascent())
        self._layout.endLayout()

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw with the painter's pen."""
        self._layout.draw(painter, at)
        if self._ellipsis is not None:
            painter.drawText(at + self._ellipsis, _ELLIPSIS)


def _from_first_hit(subject: str, content: str, words: tuple[str, ...], *, capacity: float) -> str:
    """The content, begun later when what was searched for would stand behind what is shown."""
    if not words or hits(subject, words):
        return content
    found = hits(content, words)
    # A full-width character is about as wide as the font is high; the last of the two lines is rarely full.
    shown = max(int(capacity / theme.font().pixelSize()) - len(subject) - 4, 8)
    if not found or found[0][0] + found[0][1] <= shown:
        return content
    return _ELLIPSIS + content[max(found[0][0] - shown // 3, 0) :]


def _formats(text: str, bold: int, words: tuple[str, ...], struck: bool) -> list[QTextLayout.FormatRange]:
    ranges: list[QTextLayout.FormatRange] = []
    if bold:
        heavy = QTextCharFormat()
        heavy.setFontWeight(QFont.Weight.Bold)
        ranges.append(_range(text, 0, bold, heavy))
    if struck:
        through = QTextCharFormat()
        through.setFontStrikeOut(True)
        ranges.append(_range(text, 0, len(text), through))
    found = hits(text, words)
    if found:
        marked = QTextCharFormat()
        marked.setBackground(QColor(theme.colour("match")))
        marked.setForeground(QColor(theme.colour("on_match")))
        ranges += [_range(text, start, length, marked) for start, length in found]
    return ranges


def _range(text: str, start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = units(text[:start])
    made.length = units(text[start : start + length])
    made.format = form
    return made


def units(text: str) -> int:
    """How many of Qt's characters a text has: one for most, two for 𠮷 and emoji."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
