"""The hash chain of one device's transactions.

``chain_0`` is 32 zero bytes, ``chain_n = blake3(chain_{n-1} || body_n)``. It does not depend on how
transactions are cut into segments, so a head's name stays true when segments are merged later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from blake3 import blake3

START: Final = bytes(32)


def following(chain: bytes, body: bytes) -> bytes:
    """The chain after one more transaction."""
    return blake3(chain + body).digest()


def after(chain: bytes, bodies: Iterable[bytes]) -> bytes:
    """The chain after some more transactions."""
    for body in bodies:
        chain = following(chain, body)
    return chain


def h16(chain: bytes) -> str:
    """The 16 hexadecimal digits that a head carries in its name."""
    return chain.hex()[:16]
