"""A damaged database: named when it is opened, read, written or checked; set aside; made again without loss."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from liaison_desk import wording
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import DATABASE_NAME
from liaison_desk.services import chronology, drafts, recovery
from liaison_desk.services.desk import REBUILDING_NAME, Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store.connection import Damaged, translated
from liaison_desk.store.search import grams
from sync.places import Published
from tests.desks import FakeClock, exchange, give, open_desk, record

PAGE = 4096
ENTRIES = 150


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of some 200 pages: entries, a correction, fields, a draft, another PC's entries."""
    folder = tmp_path_factory.mktemp("sound")
    clock = FakeClock()
    desk, other = open_desk(folder / "desk", clock=clock), open_desk(folder / "other", "森", clock=clock)
    ids = []
    for n in range(ENTRIES):
        clock.go(seconds=7)
        ids.append(record(desk, f"記録 {n} " + "避難所を開設。" * 40, from_party="七飯町").entry_id)
    for n in range(10):
        record(other, f"森の記録 {n}")
    exchange(desk, other)
    for status in ("未対応", "対応中", "完了"):
        chronology.set_fields(desk, ids[3], {"status": status})
    chronology.correct_entry(desk, ids[5], {"content": "訂正した文"}, "聞き違い")
    drafts.save_draft(desk, "main", {"content": "書きかけ"}, desk.now())
    desk.close()
    other.close()
    return folder / "desk"


def copy_of(sound: Path, folder: Path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(sound, folder / "desk", ignore=shutil.ignore_patterns("desk.lock")))


def overwrite(profile: Path, page: int, chance: random.Random, *, start: int = 0, count: int = PAGE) -> None:
    """Damage a page, counted from 0."""
    with (profile / DATABASE_NAME).open("r+b") as file:
        file.seek(page * PAGE + start)
        file.write(chance.randbytes(count))


def use(profile: Path) -> tuple[list[str], str]:
    """Open, check, list, look at everything, record: what was noticed, and all that was read."""
    noticed: list[str] = []
    told: list[object] = []
    try:
        desk = Desk(profile, clock=FakeClock())
    except Damaged as damaged:
        return [damaged.reason], ""
    try:
        noticed += recovery.check_desk(desk)
        with closing(Reader(desk.database)) as reader:
            for use_case in (
                reader.order,
                lambda: [reader.details(row.id) for row in reader.last_rows(1000)],
                lambda: reader.find(EntryFilter(text="避難所")),
                lambda: list(reader.entries()),
                reader.contacts,
                reader.drafts,
                lambda: digest_of(desk),
                lambda: record(desk, "さらに一件").no,
                lambda: drafts.save_draft(desk, "main", {"content": "x"}, desk.now()),
            ):
                try:
                    told.append(use_case())
                except Damaged as damaged:
                    noticed.append(damaged.reason)
    finally:
        desk.close()
    return noticed, repr(told)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_page_is_noticed_and_costs_no_entry(sound: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    profile = copy_of(sound, tmp_path)
    pages = (profile / DATABASE_NAME).stat().st_size // PAGE
    # The first pages name the tables and lead to the log; each of them in turn, then any.
    page = seed if seed < 12 else chance.randrange(pages)
    overwrite(profile, page, chance, start=chance.choice((0, 1, 100, 2048)), count=chance.choice((8, 512, 2000)))

    noticed, told = use(profile)

    if not noticed:
        # The bytes hit what no page uses: then everything reads as it did.
        assert told == use(copy_of(sound, tmp_path / "sound"))[1]
    recovered = recovery.rebuild(profile, clock=FakeClock())
    assert recovered.set_aside.exists()
    again = Desk(profile, clock=FakeClock())
    try:
        assert recovery.check_desk(again) == []
        with closing(Reader(again.database)) as reader:
            entries = list(reader.entries())
            assert [one.values for one in reader.drafts()] in ([{"content": "書きかけ"}], [{"content": "x"}], [])
        assert ids_of(sound) <= {entry.id for entry in entries}
        taken = {entry.no for entry in entries}
        assert record(again, "その後").no not in taken
        assert (again.seat.mark, again.seat.operator) == ("七", "七係")
    finally:
        again.close()


def digest_of(desk: Desk) -> str:
    """The state's digest, as a use case would ask for it."""
    with translated():
        return desk.the_journal().digest()


def ids_of(profile: Path) -> set[str]:
    """The ids of all entries of a sound profile."""
    desk = Desk(profile, read_only=True)
    with closing(Reader(desk.database)) as reader:
        found = {entry.id for entry in reader.entries()}
    desk.close()
    return found


def test_a_rebuilt_desk_has_every_act_its_times_and_its_drafts(sound: Path, tmp_path: Path) -> None:
    profile = copy_of(sound, tmp_path)
    before = Desk(profile, read_only=True)
    with closing(Reader(before.database)) as reader:
        told = sorted((entry.to_record().items() for entry in reader.entries()), key=repr)
        history = [reader.details(row.id) for row in reader.find(EntryFilter(text="完了"))]
        device, vector = before.the_journal().device, before.the_journal().vector()
    before.close()
    later = FakeClock()
    later.go(seconds=7 * 86400)
    overwrite(profile, 0, random.Random(0), count=64)

    recovered = recovery.rebuild(profile, clock=later)

    desk = Desk(profile, clock=later)
    with closing(Reader(desk.database)) as reader:
        assert sorted((entry.to_record().items() for entry in reader.entries()), key=repr) == told
        details = [reader.details(row.id) for row in reader.find(EntryFilter(text="完了"))]
        assert [[value.at for _, value in one.history] for one in details if one] == [
            [value.at for _, value in one.history] for one in history if one
        ]
        (draft,) = reader.drafts()
        assert later.now().utc_ms - draft.saved_at.utc_ms > 6 * 86_400_000
    assert desk.the_journal().device != device
    assert recovered.transactions == sum(vector.values())
    assert recovered.renewed == vector[device]
    assert (recovered.lost, recovered.waiting, recovered.drafts) == (0, 0, 1)
    assert recovered.entries == ENTRIES + 10
    left = {path.name for path in profile.iterdir() if not path.name.startswith(("desk.", "damaged-"))}
    assert left == {"seat.json"}
    desk.close()


def test_what_was_published_keeps_its_old_writer_and_is_not_written_twice(tmp_path: Path) -> None:
    desk, other = open_desk(tmp_path / "desk"), open_desk(tmp_path / "other", "森")
    entries = [record(desk, f"記録 {n}") for n in range(6)]
    give(desk, other)
    journal = desk.the_journal()
    old = journal.device
    journal.met("share", "canary")
    journal.offering("share", 6)
    journal.published("share", Published(seq=6))
    own = record(desk, "まだ送っていない")
    desk.close()
    overwrite(tmp_path / "desk", 0, random.Random(0), count=16)

    recovered = recovery.rebuild(tmp_path / "desk")

    desk = Desk(tmp_path / "desk")
    vector = desk.the_journal().vector()
    assert (vector[old], vector[desk.the_journal().device], recovered.renewed) == (6, 1, 1)
    exchange(desk, other)
    with closing(Reader(other.database)) as reader:
        assert {row.id for row in reader.last_rows(99)} == {own.entry_id, *(one.entry_id for one in entries)}
    assert desk.the_journal().digest() == other.the_journal().digest()
    desk.close()
    other.close()


def test_the_share_brings_back_what_the_file_lost(tmp_path: Path) -> None:
    desk, other = open_desk(tmp_path / "desk"), open_desk(tmp_path / "other", "森")
    for n in range(30):
        record(desk, f"記録 {n}")
    journal = desk.the_journal()
    journal.met("share", "canary")
    journal.published("share", Published(seq=30))
    exchange(desk, other)
    desk.close()
    (tmp_path / "desk" / DATABASE_NAME).write_bytes(random.Random(1).randbytes(40 * PAGE))

    recovered = recovery.rebuild(tmp_path / "desk")

    assert (recovered.entries, recovered.transactions) == (0, 0)
    desk = Desk(tmp_path / "desk")
    # Before the share was seen: no number that the lost entries had.
    assert int(record(desk, "作り直した直後").no.partition("-")[2]) > 30
    exchange(desk, other)
    assert desk.the_journal().digest() == other.the_journal().digest()
    with closing(Reader(desk.database)) as reader:
        assert reader.count_all() == 31
        assert len({row.no for row in reader.last_rows(99)}) == 31
    assert recovery.check_desk(desk) == []
    desk.close()
    other.close()


def test_an_interrupted_rebuild_keeps_the_desk_closed_and_goes_on(sound: Path, tmp_path: Path) -> None:
    profile = copy_of(sound, tmp_path)
    # The power went after the file was set aside, in the middle of making the new one.
    (profile / REBUILDING_NAME).write_text(json.dumps({"aside": "damaged-x.sqlite3"}), encoding="utf-8")
    (profile / DATABASE_NAME).rename(profile / "damaged-x.sqlite3")
    (profile / "rebuilding").mkdir()
    (profile / "rebuilding" / DATABASE_NAME).write_bytes(b"half")

    with pytest.raises(Damaged):
        Desk(profile)
    recovered = recovery.rebuild(profile)

    assert recovered.set_aside == profile / "damaged-x.sqlite3"
    assert recovered.entries == ENTRIES + 10
    Desk(profile).close()


def test_a_rebuild_interrupted_at_its_last_step_goes_on(sound: Path, tmp_path: Path) -> None:
    profile = copy_of(sound, tmp_path)
    first = recovery.rebuild(profile)
    (profile / REBUILDING_NAME).write_text(json.dumps({"aside": first.set_aside.name}), encoding="utf-8")

    again = recovery.rebuild(profile)

    assert (again.set_aside, again.entries) == (first.set_aside, first.entries)
    Desk(profile).close()


def test_acts_in_sqlites_own_log_are_set_aside_and_saved_too(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")
    record(desk, "書き込みログの中")
    # As after a power cut: nothing was folded into the file.
    copied = tmp_path / "cut"
    shutil.copytree(desk.profile, copied, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    desk.close()
    assert (copied / f"{DATABASE_NAME}-wal").stat().st_size > 0

    recovered = recovery.rebuild(copied)

    assert recovered.entries == 1
    assert recovered.set_aside.with_name(recovered.set_aside.name + "-wal").exists()


def test_twice_damaged_in_one_second_is_set_aside_under_two_names(sound: Path, tmp_path: Path) -> None:
    profile, clock = copy_of(sound, tmp_path), FakeClock()

    names = {recovery.rebuild(profile, clock=clock).set_aside.name for _ in range(3)}

    assert len(names) == 3
    assert all((profile / name).exists() for name in names)


def test_without_any_word_of_the_incident_nothing_is_touched(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")
    desk.close()
    (tmp_path / "desk" / "seat.json").write_text("{}", encoding="utf-8")
    (tmp_path / "desk" / DATABASE_NAME).write_bytes(b"x" * PAGE)

    with pytest.raises(DeskProblem, match=r"seat\.json"):
        recovery.rebuild(tmp_path / "desk")

    assert (tmp_path / "desk" / DATABASE_NAME).read_bytes() == b"x" * PAGE
    assert not (tmp_path / "desk" / "rebuilding").exists()


def test_without_its_copy_the_seat_is_read_from_the_damaged_file(sound: Path, tmp_path: Path) -> None:
    profile = copy_of(sound, tmp_path)
    (profile / "seat.json").unlink()

    recovered = recovery.rebuild(profile)

    desk = Desk(profile)
    assert (desk.seat.mark, desk.seat.incident_name, recovered.entries) == ("七", "大雨訓練", ENTRIES + 10)
    assert (profile / "seat.json").exists()
    desk.close()


def test_a_desk_that_is_open_is_not_rebuilt(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")

    with pytest.raises(DeskProblem, match=r"別のリエゾンデスク"):
        recovery.rebuild(tmp_path / "desk")

    desk.close()


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE entries SET content = 'x' WHERE count = 3", "entries"),
        ("DELETE FROM entries WHERE count = 3", "entries"),
        ("UPDATE entries SET thread_pos = 0 WHERE count = 3", "entries (thread)"),
        ("UPDATE entries SET pos = pos + 99999999, thread_pos = pos + 99999999 WHERE count = 3", "entries (pos)"),
        ("DELETE FROM field_values", "field_values"),
        ("UPDATE revisions SET hlc = 1", "revisions"),
        ("UPDATE phrases SET uses = 99", "phrases"),
        ("INSERT INTO contacts (id) VALUES ('x')", "contacts"),
    ],
)
def test_check_names_the_table_that_differs_and_a_rebuild_mends_it(
    sound: Path, tmp_path: Path, statement: str, table: str
) -> None:
    desk = Desk(copy_of(sound, tmp_path))
    desk.database.writer.execute(statement)

    found = recovery.check_desk(desk)

    assert any(f" {table} " in sentence for sentence in found), found
    changed = recovery.rebuild_projections(desk)
    assert (changed.everything, changed.origin) == (True, "rebuilt")
    assert recovery.check_desk(desk) == []
    desk.close()


def test_check_notices_a_search_index_that_lost_an_entry(sound: Path, tmp_path: Path) -> None:
    desk = Desk(copy_of(sound, tmp_path))
    pos, folded = desk.database.writer.execute("SELECT pos, folded FROM entries WHERE count = 3").fetchone()
    desk.database.writer.execute(
        "INSERT INTO entry_search (entry_search, rowid, grams) VALUES ('delete', ?, ?)", (pos, grams(folded))
    )

    assert recovery.check_desk(desk) != []
    recovery.rebuild_projections(desk)
    assert recovery.check_desk(desk) == []
    desk.close()


def test_check_speaks_both_languages(sound: Path, tmp_path: Path) -> None:
    desk = Desk(copy_of(sound, tmp_path))
    desk.database.writer.execute("DELETE FROM field_values")
    japanese = recovery.check_desk(desk)
    wording.use("en")
    try:
        english = recovery.check_desk(desk)
    finally:
        wording.use("ja")

    assert "check --rebuild" in japanese[0]
    assert "differ from the log" in english[0]
    desk.close()
