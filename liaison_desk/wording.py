"""The sentences of every floor below the window: one table, Japanese and English side by side.

The window's own words go through Qt's translations; these are for problems, the command line and files.
Japanese is the default; `use("en")` is said once, by a composition root.
"""

from __future__ import annotations

from typing import Literal

from liaison_desk import wording_commands, wording_files, wording_options, wording_table

Language = Literal["ja", "en"]
_SENTENCES = wording_table.SENTENCES | wording_commands.SENTENCES | wording_options.SENTENCES | wording_files.SENTENCES
_chosen: list[Language] = ["ja"]


def use(language: Language) -> None:
    """Choose the language of all later sentences."""
    _chosen[0] = language


def language() -> Language:
    """The language in use."""
    return _chosen[0]


def text(key: str, **values: object) -> str:
    """The sentence named `key` with its values filled in."""
    japanese, english = _SENTENCES[key]
    return (japanese if _chosen[0] == "ja" else english).format(**values)


def has(key: str) -> bool:
    """Whether there is a sentence of this name."""
    return key in _SENTENCES
