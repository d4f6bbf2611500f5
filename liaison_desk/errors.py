"""Two roots: the world's faults, which a person can mend, and ours, which they can report.

    DeskProblem   says one sentence and the next step; shown in a banner or on stderr, without a traceback
    DeskBug       a promise of our own code is broken; logged, shown as a report that can be saved

`sync` raises its own (`sync.errors`); services translate. Only `ui/messages.py` and `cli.py` show.
"""

from __future__ import annotations


class DeskProblem(Exception):
    """The world's fault.

    Attributes:
        says: one sentence for the user, in the desk's language.
        do: the next step.
    """

    def __init__(self, says: str, do: str = "") -> None:
        """Keep the sentence and the next step."""
        super().__init__(f"{says} {do}".strip())
        self.says = says
        self.do = do


class DeskBug(Exception):
    """Our fault: something that cannot happen has happened."""
