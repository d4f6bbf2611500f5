"""Badges side by side as a widget: the same signs as in the list, read aloud as words."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.chronology.badges import Badge, BadgePainter
from liaison_desk.ui.chronology.picture import Picture


class BadgeStrip(QWidget):
    """Shows badges, in a second line when the first is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show none."""
        super().__init__(parent)
        self._badges: list[Badge] = []
        self._painter = BadgePainter()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.events().changed.connect(self._take_look)

    def show_badges(self, badges: list[Badge]) -> None:
        """Show these."""
        self._badges = list(badges)
        self.setAccessibleName(", ".join(badge.text for badge in badges))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As many lines as the present width asks for."""
        return QSize(theme.px(80), self._lay(None))

    def minimumSizeHint(self) -> QSize:
        """One badge."""
        return QSize(theme.px(60), round(self._painter.height))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines' height."""
        return self._lay(None, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badges."""
        picture = Picture()
        self._lay(picture)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture.draw(painter, 0, 0)

    def _lay(self, picture: Picture | None, width: int = 0) -> int:
        room = width or self.width()
        height, gap = round(self._painter.height), theme.px(4)
        x, y = 0.0, 0
        for badge in self._badges:
            wide = self._painter.width(badge)
            if x and x + wide > room:
                x, y = 0.0, y + height + gap
            if picture is not None:
                self._painter.draw(picture, x, y + height / 2, badge)
            x += wide + gap
        return y + height

    def _take_look(self) -> None:
        self._painter = BadgePainter()
        self.updateGeometry()
        self.update()
