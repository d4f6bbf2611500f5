"""The list's model over a real database: what it shows is what a fresh read would show."""

from __future__ import annotations

import random
from functools import partial

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft, EntryKind
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.ui.chronology.model import FOUND_ROWS, ChronologyModel
from liaison_desk.ui.chronology.order import RowOrder, Sorting
from liaison_desk.ui.workplace import Workplace
from tests.ui.chronology_lists import (
    OtherPc,
    at,
    other_pc,
    receive,
    record_drill,
    record_many,
    run,
    shown_ids,
    wait_ready,
)

__all__ = ["other_pc"]


def opened(qtbot: QtBot, workplace: Workplace, sorting: Sorting = Sorting.THREADS) -> ChronologyModel:
    model = ChronologyModel(workplace, sorting)
    model.tester = QAbstractItemModelTester(model)  # type: ignore[attr-defined]
    model.start()
    wait_ready(qtbot, model)
    return model


def fresh_order(workplace: Workplace, sorting: Sorting) -> RowOrder:
    order = workplace.reader.order()
    return RowOrder(order.threads, order.places) if sorting is Sorting.THREADS else RowOrder.of_places(order.places)


def test_replies_stand_directly_below_the_entry_that_they_answer(
    qtbot: QtBot, desk: Desk, workplace: Workplace
) -> None:
    ids = run(qtbot, workplace, record_drill)
    reply = run(
        qtbot,
        workplace,
        lambda d: chronology.reply_to_entry(d, ids[1], EntryDraft(content="了解", occurred_at=at("06:00"))),
    )
    model = opened(qtbot, workplace)

    assert shown_ids(model) == [ids[0], ids[1], reply.entry_id, *ids[2:]]

    model.sort_by(Sorting.TIME)
    wait_ready(qtbot, model)

    assert shown_ids(model) == [*ids, reply.entry_id]
    model.close()


def test_a_new_entry_is_inserted_without_a_reset(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace)

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        recorded = run(
            qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content="余震", occurred_at=at("03:05")))
        )

    assert shown_ids(model) == [*ids[:2], recorded.entry_id, *ids[2:]]
    model.close()


def test_a_corrected_time_moves_the_row_and_whoever_holds_it(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    reply = run(qtbot, workplace, lambda d: chronology.reply_to_entry(d, ids[1], EntryDraft(content="了解")))
    model = opened(qtbot, workplace)
    shown_ids(model)
    held = QPersistentModelIndex(model.index(model.row_of(ids[1]), 0))

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsMoved):
        run(qtbot, workplace, lambda d: chronology.correct_entry(d, ids[1], {"occurred_at": at("04:30")}, "聞き違い"))

    assert shown_ids(model) == [ids[0], ids[2], ids[3], ids[4], ids[1], reply.entry_id, ids[5]]
    assert held.row() == 4
    model.close()


def test_a_withdrawn_entry_leaves_the_list(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace)
    recorded = run(qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content="誤り")))
    assert recorded.entry_id in shown_ids(model)

    run(qtbot, workplace, lambda d: chronology.withdraw_last(d, recorded))
    qtbot.waitUntil(lambda: model.rowCount() == len(ids))

    assert shown_ids(model) == ids
    model.close()


def test_a_change_re_reads_only_what_it_names(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace)
    rows = {number: model.row_at(number) for number in range(model.rowCount())}

    with qtbot.waitSignal(model.dataChanged) as told:
        run(qtbot, workplace, lambda d: chronology.set_fields(d, ids[3], {"status": "対応中"}))

    assert (told.args[0].row(), told.args[1].row()) == (3, 3)
    assert [number for number, row in rows.items() if model.row_at(number) is not row] == [3]
    assert model.row_at(3).status == "対応中"  # type: ignore[union-attr]
    model.close()


def test_a_search_answers_and_follows_what_arrives(qtbot: QtBot, workplace: Workplace, other_pc: OtherPc) -> None:
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace)

    with qtbot.waitSignal(model.counted) as counted:
        model.show_filter(EntryFilter(text="避難"))
        wait_ready(qtbot, model)
    assert shown_ids(model) == [ids[3], ids[4]]
    assert counted.args == [2]

    fits = chronology.record_entry(other_pc.desk, EntryDraft(content="避難所を閉鎖", occurred_at=at("05:00")))
    chronology.record_entry(other_pc.desk, EntryDraft(content="関係ない", occurred_at=at("05:01")))
    receive(qtbot, workplace, other_pc.written())

    assert shown_ids(model) == [ids[3], ids[4], fits.entry_id]
    model.show_filter(EntryFilter())
    assert model.rowCount() == len(ids) + 2
    model.close()


def test_an_entry_that_no_longer_passes_leaves_the_result(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace)
    model.show_filter(EntryFilter(open_only=True))
    wait_ready(qtbot, model)
    assert shown_ids(model) == [ids[3]]

    run(qtbot, workplace, lambda d: chronology.set_fields(d, ids[3], {"status": "完了"}))

    assert shown_ids(model) == []
    model.close()


def test_older_matches_are_fetched_when_they_are_asked_for(qtbot: QtBot, workplace: Workplace) -> None:
    ids = run(qtbot, workplace, partial(record_many, count=250)).ids
    model = opened(qtbot, workplace)
    model.show_filter(EntryFilter(text="水位"))
    wait_ready(qtbot, model)
    assert shown_ids(model) == ids[-FOUND_ROWS:]

    assert model.fetch_older()
    wait_ready(qtbot, model)
    assert shown_ids(model) == ids[-2 * FOUND_ROWS :]

    assert model.fetch_older()
    wait_ready(qtbot, model)
    assert shown_ids(model) == ids
    assert not model.fetch_older()
    model.close()


def test_open_instructions_stand_by_due_time_and_those_without_one_last(qtbot: QtBot, workplace: Workplace) -> None:
    def instruct(desk: Desk, due: str | None) -> str:
        draft = EntryDraft(content="報告せよ", kind=EntryKind.INSTRUCTION, due=at(due) if due else None)
        return chronology.record_entry(desk, draft).entry_id

    late, never, soon = (run(qtbot, workplace, partial(instruct, due=due)) for due in ("18:00", None, "14:00"))
    model = ChronologyModel(workplace, Sorting.DUE)
    model.show_filter(EntryFilter(open_only=True))
    wait_ready(qtbot, model)
    assert shown_ids(model) == [soon, late, never]

    run(qtbot, workplace, lambda d: chronology.set_fields(d, late, {"due": at("13:30")}))
    assert shown_ids(model) == [late, soon, never]
    model.close()


def test_a_thousand_entries_at_once_are_taken_over_as_a_whole(qtbot: QtBot, workplace: Workplace) -> None:
    model = opened(qtbot, workplace)

    ids = run(qtbot, workplace, partial(record_many, count=1000)).ids
    wait_ready(qtbot, model)

    assert shown_ids(model) == ids
    model.close()


@pytest.mark.parametrize("sorting", [Sorting.THREADS, Sorting.TIME])
@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_list_is_what_a_fresh_read_would_be(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc, sorting: Sorting, seed: int
) -> None:
    chance = random.Random(seed)
    ids = run(qtbot, workplace, record_drill)
    model = opened(qtbot, workplace, sorting)

    def draft() -> EntryDraft:
        return EntryDraft(
            content=f"記録 {chance.randrange(99)}",
            occurred_at=at(f"0{chance.randrange(1, 7)}:{chance.randrange(10, 59)}"),
        )

    def act(desk: Desk) -> object:
        choice, chosen = chance.random(), chance.choice(ids)
        if choice < 0.3:
            return chronology.record_entry(desk, draft())
        if choice < 0.55:
            return chronology.reply_to_entry(desk, chosen, draft())
        if choice < 0.8:
            time = at(f"0{chance.randrange(1, 7)}:{chance.randrange(10, 59)}")
            return chronology.correct_entry(
                desk, chosen, {"occurred_at": time, "content": str(chance.random())}, "訂正"
            )
        return chronology.set_fields(desk, chosen, {"status": chance.choice(["対応中", "完了", "未対応"])})

    for turn in range(30):
        if turn % 5 == 4:
            for _ in range(chance.randrange(1, 4)):
                chronology.record_entry(other_pc.desk, draft())
            receive(qtbot, workplace, other_pc.written())
        else:
            done = run(qtbot, workplace, act)
            if isinstance(done, chronology.Recorded):
                ids.append(done.entry_id)
        wait_ready(qtbot, model)
        if chance.random() < 0.5:
            shown_ids(model)
        assert model.order == fresh_order(workplace, sorting)
    shown = {row.id: row for row in map(model.row_at, range(model.rowCount())) if row}
    assert shown == {row.id: row for row in workplace.reader.rows_by_id(list(shown))}
    model.close()
