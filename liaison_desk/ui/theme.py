"""Colours with a meaning, fonts, sizes: the one place that knows how the desk looks.

Every widget asks here and nobody writes a colour, a font or a pixel count elsewhere. Sizes are given for 100 % on a
4/8 px grid and scaled by `px`. A widget that paints itself repaints on `events().changed`; one that sets margins by
`px` sets them again then, or is made after the scale was set (dialogs).

Roles that the style sheet knows, for `set_role(widget, role)`:
    QPushButton  "primary" (the one thing to do), "quiet" (no frame), "danger"
    QLabel       "title", "heading", "secondary", "small", "warning", "good", "danger", "chip"
    QWidget      "card" (raised, rounded), "surface" (white), "canvas" (the window's ground), "rail"
    QLineEdit & co. "bare" (no frame, for the entry bar), and the property wrong=True for a field that must be mended
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.paths import resources
from liaison_desk.ui import icons
from liaison_desk.ui.palettes import DARK, LIGHT

Mode = Literal["system", "light", "dark"]
SCALES = (100, 110, 125, 150, 175, 200)
FAMILIES = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP")
# BIZ UDPGothic has no tabular figures (its 1 is narrow, and no "tnum"); its sister of equal widths has.
TABULAR_FAMILIES = ("BIZ UDGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP")
MONO_FAMILIES = ("BIZ UDGothic", "MS Gothic", "Noto Sans Mono CJK JP", "DejaVu Sans Mono")

_BODY_PX = 15
_SIZES = {"body": 15, "strong": 15, "time": 15, "mono": 14, "small": 13, "heading": 16, "title": 22, "input": 16}
_BOLD = frozenset({"strong", "heading", "title"})


class _Events(QObject):
    """Tells that the look is another."""

    changed = Signal()


class _Look:
    """The look in force; there is one screen, so there is one look."""

    def __init__(self) -> None:
        self.mode: Mode = "system"
        self.percent = 100
        self.dark = False
        self.events = _Events()
        self.follows = False


_look = _Look()


def events() -> _Events:
    """Whose signal `changed` tells that colours or sizes are others."""
    return _look.events


def colour(name: str) -> QColor:
    """The colour of a meaning, as listed in `palettes`; a new object each time."""
    return QColor(palette()[name])


def palette() -> Mapping[str, str]:
    """All colours of the look in force, by meaning."""
    return DARK if _look.dark else LIGHT


def is_dark() -> bool:
    """Whether the dark look is in force."""
    return _look.dark


def px(size: float) -> int:
    """A length of the 100 % design, scaled; a line never vanishes."""
    scaled = round(size * _look.percent / 100)
    return scaled if scaled or not size else 1


def percent() -> int:
    """The scale in force, 100 to 200."""
    return _look.percent


def mode() -> Mode:
    """What was chosen: the system's, light or dark."""
    return _look.mode


def font(role: str = "body") -> QFont:
    """A font by its role: body, strong, time (tabular figures), mono, small, heading, title, input."""
    made = QFont(_font(role))
    made.setPixelSize(px(_SIZES[role]))
    return made


@cache
def _font(role: str) -> QFont:
    families = {"time": TABULAR_FAMILIES, "mono": MONO_FAMILIES}.get(role, FAMILIES)
    # Only what is there: Qt would answer for a missing first family with whatever it likes best.
    known = set(QFontDatabase.families())
    made = QFont([name for name in families if name in known] or [QFont().family()])
    made.setBold(role in _BOLD)
    if role == "time" and not has_tabular_figures(made):
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def has_tabular_figures(shown: QFont) -> bool:
    """Whether all figures are equally wide."""
    metrics = QFontMetricsF(shown)
    return len({round(metrics.horizontalAdvance(figure), 2) for figure in "0123456789"}) == 1


def icon(name: str, colour_name: str = "text_secondary") -> QIcon:
    """An icon of resources/icons in the colour of a meaning; greyed where disabled."""
    return icons.icon(name, palette()[colour_name], palette()["text_disabled"])


def beside_icon(words: str) -> str:
    """Words for a button that has an icon: the style leaves two pixels between them, the grid asks for eight."""
    return f"\u2002{words}"


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the style sheet's roles (see the head of this file)."""
    widget.setProperty("role", role)
    if role in ("card", "surface", "canvas", "rail"):
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(widget)


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Show that a field must be mended, or no longer."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        restyle(field)


def restyle(widget: QWidget) -> None:
    """Have the style sheet read again for a widget whose property changed."""
    # A widget that was never shown reads the sheet when it is; asking for its style would cost the start 10 ms.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def apply(app: QApplication, *, chosen: str = "system", scale: int = 100) -> None:
    """Put a look on the whole program; at once, also while it runs.

    Args:
        app: the program.
        chosen: "system", "light" or "dark".
        scale: percent, 100 to 200.
    """
    _look.mode = "light" if chosen == "light" else "dark" if chosen == "dark" else "system"
    _look.percent = min(200, max(100, scale))
    hints = QGuiApplication.styleHints()
    if not _look.follows:
        _look.follows = True
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
    # Also colours what the system draws: title bars and file dialogs.
    if chosen == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if chosen == "dark" else Qt.ColorScheme.Light)
    _look.dark = chosen == "dark" or (chosen == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _paint(app)


def _follow(app: QApplication) -> None:
    if _look.mode == "system" and _look.dark != (
        dark := QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    ):
        _look.dark = dark
        _paint(app)


def _paint(app: QApplication) -> None:
    app.setFont(font())
    app.setPalette(_qt_palette())
    app.setStyleSheet(style_sheet())
    _look.events.changed.emit()


def _qt_palette() -> QPalette:
    made = QPalette()
    for role, name in {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "canvas",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "danger",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.PlaceholderText: "text_secondary",
        QPalette.ColorRole.ToolTipBase: "tooltip",
        QPalette.ColorRole.ToolTipText: "on_tooltip",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line_strong",
        QPalette.ColorRole.Shadow: "line_strong",
    }.items():
        made.setColor(role, colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour("text_disabled"))
    return made


def style_sheet() -> str:
    """The style sheet: `@name` becomes a colour, `8u` eight scaled pixels, `@@/x.svg` a file of the look."""
    text = re.sub(r"(?<!@)@([a-z_]+)", lambda found: palette()[found[1]], _sheet())
    text = re.sub(r"(?<![\w.#])(\d+(?:\.\d+)?)u\b", lambda found: f"{px(float(found[1]))}px", text)
    # Last: the folder's own name may hold an @ or a length.
    return text.replace("@@", (resources() / "theme" / ("dark" if _look.dark else "light")).as_posix())


@cache
def _sheet() -> str:
    text = (resources() / "theme" / "desk.qss").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
