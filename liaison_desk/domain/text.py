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
_CONTROL = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
_VISIBLE = _CONTROL | {ord(c): f"⟦{ord(c):04X}⟧" for c in BIDI} | {0xFEFF: "⟦FEFF⟧", 0x2028: "\n", 0x2029: "\n"}


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
    """The nearest text that can be kept: NUL becomes ␀, a lone surrogate U+FFFD, line ends \\n.

    Used where a person cannot be asked (files); what was replaced stays visible. Length is not changed here.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "␀").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, case folded, without white space.

    ６０枚 and 60枚, ﾃｲﾃﾞﾝ and テイデン, ㈱ and (株) are the same.
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())


def visible(text: str) -> str:
    """The text as a screen may show it: controls and direction marks become signs that can be seen."""
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def one_line(text: str, limit: int = 400) -> str:
    """A safe first line for lists: visible, blanks folded, at most `limit` characters and then an ellipsis."""
    head = _SPACES.sub(" ", visible(text[: limit * 2])).strip()
    return head if len(head) <= limit and len(text) <= limit * 2 else head[:limit] + "…"
