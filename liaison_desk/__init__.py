"""Liaison Desk: the offline-first chronology of a prefectural liaison.

The floors of the house, top to bottom: `app`/`cli`, `ui`, `services`, `store`, `domain`; beside them
the top-level package `sync`. Each floor imports only floors below it (checked by the tests).
"""

from __future__ import annotations

__version__ = "0.1.0"
