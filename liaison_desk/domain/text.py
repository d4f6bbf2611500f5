"""Text that people typed, pasted or imported: kept, or refused with a reason; folded for search.

Pure. Kept as typed except where SQLite, CBOR or a screen cannot hold it; nothing is cut silently.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

# One transaction is at most 4 MiB encoded; a megabyte of text fits with room for its history.
MAX_TEXT_BYTES = 2 * 1024 * 1024
# Characters that change how other characters are shown. Kept in the record, made visible on screen.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = re.compile(r"\s+")
# What no one sees or types: blanks of every kind, soft hyphens, zero-width signs and joiners, direction marks,
# variation selectors (葛󠄀 is 葛). Pasted texts are full of them; search must not be.
_UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    # The last ones are the search index's own (`store.search`); nobody's font has signs there.
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\U0010ff00-\U0010ff7f]+"
)
# C1 controls too: terminals obey U+009B as they obey ESC [. Halves of characters cannot be printed at all.
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    **{code: f"⟦{code:04X}⟧" for code in (*map(ord, BIDI), *range(0x80, 0xA0), *range(0x206A, 0x2070), 0xFEFF)},
    **dict.fromkeys((0x0D, 0x2028, 0x2029), "\n"),
    0x7F: "␡",
}
_HALVES = re.compile("[\ud800-\udfff]")


class TextFlaw(Enum):
    """Why a text cannot be kept as it came."""

    SURROGATE = "surrogate"
    NUL = "nul"
    TOO_LONG = "too_long"


def flaw_of(text: str) -> TextFlaw | None:
    """Why `text` cannot be recorded as it is; None when it can."""
    if "\0" in text:
        return TextFlaw.NUL
    try:
        size_bytes = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        return TextFlaw.SURROGATE
    return TextFlaw.TOO_LONG if size_bytes > MAX_TEXT_BYTES else None


def mend(text: str) -> str:
    r"""The nearest text that can be kept: NUL becomes ␀, a lone surrogate U+FFFD, line ends \n.

    Used where a person cannot be asked (files); what was replaced stays visible. Length is not changed here.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "␀").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, case folded, without white space and unseen characters.

    ６０枚 and 60枚, ﾃｲﾃﾞﾝ and テイデン, ㈱ and (株) are the same. Folding what is folded changes nothing.
    """
    if text.isascii():
        return _SPACES.sub("", text).casefold()
    plain = _without_case(unicodedata.normalize("NFKC", text))
    if not unicodedata.is_normalized("NFKC", plain):
        # A blank that went, or folding itself, left a letter beside its mark: か ゛ is が.
        before = ""
        while before != plain:
            before, plain = plain, unicodedata.normalize("NFKC", _without_case(plain))
    return plain


def _without_case(text: str) -> str:
    return _UNSEEN.sub("", text.casefold())


def visible(text: str) -> str:
    """The text as a screen may show it: controls and direction marks become signs that can be seen."""
    if text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    return _HALVES.sub("\ufffd", text.translate(_VISIBLE))


def one_line(text: str, limit: int = 400) -> str:
    """A safe first line for lists: visible, blanks folded, at most `limit` characters and then an ellipsis."""
    head = _SPACES.sub(" ", visible(text[: limit * 2])).strip()
    return head if len(head) <= limit and len(text) <= limit * 2 else head[:limit] + "…"
