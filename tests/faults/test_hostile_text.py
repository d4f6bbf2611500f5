"""Hostile text: kept or refused with a reason, shown safely, found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.domain.people import Contact
from liaison_desk.domain.text import BIDI, fold, one_line, visible
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology, drafts, people, recovery
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store import search
from sync.operation import Operation, Value
from tests.desks import exchange, open_desk, record

KEPT = {
    "names": "髙﨑①㈱ 𠮷野家 葛󠄀飾",
    "emoji": "👨‍👩‍👧 🏳️‍🌈 👍🏽",
    "combining": "か\u3099 e\u0301 ﾃﾞﾝﾁ",
    "zero width": "避\u200b難\u2060所\ufeff",
    "overridden": "\u202e逆さ\u202c \u2066囲い\u2069",
    "controls": "\x01\x1b[31m赤\x7f\x9b31m",
    "lines": "一\r\n二\r三\u2028四\x85五",
    "quotes": '"\';-- DROP TABLE entries \\ % _ * " OR NEAR(',
    "private": "\uf0b7 箇条書き \uf8ff \U0010ff2d \U0010fffd",
    "one line": "長" * 100_000,
    "a megabyte": "避難" * 170_000,
    "zalgo": "Z" + "\u0301\u0302\u0303" * 300,
    "formula": "=cmd|' /C calc'!A0",
    "right to left": "مرحبا עברית",
    "noncharacters": "\ufffe\uffff\U0001fffe",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for many texts."""
    desk = open_desk(tmp_path_factory.mktemp("hostile") / "desk")
    yield desk
    assert recovery.check_desk(desk) == []
    desk.close()


def found(desk: Desk, text: str, **more: object) -> set[str]:
    """The ids that a search finds."""
    with closing(Reader(desk.database)) as reader:
        return {row.id for row in reader.find(EntryFilter(text=text, **more), limit=10_000)}  # type: ignore[arg-type]


@pytest.mark.parametrize("what", KEPT)
def test_a_strange_text_is_kept_as_it_is_found_and_shown_safely(desk: Desk, tmp_path: Path, what: str) -> None:
    text = KEPT[what]

    recorded = record(desk, text, subject=text[:100], from_party=text[:50], place=text[:50])

    with closing(Reader(desk.database)) as reader:
        details = reader.details(recorded.entry_id)
        assert details is not None
        assert (details.entry.content, details.entry.from_party) == (text, text[:50])
        assert details.row.content == text[:400]
        assert reader.complete("from_party", text[:10]) != []
    folded = fold(text)
    for part in (folded[:1], folded[:2], folded[:7], folded[-3:], text[:30]):
        if fold(part) and not part.split()[1:]:
            assert recorded.entry_id in found(desk, part), part
    shown = visible(text) + one_line(text)
    assert not set(shown) & {*BIDI, "\x1b", "\x9b", "\x01", "\x7f", "\r", "\x85"}
    other = open_desk(tmp_path / "other", "森")
    exchange(desk, other)
    with closing(Reader(other.database)) as reader:
        (entry,) = [entry for entry in reader.entries() if entry.id == recorded.entry_id]
        assert entry.content == text
    other.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a\0b", "壊れた文字"), ("\ud83d", "壊れた文字"), ("\udc80\udcff", "壊れた文字"), ("あ" * 700_000, "長すぎます")],
    ids=["NUL", "high half", "undecodable bytes", "over 2 MB"],
)
def test_what_cannot_be_kept_is_refused_with_its_field_and_reason(desk: Desk, text: str, reason: str) -> None:
    entry_id = record(desk, "元の文").entry_id
    acts: dict[str, Callable[[], object]] = {
        "内容": lambda: record(desk, text),
        "件名": lambda: record(desk, "x", subject=text),
        "場所": lambda: record(desk, "x", place=text),
        "添付": lambda: record(desk, "x", attachments=("good", text)),
        "関連": lambda: record(desk, "x", related=(text,)),
        "理由": lambda: chronology.correct_entry(desk, entry_id, {"content": "y"}, text),
        "担当": lambda: chronology.set_fields(desk, entry_id, {"owner": text}),
        "名簿": lambda: people.save_contact(desk, Contact(id="", name=text)),
    }
    vector = desk.the_journal().vector()

    for field, act in acts.items():
        with pytest.raises(DeskProblem) as refused:
            act()
        assert field in refused.value.says
        assert reason in refused.value.says
        assert refused.value.do

    assert desk.the_journal().vector() == vector


def test_more_text_than_one_record_holds_is_refused_and_the_desk_goes_on(desk: Desk) -> None:
    most = "a" * (2 * 1024 * 1024)

    with pytest.raises(DeskProblem, match=r"長すぎます"):
        record(desk, most, subject=most, place=most)

    assert record(desk, "その後").entry_id


def test_half_a_character_in_an_unfinished_line_is_kept_until_it_is_whole(desk: Desk) -> None:
    values = {"content": "途中 \ud83d\0", "place": "\udc80"}

    drafts.save_draft(desk, "half", values, desk.now())

    with closing(Reader(desk.database)) as reader:
        assert [one.values for one in reader.drafts() if one.slot == "half"] == [values]
    drafts.drop_draft(desk, "half")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("½ 減", "½"),
        ("㈱七飯建設", "(株)"),
        ("㈱七飯建設", "（株）七飯"),
        ("ｶﾞｿﾘﾝ 不足", "ガソリン"),
        ("ガソリン", "ｶﾞｿﾘﾝ"),
        ("ＡＢＣ号", "abc"),
        ("abc号", "ＡＢＣ号"),
        ("６０枚", "60"),
        ("60 枚", "６０枚"),
        ("①便", "1便"),
        ("Straße", "STRASSE"),
        ("か゛っこう", "がっこう"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("避\u200b難所", "避難"),
        ("大中山\nコモン", "山コモ"),
        ("5-3番地", "5-3"),
        ("50%減", "0%"),
        ("a_b", "_"),
        ("どう？", "う?"),
        ("\uf0b7項目", "\uf0b7"),
        ("\x01\x02", "\x02"),
    ],
)
def test_a_text_is_found_as_people_type_it(desk: Desk, written: str, typed: str) -> None:
    assert record(desk, f"目印{written}").entry_id in found(desk, typed)


def test_words_do_not_match_across_the_parts_of_an_entry(desk: Desk) -> None:
    entry_id = record(desk, "末尾甲", subject="乙先頭", place="丙\U0010fffd丁").entry_id

    assert entry_id not in found(desk, "頭末")
    assert entry_id in found(desk, "乙先 尾甲")
    assert entry_id in found(desk, "丙丁")


@pytest.mark.parametrize(
    "typed",
    ["\0", "\ud83d", "x\0y", '"', '" OR "', "*", "NEAR(a b)", "^a", "a AND", "-", "\u200b", " \u3000 ", "\U0010fffd"],
)
def test_no_search_breaks_the_search(desk: Desk, typed: str) -> None:
    found(desk, typed)
    found(desk, typed, place=typed, person=typed, mark=typed)
    with closing(Reader(desk.database)) as reader:
        reader.count(EntryFilter(text=typed))
        reader.contacts(typed)
        reader.complete("place", typed)
        list(reader.entries(EntryFilter(text=typed)))


def test_a_whole_mail_pasted_into_the_search_box_is_searched(desk: Desk) -> None:
    mail = " ".join(f"語{n}あいうえお" for n in range(3000))
    entry_id = record(desk, mail).entry_id

    assert found(desk, mail) == {entry_id}
    assert found(desk, mail + " 無い語") == set()
    assert found(desk, "".join(mail.split())) == {entry_id}
    assert found(desk, " ".join("語" + chr(0x4E00 + n) for n in range(200))) == set()
    with closing(Reader(desk.database)) as reader:
        assert reader.count(EntryFilter(text=mail)) == 1
        assert [entry.id for entry in reader.entries(EntryFilter(text=mail))] == [entry_id]
        assert reader.contacts(mail) == []


LETTERS = st.text(
    st.sampled_from("避難所開設七飯町がか\u3099ｶﾞＡaß½㈱①-\"'%_*() \n\u200b👨\u200d👩\U000e0100é\uf0b7\x01"), max_size=12
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    texts=st.lists(LETTERS | ANYTHING, min_size=1, max_size=6),
    strange=LETTERS | ANYTHING,
    start=st.integers(0, 12),
    length=st.integers(1, 8),
)
def test_search_finds_every_part_of_a_text_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], strange: str, start: int, length: int
) -> None:
    desk = open_desk(tmp_path_factory.mktemp("found") / "desk")
    stored = {record(desk, "空" + text, subject=strange).entry_id: ["空" + text, strange] for text in texts}
    part = "".join(map(fold, texts))[start : start + length]

    for typed in (part, strange, texts[0]):
        words = [word for word in map(fold, typed.split()) if word]
        expected = {
            entry_id
            for entry_id, parts in stored.items()
            if all(
                any(word in fold(text) for text in (*parts, "電話", "報告", *fixed(desk, entry_id))) for word in words
            )
        }
        assert found(desk, typed) == expected, (typed, words)
    desk.close()


def fixed(desk: Desk, entry_id: str) -> list[str]:
    """What else of an entry is searched."""
    with closing(Reader(desk.database)) as reader:
        (row,) = reader.rows_by_id([entry_id])
        return [row.no, row.operator, "振興局", row.kind]


@given(LETTERS | ANYTHING, st.integers(0, 20), st.integers(1, 20))
def test_the_index_terms_hold_every_letter_and_pair(text: str, start: int, length: int) -> None:
    folded = search.folded(["頭", text, "尾"])
    terms = set(search.grams(folded).split(" "))
    part = fold(text)[start : start + length]

    match, _ = search.query(part)

    assert all(term.strip('"') in terms for term in match.split(" ") if term)
    assert search.SEPARATOR not in "".join(terms)


def test_a_record_of_a_hostile_desk_costs_only_itself(tmp_path: Path) -> None:
    desk, hostile = open_desk(tmp_path / "desk"), open_desk(tmp_path / "hostile", "悪")
    good = record(hostile, "ふつうの記録")
    record_of: dict[str, Value] = {"no": "悪-009", "occurred_at": [0, 540], "recorded_at": [0, 540], "content": "x"}
    broken = [
        record_of | {"content": None},
        record_of | {"content": ["x"]},
        record_of | {"occurred_at": [2**62, 540]},
        record_of | {"occurred_at": [0, 99999]},
        record_of | {"kind": 5},
        record_of | {"related": [1]},
        {},
        "record",
        None,
    ]
    revision: Value = {
        "entry": good.entry_id, "kind": "correct", "recorded_at": [0, 0], "changes": {"content": None}
    }  # fmt: skip
    operations = [Operation("entry", f"{n:032x}", "record", "set", value) for n, value in enumerate(broken)]
    operations += [
        Operation("entry", good.entry_id, "status", "set", {"value": None}),
        Operation("entry", good.entry_id, "due", "set", {"value": [2**62, 0]}),
        Operation("entry", good.entry_id, "important", "set", {"value": "yes"}),
        Operation("entry", good.entry_id, "owner", "set", {"value": "奥村", "operator": 5}),
        Operation("entry", good.entry_id, "mood", "set", {"value": "calm"}),
        Operation("entry", "f" * 32, "status", "set", {"value": "完了"}),
        Operation("entry", good.entry_id, "status", "drop"),
        Operation("revision", "1" * 32, "record", "set", revision),
        Operation("revision", "2" * 32, "record", "set", 5),
        Operation("contact", "3" * 32, "name", "set", 5),
        Operation("contact", "3" * 32, "name", "set", "名"),
        Operation("weather", "x", "y", "add", b"\0"),
        Operation("entry", "9" * 32, "record", "set", record_of | {"no": "七-99999999999", "content": "a\0b"}),
    ]  # fmt: skip
    hostile.the_journal().commit(operations)
    after = record(hostile, "その後の記録")

    exchange(desk, hostile)

    with closing(Reader(desk.database)) as reader:
        assert {good.entry_id, after.entry_id, "9" * 32} <= {row.id for row in reader.last_rows(99)}
        details = reader.details(good.entry_id)
        assert details is not None
        assert (details.entry.status, details.entry.content, details.entry.owner) == ("", "ふつうの記録", "奥村")
    assert recovery.check_desk(desk) == []
    first, second = record(desk, "一"), record(desk, "二")
    assert first.no != second.no
    desk.close()
    hostile.close()
