"""The laws of merging, on random histories: order, repetition and grouping change nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sync import merge
from sync.merge import Need, State
from sync.operation import Cell, Dot, Operation, Verb
from sync.transaction import Transaction

VERBS: list[Verb] = ["set", "add", "drop"]


@dataclass
class Writer:
    """A replica that writes: its state, and everything it wrote."""

    device: str
    state: State = field(default_factory=State)
    told: dict[str, int] = field(default_factory=dict)

    def write(self, cells: list[tuple[str, int, bool]]) -> Transaction:
        seq = self.state.vector.get(self.device, 0) + 1
        ops = []
        for name, verb, replacing in cells:
            live = self.state.cells.get(Cell("entry", "1", name), {})
            goes = tuple(sorted(live)) if replacing else ()
            ops.append(Operation("entry", "1", name, VERBS[verb], f"{self.device[0]}{seq}", goes))
        others = {device: seen for device, seen in self.state.vector.items() if device != self.device}
        deps = {device: seen for device, seen in others.items() if self.told.get(device) != seen}
        self.told = others
        transaction = Transaction(self.device, seq, seq << 16, 0, 0, deps, tuple(ops))
        self.state = merge.apply(self.state, transaction)
        return transaction


Step = tuple[int, int, list[tuple[str, int, bool]]]
STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.booleans()), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=25,
)


def history(steps: list[Step]) -> tuple[list[Transaction], list[State]]:
    """Four writers, each step one writes and another one joins what it knows; partitions come by themselves."""
    writers = [Writer(letter * 32) for letter in "abcd"]
    written = []
    for who, whom, cells in steps:
        written.append(writers[who].write(cells))
        writers[whom].state = merge.merge(writers[whom].state, writers[who].state)
    return written, [writer.state for writer in writers]


def deliver(transactions: list[Transaction]) -> State:
    """Apply in this order, letting wait what is too early."""
    state = State()
    waiting = list(transactions)
    while waiting:
        ready = [each for each in waiting if merge.needs(state.vector, each) is None]
        assert ready, "something waits for ever"
        state = merge.apply(state, ready[0])
        waiting.remove(ready[0])
    return state


@given(STEPS, st.randoms(use_true_random=False))
def test_every_order_of_delivery_leads_to_the_same_state(steps: list[Step], random: Random) -> None:
    written, _ = history(steps)
    shuffled = list(written)
    random.shuffle(shuffled)
    one, other = deliver(written), deliver(shuffled)
    assert one == other
    assert merge.digest(one) == merge.digest(other)


@given(STEPS)
def test_joining_states_is_commutative_associative_and_idempotent(steps: list[Step]) -> None:
    _, (a, b, c, _) = history(steps)
    assert merge.merge(a, b) == merge.merge(b, a)
    assert merge.merge(a, merge.merge(b, c)) == merge.merge(merge.merge(a, b), c)
    assert merge.merge(a, a) == a


@given(STEPS)
def test_joining_states_equals_applying_what_the_other_had(steps: list[Step]) -> None:
    written, (a, b, c, d) = history(steps)
    joined = merge.merge(merge.merge(a, b), merge.merge(c, d))
    assert joined == deliver(written)
    assert merge.digest(joined) == merge.digest(deliver(written))


@given(STEPS)
def test_equal_vectors_mean_equal_digests_and_others_do_not(steps: list[Step]) -> None:
    _, states = history(steps)
    for one in states:
        for other in states:
            same = merge.merge(one, other)
            assert (merge.digest(one) == merge.digest(other)) == (one.vector == other.vector)
            assert merge.digest(same) == merge.digest(merge.merge(other, one))


@given(STEPS)
@settings(max_examples=30)
def test_applying_twice_changes_nothing(steps: list[Step]) -> None:
    written, _ = history(steps)
    state = deliver(written)
    for transaction in written:
        assert merge.apply(state, transaction) is state


def entry(verb: Verb, value: str | None, *replaces: Dot) -> Operation:
    return Operation("entry", "1", "owner", verb, value, replaces)


def written_by(letter: str, seq: int, op: Operation, hlc: int = 0, **deps: int) -> Transaction:
    return Transaction(letter * 32, seq, hlc, 0, 0, {each * 32: upto for each, upto in deps.items()}, (op,))


def values(state: State) -> list[object]:
    return sorted(state.cells.get(Cell("entry", "1", "owner"), {}).values(), key=str)


def test_what_a_writer_saw_is_replaced_whatever_the_clocks_say() -> None:
    first = written_by(
        "a",
        1,
        entry(
            "set",
            "early",
        ),
        hlc=9 << 60,
    )
    second = written_by("b", 1, entry("set", "late", Dot("a" * 32, 1, 0)), hlc=0, a=1)
    assert values(deliver([second, first])) == ["late"]


def test_values_written_at_the_same_time_all_stay_until_one_is_chosen() -> None:
    one, other = written_by("a", 1, entry("set", "12")), written_by("b", 1, entry("set", "14"))
    assert values(deliver([one, other])) == ["12", "14"]
    chosen = written_by("c", 1, entry("set", "14", Dot("a" * 32, 1, 0), Dot("b" * 32, 1, 0)), a=1, b=1)
    assert values(deliver([chosen, other, one])) == ["14"]


def test_an_add_wins_over_a_drop_that_did_not_see_it() -> None:
    first = written_by("a", 1, entry("add", "七飯町"))
    drop = written_by("b", 1, entry("drop", "七飯町", Dot("a" * 32, 1, 0)), a=1)
    again = written_by("c", 1, entry("add", "七飯町", Dot("a" * 32, 1, 0)), a=1)
    assert values(deliver([first, drop])) == []
    assert values(deliver([first, drop, again])) == ["七飯町"]
    assert values(deliver([again, drop, first])) == ["七飯町"]


def test_a_transaction_says_what_it_waits_for() -> None:
    replacing = written_by("b", 1, entry("set", "late", Dot("a" * 32, 3, 0)))
    assert merge.needs({}, written_by("a", 2, entry("set", "x"))) == Need("a" * 32, 1)
    assert merge.needs({}, written_by("a", 1, entry("set", "x"), c=4)) == Need("c" * 32, 4)
    assert merge.needs({"a" * 32: 2}, replacing) == Need("a" * 32, 3)
    assert merge.needs({"a" * 32: 3}, replacing) is None
