"""Real journals under random delivery: any order, any repetition, any partition, one state."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.merge import State, apply, needs
from sync.operation import Cell, Operation, Verb
from sync.transaction import Transaction
from tests.unit.sync.replicas import Replica, SeenProjection

VERBS: list[Verb] = ["set", "set", "add", "drop"]


def random_write(random: Random, replica: Replica) -> Transaction:
    ops = []
    for _ in range(random.randint(1, 3)):
        id_, name = random.choice("12"), random.choice(["status", "owner"])
        live = replica.dots(id_, name)
        goes = tuple(dot for dot in live if random.random() < 0.7)
        ops.append(Operation("entry", id_, name, random.choice(VERBS), random.randint(0, 99), goes))
    replica.clock.now += random.randint(-5_000, 5_000)
    return replica.write(*ops)


def modelled(transactions: list[Transaction]) -> State:
    state, waiting = State(), list(transactions)
    while waiting:
        first = next(each for each in waiting if needs(state.vector, each) is None)
        state = apply(state, first)
        waiting.remove(first)
    return state


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_replicas_that_heard_the_same_are_equal_to_each_other_and_to_the_model(seed: int) -> None:
    random = Random(seed)
    replicas = [Replica(letter) for letter in "abc"]
    written: list[Transaction] = []
    for _ in range(random.randint(1, 25)):
        who = random.choice(replicas)
        if random.random() < 0.6:
            written.append(random_write(random, who))
        else:
            # Any part of everything, repeated and in any order; what is too early has to wait.
            some = [each for each in written if random.random() < 0.5 and each.device != who.device]
            random.shuffle(some)
            received = who.journal.receive([*some, *some[:3]], bulk=random.random() < 0.3)
            assert received.refused == ()
            assert who.journal.check() == []
    for replica in replicas:
        rest = [each for each in written if each.device != replica.device]
        random.shuffle(rest)
        replica.journal.receive(rest)
        assert replica.reader.parked() == ()
    digests = {replica.journal.digest() for replica in replicas}
    assert len(digests) == 1
    model = modelled(written)
    for replica in replicas:
        assert replica.journal.check() == []
        assert replica.journal.vector() == model.vector
        for (kind, id_, name), live in model.cells.items():
            found = {each.dot: each.value for each in replica.journal.live(kind, id_, name)}
            assert found == live
        live_cells = replica.connection.execute("SELECT DISTINCT kind, id, field FROM cells").fetchall()
        assert {Cell(*row) for row in live_cells} == set(model.cells)


@given(st.integers(0, 2**32))
@settings(max_examples=15)
def test_what_is_built_again_from_the_log_is_equal(seed: int) -> None:
    random = Random(seed)
    one, other = Replica("a"), Replica("b")
    for _ in range(12):
        writer, reader = random.sample([one, other], 2)
        reader.journal.receive([random_write(random, writer) for _ in range(random.randint(1, 4))])
    before = one.journal.digest(), SeenProjection.rows(one.connection)
    one.journal.rebuild()
    assert (one.journal.digest(), SeenProjection.rows(one.connection)) == before
    assert one.journal.check() == []
    # And the log goes on where it was.
    other.journal.receive([random_write(random, one)])
    assert other.journal.vector()[one.device] == one.journal.vector()[one.device]


@given(st.integers(0, 2**32))
@settings(max_examples=25)
def test_a_withdrawn_transaction_leaves_no_trace(seed: int) -> None:
    random = Random(seed)
    one, other = Replica("a"), Replica("b")
    for _ in range(6):
        writer, reader = random.sample([one, other], 2)
        reader.journal.receive([random_write(random, writer)])
    untouched = one.journal.digest()
    last = random_write(random, one)
    news = [random_write(random, other) for _ in range(2)]
    one.journal.receive(news)
    assert one.journal.withdraw(last.seq) == last
    assert one.journal.check() == []
    other_way = Replica("c")
    other_way.journal.receive(one.log())
    assert one.journal.digest() == other_way.journal.digest()
    assert one.journal.digest() != untouched
