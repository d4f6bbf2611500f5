"""One value has one encoding; everything else is Corrupt, whatever it holds."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync import codec
from sync.errors import Corrupt, Refused, SyncError, TooNew
from sync.operation import VERBS, Dot, Operation
from sync.transaction import Transaction
from tests.unit.sync.replicas import device

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(codec.INT_MIN, codec.INT_MAX)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.binary(max_size=20)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)
DEVICES = st.binary(min_size=16, max_size=16).map(bytes.hex)
EARLIER = st.builds(Dot, DEVICES.filter(lambda each: each != device("a")), st.integers(1, 9), st.integers(0, 9))
OPERATIONS = st.builds(
    Operation, NAMES, NAMES, NAMES, st.sampled_from(VERBS), VALUES, st.lists(EARLIER, max_size=3).map(tuple)
)
TRANSACTIONS = st.builds(
    Transaction,
    device=st.just(device("a")),
    seq=st.integers(1, 2**40),
    hlc=st.integers(0, 2**60),
    wall_ms=st.integers(-(2**50), 2**50),
    tz_min=st.integers(-1440, 1440),
    deps=st.dictionaries(DEVICES.filter(lambda each: each != device("a")), st.integers(1, 2**40), max_size=4),
    ops=st.lists(OPERATIONS, min_size=1, max_size=5).map(tuple),
)


@given(TRANSACTIONS)
def test_a_transaction_comes_back_equal_and_its_bytes_too(transaction: Transaction) -> None:
    data = transaction.encode()
    again = Transaction.decode(data)
    assert again == transaction
    assert again.encode() == data
    fresh = Transaction(
        again.device,
        again.seq,
        again.hlc,
        again.wall_ms,
        again.tz_min,
        dict(sorted(again.deps.items(), reverse=True)),
        again.ops,
    )
    assert fresh.encode() == data


@given(TRANSACTIONS, st.integers(0), st.integers(1, 255))
def test_a_changed_byte_never_gives_an_unnoticed_or_an_unexpected_error(
    transaction: Transaction, at: int, flip: int
) -> None:
    data = bytearray(transaction.encode())
    data[at % len(data)] ^= flip
    try:
        found = Transaction.decode(bytes(data))
    except (Corrupt, TooNew):
        return
    assert found.encode() == bytes(data)


@given(st.binary(max_size=200))
@example(b"\xd8\x1c\x82\xd8\x1d\x00\xd8\x1d\x00")
@example(b"\x9b\x00\x00\x00\x01\x00\x00\x00\x00")
def test_any_bytes_are_a_value_or_corrupt(data: bytes) -> None:
    try:
        value = codec.loads(data)
    except Corrupt:
        return
    assert codec.dumps(value) == data
    with pytest.raises(SyncError):
        Transaction.decode(data)


def base(**changes: Any) -> dict[str, Any]:
    plain = {
        "v": 1,
        "dev": b"a" * 16,
        "seq": 2,
        "hlc": 5,
        "wall_ms": 5,
        "tz_min": 540,
        "deps": {b"b" * 16: 3},
        "ops": [["entry", "1", "status", 0, "x"]],
    }
    return {key: value for key, value in {**plain, **changes}.items() if value is not ...}


def encoded(**changes: Any) -> bytes:
    return cbor2.dumps(base(**changes), canonical=True)


def test_the_base_of_the_hostile_examples_is_well() -> None:
    assert Transaction.decode(encoded()).ops[0].value == "x"


DOT = [b"b" * 16, 1, 0]
HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "not a map": b"\x80",
    "two items": encoded() + b"\x00",
    "no version": encoded(v=...),
    "version as text": encoded(v="1"),
    "version as bool": encoded(v=True),
    "version 0": encoded(v=0),
    "field missing": encoded(ops=...),
    "field too many": encoded(more=1),
    "device short": encoded(dev=b"a"),
    "device text": encoded(dev="a" * 16),
    "seq 0": encoded(seq=0),
    "seq bool": encoded(seq=True),
    "seq beyond 64 bits": encoded(seq=2**63),
    "hlc negative": encoded(hlc=-1),
    "hlc float": encoded(hlc=5.0),
    "zone beyond a day": encoded(tz_min=1441),
    "deps list": encoded(deps=[]),
    "deps on itself": encoded(deps={b"a" * 16: 1}),
    "deps of nothing": encoded(deps={b"b" * 16: 0}),
    "deps of a short device": encoded(deps={b"b": 1}),
    "ops map": encoded(ops={}),
    "no ops": encoded(ops=[]),
    "too many ops": encoded(ops=[["e", "1", "f", 0, None]] * 10_001),
    "op text": encoded(ops=["x"]),
    "op too short": encoded(ops=[["f", 0]]),
    "op too long": encoded(ops=[["e", "1", "f", 0, 1, [DOT], 1]]),
    "first op without kind": encoded(ops=[["f", 0, 1]]),
    "kind not left out": encoded(ops=[["e", "1", "f", 0, 1], ["e", "1", "g", 0, 1]]),
    "kind a number": encoded(ops=[[1, "1", "f", 0, 1]]),
    "field empty": encoded(ops=[["e", "1", "", 0, 1]]),
    "field with NUL": encoded(ops=[["e", "1", "f\0", 0, 1]]),
    "field too long": encoded(ops=[["e", "1", "f" * 257, 0, 1]]),
    "verb unknown": encoded(ops=[["e", "1", "f", 3, 1]]),
    "verb bool": encoded(ops=[["e", "1", "f", True, 1]]),
    "replaces empty": encoded(ops=[["e", "1", "f", 0, 1, []]]),
    "replaces map": encoded(ops=[["e", "1", "f", 0, 1, {}]]),
    "dot short": encoded(ops=[["e", "1", "f", 0, 1, [[b"b" * 16, 1]]]]),
    "dot device short": encoded(ops=[["e", "1", "f", 0, 1, [[b"b", 1, 0]]]]),
    "dot seq 0": encoded(ops=[["e", "1", "f", 0, 1, [[b"b" * 16, 0, 0]]]]),
    "dot index negative": encoded(ops=[["e", "1", "f", 0, 1, [[b"b" * 16, 1, -1]]]]),
    "dot index bool": encoded(ops=[["e", "1", "f", 0, 1, [[b"b" * 16, 1, False]]]]),
    "replaces itself": encoded(ops=[["e", "1", "f", 0, 1, [[b"a" * 16, 2, 0]]]]),
    "replaces its future": encoded(ops=[["e", "1", "f", 0, 1, [[b"a" * 16, 3, 0]]]]),
    "value NaN": encoded(ops=[["e", "1", "f", 0, float("nan")]]),
    "value infinite": encoded(ops=[["e", "1", "f", 0, float("inf")]]),
    "value beyond 64 bits": encoded(ops=[["e", "1", "f", 0, 2**63]]),
    "value undefined": encoded(ops=[["e", "1", "f", 0, cbor2.undefined]]),
    "value simple": encoded(ops=[["e", "1", "f", 0, cbor2.CBORSimpleValue(9)]]),
    "value unknown tag": encoded(ops=[["e", "1", "f", 0, cbor2.CBORTag(4711, 1)]]),
    "value date": encoded(ops=[["e", "1", "f", 0, cbor2.CBORTag(1, 0)]]),
    "value deep": encoded(ops=[["e", "1", "f", 0, [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]),
    "value with a number as key": encoded(ops=[["e", "1", "f", 0, {1: 1}]]),
    "not the shortest number": encoded(seq=2).replace(b"cseq\x02", b"cseq\x18\x02"),
    "key twice": encoded()[:1].replace(b"\xa8", b"\xa9") + encoded()[1:] + b"\x61v\x01",
    "half a character": encoded().replace(b"ax", b"a\xed"),
    "endless text": encoded().replace(b"\x61x", b"\x7f\x61x\xff"),
    "too large": b"\x00" * (codec.MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_bytes_are_corrupt(name: str) -> None:
    with pytest.raises(Corrupt):
        Transaction.decode(HOSTILE[name])


def test_a_newer_version_says_so() -> None:
    with pytest.raises(TooNew) as caught:
        Transaction.decode(encoded(v=2, new="field"))
    assert (caught.value.found, caught.value.known) == ("2", "1")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("half \ud800", "text"),
        ({"half \udfff": 1}, "text"),
        (["\ud83d"], "text"),
        (float("-inf"), "number"),
        (-(2**63) - 1, "number"),
        ("x" * (codec.MAX_BYTES + 1), "size"),
        (b"x" * (codec.MAX_BYTES + 1), "size"),
        ([[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]], "depth"),
    ],
)
def test_what_cannot_be_kept_unaltered_is_refused_when_it_is_made(value: Any, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        Operation("entry", "1", "content", "set", value)
    assert caught.value.reason == reason


@pytest.mark.parametrize("value", [{1: 2}, (1, 2), object(), {"a": {1}}])
def test_a_type_that_the_format_does_not_have_is_a_mistake(value: Any) -> None:
    with pytest.raises(TypeError):
        Operation("entry", "1", "content", "set", value)


def test_names_and_verbs_are_checked() -> None:
    wrong: Any = 5
    with pytest.raises(TypeError):
        Operation(wrong, "1", "f", "set")
    with pytest.raises(TypeError):
        Operation("entry", "1", "f", wrong)
    for bad in ("", "a\0b", "x" * 257, "\ud800"):
        with pytest.raises(Refused):
            Operation("entry", bad, "f", "set")
    with pytest.raises(Refused):
        Operation("entry", "1", "f", "set", 1, (Dot(device("a"), 1, 0),) * 10_001)
    assert Operation("entry", "1", "f", "set").cell == ("entry", "1", "f")


def test_what_people_type_comes_back_unaltered() -> None:
    strange = "NUL \0, 右から\u202e左, 髙﨑①㈱, 👨‍👩‍👧, か\u3099, " + "長" * 300_000
    op = Operation("entry", "1", "content", "set", strange)
    transaction = Transaction(device("a"), 1, 0, 0, 0, {}, (op,))
    assert Transaction.decode(transaction.encode()).ops[0].value == strange


def test_a_transaction_that_is_too_large_is_refused_before_it_is_written() -> None:
    op = Operation("entry", "1", "content", "set", "x" * 3_000_000)
    for ops in ((), (op,) * 2, (Operation("entry", "1", "f", "drop"),) * 10_001):
        with pytest.raises(Refused) as caught:
            Transaction(device("a"), 1, 0, 0, 0, {}, ops).encode()
        assert caught.value.reason == "size"


def test_encoding_again_what_only_decodes_is_corrupt() -> None:
    assert codec.loads(b"\x18\x18") == 24
    for data in (b"\x18\x01", b"\xd9\x12\x67\x01", b"\xf7\x00"):
        with pytest.raises(Corrupt):
            codec.loads(data)
