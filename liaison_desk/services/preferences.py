"""What a person likes on this PC: scale, look, keys, language, where the splitters stand. Never synced."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any

from liaison_desk.services.desk import Desk
from liaison_desk.store import desk_tables
from liaison_desk.store.connection import translated

_PREFIX = "preference."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """One profile's preferences.

    Attributes:
        scale: percent, 100 to 200.
        look: "system", "light" or "dark".
        enter_records: plain Enter records as well; Shift+Enter then breaks the line.
        language: "ja" or "en".
        sizes: widths of the splitters and the window's place, by name; what Qt gave, as text.
    """

    scale: int = 100
    look: str = "system"
    enter_records: bool = False
    language: str = "ja"
    sizes: tuple[tuple[str, str], ...] = ()

    def size(self, name: str) -> str:
        """What was remembered under a name; "" for nothing."""
        return dict(self.sizes).get(name, "")

    def with_size(self, name: str, value: str) -> Preferences:
        """With this remembered as well."""
        return replace(self, sizes=tuple(sorted({**dict(self.sizes), name: value}.items())))


def read_preferences(desk: Desk) -> Preferences:
    """What was chosen on this profile; anything unreadable counts as not chosen.

    Raises:
        DeskProblem: the disk or the file fails.
    """
    chosen: dict[str, Any] = {}
    with translated():
        for field in fields(Preferences):
            text = desk_tables.setting(desk.database.writer, _PREFIX + field.name)
            value = _read(field.name, text) if text else None
            if value is not None:
                chosen[field.name] = value
    return Preferences(**chosen)


def save_preferences(desk: Desk, preferences: Preferences) -> None:
    """Remember what was chosen.

    Raises:
        DeskProblem: the disk refused.
    """
    values = {
        _PREFIX + field.name: json.dumps(getattr(preferences, field.name), ensure_ascii=False)
        for field in fields(Preferences)
    }
    with translated():
        desk_tables.save_settings(desk.database.writer, values)


def _read(name: str, text: str) -> Any:
    """The value of one preference, or None where the text is not one (a newer desk's, or edited by hand)."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    if name == "sizes":
        pairs = value if isinstance(value, list) else []
        return tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2)
    default = getattr(Preferences(), name)
    if type(value) is not type(default):
        return None
    allowed = {"look": ("system", "light", "dark"), "language": ("ja", "en")}.get(name)
    if (allowed and value not in allowed) or (name == "scale" and not 100 <= value <= 200):
        return None
    return value
