"""Search by characters: bigrams in FTS5.

Japanese has no blanks, and FTS5's trigram tokenizer does not find words of two characters, so every text is
stored as the set of its single characters and pairs. `detail=none` keeps the index small; words of three and
more characters are candidates by their pairs and are then verified against the folded text.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from liaison_desk.domain.text import fold

# FTS5's ascii tokenizer treats every character above 127 as part of a word; ASCII signs are moved out of
# its sight into the private use area, so that "5-3" and "(株)" are searched like any other text.
_SIGNS = {code: 0xF000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
# Between the parts of one entry. A private character, because folding takes every kind of blank away.
SEPARATOR = "\uf8ff"


def folded(parts: Iterable[str]) -> str:
    """The text to search in: the folded parts, with `SEPARATOR` between. Words never match across parts."""
    return fold(SEPARATOR.join(filter(None, parts)))


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
        The MATCH expression ("" when nothing is asked) and the folded words of three or more characters.
    """
    words = [fold(word) for word in text.split()]
    terms: list[str] = []
    verify: list[str] = []
    for word in filter(None, words):
        plain = word.translate(_SIGNS)
        if len(plain) <= 2:
            terms.append(plain)
        else:
            verify.append(word)
            terms.extend(plain[i : i + 2] for i in range(len(plain) - 1))
    return " ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms)), verify
