"""The person's preferences as the window holds them: read once, changed at once, saved behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from liaison_desk.services.preferences import Preferences, save_preferences
from liaison_desk.ui.desk_thread import DeskThread


class Choices(QObject):
    """The preferences in force.

    Attributes:
        changed: they are others now; whoever cares looks at `current`.
    """

    changed = Signal()

    def __init__(self, current: Preferences | None = None) -> None:
        """Begin with what was read from the profile."""
        super().__init__()
        self.current = current or Preferences()

    def change(self, desk: DeskThread, **values: Any) -> None:
        """Choose otherwise; at once here, then in the profile."""
        chosen = replace(self.current, **values)
        if chosen != self.current:
            self.current = chosen
            self.changed.emit()
            desk.submit(lambda open_desk: save_preferences(open_desk, chosen), bulk=True)

    def remember_size(self, desk: DeskThread, name: str, value: str) -> None:
        """Remember where a splitter or the window stands."""
        chosen = self.current.with_size(name, value)
        if chosen != self.current:
            self.current = chosen
            desk.submit(lambda open_desk: save_preferences(open_desk, chosen), bulk=True)
