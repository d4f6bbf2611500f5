"""What a correction changed in a wording, so that a person sees it at a glance.

Pure. Deleted parts are shown struck through, inserted ones underlined.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# Beyond this a comparison would stop the screen; both wordings are then shown whole.
MAX_COMPARED = 4_000
# Figures and words of one script stay together: 462人 → 402人 reads as one figure for another, not as 6 → 0.
_TOKENS = re.compile(r"[0-9０-９][0-9０-９,，.．:：]*|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヶー]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """A part of both wordings together."""

    what: Literal["same", "deleted", "inserted"]
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Both wordings as one row of pieces: what stayed, what went, what came."""
    if before == after:
        return [Piece("same", before)] if before else []
    if not before or not after or len(before) + len(after) > MAX_COMPARED:
        return [piece for piece in (Piece("deleted", before), Piece("inserted", after)) if piece.text]
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("deleted", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("inserted", "".join(new[c:d])))
    return _calmed(pieces, len(before), len(after))


def _calmed(pieces: list[Piece], before: int, after: int) -> list[Piece]:
    """Islands of one or two characters between changes only make a difference harder to read: drown them."""
    same = sum(len(piece.text) for piece in pieces if piece.what == "same")
    if same * 4 < min(before, after):
        old = "".join(p.text for p in pieces if p.what != "inserted")
        new = "".join(p.text for p in pieces if p.what != "deleted")
        return [Piece("deleted", old), Piece("inserted", new)]
    calm: list[Piece] = []
    gone, come = "", ""
    for index, piece in enumerate(pieces):
        inner = 0 < index < len(pieces) - 1
        if piece.what == "deleted":
            gone += piece.text
        elif piece.what == "inserted":
            come += piece.text
        elif inner and len(piece.text) <= 1 and (gone or come):
            gone, come = gone + piece.text, come + piece.text
        else:
            calm += [p for p in (Piece("deleted", gone), Piece("inserted", come)) if p.text]
            calm.append(piece)
            gone, come = "", ""
    return calm + [p for p in (Piece("deleted", gone), Piece("inserted", come)) if p.text]
