"""The frame in which a run of one device's transactions travels. Pure.

    "LDSG" · version (1 byte) · header length (4 bytes, big endian) · header (canonical CBOR) · payload

The header is ``{suite, space, dev, first, last, prev, comp, raw}``: ``suite`` 0 is plain, ``prev`` is the
device's chain before ``first``, ``comp`` is ``zstd``, ``raw`` the payload's size unpacked. A key that begins
with ``x_`` may be ignored; any other unknown key means that an update is needed. The payload unpacks to
the transactions' canonical bytes, each after its length (4 bytes, big endian).

A segment's name carries the hash of the whole file, so bytes under a right name are the bytes that
were published; the chain says that they are the right ones for this device.
Laws: tests/properties/test_sync_segment.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import zstandard
from blake3 import blake3

from sync import chain, codec, names
from sync.errors import Corrupt, TooNew
from sync.log_reader import Body, Kept
from sync.transaction import Transaction

MAGIC: Final = b"LDSG"
VERSION: Final = 1
PLAIN: Final = 0
AIM_BYTES: Final = 1024 * 1024
MAX_RAW: Final = 8 * 1024 * 1024
MAX_FILE: Final = MAX_RAW + 64 * 1024
MAX_HEADER: Final = 64 * 1024
_LEVEL: Final = 12
_KEYS: Final = frozenset(("suite", "space", "dev", "first", "last", "prev", "comp", "raw"))


@dataclass(frozen=True, slots=True)
class Segment:
    """A verified segment.

    Attributes:
        device: Whose transactions.
        first: Sequence number of the first one.
        last: Sequence number of the last one.
        prev: The device's chain before ``first``.
        bodies: The transactions' bytes.
        chains: The chain after each of them.
    """

    device: str
    first: int
    last: int
    prev: bytes
    bodies: tuple[bytes, ...]
    chains: tuple[bytes, ...]

    def transactions(self, after: int = 0) -> Iterator[Transaction]:
        """Decode one by one those above ``after``.

        Raises:
            Corrupt: One is not what its place in the segment says.
            TooNew: One has a newer version.
        """
        for seq, body in enumerate(self.bodies, self.first):
            if seq <= after:
                continue
            transaction = Transaction.decode(body)
            if (transaction.device, transaction.seq) != (self.device, seq):
                raise Corrupt(f"transaction {seq} of the segment is {transaction.seq} of {transaction.device}")
            yield transaction

    def chain_after(self, seq: int) -> bytes:
        """The chain after one of its transactions, or before the first."""
        return self.prev if seq < self.first else self.chains[seq - self.first]


def pack(space: str, device: str, prev: bytes, rows: Sequence[Body]) -> Kept:
    """Frame consecutive rows of one device's log.

    Args:
        space: The space they belong to.
        device: Whose they are.
        prev: The device's chain before the first.
        rows: At least one, without gaps, at most 8 MiB.
    """
    raw = b"".join(len(row.body).to_bytes(4, "big") + row.body for row in rows)
    header = codec.dumps(
        {
            "suite": PLAIN,
            "space": space,
            "dev": bytes.fromhex(device),
            "first": rows[0].seq,
            "last": rows[-1].seq,
            "prev": prev,
            "comp": "zstd",
            "raw": len(raw),
        }
    )
    payload = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=False).compress(raw)
    data = b"".join((MAGIC, bytes((VERSION,)), len(header).to_bytes(4, "big"), header, payload))
    name = names.SegmentName(rows[0].seq, rows[-1].seq, _h32(data)).name
    return Kept(device, rows[0].seq, rows[-1].seq, name, data)


def unpack(data: bytes, *, name: str, space: str, device: str) -> Segment:
    """Read a file that was found under a name, and verify everything that can be verified without the log.

    Raises:
        Corrupt: The bytes are not those of the name, or the frame does not hold what it promises.
        TooNew: The frame, the suite or the compression is newer than this program.
    """
    wanted = names.segment(name)
    if wanted is None or _h32(data) != wanted.h32:
        raise Corrupt(f"{len(data)} bytes that are not those of the name")
    header, payload = _header(data)
    found = (header["space"], header["dev"], header["first"], header["last"])
    if found != (space, bytes.fromhex(device), wanted.first, wanted.last):
        raise Corrupt("the header is that of another segment")
    prev = header["prev"]
    if type(prev) is not bytes or len(prev) != len(chain.START):
        raise Corrupt("prev is not a chain")
    bodies = tuple(_bodies(_raw(payload, header["raw"]), wanted.last - wanted.first + 1))
    chains = []
    now = prev
    for body in bodies:
        now = chain.following(now, body)
        chains.append(now)
    return Segment(device, wanted.first, wanted.last, prev, bodies, tuple(chains))


def _header(data: bytes) -> tuple[dict[str, Any], bytes]:
    if data[:4] != MAGIC or len(data) < 9:
        raise Corrupt("not a segment")
    if data[4] > VERSION:
        raise TooNew(f"a segment of version {data[4]}", found=str(data[4]), known=str(VERSION))
    end = 9 + int.from_bytes(data[5:9], "big")
    header = codec.loads(data[9:end], max_bytes=MAX_HEADER)
    if data[4] != VERSION or type(header) is not dict or not header.keys() >= _KEYS:
        raise Corrupt("the header lacks fields")
    unknown = sorted(str(key) for key in header.keys() - _KEYS if not str(key).startswith("x_"))
    if unknown or header["suite"] != PLAIN or header["comp"] != "zstd":
        found = f"suite {header['suite']}, {header['comp']}, {unknown}"
        raise TooNew(f"a segment with {found}", found=found, known="suite 0, zstd")
    return header, data[end:]


def _raw(payload: bytes, size: object) -> bytes:
    if type(size) is not int or not 0 < size <= MAX_RAW:
        raise Corrupt(f"a payload of {size!r} bytes")
    try:
        # One byte more than promised is asked for: a bomb is noticed there and costs no more.
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_RAW).stream_reader(payload)
        raw = reader.read(size + 1)
    except zstandard.ZstdError as error:
        raise Corrupt(f"not zstd: {error}") from error
    if len(raw) != size:
        raise Corrupt("the payload has another size than promised")
    return bytes(raw)


def _bodies(raw: bytes, count: int) -> Iterator[bytes]:
    at = 0
    for _ in range(count):
        end = at + 4 + int.from_bytes(raw[at : at + 4], "big")
        if at + 4 > len(raw) or end > len(raw):
            raise Corrupt("the payload ends inside a transaction")
        yield raw[at + 4 : end]
        at = end
    if at != len(raw):
        raise Corrupt("the payload holds more than the header says")


def _h32(data: bytes) -> str:
    return blake3(data).hexdigest()[:32]
