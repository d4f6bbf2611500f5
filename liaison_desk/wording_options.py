"""What each option of the command line is for, for `wording`: key -> (Japanese, English)."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "option_channel": (
        "手段: 電話、対面、会議、無線、FAX、メール、現認、SNS、Web会議",
        "channel: 電話 phone, 対面 in person, 会議 meeting, 無線 radio, FAX, メール mail, 現認 seen, SNS, Web会議",
    ),
    "option_content": ("内容", "what happened, in words"),
    "option_due": ("期限: 1500、11/23 9:00", "due: 1500, 11/23 9:00"),
    "option_file": ("ファイル", "the file"),
    "option_from_party": ("発信元", "who said it"),
    "option_host_org": ("派遣先", "the organisation that hosts the liaison"),
    "option_important": ("重要", "important"),
    "option_json": ("結果を JSON で出す（スクリプト用）", "print JSON, for scripts"),
    "option_kind": (
        "種別: 報告、指示、依頼、決定、確認、連絡",
        "kind: 報告 report, 指示 instruction, 依頼 request, 決定 decision, 確認 check, 連絡 notice",
    ),
    "option_lat": ("緯度（度、WGS84）", "latitude in degrees, WGS84"),
    "option_limit": ("新しい方から何件まで", "at most so many, the newest"),
    "option_lon": ("経度（度、WGS84）", "longitude in degrees, WGS84"),
    "option_name": ("名前", "name"),
    "option_no": ("記録の番号（七-012）", "number of the entry (七-012)"),
    "option_operator": ("記録者の氏名", "who records"),
    "option_org": ("記録者の所属", "the organisation of who records"),
    "option_out": ("書き出すファイル", "the file to write"),
    "option_owner": ("担当", "who sees to it"),
    "option_person": ("人・所属で絞る", "only with this person or organisation"),
    "option_place": ("場所", "place"),
    "option_reason": ("理由", "why"),
    "option_search": ("語で絞る（全角・半角は同じ）", "only with this text (width makes no difference)"),
    "option_since": ("この日時から", "from this time on"),
    "option_status": ("状況: 未対応、対応中、完了", "status: 未対応 open, 対応中 in hand, 完了 done"),
    "option_subject": ("件名", "subject"),
    "option_to_party": ("発信先", "to whom"),
    "option_until": ("この日時まで", "up to this time"),
    "option_verification": ("確度: 未確認、確認済", "verification: 未確認 unverified, 確認済 verified"),
}
