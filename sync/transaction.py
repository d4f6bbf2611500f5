"""One device's one act: the atom that travels, applies whole, or waits.

Pure. The encoding is canonical CBOR of
``{v, dev, seq, hlc, wall_ms, tz_min, deps, ops}``.
Laws: tests/properties/test_sync_codec.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sync import codec
from sync.errors import Corrupt, Refused, TooNew
from sync.operation import Operation, from_wire, to_wire
from sync.stamp import STAMP_MAX

VERSION: Final = 1
MAX_OPS: Final = 10_000
MAX_DEPS: Final = 100_000
_KEYS: Final = frozenset(("v", "dev", "seq", "hlc", "wall_ms", "tz_min", "deps", "ops"))


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one device did in one act.

    Attributes:
        device: Who wrote it; 32 lower-case hexadecimal digits.
        seq: Counts from 1 per device without gaps.
        hlc: The hybrid logical stamp; sorts, decides nothing.
        wall_ms: The writer's clock, milliseconds UTC.
        tz_min: Minutes by which the writer's local time was ahead of UTC.
        deps: What the writer had applied of others: only the entries that changed since its
            transaction before this one.
        ops: At least one operation.
    """

    device: str
    seq: int
    hlc: int
    wall_ms: int
    tz_min: int
    deps: Mapping[str, int]
    ops: tuple[Operation, ...]
    _body: bytes | None = field(default=None, init=False, compare=False, repr=False)

    def encode(self) -> bytes:
        """The canonical bytes; decoding them gives an equal transaction.

        Raises:
            Refused: More than 4 MiB, too many operations, or one that replaces what is not written yet.
        """
        if self._body is not None:
            return self._body
        if not 0 < len(self.ops) <= MAX_OPS:
            raise Refused(f"{len(self.ops)} operations in one transaction", reason="size")
        body = codec.dumps(
            {
                "v": VERSION,
                "dev": bytes.fromhex(self.device),
                "seq": self.seq,
                "hlc": self.hlc,
                "wall_ms": self.wall_ms,
                "tz_min": self.tz_min,
                "deps": {bytes.fromhex(device): seq for device, seq in self.deps.items()},
                "ops": to_wire(self.ops),
            }
        )
        _refuse_the_future(self)
        if len(body) > codec.MAX_BYTES:
            raise Refused(f"a transaction of {len(body)} bytes", reason="size")
        # The object is immutable for everybody else; its bytes are only remembered, never changed.
        object.__setattr__(self, "_body", body)
        return body

    @classmethod
    def decode(cls, data: bytes) -> Transaction:
        """Read back what ``encode`` made; nothing else.

        Raises:
            Corrupt: Not the canonical encoding of a transaction within the bounds.
            TooNew: Its version is above ours.
        """
        found = codec.loads_loose(data)
        if type(found) is not dict:
            raise Corrupt("a transaction is not a map")
        version = found.get("v")
        if type(version) is int and version > VERSION:
            raise TooNew(f"a transaction of version {version}", found=str(version), known=str(VERSION))
        if version != VERSION or found.keys() != _KEYS:
            raise Corrupt("a transaction's fields are not the known ones")
        device = _device(found["dev"])
        seq = _int(found["seq"], "seq", 1, codec.INT_MAX)
        if type(found["ops"]) is list and not 0 < len(found["ops"]) <= MAX_OPS:
            raise Corrupt(f"{len(found['ops'])} operations")
        transaction = cls(
            device=device,
            seq=seq,
            hlc=_int(found["hlc"], "hlc", 0, STAMP_MAX),
            wall_ms=_int(found["wall_ms"], "wall_ms", codec.INT_MIN, codec.INT_MAX),
            tz_min=_int(found["tz_min"], "tz_min", -1440, 1440),
            deps=_deps(found["deps"], device),
            ops=from_wire(found["ops"]),
        )
        try:
            again = transaction.encode()
        except Refused as error:
            raise Corrupt(str(error)) from error
        if again != data:
            raise Corrupt("not the canonical encoding of its transaction")
        return transaction


def is_device_id(text: object) -> bool:
    """Whether this is 32 lower-case hexadecimal digits."""
    return isinstance(text, str) and len(text) == 32 and not set(text) - set("0123456789abcdef")


def _refuse_the_future(transaction: Transaction) -> None:
    for index, op in enumerate(transaction.ops):
        for dot in op.replaces:
            if dot.device == transaction.device and (dot.seq, dot.index) >= (transaction.seq, index):
                raise Refused(f"operation {index} replaces what is not written yet", reason="future")


def _device(raw: object) -> str:
    if type(raw) is not bytes or len(raw) != 16:
        raise Corrupt("a device id is not 16 bytes")
    return raw.hex()


def _int(raw: object, name: str, least: int, most: int) -> int:
    if type(raw) is not int or not least <= raw <= most:
        raise Corrupt(f"{name} is out of range")
    return raw


def _deps(raw: object, own: str) -> dict[str, int]:
    if type(raw) is not dict or len(raw) > MAX_DEPS:
        raise Corrupt("deps is not a map")
    deps = {_device(device): _int(seq, "deps", 1, codec.INT_MAX) for device, seq in raw.items()}
    if own in deps:
        raise Corrupt("a transaction depends on its own device")
    return deps
