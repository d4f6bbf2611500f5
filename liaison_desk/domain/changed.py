"""What a use case changed: the one thing that every view listens to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["here", "elsewhere", "rebuilt"]


@dataclass(frozen=True, slots=True)
class Changed:
    """Ids whose projections are new. Views re-read those ids only.

    Attributes:
        kinds: nouns of what changed: "entry", "contact", "delivery", "incident", "draft".
        ids: the ids that changed; empty together with `everything`.
        origin: typed on this PC, arrived from another one, or all made again.
        everything: too much to name; read all again.
    """

    kinds: frozenset[str]
    ids: frozenset[str] = frozenset()
    origin: Origin = "here"
    everything: bool = False

    def joined(self, other: Changed) -> Changed:
        """Both changes as one."""
        return Changed(
            self.kinds | other.kinds,
            self.ids | other.ids,
            self.origin if self.origin == other.origin else "elsewhere",
            self.everything or other.everything,
        )
