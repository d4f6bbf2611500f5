"""What every widget is handed: where to write, where to read, what time it is, who sits here, what they like."""

from __future__ import annotations

from dataclasses import dataclass, field

from liaison_desk.domain.clock import Clock
from liaison_desk.services.desk import Seat
from liaison_desk.services.reading import Reader
from liaison_desk.ui.choices import Choices
from liaison_desk.ui.desk_thread import DeskThread


@dataclass(frozen=True, slots=True)
class Workplace:
    """The one object in every widget's constructor.

    Attributes:
        desk: runs use cases; its signals tell what changed.
        reader: the UI thread's own read-only connection.
        clock: the time; widgets ask it, tests own it.
        choices: the preferences, `choices.current.enter_records` for example.
    """

    desk: DeskThread
    reader: Reader
    clock: Clock
    choices: Choices = field(default_factory=Choices)

    @property
    def seat(self) -> Seat:
        """Who sits here now; `desk.changed` with the kind "incident" tells when it is another."""
        return self.desk.seat
