"""Delivery only claims what was seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.delivery import Standing
from tests.unit.sync.replicas import device

A, B, C = device("a"), device("b"), device("c")
VECTORS = st.dictionaries(st.sampled_from([A, B, C]), st.integers(1, 9), max_size=3)


@given(st.integers(0, 9), st.integers(0, 9), st.lists(st.tuples(st.sampled_from([B, C]), VECTORS), max_size=5))
def test_states_never_run_ahead_of_what_was_seen(
    offered: int, published: int, acked: list[tuple[str, dict[str, int]]]
) -> None:
    standing = Standing.of(A, {A: 9, B: 4}, offered=offered, published=published, acked=acked)
    for seq in range(1, 10):
        others = {who for who, vector in acked if vector.get(A, 0) >= seq}
        assert set(standing.receivers(A, seq)) == others
        expected = "local"
        if seq <= offered:
            expected = "sending"
        if seq <= published:
            expected = "shared"
        if others:
            expected = "received"
        assert standing.state(A, seq) == expected
        # What lies before a received one of the same device is received too.
        if standing.state(A, seq) == "received":
            assert all(standing.state(A, before) == "received" for before in range(1, seq))


@given(st.lists(st.tuples(st.sampled_from([B, C]), VECTORS), max_size=6))
def test_the_order_of_acknowledgements_does_not_matter(acked: list[tuple[str, dict[str, int]]]) -> None:
    one = Standing.of(A, {}, offered=0, published=0, acked=acked)
    other = Standing.of(A, {}, offered=0, published=0, acked=[*reversed(acked), *acked])
    assert one == other


def test_what_another_device_wrote_is_received_by_us_at_least() -> None:
    standing = Standing.of(A, {A: 1, B: 4}, offered=0, published=0, acked=[(C, {B: 2}), (B, {B: 4, A: 1})])
    assert standing.state(B, 4) == "received"
    assert standing.receivers(B, 4) == (A,)
    assert standing.receivers(B, 2) == (A, C)
    assert standing.state(A, 1) == "received"
    # Known from an acknowledgement only, on its way to us.
    assert standing.state(B, 5) == "shared"


def test_a_desk_without_an_incident_has_delivered_nothing() -> None:
    assert Standing("").state(A, 1) == "shared"
    assert Standing(A).state(A, 1) == "local"
