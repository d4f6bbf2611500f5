"""Line icons: own SVG files in resources/icons, drawn in any colour.

Each is 24 × 24, strokes of 1.75 in `currentColor`. Names are what is meant (warning, reply), not what is drawn.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from liaison_desk.errors import DeskBug
from liaison_desk.paths import resources

# Drawn when an icon is first asked for, a few dozen at the start: each size costs a third of a millisecond.
_SIZES = (16, 20, 24, 48)
_SIZES_DISABLED = (20,)


@cache
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon in a colour (#rrggbb), and in another where its widget is disabled."""
    made = QIcon()
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    looks = ((QIcon.Mode.Normal, colour, _SIZES), (QIcon.Mode.Disabled, disabled, _SIZES_DISABLED))
    for mode, ink, sizes in looks:
        renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode()))
        for size in sizes:
            pixmap = QPixmap(round(size * ratio), round(size * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in _folder().glob("*.svg"))


@cache
def _source(name: str) -> str:
    try:
        return (_folder() / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise DeskBug(f"there is no icon {name}") from missing


@cache
def _folder() -> Path:
    return resources() / "icons"
