"""What the journal asks of whoever keeps tables equal with its log."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from sync.transaction import Transaction


class Projection(Protocol):
    """What the desk makes of the operations; called inside the journal's write transaction.

    Anything it raises rolls everything back. The cells are already merged when it is called, so it may
    read them through ``sync.cells.Values(connection)``.
    """

    def apply(self, connection: sqlite3.Connection, transactions: Sequence[Transaction], own: bool) -> None:
        """Take over transactions in causal order; ``own``: written by this profile."""
        ...  # pragma: no cover

    def reset(self, connection: sqlite3.Connection) -> None:
        """Empty every projected table."""
        ...  # pragma: no cover
