"""The window's head: which incident, where, the search, who records."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.workplace import Workplace


class Header(QWidget):
    """事案名 ▾ ─ 派遣先 ─ 検索 ─ 記録者 ▾.

    Attributes:
        operator_requested: the shift changes.
        card_requested: the incident's card.
    """

    operator_requested = Signal()
    card_requested = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the head."""
        super().__init__(parent)
        self._workplace = workplace
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.incident = QToolButton(self)
        self.incident.setObjectName("incident")
        self.incident.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.incident.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.incident.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.menu = QMenu(self.incident)
        # The button is turned round so that its arrow follows the name; its menu is not.
        self.menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.incident.setMenu(self.menu)
        self.host = QToolButton(self)
        self.host.setObjectName("headerButton")
        self.host.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.host.setToolTip(self.tr("Where you are sent"))
        self.host.clicked.connect(self.card_requested)
        self.operator = QToolButton(self)
        self.operator.setObjectName("headerButton")
        self.operator.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.operator.setToolTip(self.tr("Who records; change at the end of the shift"))
        self.operator.clicked.connect(self.operator_requested)
        self.filter = QToolButton(self)
        self.filter.setCheckable(True)
        self.filter.setToolTip(self.tr("Filter by kind, period, place, person"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("Files, settings, help"))
        self.more.setAccessibleName(self.tr("Files, settings, help"))
        self.more_menu = QMenu(self.more)
        self.more.setMenu(self.more_menu)
        self._mark = QLabel(self)
        theme.set_role(self._mark, "chip")
        self._mark.setToolTip(self.tr("This PC's mark"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.incident)
        self._row.addWidget(self.host)
        self._row.addStretch(1)
        self._row.addStretch(1)
        self._row.addWidget(self._mark)
        self._row.addWidget(self.operator)
        self._row.addWidget(self.more)
        workplace.desk.changed.connect(self._on_changed)
        theme.events().changed.connect(self._paint)
        self.show_seat()
        self._paint()

    def set_search(self, search: QWidget) -> None:
        """Put the search where the eye looks for it, the filter's switch beside it."""
        self._row.insertWidget(3, search, 4)
        self._row.insertWidget(4, self.filter)

    def add_action(self, menu: QMenu, icon: str, action: QAction) -> QAction:
        """Put an action with an icon into one of the two menus."""
        action.setIcon(theme.icon(icon))
        menu.addAction(action)
        return action

    def show_seat(self) -> None:
        """Show who sits here now, at which incident."""
        seat = self._workplace.seat
        self.incident.setText(_short(seat.incident_name, 24) or self.tr("Liaison Desk"))
        self.incident.setToolTip(one_line(seat.incident_name))
        self.host.setText(f" {_short(seat.host_org, 16)}")
        self.host.setVisible(bool(seat.host_org))
        self.operator.setText(" " + (_short(seat.operator, 16) or self.tr("Recorder")))
        self._mark.setText(one_line(seat.mark))
        self._mark.setVisible(bool(seat.mark))

    def _on_changed(self, changed: Changed) -> None:
        if "incident" in changed.kinds:
            self.show_seat()

    def _paint(self) -> None:
        self._row.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        self._row.setSpacing(theme.px(8))
        size = QSize(theme.px(18), theme.px(18))
        for button, icon in (
            (self.incident, "chevron-down"),
            (self.host, "place"),
            (self.operator, "person"),
            (self.filter, "filter"),
            (self.more, "more"),
        ):
            button.setIcon(theme.icon(icon))
            button.setIconSize(size)


def _short(text: str, limit: int) -> str:
    """At most so many wide characters; two narrow ones count as one."""
    line, width = one_line(text, 200), 0.0
    for place, character in enumerate(line):
        width += 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        if width > limit:
            return line[: max(1, place - 1)] + "…"
    return line
