"""Where the searched words stand in a text as it was typed.

Pure. Search compares folded texts (NFKC, case, no blanks); what is coloured on screen are the original characters,
so that 60枚 finds ６０枚 and ﾃﾞﾝﾁ finds デンチ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from liaison_desk.domain.text import fold

# Half-width voiced sound marks join the letter before them under NFKC though they are letters themselves.
_JOINING = "\uff9e\uff9f"
# Nobody reads further hits in one wording, and a text of a megabyte must not stop the screen.
MAX_SEARCHED = 20_000


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of what was typed into the search box."""
    return tuple(dict.fromkeys(filter(None, (fold(word) for word in text.split()))))


def hits(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Start and length of every place where a word occurs, ascending, merged where they overlap.

    Args:
        text: as it is shown.
        words: from `words_of`.
    """
    if not words or not text:
        return []
    text = text[:MAX_SEARCHED]
    if not any(word in fold(text) for word in words):
        return []
    plain, starts, ends = _plainly_folded(text) or _folded(text)
    spans: list[tuple[int, int]] = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            spans.append((starts[at], ends[at + len(word) - 1]))
            at = plain.find(word, at + 1)
    return _merged(spans)


def _plainly_folded(text: str) -> tuple[str, list[int], list[int]] | None:
    """As `_folded`, for a text whose characters fold one by one: most texts, and ten times as fast."""
    plain = text.casefold()
    if len(plain) != len(text) or not unicodedata.is_normalized("NFKC", text):
        return None
    starts = [at for at, character in enumerate(text) if not character.isspace()]
    return "".join(plain[at] for at in starts), starts, [at + 1 for at in starts]


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and where the cluster of each of its characters begins and ends in `text`."""
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, cluster in _clusters(text):
        folded = fold(cluster)
        plain.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([start + len(cluster)] * len(folded))
    return "".join(plain), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start, joins = 0, _joins(text)
    for at in range(1, len(text) + 1):
        if at < len(text) and joins[at]:
            continue
        yield start, text[start:at]
        start = at


def _joins(text: str) -> list[bool]:
    """For each character, whether folding joins it to the letter before it: ﾃ ﾞ is デ, also across blanks."""
    joins = [False] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        one = text[at]
        if one.isspace():
            joins[at] = joins[at + 1]
        else:
            joins[at] = one in _JOINING or (not one.isascii() and unicodedata.combining(one) > 0)
    return joins


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return [(start, end - start) for start, end in merged if end > start]
