"""The two small papers that lie at a place beside the segments: device cards and acknowledgements. Pure.

A card's name carries its content's hash. An acknowledgement's name only counts, so its content
carries the hash itself: ``blake3(body) || body``.
Laws: tests/properties/test_sync_papers.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from blake3 import blake3

from sync import codec, names
from sync.errors import Corrupt, Refused, TooNew
from sync.operation import Value

VERSION: Final = 1
MAX_CARD: Final = 64 * 1024
MAX_ACK: Final = 4 * 1024 * 1024
MAX_TORN: Final = 100


def card(device: str, number: int, content: Mapping[str, Value]) -> tuple[names.Numbered, bytes]:
    """A device card: what a device says of itself (its mark, its PC, its version).

    Raises:
        Refused: The content cannot be kept unaltered.
    """
    codec.check_value(dict(content))
    data = codec.dumps({"v": VERSION, "dev": bytes.fromhex(device), "n": number, "card": dict(content)})
    return names.Numbered(device, number, blake3(data).hexdigest()[:16]), data


def read_card(name: names.Numbered, data: bytes) -> dict[str, Value]:
    """The content of a card that was found under a name.

    Raises:
        Corrupt: Not the card of that name.
        TooNew: A newer kind of card.
    """
    if blake3(data).hexdigest()[:16] != name.h16:
        raise Corrupt(f"{len(data)} bytes that are not those of the name")
    return card_content(data, name.device, name.number)


def card_content(data: bytes, device: str, number: int) -> dict[str, Value]:
    """The content of a card whose bytes are trusted."""
    found = codec.loads(data, max_bytes=MAX_CARD)
    if type(found) is not dict:
        raise Corrupt("a card is not a map")
    version = found.get("v")
    if type(version) is int and version > VERSION:
        raise TooNew(f"a card of version {version}", found=str(version), known=str(VERSION))
    if (version, found.get("dev"), found.get("n")) != (VERSION, bytes.fromhex(device), number):
        raise Corrupt("the card is another device's")
    content = found.get("card")
    if type(content) is not dict:
        raise Corrupt("a card without content")
    try:
        codec.check_value(content)
    except (Refused, TypeError) as error:
        raise Corrupt(f"a card with strange content: {error}") from error
    return content


class Ack(NamedTuple):
    """What a device says of its receiving.

    Attributes:
        vector: "I hold all of this durably".
        torn: Segments that it found damaged, as device and name; their writers put them again.
    """

    vector: dict[str, int]
    torn: tuple[tuple[str, str], ...] = ()


def ack(vector: Mapping[str, int], torn: Iterable[tuple[str, str]] = ()) -> bytes:
    """An acknowledgement of a vector, naming at most a hundred damaged segments."""
    named = [[bytes.fromhex(device), name] for device, name in sorted(torn)[:MAX_TORN]]
    have = {bytes.fromhex(device): seq for device, seq in vector.items()}
    body = codec.dumps({"v": VERSION, "have": have, "torn": named})
    return blake3(body).digest() + body


def read_ack(data: bytes) -> Ack:
    """Read an acknowledgement.

    Raises:
        Corrupt: Torn, or not an acknowledgement.
        TooNew: A newer kind.
    """
    if len(data) <= 32 or blake3(data[32:]).digest() != data[:32]:
        raise Corrupt(f"{len(data)} bytes that are not a whole acknowledgement")
    match codec.loads(data[32:], max_bytes=MAX_ACK):
        case {"v": int() as version} if version > VERSION:
            raise TooNew(f"an acknowledgement of version {version}", found=str(version), known=str(VERSION))
        case {"v": 1, "have": dict() as have, "torn": list() as torn} if len(torn) <= MAX_TORN:
            return Ack({_device(device): _seq(seq) for device, seq in have.items()}, tuple(map(_torn, torn)))
        case _:
            raise Corrupt("not an acknowledgement")


def _torn(row: object) -> tuple[str, str]:
    match row:
        case [device, str() as name] if names.segment(name):
            return _device(device), name
        case _:
            raise Corrupt("an acknowledgement names something that is no segment")


def _device(raw: object) -> str:
    if type(raw) is not bytes or len(raw) != 16:
        raise Corrupt("an acknowledgement without device ids")
    return raw.hex()


def _seq(raw: object) -> int:
    if type(raw) is not int or raw < 1:
        raise Corrupt("an acknowledgement without sequence numbers")
    return raw
