"""The two lines of a row's wording: bold subject, content, an ellipsis, the searched words marked."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from liaison_desk.ui import theme
from liaison_desk.ui.chronology.hits import hits
from liaison_desk.ui.chronology.picture import Face, Picture

_ELLIPSIS = "…"
# Nothing behind this is ever seen in two lines, however wide the screen.
_MOST_CHARACTERS = 260


class WordingFaces:
    """The fonts of a wording: plain and bold, each also struck through."""

    def __init__(self, plain: Face, bold: Face, struck: Face, bold_struck: Face) -> None:
        """Take the four."""
        self.plain, self.bold, self.struck, self.bold_struck = plain, bold, struck, bold_struck

    def of(self, *, bold: bool, struck: bool) -> Face:
        """The one that is meant."""
        if struck:
            return self.bold_struck if bold else self.struck
        return self.bold if bold else self.plain


def draw_wording(
    picture: Picture,
    subject: str,
    content: str,
    *,
    x: float,
    first: float,
    width: float,
    indent: float,
    line_height: float,
    faces: WordingFaces,
    ink: QColor,
    words: tuple[str, ...] = (),
    struck: bool = False,
) -> None:
    """Lay subject and content out in at most two lines.

    Args:
        picture: is drawn into.
        subject: one safe line, may be empty.
        content: one safe line.
        x: left edge.
        first: middle of the first line.
        width: of both lines, in pixels.
        indent: room that the first line leaves for badges.
        line_height: from line to line, in pixels.
        faces: the fonts.
        ink: the texts' colour.
        words: searched words to mark.
        struck: the entry is cancelled.
    """
    content = _from_first_hit(subject, content, words, capacity=2 * width - indent)
    gap = "　" if subject and content else ""
    text = (subject + gap + content)[:_MOST_CHARACTERS]
    cut = len(subject) + len(gap) + len(content) > len(text)
    layout = _layout(text, len(subject), faces)
    length = units(text)
    bold_until = units(subject)
    marks = [(units(text[:start]), units(text[: start + size])) for start, size in hits(text, words)]
    room = faces.plain.metrics.horizontalAdvance(_ELLIPSIS)
    whole = text.encode("utf-16-le", "surrogatepass")
    layout.beginLayout()
    for number in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max((width - indent) if number == 0 else (width - room), 1.0))
        left = x + (indent if number == 0 else 0.0)
        middle = first + number * line_height
        begin, end = line.textStart(), line.textStart() + line.textLength()
        for start, stop, bold, marked in _runs(begin, end, bold_until, marks):
            at = _left_of(line, start)
            shown = faces.of(bold=bold, struck=struck)
            if marked:
                rect = QRectF(left + at, middle - line_height * 0.45, _left_of(line, stop) - at, line_height * 0.9)
                picture.ground(rect, theme.colour("match"))
            part = whole[2 * start : 2 * stop].decode("utf-16-le", "replace")
            picture.text(left + at, middle, part, shown, theme.colour("on_match") if marked else ink)
        if number == 1 and (end < length or cut):
            picture.text(left + line.naturalTextWidth(), middle, _ELLIPSIS, faces.plain, ink)
    layout.endLayout()


def _left_of(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)
    return float(found[0])


def _runs(begin: int, end: int, bold_until: int, marks: list[tuple[int, int]]) -> list[tuple[int, int, bool, bool]]:
    """The line's parts of one look each: start, stop, bold, marked."""
    edges = {begin, end, *(edge for mark in marks for edge in mark), bold_until}
    inside = sorted(edge for edge in edges if begin <= edge <= end)
    return [
        (start, stop, start < bold_until, any(first <= start < last for first, last in marks))
        for start, stop in pairwise(inside)
        if stop > start
    ]


def _layout(text: str, bold: int, faces: WordingFaces) -> QTextLayout:
    layout = QTextLayout(text, faces.plain.font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    # A line of Arabic or a direction mark never turns the row around.
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    if bold:
        heavy = QTextCharFormat()
        heavy.setFontWeight(QFont.Weight.Bold)
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = 0, units(text[:bold]), heavy
        layout.setFormats([part])
    return layout


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


def units(text: str) -> int:
    """How many of Qt's characters a text has: one for most, two for 𠮷 and emoji."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
