"""Bring several devices' streams into causal order while they are read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from sync.merge import needs
from sync.transaction import Transaction

Extra = TypeVar("Extra")


def in_causal_order(
    vector: Mapping[str, int], streams: Mapping[str, Iterator[tuple[Transaction, Extra]]]
) -> Iterator[tuple[Transaction, Extra]]:
    """Give out what may be applied first, so that little has to wait in the database.

    Args:
        vector: What is applied already.
        streams: Per device, its next transactions in order. Only one of each is held at a time.

    Yields:
        Every item of every stream once. Where all of them wait for something that none of them holds,
        the one with the lowest stamp goes first, and will be parked.
    """
    known = dict(vector)
    heads: dict[str, tuple[Transaction, Extra]] = {}
    for device, stream in streams.items():
        _pull(heads, device, stream)
    while heads:
        stuck = True
        for device in sorted(heads):
            while device in heads and needs(known, heads[device][0]) is None:
                item = heads.pop(device)
                yield item
                known[device] = item[0].seq
                _pull(heads, device, streams[device])
                stuck = False
        if stuck:
            device = min(heads, key=lambda each: (heads[each][0].hlc, each))
            yield heads.pop(device)
            _pull(heads, device, streams[device])


def _pull(
    heads: dict[str, tuple[Transaction, Extra]], device: str, stream: Iterator[tuple[Transaction, Extra]]
) -> None:
    item = next(stream, None)
    if item is not None:
        heads[device] = item
