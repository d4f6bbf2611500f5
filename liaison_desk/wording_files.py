"""Sentences about files that come in and go out: key -> (Japanese, English)."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "file_missing": ("ファイルがありません", "there is no such file"),
    "file_refused_do": (
        "元のソフトで開いて内容を確かめ、Excel（.xlsx）か CSV で保存し直したものを選んでください。",
        "Open it in its own program, check it, and choose a copy saved as Excel (.xlsx) or CSV.",
    ),
    "file_line_too_long": (
        "{path} には長すぎる行があり、表として読めません。",
        "{path} has a line too long to be part of a table.",
    ),
    "file_bomb": (
        "{path} は開くと {size} になる、通常の記録ではありえない大きさのため、取り込みません。",
        "{path} unpacks to {size}, which no honest record does; it is not taken.",
    ),
    "file_with_dtd": (
        "{path} には Excel が書かないはずの定義（DTD）が含まれているため、安全のため取り込みません。",
        "{path} holds definitions (a DTD) that Excel never writes; it is not taken, to be safe.",
    ),
    "file_broken_xml": (
        "{path} の中身が壊れていて、最後まで読めません（{reason}）。",
        "The inside of {path} is broken and cannot be read to its end ({reason}).",
    ),
    "file_broken_zip": (
        "{path} は壊れているか、パスワードで保護されています（{reason}）。",
        "{path} is broken or protected by a password ({reason}).",
    ),
    "file_not_a_workbook": ("{path} は Excel のブックではありません。", "{path} is not an Excel workbook."),
    "file_old_excel": (
        "{path} は古い形式の Excel（.xls）か、パスワード付きのファイルです。",
        "{path} is an old Excel file (.xls), or one with a password.",
    ),
    "file_empty": ("{path} は空のファイルです。", "{path} is empty."),
    "file_changed": (
        "{path} は、内容を確かめた後に書き換えられています。",
        "{path} was changed after it was looked at.",
    ),
    "file_changed_do": (
        "もう一度選び、内容を確かめてから取り込んでください。",
        "Choose it again and check it before importing.",
    ),
    "file_kind_unknown": (
        "書き出し先 {path} の種類が分かりません。",
        "It is not clear what kind of file {path} should be.",
    ),
    "file_kind_unknown_do": (
        "ファイル名の終わりを .csv、.xlsx、.jsonl のどれかにしてください。",
        "End the name in .csv, .xlsx or .jsonl.",
    ),
    "encoding_unknown": ("文字コード「{name}」は使えません。", "There is no text encoding “{name}”."),
    "encoding_unknown_do": ("次から選んでください: {known}", "Choose one of: {known}"),
    "sheet_unknown": ("シート「{sheet}」はありません。", "There is no sheet “{sheet}”."),
    "sheet_unknown_do": ("次から選んでください: {known}", "Choose one of: {known}"),
    "import_nothing": (
        "{path} には取り込める記録が見つかりません。",
        "There is nothing in {path} that can be imported.",
    ),
    "import_nothing_do": (
        "見出しの行（番号・日時・内容など）があるか確かめるか、各列の意味を選んでください。",
        "See that it has a header (number, time, content …), or choose what each column means.",
    ),
    "import_line": (" {line} 行目: {says}", " Line {line}: {says}"),
    "note_encoding_broken": (
        "文字コードを確定できませんでした（{encoding} として読み、読めない文字は「�」で示します）。",
        "The text encoding is not certain (read as {encoding}; what could not be read is shown as �).",
    ),
    "note_no_header": (
        "見出しの行が見つかりません。各列の意味を選んでください。",
        "No header was found; choose what each column means.",
    ),
    "flaw_quotes": (
        '引用符（"）の対応が取れず、列の区切りが確かでないため、取り込みません。',
        "The quotes do not match, so where the columns part is not sure; not imported.",
    ),
    "flaw_quotes_mended": (
        '引用符（"）の対応が取れない行を、列の数が合う読み方で取り込みます。',
        "The quotes do not match; read in the one way that fits the number of columns.",
    ),
    "flaw_rows_inside": (
        "一つの欄の中に、別の行のような文が入っています。",
        "One cell holds what looks like another row.",
    ),
    "flaw_too_many": (
        "見出しは {width} 列ですが、この行は {have} 列あり、列がずれているおそれがあるため取り込みません。",
        "The header has {width} columns, this line {have}; the columns may be shifted, so it is not imported.",
    ),
    "flaw_too_few": (
        "見出しは {width} 列ですが、この行は {have} 列しかありません。",
        "The header has {width} columns, this line only {have}.",
    ),
    "flaw_no_content": (
        "内容も件名もないため、取り込みません。",
        "There is neither content nor subject; not imported.",
    ),
    "flaw_too_long": (
        "文が長すぎるため（上限 2 MB）、取り込みません。",
        "The text is too long (2 MB at most); not imported.",
    ),
    "flaw_text_mended": (
        "保存できない壊れた文字を「�」「␀」に置き換えます。",
        "Broken characters that cannot be kept are replaced by � and ␀.",
    ),
    "flaw_time": (
        "「{field}」の「{text}」を時刻として読めないため、内容の末尾に書き添えます。",
        "“{text}” in “{field}” cannot be read as a time; it is added to the end of the content.",
    ),
    "flaw_time_missing": (
        "時刻がないため、前の行の時刻（{time}頃）とします。",
        "There is no time; that of the line before is taken (about {time}).",
    ),
    "flaw_time_recorded": (
        "発生日時がないため、記録日時とします。",
        "There is no time of occurrence; the time of recording is taken.",
    ),
    "flaw_word": (
        "「{field}」の「{text}」は決まった語ではないため、内容の末尾に書き添えます。",
        "“{text}” is none of the words for “{field}”; it is added to the end of the content.",
    ),
    "flaw_coordinates": (
        "緯度・経度「{text}」は正しくないため、位置なしとし、内容の末尾に書き添えます。",
        "“{text}” is not a place on Earth; the entry has no position, and this is added to the end of the content.",
    ),
    "flaw_restore": ("復元情報の欄が壊れています。", "The cell for restoring is broken."),
    "flaw_revision": (
        "訂正・取消の一部が壊れていて、取り込めません。",
        "Part of the corrections or cancellations is broken and not imported.",
    ),
    "flaw_number_taken": (
        "番号 {no} は、内容の違う記録が既に使っています（両方を残します）。",
        "The number {no} is already that of another entry (both are kept).",
    ),
    "flaw_number_twice": (
        "番号 {no} が、内容の違う複数の行にあります（全て残します）。",
        "The number {no} stands in several lines that differ (all are kept).",
    ),
    "flaw_differs": (
        "番号 {no} の記録は既にあり、件名か内容が違います。今ある記録は変えません（直すときは「訂正」を使ってください）。",
        "Entry {no} is here already, with another subject or content; it is left as it is (use a correction to change it).",
    ),
    "flaw_parent_missing": (
        "返信先 {no} が見つからないため、返信のつながりなしで取り込みます。",
        "The entry {no} that it answers is not found; it is imported outside of a thread.",
    ),
    "flaw_json": ("JSON として読めません（{reason}）。", "This is not JSON ({reason})."),
    "flaw_json_twins": (
        "同じ名前「{name}」が一行に二つあり、どちらが正しいか分からないため取り込みません。",
        "The name “{name}” stands twice in the line; which one holds is not sure, so it is not imported.",
    ),
    "flaw_json_number": ("{value} は数として使えません。", "{value} is not a number that can be used."),
    "flaw_json_deep": ("入れ子が深すぎます（上限 {depth} 段）。", "It is nested too deep ({depth} levels at most)."),
    "flaw_json_digits": (
        "数の桁が多すぎます（上限 {digits} 桁）。",
        "A number has too many digits ({digits} at most).",
    ),
    "flaw_json_no_object": ("記録（{{…}}）ではありません。", "This is not a record ({{…}})."),
    "flaw_line_too_long": ("行が長すぎます。", "The line is too long."),
    "flaw_card_empty": (
        "氏名も機関名もないため、取り込みません。",
        "There is neither a name nor an organisation; not imported.",
    ),
    "not_contacts": ("{path} は名簿・電話帳として読めません。", "{path} is not a list of people or a phone book."),
    "not_contacts_do": (
        "見出しの行（氏名・機関名・電話など）があるか確かめてください。",
        "See that it has a header (name, organisation, phone …).",
    ),
    "field_note": ("備考", "note"),
    "field_occurred_time": ("発生時刻", "time"),
    "field_occurred_date": ("発生日", "date"),
    "field_latitude": ("緯度・経度", "position"),
    "export_title": ("{incident}　クロノロジー（{at} 現在）", "{incident}  Chronology (as of {at})"),
    "export_sheet": ("クロノロジー", "Chronology"),
    "export_cut": ("…（続きはシート「長い文」）", "… (continued on the sheet 長い文)"),
    "export_held": (
        "{path} を置き換えられません。Excel などで開いているか、書き込みが禁止されています。",
        "{path} cannot be replaced: it is open in Excel or another program, or writing is forbidden.",
    ),
    "export_held_do": (
        "そのファイルを閉じるか、別の名前で書き出してください。元のファイルはそのまま残っています。",
        "Close it, or export under another name. The old file is untouched.",
    ),
    "export_no_folder": ("フォルダ {folder} がありません。", "There is no folder {folder}."),
    "export_no_folder_do": ("フォルダを作るか、別の場所を選んでください。", "Make it, or choose another place."),
    "export_full": ("ディスクの空きがなく、{path} を書き出せません。", "The disk is full; {path} was not written."),
    "export_full_do": (
        "空きを作るか、別の場所を選んでください。元のファイルはそのまま残っています。",
        "Free some space or choose another place. The old file is untouched.",
    ),
}
