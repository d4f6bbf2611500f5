"""Which column of a file is which field: the many spellings of offices' headers, read with NFKC.

Pure. A header is one row, or two rows of which the upper one names groups (発信・受信 over 発信元 and 発信先).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# The first field is meant when it is free, else the next one. Spellings are NFKC, case folded, without blanks.
_SPELLINGS: dict[str, str] = {
    "no": "番号 no no. 通番 通し番号 整理番号 連番 項番 記録番号 受付番号 管理番号 # 通番号",
    "id no": "id",
    "occurred_at": (
        "発生日時 日時 発生日時分 日時分 年月日時分 月日時分 発生年月日時 月日時 発生 occurred_at "
        "occurred datetime timestamp いつ"
    ),
    "occurred_time occurred_at": "時刻 発生時刻 時間 発生時間 時分 time",
    "occurred_date": "日付 月日 年月日 発生日 発生月日 発生年月日 日 date",
    "occurred_approx": "頃 ごろ 頃か occurred_approx",
    "known_at": "覚知日時 覚知時刻 覚知 known_at known",
    "received_at": "受信日時 受信時刻 受付日時 受付時刻 受電日時 受電時刻 received_at",
    "recorded_at": (
        "記録日時 記録時刻 入力日時 入力時刻 登録日時 登録時刻 作成日時 記入日時 recorded_at recorded created"
    ),
    "device_name": "端末 端末名 記録端末 入力端末 device_name device",
    "device_mark": "端末記号 端末の印 device_mark",
    "operator": "記録者 記録者名 入力者 入力者名 作成者 記入者 登録者 operator",
    "operator to_party": "受信者 受付者 受電者 聴取者",
    "org": "所属 記録者所属 所属名 部署 org",
    "from_party": (
        "発信元 発信者 情報源 情報元 通報者 連絡元 情報提供者 入手先 情報入手先 報告元 報告者 "
        "発信 発 相手方 誰から from from_party source"
    ),
    "to_party": "発信先 受信先 宛先 送信先 伝達先 報告先 連絡先 受信 着 誰へ 誰に to to_party",
    "channel": "手段 連絡手段 通信手段 伝達手段 受信手段 入手手段 方法 媒体 入手方法 受信方法 channel",
    "kind": "種別 区分 分類 種類 情報種別 記録種別 情報区分 kind category type",
    "subject": "件名 標題 表題 題名 タイトル 見出し 項目 subject title",
    "content": (
        "内容 記事 本文 状況内容 対応内容 活動内容 記録内容 情報内容 事象 出来事 経過 経過内容 "
        "記録 詳細 content text body message"
    ),
    "content subject": "概要 事案概要 事案 事項 摘要",
    "place": "場所 発生場所 発生地点 地点 箇所 所在地 地区 住所 place location",
    "latitude": "緯度 北緯 lat latitude",
    "longitude": "経度 東経 lon lng long longitude",
    "verification": "確度 確認状況 確認 信頼度 真偽 verification",
    "important": "重要 重要度 重要フラグ 優先 優先度 important",
    "status": "状況 対応状況 処理状況 進捗 進捗状況 ステータス 処理 status",
    "owner": "担当 担当者 担当課 担当班 対応者 対応班 主管 owner",
    "due": "期限 対応期限 締切 〆切 期日 due",
    "attachments": "添付 添付資料 添付ファイル 資料 写真 attachments",
    "related": "関連 関連番号 関連記録 参照 親番号 related",
    "reply_to": "返信先 返信先番号 reply_to",
    "note": "備考 特記事項 対応 処置 措置 対応処置 コメント remarks note notes",
    "restore": "復元情報 restore",
    "delivery": "到達 delivery",
    "revisions": "revisions",
    "revisions_said": "訂正・取消",
    "original": "original",
    "reply_to_no": "reply_to_no",
    "cancelled": "cancelled",
    "conflicts": "conflicts",
}
_CANDIDATES = {name: tuple(fields.split()) for fields, names in _SPELLINGS.items() for name in names.split()}
# What a person may choose a column to mean.
FIELDS = tuple(dict.fromkeys(name for fields in _SPELLINGS for name in fields.split()))
# Understood, and on purpose not read: said by other columns.
IGNORED = frozenset({"delivery", "reply_to_no", "cancelled", "conflicts", "revisions_said"})
_ESSENTIAL = frozenset({"content", "subject", "occurred_at", "occurred_time"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|※.*$")
_BLANKS = re.compile(r"[\s　]+")
MAX_COLUMNS = 512


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns mean.

    Attributes:
        labels: the header of each column as a person reads it, by column index.
        fields: the field of each understood column, by column index.
        unknown: headers that were not understood; their cells are not read.
        line: the number of the header's last line, 0 without a header.
    """

    labels: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[int, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    line: int = 0

    @property
    def usable(self) -> bool:
        """Whether there is a column that says what happened."""
        return bool({"content", "subject", "note"} & set(self.fields.values()))

    def understood(self) -> dict[str, str]:
        """Header -> field, in the order of the columns."""
        return {self.labels[index]: name for index, name in sorted(self.fields.items())}


def plain(label: object) -> str:
    """A header in the form in which spellings are compared."""
    text = unicodedata.normalize("NFKC", str(label)).casefold()
    text = _BLANKS.sub("", text)
    return _BRACKETS.sub("", text) or text


def assign(labels: Mapping[int, str], mapping: Mapping[str, str] | None = None, *, line: int = 0) -> Columns:
    """Give each column its field; the first column of a meaning has it, later ones take their second meaning.

    Args:
        labels: header texts by column index.
        mapping: header -> field ("" to leave the column out), chosen by a person; goes before our guess.
        line: the header's last line.
    """
    chosen = {plain(label): name for label, name in (mapping or {}).items()}
    fields: dict[int, str] = {}
    for index, label in labels.items():
        if plain(label) in chosen and chosen[plain(label)] in FIELDS:
            fields[index] = chosen[plain(label)]
    taken = set(fields.values())
    for rank in range(2):
        for index, label in sorted(labels.items()):
            candidates = () if plain(label) in chosen else _CANDIDATES.get(plain(label), ())
            # A word with one meaning goes before a word with two.
            wanted = candidates if rank else candidates[: 1 if len(candidates) == 1 else 0]
            free = next((name for name in wanted if name not in taken), None)
            if index not in fields and free is not None:
                fields[index] = free
                taken.add(free)
    if "occurred_time" in taken and "occurred_at" not in taken and "occurred_date" not in taken:
        fields = {i: "occurred_at" if name == "occurred_time" else name for i, name in fields.items()}
    unknown = tuple(label for index, label in sorted(labels.items()) if index not in fields and label.strip())
    return Columns(dict(labels), fields, unknown, line)


def header_in(
    rows: Sequence[tuple[int, Mapping[int, object]]], mapping: Mapping[str, str] | None = None
) -> tuple[int, Columns] | None:
    """Find the header among the first rows of a table.

    Args:
        rows: line number and cells by column index, only those that exist.
        mapping: as `assign`.

    Returns:
        How many rows the table's head takes, and the columns; None when no row looks like a header.
    """
    best: tuple[int, int, Columns] | None = None
    for at, (line, cells) in enumerate(rows):
        labels = _labels(cells)
        found = assign(labels, mapping, line=line)
        score = _score(found)
        if best is None or score > best[0]:
            best = (score, at + 1, found)
        if at + 1 < len(rows) and _score(assign(_labels(rows[at + 1][1]))) > 0:
            two = assign(_joined(labels, _labels(rows[at + 1][1])), mapping, line=rows[at + 1][0])
            if _score(two) > best[0]:
                best = (_score(two), at + 2, two)
    if best is None or best[0] < 2 or not _ESSENTIAL & set(best[2].fields.values()):
        return None
    return best[1], best[2]


def score_of(rows: Sequence[tuple[int, Mapping[int, object]]]) -> int:
    """How much the first rows of a table look like a chronology: the number of fields understood."""
    found = header_in(rows)
    return _score(found[1]) if found else 0


def _score(columns: Columns) -> int:
    return len(set(columns.fields.values()))


def _labels(cells: Mapping[int, object]) -> dict[int, str]:
    return {
        index: _BLANKS.sub(" ", value).strip()
        for index, value in cells.items()
        if isinstance(value, str) and value.strip() and len(value) <= 60 and index < MAX_COLUMNS
    }


def _joined(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    # A merged group stands in its first column only: 発信・受信 | ·  over  発信元 | 発信先.
    labels: dict[int, str] = {}
    group = ""
    for index in range(max((*upper, *lower)) + 1):
        group = upper.get(index, group)
        name = lower.get(index)
        if name is None:
            if index in upper:
                labels[index] = upper[index]
        elif plain(name) in _CANDIDATES or plain(group + name) not in _CANDIDATES:
            labels[index] = name
        else:
            labels[index] = group + name
    return labels
