"""What is drawn of a row, laid out once and drawn many times: texts, icons, grounds, lines.

Qt lays a text out each time it is drawn by `drawText`; a `QStaticText` keeps its glyphs, but to make one costs more
than to draw once. Rows that fly by are drawn once, rows that stay are drawn often: so the first drawing is by
`drawText`, and what is drawn again keeps its glyphs.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap, QStaticText, QTextOption

from liaison_desk.ui import theme


class Face(NamedTuple):
    """A font with its measures.

    Attributes:
        middle: from the top of a text to the middle of its capitals.
        half_capital: from the middle of its capitals to the base line.
        widest: no character is wider than this.
    """

    font: QFont
    metrics: QFontMetricsF
    middle: float
    half_capital: float
    widest: float


def face(role: str, *, bold: bool = False, struck: bool = False) -> Face:
    """A font of the theme with its measures."""
    font = theme.font(role)
    if bold:
        font.setBold(True)
    font.setStrikeOut(struck)
    metrics = QFontMetricsF(font)
    half = metrics.capHeight() / 2
    # Japanese fonts draw on a square; Latin letters that are wider than it do not exist in the ones we choose.
    return Face(font, metrics, metrics.ascent() - half, half, font.pixelSize() * 1.1)


def static_text(text: str, font: QFont) -> QStaticText:
    """A text as it is, never as markup, from left to right, its glyphs made ready."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    made.setTextOption(option)
    made.setPerformanceHint(QStaticText.PerformanceHint.ModerateCaching)
    made.prepare(font=font)
    return made


class Picture:
    """Texts, icons and grounds at places relative to a corner; drawn grounds first."""

    __slots__ = ("_drawn", "_grounds", "_icons", "_static", "_texts")

    def __init__(self) -> None:
        """Nothing yet."""
        self._drawn = False
        self._texts: list[tuple[float, float, str, Face, QColor]] = []
        self._grounds: list[tuple[QRectF, QColor]] = []
        self._icons: list[tuple[float, float, QPixmap]] = []
        self._static: list[tuple[float, float, QStaticText, QFont, QColor]] = []

    def ground(self, rect: QRectF, ink: QColor) -> None:
        """A rounded ground."""
        self._grounds.append((rect, ink))

    def icon(self, x: float, y: float, pixmap: QPixmap) -> None:
        """An icon by its upper left corner."""
        self._icons.append((x, y, pixmap))

    def text(self, x: float, middle: float, text: str, shown: Face, ink: QColor) -> None:
        """A text by its left edge and the middle of its capitals."""
        if text:
            self._texts.append((x, middle, text, shown, ink))

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw everything with the corner at a place."""
        if self._grounds:
            radius = theme.px(4)
            painter.setPen(Qt.PenStyle.NoPen)
            for rect, ink in self._grounds:
                painter.setBrush(ink)
                painter.drawRoundedRect(rect.translated(x, y), radius, radius)
        for left, top, pixmap in self._icons:
            # On whole pixels, or the strokes blur.
            painter.drawPixmap(QPointF(round(x + left), round(y + top)), pixmap)
        if not self._drawn:
            self._drawn = True
            for left, middle, text, shown, ink in self._texts:
                painter.setFont(shown.font)
                painter.setPen(ink)
                painter.drawText(QPointF(x + left, y + middle + shown.half_capital), text)
            return
        if not self._static:
            self._static = [
                (left, middle - shown.middle, static_text(text, shown.font), shown.font, ink)
                for left, middle, text, shown, ink in self._texts
            ]
        for left, top, glyphs, font, ink in self._static:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawStaticText(QPointF(x + left, y + top), glyphs)
