"""Search by characters: bigrams in FTS5.

Japanese has no blanks, and FTS5's trigram tokenizer does not find words of two characters, so every text is
stored as the set of its single characters and pairs. `detail=none` keeps the index small; words of three and
more characters are candidates by their pairs and are then verified against the folded text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import add

from liaison_desk.domain.text import fold, mend

# FTS5's ascii tokenizer treats every character above 127 as part of a word; ASCII signs and controls are moved out
# of its sight to private characters that `fold` lets nobody else use, so that "5-3" and "(株)" are searched like any
# other text. Not those below U+F900: Word's bullets and offices' own characters (外字) live there.
_SIGNS = {code: 0x10FF00 + code for code in range(0x80) if not chr(code).isalnum()}
# Between the parts of one entry. A private character, because folding takes every kind of blank away.
SEPARATOR = "\U0010fffd"
# FTS5's parser and SQLite's expressions have depths; somebody will paste a whole mail into the search box.
_MAX_TERMS = 64
_MAX_CLAUSES = 20


def folded(parts: Iterable[str]) -> str:
    """The text to search in: the folded parts, with `SEPARATOR` between. Words never match across parts."""
    texts = [part.replace(SEPARATOR, "") if SEPARATOR in part else part for part in parts if part]
    return fold(SEPARATOR.join(texts))


def words_of(text: str) -> list[str]:
    """The folded words that are asked for, each once. Halves of characters, which no record holds, are replaced."""
    words = (fold(mend(word)).replace(SEPARATOR, "") for word in text.split())
    return list(dict.fromkeys(filter(None, words)))


def holds(column: str, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Conditions, with their values, that a folded column holds every word."""
    if len(words) <= _MAX_CLAUSES:
        return [f"instr({column}, ?) > 0"] * len(words), list(words)
    clause = f"NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr({column}, value) = 0)"
    return [clause], [json.dumps(words, ensure_ascii=False)]


def grams(folded_text: str) -> str:
    """The index terms of a folded text: its characters and pairs, parted by blanks."""
    text = folded_text.translate(_SIGNS)
    terms = set(text)
    terms.discard(SEPARATOR)
    for part in text.split(SEPARATOR):
        terms.update(map(add, part, part[1:]))
    return " ".join(terms)


def query(text: str) -> tuple[str, list[str]]:
    """What to ask FTS5, and which words then to verify by substring.

    Returns:
        The MATCH expression ("" when nothing is asked) and the folded words that it does not prove.
    """
    terms: dict[str, None] = {}
    verify: list[str] = []
    for word in words_of(text):
        plain = word.translate(_SIGNS)
        pairs = [plain] if len(plain) <= 2 else [plain[i : i + 2] for i in range(len(plain) - 1)]
        room = _MAX_TERMS - len(terms)
        if len(plain) > 2 or room < 1:
            verify.append(word)
        terms |= dict.fromkeys(pairs[: max(room, 0)])
    return " ".join('"' + term + '"' for term in terms), verify
