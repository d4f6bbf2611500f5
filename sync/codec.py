"""Canonical CBOR, strictly: one value has one encoding, and nothing else decodes.

Pure. Whatever a hostile file holds, the answer is a value within the bounds or ``Corrupt``.
Laws: tests/properties/test_sync_codec.py.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NoReturn

import cbor2

from sync.errors import Corrupt, Refused

_TYPES: Final = "values are None, bool, int, float, str, bytes, list and dict with str keys"

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 16
INT_MIN: Final = -(1 << 63)
INT_MAX: Final = (1 << 63) - 1


def _no_tags(_value: object, _immutable: bool) -> NoReturn:
    message = "tags are not part of the format"
    raise ValueError(message)


# Every tag that cbor2 would turn into an object by itself: shared references make cycles, string
# references multiply sizes, the others make types that our values do not have.
_TAGS: Final = dict.fromkeys(
    (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799), _no_tags
)


def dumps(value: object) -> bytes:
    """Encode a checked value; equal values give equal bytes."""
    return cbor2.dumps(value, canonical=True)


def loads(data: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """Decode bytes that must be the canonical encoding of one value.

    Args:
        data: The bytes, exactly one item.
        max_bytes: Longer input is refused unread.

    Raises:
        Corrupt: Not canonical CBOR, beyond the bounds, or more than one item.
    """
    value = loads_loose(data, max_bytes=max_bytes)
    if dumps(value) != data:
        raise Corrupt("not the canonical encoding")
    return value


def loads_loose(data: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """Decode within the bounds; the caller proves the canonical form by encoding again.

    Raises:
        Corrupt: Not CBOR or beyond the bounds.
    """
    if len(data) > max_bytes:
        raise Corrupt(f"{len(data)} bytes, at most {max_bytes} are allowed")
    try:
        return cbor2.loads(
            data,
            tag_hook=_no_tags,
            semantic_decoders=_TAGS,
            max_depth=MAX_DEPTH + 8,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError) as error:
        raise Corrupt(f"not CBOR: {error}") from error


def check_text(text: str, what: str, max_bytes: int) -> None:
    """Refuse text that cannot be kept unaltered.

    Raises:
        Refused: ``reason`` is ``text`` for a lone surrogate, ``size`` when it is too long.
    """
    if text.isascii():
        size = len(text)
    else:
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            raise Refused(f"{what} holds half a character at {error.start}", reason="text") from error
    if size > max_bytes:
        raise Refused(f"{what} is {size} bytes long, at most {max_bytes} are kept", reason="size")


def check_value(value: Any, depth: int = 0) -> None:
    """Refuse a value that the format cannot carry.

    Raises:
        Refused: Half characters, numbers out of range, too deep or too long.
        TypeError: Not one of the format's types; that is the caller's mistake.
    """
    kind = type(value)
    if kind is str:
        check_text(value, "a text", MAX_BYTES)
    elif value is None or kind is bool:
        return
    elif kind is int:
        if not INT_MIN <= value <= INT_MAX:
            raise Refused(f"{value} does not fit in 64 bits", reason="number")
    elif kind is float:
        if value != value or value in (float("inf"), float("-inf")):
            raise Refused(f"{value} is not a number that can be kept", reason="number")
    elif kind is bytes:
        if len(value) > MAX_BYTES:
            raise Refused("the bytes are too long", reason="size")
    elif kind is list or kind is dict:
        if depth >= MAX_DEPTH:
            raise Refused(f"nested deeper than {MAX_DEPTH}", reason="depth")
        _check_children(value, depth)
    else:
        message = f"{kind.__name__} cannot be kept; {_TYPES}"
        raise TypeError(message)


@lru_cache(maxsize=1024)
def _check_key(key: str) -> None:
    # The names of fields come again with every record; a refusal is not remembered.
    check_text(key, "a key", 1024)


def _check_children(value: Any, depth: int) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            if type(key) is not str:
                message = f"a key is {type(key).__name__}; {_TYPES}"
                raise TypeError(message)
            _check_key(key)
            # A record is mostly texts: they are checked here, without another call for each.
            if type(child) is str:
                check_text(child, "a text", MAX_BYTES)
            else:
                check_value(child, depth + 1)
    else:
        for child in value:
            check_value(child, depth + 1)
