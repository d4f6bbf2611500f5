"""Line icons: own SVG files in resources/icons, drawn in any colour.

Each is 24 × 24, strokes of 1.75 in `currentColor`. Names are what is meant (warning, reply), not what is drawn.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from liaison_desk.errors import DeskBug
from liaison_desk.paths import resources

_SIZES = (16, 20, 24, 32, 48)


@cache
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon in a colour (#rrggbb), and in another where its widget is disabled."""
    made = QIcon()
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode()))
        for size in _SIZES:
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
    return sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


@cache
def _source(name: str) -> str:
    path = resources() / "icons" / f"{name}.svg"
    if not path.exists():
        raise DeskBug(f"there is no icon {name}")
    return path.read_text(encoding="utf-8")
