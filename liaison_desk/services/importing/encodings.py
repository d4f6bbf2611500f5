"""How a text file is encoded: by its mark, by what decodes without a fault, by what looks like our words."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from liaison_desk import wording
from liaison_desk.errors import DeskProblem

# What a person may choose; the names are Python's.
ENCODINGS = ("utf-8", "cp932", "utf-16", "utf-16-le", "utf-16-be", "euc_jp", "iso2022_jp")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK_BYTES = 1 << 20
# Bytes enough to tell one old encoding from another by the words in them.
_TASTE_BYTES = 1 << 16
_COMMON = re.compile(r"[ぁ-んァ-ヶー々、。一-龠0-9A-Za-z]")
_STRANGE = re.compile(r"[\ue000-\uf8ff\ufffd｡-ﾟ\x80-\x9f]")


class Encoding(NamedTuple):
    """Python's name of an encoding; `clean`: the whole file decodes; `certain`: nothing else fits as well."""

    name: str
    certain: bool
    clean: bool

    @property
    def errors(self) -> str:
        """How broken bytes are read: so that they are found again and shown, never lost."""
        return "replace" if self.name.startswith(("utf-16", "iso2022")) else "surrogateescape"


def chosen(name: str) -> Encoding:
    """The encoding that a person named.

    Raises:
        DeskProblem: there is no such text encoding.
    """
    try:
        found = codecs.lookup(name).name
        "a".encode(found).decode(found)
    except (LookupError, ValueError, UnicodeError, AttributeError, TypeError) as unknown:
        raise DeskProblem(
            wording.text("encoding_unknown", name=name),
            wording.text("encoding_unknown_do", known=", ".join(ENCODINGS)),
        ) from unknown
    return Encoding("utf-8-sig" if found == "utf-8" else found, certain=True, clean=True)


def guess(path: Path) -> Encoding:
    """Guess from the whole file, in chunks.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_TASTE_BYTES)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, certain=True, clean=_decodes(path, name))
    if b"\0" in start[:4096] and (wide := _utf16_without_mark(start[:4096])):
        return Encoding(wide, certain=_decodes(path, wide), clean=True)
    # ISO-2022-JP is pure ASCII with escapes, so it must be asked for before UTF-8.
    if b"\x1b$" in start and _decodes(path, "iso2022_jp"):
        return Encoding("iso2022_jp", certain=True, clean=True)
    if _decodes(path, "utf-8"):
        return Encoding("utf-8-sig", certain=True, clean=True)
    old = sorted(
        ((_strangeness(start, name), name) for name in ("cp932", "euc_jp") if _decodes(path, name)), key=lambda o: o[0]
    )
    if old:
        clear = len(old) == 1 or old[0][0] < old[1][0] / 2
        return Encoding(old[0][1], certain=clear and old[0][0] < 0.2, clean=True)
    broken = sorted((_strangeness(start, name), name) for name in ("utf-8", "cp932", "euc_jp"))
    name = "utf-8-sig" if broken[0][1] == "utf-8" else broken[0][1]
    return Encoding(name, certain=False, clean=False)


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _utf16_without_mark(start: bytes) -> str:
    # Line ends, digits and commas have a zero byte on the same side.
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < 8 or min(even, odd) * 8 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _strangeness(start: bytes, name: str) -> float:
    text = start.decode(name, "replace")
    strange, common = len(_STRANGE.findall(text)), len(_COMMON.findall(text))
    return strange / max(strange + common, 1)
