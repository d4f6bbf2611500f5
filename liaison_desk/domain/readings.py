"""Matching by sound: what a person types in kana finds what is written in kana, in either script.

Pure. `sound` folds like `text.fold` (NFKC, case, blanks) and turns katakana into hiragana.
"""

from __future__ import annotations

from liaison_desk.domain.text import fold

# Katakana ァ to ヶ lie 0x60 above their hiragana; ー and ・ stay as they are.
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def sound(text: str) -> str:
    """The form in which spellings are compared: テイデン, ﾃｲﾃﾞﾝ and ていでん are the same."""
    return fold(text).translate(_TO_HIRAGANA)
