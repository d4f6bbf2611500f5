"""A segment read back is the segment that was written; anything else is Corrupt or TooNew."""

from __future__ import annotations

from typing import Any

import pytest
import zstandard
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from sync import chain, codec, segment
from sync.errors import Corrupt, SyncError, TooNew
from sync.log_reader import Body, Kept
from sync.transaction import Transaction
from tests.properties.test_sync_codec import TRANSACTIONS
from tests.unit.sync.replicas import Replica, device, put

A = device("a")


def rows(count: int, first: int = 1, prev: bytes = chain.START) -> list[Body]:
    found = []
    for seq in range(first, first + count):
        body = Transaction(A, seq, seq, 0, 0, {}, (put("1", f"値 {seq}"),)).encode()
        prev = chain.following(prev, body)
        found.append(Body(seq, body, prev))
    return found


def unpack(kept: Kept, data: bytes | None = None, name: str | None = None) -> segment.Segment:
    data = kept.data if data is None else data
    first_last = kept.name.rsplit(".", 1)[0]
    name = name or f"{first_last}.{blake3(data).hexdigest()[:32]}"
    return segment.unpack(data, name=name, space="common", device=A)


@given(st.lists(TRANSACTIONS, min_size=1, max_size=5), st.integers(1, 1000))
def test_transactions_come_back_with_their_chain(transactions: list[Transaction], first: int) -> None:
    bodies = [
        Transaction(A, first + at, each.hlc, each.wall_ms, each.tz_min, each.deps, each.ops).encode()
        for at, each in enumerate(transactions)
    ]
    prev = bytes(range(32))
    kept = segment.pack("common", A, prev, [Body(first + at, body, b"") for at, body in enumerate(bodies)])
    found = unpack(kept, name=kept.name)
    assert found.bodies == tuple(bodies)
    assert [each.encode() for each in found.transactions()] == bodies
    assert [each.seq for each in found.transactions(first)] == list(range(first + 1, first + len(bodies)))
    assert found.chains[-1] == chain.after(prev, bodies)
    assert found.chain_after(first - 1) == prev
    assert found.chain_after(found.last) == found.chains[-1]


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_under_their_own_hash_are_corrupt_or_too_new(data: bytes, framed: bool) -> None:
    if framed:
        data = b"LDSG\x01" + data
    with pytest.raises((Corrupt, TooNew)):
        unpack(segment.pack("common", A, chain.START, rows(1)), data)


@given(st.integers(0), st.integers(1, 255))
def test_a_changed_byte_under_its_own_hash_gives_no_unexpected_error(at: int, flip: int) -> None:
    kept = segment.pack("common", A, chain.START, rows(3))
    data = bytearray(kept.data)
    data[at % len(data)] ^= flip
    try:
        found = unpack(kept, bytes(data))
        list(found.transactions())
    except SyncError:
        return


def header(**changes: Any) -> bytes:
    raw = b"".join(len(row.body).to_bytes(4, "big") + row.body for row in rows(2))
    plain = {
        "suite": 0,
        "space": "common",
        "dev": bytes.fromhex(A),
        "first": 1,
        "last": 2,
        "prev": chain.START,
        "comp": "zstd",
        "raw": len(raw),
    }
    return codec.dumps({key: value for key, value in {**plain, **changes}.items() if value is not ...})


def framed(head: bytes, raw: bytes | None = None, version: int = 1) -> bytes:
    if raw is None:
        raw = b"".join(len(row.body).to_bytes(4, "big") + row.body for row in rows(2))
    payload = zstandard.ZstdCompressor().compress(raw)
    return b"LDSG" + bytes([version]) + len(head).to_bytes(4, "big") + head + payload


def framed_kept(data: bytes) -> Kept:
    return Kept(A, 1, 2, f"1-2.{blake3(data).hexdigest()[:32]}", data)


def test_the_base_of_the_examples_is_well_and_an_optional_key_is_passed_over() -> None:
    assert unpack(framed_kept(framed(header()))).last == 2
    assert unpack(framed_kept(framed(header(x_note="later")))).last == 2


@pytest.mark.parametrize(
    "data",
    [
        b"LDSG",
        b"XXXX\x01\x00\x00\x00\x01\xa0",
        framed(header(), version=0),
        framed(codec.dumps([1])),
        framed(header(prev=...)),
        framed(header(space="other")),
        framed(header(dev=b"b" * 16)),
        framed(header(first=2)),
        framed(header(last=3)),
        framed(header(prev=b"short")),
        framed(header(raw=0)),
        framed(header(raw=True)),
        framed(header(raw=segment.MAX_RAW + 1)),
        framed(header(raw=5)),
        framed(header(raw=99999)),
        framed(header())[:-5],
        framed(header(raw=3), b"\x00\x00\x00"),
        framed(header(raw=8), b"\x00\x00\x00\x09body"),
        framed(header(raw=9), b"\x00\x00\x00\x01a\x00\x00\x00\x00" + b""),
        b"LDSG\x01" + len(header()).to_bytes(4, "big") + header() + b"not zstd",
        framed(header(raw=11), b"\x00\x00\x00\x01a\x00\x00\x00\x01bc"),
    ],
)
def test_a_frame_that_breaks_its_promises_is_corrupt(data: bytes) -> None:
    with pytest.raises(Corrupt):
        list(unpack(framed_kept(data)).transactions())


@pytest.mark.parametrize(
    "data",
    [
        framed(header(), version=2),
        framed(header(suite=1)),
        framed(header(comp="zstd+dict")),
        framed(header(key_epoch=3)),
    ],
)
def test_a_newer_frame_says_so(data: bytes) -> None:
    with pytest.raises(TooNew):
        unpack(framed_kept(data))


def test_a_bomb_is_corrupt_and_costs_little() -> None:
    bomb = framed(header(raw=1000), bytes(200_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(Corrupt):
        unpack(framed_kept(bomb))


def test_bytes_under_another_name_are_corrupt() -> None:
    kept = segment.pack("common", A, chain.START, rows(2))
    for name in (f"1-2.{'0' * 32}", "1-2", kept.name.replace("1-2", "1-3"), kept.name.replace("1-2", "2-1")):
        with pytest.raises(Corrupt):
            unpack(kept, name=name)


def test_a_segment_with_another_devices_transaction_is_corrupt() -> None:
    body = Transaction(device("b"), 1, 0, 0, 0, {}, (put("1", 1),)).encode()
    kept = segment.pack("common", A, chain.START, [Body(1, body, b"")])
    with pytest.raises(Corrupt):
        list(unpack(kept).transactions())


def test_five_thousand_entries_are_packed_small() -> None:
    one = Replica("a")
    text = "大沼で土砂崩れ、国道5号が通行止め。けが人なし。"
    one.journal.commit(*([put(str(at), f"{at} {text}")] for at in range(5_000)))
    found = list(one.reader.bodies(A, 0, 1 << 30))
    raw = sum(len(row.body) for row in found)
    kept = segment.pack("common", A, chain.START, found)
    assert len(kept.data) < raw * 0.17
