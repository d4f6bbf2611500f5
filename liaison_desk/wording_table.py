"""The table behind `wording`: key -> (Japanese, English). Every key has both; a test holds them to it."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "profile_in_use": (
        "このフォルダは別のリエゾンデスクが開いています（{profile}）。",
        "Another Liaison Desk has this folder open ({profile}).",
    ),
    "profile_in_use_do": (
        "開いているほうの画面を使うか、閉じてからもう一度開いてください。",
        "Use the window that is open, or close it and try again.",
    ),
    "profile_not_writable": (
        "フォルダ {profile} に書き込めません（{reason}）。",
        "The folder {profile} cannot be written ({reason}).",
    ),
    "profile_not_writable_do": (
        "書き込みのできる、このPC内のフォルダを --profile で指定してください。",
        "Name a folder on this PC that can be written with --profile.",
    ),
    "profile_on_network": (
        "{profile} はネットワーク上のフォルダです。記録の本体は、壊れないようこのPCのディスクにだけ置けます。",
        "{profile} is a network folder. The record itself is only kept on this PC's own disk, where it cannot be damaged.",
    ),
    "profile_on_network_do": (
        "C: などPC内のフォルダを指定し、ネットワーク側は「共有フォルダ」として選んでください。",
        "Choose a folder on this PC, and give the network folder as the share.",
    ),
    "no_incident": (
        "この端末にはまだ事案がありません（{profile}）。",
        "There is no incident on this desk yet ({profile}).",
    ),
    "no_incident_do": (
        "incident new で新しい事案を作るか、incident join で招待ファイルから参加してください。",
        "Start one with `incident new`, or join one with `incident join`.",
    ),
    "incident_exists": (
        "このフォルダには既に事案「{name}」があります。",
        "This folder already holds the incident “{name}”.",
    ),
    "incident_exists_do": (
        "別の事案には --profile で別のフォルダを使ってください。",
        "Use another folder (--profile) for another incident.",
    ),
    "disk_full": ("ディスクの空きがなく、保存できませんでした。", "The disk is full; this was not saved."),
    "disk_full_do": (
        "入力した文は画面に残っています。不要なファイルを消して空きを作り、もう一度記録してください。",
        "What you typed is still on screen. Free some space and record it again.",
    ),
    "disk_read_only": (
        "ディスクに書き込めないため、保存できませんでした。",
        "The disk cannot be written; this was not saved.",
    ),
    "disk_read_only_do": (
        "入力した文は画面に残っています。書き込み禁止やアクセス権を確かめ、もう一度記録してください。",
        "What you typed is still on screen. Check write protection and rights, then record it again.",
    ),
    "disk_failed": ("ディスクの読み書きに失敗しました（{reason}）。", "Reading or writing the disk failed ({reason})."),
    "disk_failed_do": (
        "もう一度試し、続くときはこのPCでの記録をやめて別のPCへ移ってください。",
        "Try again; if it goes on, move to another PC.",
    ),
    "database_busy": ("別の処理がデータベースを使っています。", "Another process is using the database."),
    "database_busy_do": ("少し待ってからもう一度試してください。", "Wait a moment and try again."),
    "database_damaged": (
        "データベースが壊れています（{reason}）。",
        "The database is damaged ({reason}).",
    ),
    "database_damaged_do": (
        "check --rebuild を実行すると、壊れたファイルを残したまま、読める記録と共有フォルダから作り直します。",
        "Run `check --rebuild`: the damaged file is kept aside, and the record is rebuilt from what can be read and from the share.",
    ),
    "database_too_new": (
        "このデータは新しい版（{found}）のリエゾンデスクで作られています。この版（{known}）では開けません。",
        "This data was written by a newer Liaison Desk ({found}); this one ({known}) cannot open it.",
    ),
    "database_too_new_do": (
        "データはそのまま残っています。新しい版のリエゾンデスクで開いてください。",
        "Nothing was changed. Open it with the newer version.",
    ),
    "not_a_database": ("{path} はリエゾンデスクのデータではありません。", "{path} is not a Liaison Desk database."),
    "not_a_database_do": (
        "別のフォルダを --profile で指定してください。",
        "Name another folder with --profile.",
    ),
    "no_such_entry": ("番号 {no} の記録はありません。", "There is no entry {no}."),
    "no_such_entry_do": ("list で番号を確かめてください。", "Look the number up with `list`."),
    "number_twice": (
        "番号 {no} の記録が複数あります（{ids}）。同じ略号を2台のPCが使っています。",
        "Several entries have the number {no} ({ids}): two PCs use the same mark.",
    ),
    "number_twice_do": ("番号の代わりに ID を指定してください。", "Give the id instead of the number."),
    "content_empty": ("内容も件名も空のため、記録できません。", "There is neither content nor subject to record."),
    "content_empty_do": ("内容を入力してから記録してください。", "Type the content, then record."),
    "text_too_long": ("「{field}」が長すぎます（上限 2 MB）。", "“{field}” is too long (2 MB at most)."),
    "text_too_long_do": ("分けて記録するか、ファイルとして添付してください。", "Split it, or attach it as a file."),
    "text_broken": (
        "「{field}」に、保存できない壊れた文字（NUL や片割れの文字）が含まれています。",
        "“{field}” holds broken characters (NUL or half of a pair) that cannot be kept.",
    ),
    "text_broken_do": (
        "その文字を消すか、元の文をもう一度コピーし直してください。",
        "Delete that character, or copy the text again.",
    ),
    "time_impossible": (
        "「{field}」の日時は記録できる範囲（1900〜2200年）の外です。",
        "The time in “{field}” is outside of what can be recorded (1900 to 2200).",
    ),
    "time_impossible_do": ("日時を直してください。", "Mend the time."),
    "time_unclear": ("「{text}」は時刻として読み取れません。", "“{text}” cannot be read as a time."),
    "time_unclear_do": (
        "1305、13:05頃、-10、11/22 13:05 のように入力してください。",
        "Write it as 1305, 13:05頃, -10 or 11/22 13:05.",
    ),
    "coordinates_impossible": (
        "緯度・経度が正しくありません。",
        "The coordinates are not a place on Earth.",
    ),
    "coordinates_impossible_do": (
        "緯度は -90〜90、経度は -180〜180 の数を、両方入力してください。",
        "Give both: latitude -90 to 90, longitude -180 to 180.",
    ),
    "value_unknown": ("「{field}」に {value} は使えません。", "“{field}” does not take {value}."),
    "value_unknown_do": ("使える値: {known}", "It takes: {known}"),
    "nothing_changes": ("訂正する箇所がありません。", "There is nothing to correct."),
    "nothing_changes_do": ("直したい項目を書き換えてください。", "Change what is wrong first."),
    "reason_missing": ("訂正・取消の理由がありません。", "A reason for the correction or cancellation is missing."),
    "reason_missing_do": (
        "理由を入力してください。後で読む人のために残ります。",
        "Give the reason; it stays for those who read later.",
    ),
    "card_empty": ("氏名も機関名も空のため、保存できません。", "The card has neither a name nor an organisation."),
    "card_empty_do": ("どちらかを入力してください。", "Fill in one of them."),
    "rebuild_interrupted": (
        "作り直しが途中で終わっています",
        "rebuilding it was interrupted",
    ),
    "recovery_no_seat": (
        "壊れたデータベースからも控え（seat.json）からも、どの事案のものか読み取れません（{profile}）。",
        "Neither the damaged database nor its copy of the seat (seat.json) tells which incident it was ({profile}).",
    ),
    "recovery_no_seat_do": (
        "ファイルには触れていません。招待ファイルで別のフォルダに参加し直し、このフォルダは残しておいてください。",
        "Nothing was touched. Join again in another folder with the invitation, and keep this folder.",
    ),
    "finding_damage": ("データベースのファイルが壊れています: {reason}", "The database file is damaged: {reason}"),
    "finding_log": ("記録の本体: {reason}", "The log: {reason}"),
    "finding_projection": (
        "一覧の表 {table} の {count} 行が記録の本体と違います（check --rebuild で作り直せます）。",
        "{count} rows of the table {table} differ from the log (`check --rebuild` makes them again).",
    ),
    "finding_search": (
        "検索の索引が {count} 件の記録と合いません（check --rebuild で作り直せます）。",
        "The search index does not fit {count} entries (`check --rebuild` makes it again).",
    ),
    "field_record": ("記録", "record"),
    "field_related": ("関連", "related"),
    "field_content": ("内容", "content"),
    "field_subject": ("件名", "subject"),
    "field_from_party": ("発信元", "from"),
    "field_to_party": ("発信先", "to"),
    "field_channel": ("手段", "channel"),
    "field_kind": ("種別", "kind"),
    "field_place": ("場所", "place"),
    "field_verification": ("確度", "verification"),
    "field_important": ("重要", "important"),
    "field_status": ("状況", "status"),
    "field_owner": ("担当", "owner"),
    "field_due": ("期限", "due"),
    "field_reason": ("理由", "reason"),
    "field_reply_to": ("返信先", "reply to"),
    "field_occurred_at": ("発生日時", "occurred at"),
    "field_known_at": ("覚知日時", "known at"),
    "field_received_at": ("受信日時", "received at"),
    "field_card": ("名簿", "card"),
    "field_name": ("名称", "name"),
    "field_operator": ("記録者", "operator"),
    "field_org": ("所属", "organisation"),
    "name_missing": ("「{field}」が空です。", "“{field}” is empty."),
    "name_missing_do": ("入力してください。", "Fill it in."),
    "mark_wrong": ("略号「{mark}」は使えません。", "The mark “{mark}” cannot be used."),
    "mark_wrong_do": (
        "「七」のような1〜2文字の文字か数字にしてください。",
        "Use one or two letters or digits, such as 七.",
    ),
    "mark_taken": ("略号「{mark}」は既に {owner} が使っています。", "The mark “{mark}” is already used by {owner}."),
    "mark_taken_do": ("番号が重ならないよう、別の略号にしてください。", "Choose another, so that numbers stay unique."),
    "file_not_written": ("{path} に書き込めません（{reason}）。", "{path} cannot be written ({reason})."),
    "file_not_written_do": (
        "フォルダがあるか、ファイルを別のソフトで開いていないか、空き容量を確かめてください。",
        "See that the folder exists, that no other program has the file open, and that there is space.",
    ),
    "file_not_read": ("{path} を読めません（{reason}）。", "{path} cannot be read ({reason})."),
    "file_not_read_do": (
        "ファイルがあるか、別のソフトで開いていないか確かめてください。",
        "See that the file exists and is not open elsewhere.",
    ),
    "not_an_invitation": ("{path} は招待ファイルではありません。", "{path} is not an invitation."),
    "not_an_invitation_do": (
        "指揮室などで incident invite（画面では「招待ファイルを作る」）で作ったファイルを選んでください。",
        "Choose a file made with `incident invite`.",
    ),
    "invitation_newer": (
        "この招待ファイルは新しい版のリエゾンデスクで作られています。",
        "This invitation was made by a newer Liaison Desk.",
    ),
    "invitation_newer_do": ("リエゾンデスクを更新してから参加してください。", "Update Liaison Desk, then join."),
    "share_absent": ("共有フォルダ {share} が見つかりません。", "The shared folder {share} is not there."),
    "share_absent_do": (
        "記録はこのPCに残り、つながると自動で送ります。フォルダの場所とネットワークを確かめてください。",
        "The record stays on this PC and is sent when the folder is back. Check the path and the network.",
    ),
    "share_emptied": (
        "共有フォルダ {share} に、あるはずの中身がありません。",
        "The shared folder {share} lacks what should be in it.",
    ),
    "share_emptied_do": (
        "何も消していません。ネットワークドライブの接続を確かめてください。戻ると自動で続けます。",
        "Nothing was deleted. Check the network drive; it goes on by itself when the content is back.",
    ),
    "share_older": (
        "共有フォルダ {share} が古い状態に戻っているようです。",
        "The shared folder {share} seems to have gone back to an older state.",
    ),
    "share_older_do": (
        "何も消していません。バックアップから戻した場合も、このPCの記録から自動で補います。",
        "Nothing was deleted. What it lacks is put back from this PC.",
    ),
    "share_full": ("共有フォルダ {share} の空きがありません。", "The shared folder {share} is full."),
    "share_full_do": (
        "受け取りは続けています。共有フォルダの空きを作ってください。",
        "Receiving goes on. Make some space there.",
    ),
    "share_read_only": ("共有フォルダ {share} に書き込めません。", "The shared folder {share} cannot be written."),
    "share_read_only_do": (
        "受け取りは続けています。フォルダの書き込み権限を確かめてください。",
        "Receiving goes on. Check your right to write there.",
    ),
    "share_unreachable": (
        "共有フォルダ {share} に接続できません（{reason}）。",
        "The shared folder {share} cannot be reached ({reason}).",
    ),
    "share_unreachable_do": (
        "記録はこのPCに残り、つながると自動で送ります。",
        "The record stays on this PC and is sent when there is contact again.",
    ),
    "share_of_other": (
        "共有フォルダ {share} は別の事案のものです。",
        "The shared folder {share} belongs to another incident.",
    ),
    "share_of_other_do": ("この事案の共有フォルダを選んでください。", "Choose this incident's folder."),
    "share_strange": (
        "共有フォルダ {share} にある FORMAT.json はリエゾンデスクのものではありません。",
        "The FORMAT.json in {share} is not Liaison Desk's.",
    ),
    "share_strange_do": ("別のフォルダを選んでください。", "Choose another folder."),
    "share_replaced": (
        "共有フォルダ {share} が、以前とは別に作り直されたものに変わっています。",
        "The shared folder {share} is not the one that was here before: it was made anew.",
    ),
    "share_replaced_do": (
        "正しいフォルダか確かめ、正しければ共有フォルダを選び直してください。",
        "Make sure that it is the right folder; if so, choose it again.",
    ),
    "share_too_new": (
        "共有フォルダ {share} は新しい版のリエゾンデスクで作られています。",
        "The shared folder {share} was made by a newer Liaison Desk.",
    ),
    "share_too_new_do": (
        "リエゾンデスクを更新してください。記録はこのPCに残ります。",
        "Update Liaison Desk. The record stays on this PC.",
    ),
    "share_refused": (
        "共有フォルダ {share} を使えません（{reason}）。",
        "The shared folder {share} cannot be used ({reason}).",
    ),
    "share_refused_do": (
        "別のフォルダを選ぶか、管理者に伝えてください。",
        "Choose another folder or tell your administrator.",
    ),
    "share_damaged": (
        "共有フォルダ {share} に壊れたファイルがあります（{reason}）。",
        "There is a damaged file in {share} ({reason}).",
    ),
    "share_damaged_do": (
        "そのファイルを除いて続けています。ほかのPCが自動で補います。",
        "Everything else goes on; another PC puts it right.",
    ),
    "notice_cloned": (
        "この端末のデータは写し（または古いバックアップ）でした。新しい端末番号で続けます。記録は失われていません。",
        "This profile was a copy or an old backup. It goes on under a new device id; nothing was lost.",
    ),
    "notice_mark_twice": (
        "略号「{mark}」を {others} も使っています。番号が重なるので、どちらかの略号を変えてください。",
        "The mark “{mark}” is also used by {others}; change one of them, or numbers will clash.",
    ),
    "notice_clock_ahead": (
        "{who} の時計が {minutes} 分以上進んでいます。",
        "The clock of {who} is {minutes} minutes or more ahead.",
    ),
}
