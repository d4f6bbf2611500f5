"""Device cards and acknowledgements: read back equal, or Corrupt."""

from __future__ import annotations

from typing import Any

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from sync import codec, names, papers
from sync.errors import Corrupt, Refused, TooNew
from sync.operation import Value
from tests.properties.test_sync_codec import DEVICES, TEXT, VALUES
from tests.unit.sync.replicas import device

A = device("a")


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.integers(1, 2**40))
def test_a_card_comes_back(content: dict[str, Value], number: int) -> None:
    name, data = papers.card(A, number, content)
    assert names.numbered(name.name) == name
    assert papers.read_card(name, data) == content
    with pytest.raises(Corrupt):
        papers.read_card(name, data + b"\0")


@given(st.dictionaries(DEVICES, st.integers(1, 2**40), max_size=6), st.integers(0, 3))
def test_an_acknowledgement_comes_back(vector: dict[str, int], torn: int) -> None:
    named = {(A, f"{at + 1}-9.{'0' * 32}") for at in range(torn)}
    data = papers.ack(vector, named)
    assert papers.read_ack(data) == papers.Ack(vector, tuple(sorted(named)))
    for cut in (0, 31, 32, len(data) - 1):
        with pytest.raises(Corrupt):
            papers.read_ack(data[:cut])


def sealed(content: object) -> bytes:
    body = codec.dumps(content)
    return blake3(body).digest() + body


@pytest.mark.parametrize(
    "content",
    [
        5,
        {"v": 1},
        {"v": 1, "have": {"x": 1}, "torn": []},
        {"v": 1, "have": {b"short": 1}, "torn": []},
        {"v": 1, "have": {b"a" * 16: 0}, "torn": []},
        {"v": 1, "have": {b"a" * 16: True}, "torn": []},
        {"v": 1, "have": {}, "torn": [[b"a" * 16, "../../FORMAT.json"]]},
        {"v": 1, "have": {}, "torn": [5]},
        {"v": 1, "have": {}, "torn": [[b"a" * 16, f"1-1.{'0' * 32}"]] * 101},
    ],
)
def test_an_acknowledgement_that_is_none_is_corrupt(content: object) -> None:
    with pytest.raises(Corrupt):
        papers.read_ack(sealed(content))


def test_newer_papers_say_so() -> None:
    with pytest.raises(TooNew):
        papers.read_ack(sealed({"v": 2}))
    with pytest.raises(TooNew):
        papers.card_content(codec.dumps({"v": 2}), A, 1)


@pytest.mark.parametrize(
    "content",
    [
        5,
        {"v": 1},
        {"v": 1, "dev": b"b" * 16, "n": 1, "card": {}},
        {"v": 1, "dev": bytes.fromhex(A), "n": 2, "card": {}},
        {"v": 1, "dev": bytes.fromhex(A), "n": 1, "card": []},
        {"v": 1, "dev": bytes.fromhex(A), "n": 1, "card": {1: 1}},
    ],
)
def test_a_card_that_is_none_is_corrupt(content: Any) -> None:
    with pytest.raises(Corrupt):
        papers.card_content(codec.dumps(content), A, 1)


def test_a_card_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(Refused):
        papers.card(A, 1, {"name": "\ud800"})


@pytest.mark.parametrize(
    "text",
    ["", ".", "a" * 32, f"{A}.0.{'0' * 16}", f"{A}.1.{'0' * 15}", f"{A.upper()}.1.{'0' * 16}", f"{A}.1.{'0' * 16}.tmp"],
)
def test_a_name_that_is_none_is_none(text: str) -> None:
    assert names.numbered(text) is None
    assert names.segment(text) is None
    assert names.ack(text) is None
