"""The two small papers that lie at a place beside the segments: device cards and acknowledgements. Pure.

A card's name carries its content's hash. An acknowledgement's name only counts, so its content
carries the hash itself: ``blake3(vector) || vector``.
Laws: tests/properties/test_sync_papers.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from blake3 import blake3

from sync import codec, names
from sync.errors import Corrupt, TooNew
from sync.operation import Value
from sync.transaction import is_device_id

VERSION: Final = 1
MAX_CARD: Final = 64 * 1024
MAX_ACK: Final = 4 * 1024 * 1024


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
    content: Any = found.get("card")
    if type(content) is not dict or not all(type(key) is str for key in content):
        raise Corrupt("a card without content")
    return content


def ack(vector: Mapping[str, int]) -> bytes:
    """An acknowledgement: "I hold all of this durably"."""
    body = codec.dumps({bytes.fromhex(device): seq for device, seq in vector.items()})
    return blake3(body).digest() + body


def read_ack(data: bytes) -> dict[str, int]:
    """The vector of an acknowledgement.

    Raises:
        Corrupt: Torn, or not an acknowledgement.
    """
    if len(data) <= 32 or blake3(data[32:]).digest() != data[:32]:
        raise Corrupt(f"{len(data)} bytes that are not a whole acknowledgement")
    found = codec.loads(data[32:], max_bytes=MAX_ACK)
    if type(found) is not dict:
        raise Corrupt("an acknowledgement is not a map")
    vector = {}
    for device, seq in found.items():
        if type(device) is not bytes or not is_device_id(device.hex()) or type(seq) is not int or seq < 1:
            raise Corrupt("an acknowledgement is not a vector")
        vector[device.hex()] = seq
    return vector
