"""A copy of who sits at the desk, beside the database: what a damaged file is rebuilt with.

`seat.json` is written whole under another name and then put in place, so that it is the old one or the new one.
It proves itself by a hash: a copy that is damaged too is not believed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

SEAT_NAME = "seat.json"
_FORMAT = "liaison-desk-seat"
_MAX_BYTES = 256 * 1024


def write(profile: Path, values: Mapping[str, str]) -> None:
    """Put the copy in place, durable when this returns.

    Raises:
        OSError: the disk refused; the former copy stays.
    """
    told = dict(values)
    whole = {"format": _FORMAT, "seat": told, "hash": _hash(told)}
    path = profile / SEAT_NAME
    part = path.with_name(SEAT_NAME + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(whole, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read(profile: Path) -> dict[str, str]:
    """The copy's values; empty when there is none or it is damaged."""
    try:
        with (profile / SEAT_NAME).open("rb") as file:
            told = json.loads(file.read(_MAX_BYTES))
        seat = told["seat"]
        good = told["format"] == _FORMAT and told["hash"] == _hash(seat)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return dict(seat) if good else {}


def _hash(values: Mapping[str, str]) -> str:
    lines = "\n".join(f"{name}={value}" for name, value in sorted(values.items()))
    return hashlib.blake2b(lines.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
