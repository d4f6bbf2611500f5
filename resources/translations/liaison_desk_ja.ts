<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>Badges</name>
    <message>
        <source>2 values</source>
        <translation>値が複数</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. What you recorded is safe.</source>
        <translation>プログラム内部で問題が起きました。記録した内容は保存されています。</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>報告書…</translation>
    </message>
</context>
<context>
    <name>BugReport</name>
    <message>
        <source>Report of a fault</source>
        <translation>不具合の報告書</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. What you recorded is safe.</source>
        <translation>プログラム内部で問題が起きました。記録した内容は保存されています。</translation>
    </message>
    <message>
        <source>Save this report and send it to the administrator. You can go on working.</source>
        <translation>この報告書を保存し、管理者に送ってください。作業はそのまま続けられます。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>報告書を保存</translation>
    </message>
    <message>
        <source>The report could not be saved: {reason}</source>
        <translation>報告書を保存できませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>別のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>保存しました: {path}</translation>
    </message>
</context>
<context>
    <name>CancelDialog</name>
    <message>
        <source>Cancel {no}</source>
        <translation>{no} の取消</translation>
    </message>
    <message>
        <source>The entry stays readable, struck through, with your name, the time and the reason.</source>
        <translation>記録は取消線つきで残り、取り消した人・時刻・理由も残ります。</translation>
    </message>
    <message>
        <source>Typed twice</source>
        <translation>二重に入力</translation>
    </message>
    <message>
        <source>False report</source>
        <translation>誤報</translation>
    </message>
    <message>
        <source>Typed by mistake</source>
        <translation>入力の誤り</translation>
    </message>
    <message>
        <source>Cancel the entry</source>
        <translation>取り消す</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Kind</source>
        <translation>種別</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名・名称</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>よみ</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>略称</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>職名</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>担当業務</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>勤務</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>携帯</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>内線</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>FAX</translation>
    </message>
    <message>
        <source>Satellite, radio</source>
        <translation>衛星電話・無線</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>受付時間</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>住所</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>緯度</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>経度</translation>
    </message>
    <message>
        <source>Liaison sent</source>
        <translation>派遣リエゾン</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備考</translation>
    </message>
    <message>
        <source>People</source>
        <translation>関係者</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>機関</translation>
    </message>
    <message>
        <source>Phone book</source>
        <translation>電話帳</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
</context>
<context>
    <name>CardDialog</name>
    <message>
        <source>Edit the card</source>
        <translation>カードの編集</translation>
    </message>
    <message>
        <source>New card</source>
        <translation>新しいカード</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>CardView</name>
    <message>
        <source>Use as “from”</source>
        <translation>発信元に入れる</translation>
    </message>
    <message>
        <source>Use as “to”</source>
        <translation>発信先に入れる</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>編集…</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>名簿から外す</translation>
    </message>
    <message>
        <source>Choose a card</source>
        <translation>カードを選んでください</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>{no}, noted by {operator}</source>
        <translation>{no}・{operator}</translation>
    </message>
    <message>
        <source>recorded {span} later</source>
        <translation>{span}後に記録</translation>
    </message>
    <message>
        <source>{count} PCs</source>
        <translation>{count} 台</translation>
    </message>
</context>
<context>
    <name>ChronologyTable</name>
    <message>
        <source>Chronology list</source>
        <translation>クロノロジーの一覧</translation>
    </message>
</context>
<context>
    <name>ChronologyView</name>
    <message>
        <source>Threads</source>
        <translation>スレッド</translation>
    </message>
    <message>
        <source>Replies below the entry that they answer (Ctrl+T)</source>
        <translation>返信を元の記録の下に並べます（Ctrl+T）</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新へ</translation>
    </message>
    <message>
        <source>Go to the newest entry (Ctrl+End)</source>
        <translation>最新の記録へ移動（Ctrl+End）</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>新着 {count} 件</translation>
    </message>
    <message>
        <source>Go to the next entry from another PC that nobody looked at (Ctrl+Down)</source>
        <translation>まだ見ていない他端末の記録へ（Ctrl+↓）</translation>
    </message>
    <message>
        <source>↓ {count} new below</source>
        <translation>↓ 下に新着 {count} 件</translation>
    </message>
    <message>
        <source>The list could not be read.</source>
        <translation>一覧を読み込めませんでした。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>もう一度読み込む</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>該当する記録がありません</translation>
    </message>
    <message>
        <source>Try fewer words or a longer period.</source>
        <translation>語を減らすか、期間を広げてください。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>No entries yet</source>
        <translation>まだ記録がありません</translation>
    </message>
    <message>
        <source>Type below what you hear; the time is fixed at the first key. Ctrl+Enter records it.</source>
        <translation>下の欄に聞いたことを入力してください。時刻は最初の1文字で決まり、Ctrl+Enter で記録されます。</translation>
    </message>
</context>
<context>
    <name>ColumnTable</name>
    <message>
        <source>Column of the file</source>
        <translation>ファイルの列</translation>
    </message>
    <message>
        <source>Is taken as</source>
        <translation>取り込み先</translation>
    </message>
    <message>
        <source>First value</source>
        <translation>最初の値</translation>
    </message>
    <message>
        <source>(left out)</source>
        <translation>（取り込まない）</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>From → to</source>
        <translation>発信元 → 発信先</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>手段</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種別</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状況</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>配信</translation>
    </message>
</context>
<context>
    <name>Completion</name>
    <message>
        <source>Suggestions</source>
        <translation>候補</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>{field}: {count} values were set at the same time. Which one holds?</source>
        <translation>「{field}」に同時に {count} つの値が入力されました。どれを採りますか。</translation>
    </message>
    <message>
        <source>Take this</source>
        <translation>これにする</translation>
    </message>
    <message>
        <source>Take {value} for {field}</source>
        <translation>「{field}」を「{value}」にする</translation>
    </message>
</context>
<context>
    <name>ContactsDialog</name>
    <message>
        <source>Cards that are here already are brought up to date; empty cells erase nothing.</source>
        <translation>既にあるカードは新しい内容に更新します。空のセルで消えることはありません。</translation>
    </message>
    <message>
        <source>Import into the book: {file}</source>
        <translation>名簿への取り込み: {file}</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>扱い</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>First cards</source>
        <translation>最初のカード</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>取り込む</translation>
    </message>
    <message>
        <source>{kind}: {count} cards</source>
        <translation>{kind}: {count} 件</translation>
    </message>
    <message>
        <source>{count} lines cannot be imported</source>
        <translation>取り込めない行 {count} 行</translation>
    </message>
    <message>
        <source>columns not understood: {names}</source>
        <translation>分からない列: {names}</translation>
    </message>
    <message>
        <source>not imported</source>
        <translation>取り込まない</translation>
    </message>
    <message>
        <source>imported, mended</source>
        <translation>補正して取り込む</translation>
    </message>
    <message>
        <source>{added} new cards, {updated} brought up to date, {same} unchanged.</source>
        <translation>新規 {added} 件、更新 {updated} 件、変更なし {same} 件です。</translation>
    </message>
</context>
<context>
    <name>CorrectDialog</name>
    <message>
        <source>Correct {no}</source>
        <translation>{no} の訂正</translation>
    </message>
    <message>
        <source>The first wording stays readable, struck through, with your name, the time and the reason.</source>
        <translation>最初の記載は取消線つきで残り、訂正した人・時刻・理由も残ります。</translation>
    </message>
    <message>
        <source>Misheard</source>
        <translation>聞き違い</translation>
    </message>
    <message>
        <source>Typing error</source>
        <translation>入力の誤り</translation>
    </message>
    <message>
        <source>Later report</source>
        <translation>続報による</translation>
    </message>
    <message>
        <source>Found out on checking</source>
        <translation>確認の結果</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>訂正を記録</translation>
    </message>
    <message>
        <source>Correct it, then record again.</source>
        <translation>直してから、もう一度記録してください。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>まだ何も変わっていません。</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>Show more ({count} characters left)</source>
        <translation>続きを表示（残り {count} 文字）</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>座標</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>関連</translation>
    </message>
    <message>
        <source>Corrected by</source>
        <translation>訂正・取消の記録</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付</translation>
    </message>
    <message>
        <source>Thread ({count})</source>
        <translation>スレッド（{count} 件）</translation>
    </message>
    <message>
        <source>… and {count} more in the list</source>
        <translation>…ほか {count} 件は一覧で</translation>
    </message>
    <message>
        <source>Corrections and first wording</source>
        <translation>訂正・取消と最初の記載</translation>
    </message>
    <message>
        <source>First wording</source>
        <translation>最初の記載</translation>
    </message>
    <message>
        <source>Reason: </source>
        <translation>理由: </translation>
    </message>
    <message>
        <source>History</source>
        <translation>変更の履歴</translation>
    </message>
    <message>
        <source>Recorded by, delivery</source>
        <translation>記録者・配信</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>配信</translation>
    </message>
    <message>
        <source>Received by</source>
        <translation>受領した端末</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Details of the entry</source>
        <translation>記録の詳細</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Reply to this entry (Ctrl+R)</source>
        <translation>この記録に返信（Ctrl+R）</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>訂正…</translation>
    </message>
    <message>
        <source>Cancel entry…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the entry as text</source>
        <translation>記録を文字でコピー</translation>
    </message>
    <message>
        <source>No entry selected</source>
        <translation>記録が選ばれていません</translation>
    </message>
    <message>
        <source>Choose an entry in the list to see its wording and history.</source>
        <translation>一覧で記録を選ぶと、本文と履歴がここに表示されます。</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>PC {mark}</source>
        <translation>端末 {mark}</translation>
    </message>
</context>
<context>
    <name>DeviceTable</name>
    <message>
        <source>PCs of this incident</source>
        <translation>この事案の端末</translation>
    </message>
    <message>
        <source>No other PC yet. Make an invitation and open it on the next PC.</source>
        <translation>まだほかの端末はありません。招待ファイルを作り、次の端末で開いてください。</translation>
    </message>
    <message>
        <source>Without a shared folder there are no other PCs.</source>
        <translation>共有フォルダがないため、ほかの端末とはつながっていません。</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>略号</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Holds of ours</source>
        <translation>当端末の記録の受領</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時計</translation>
    </message>
    <message>
        <source>{name} (this PC)</source>
        <translation>{name}（この端末）</translation>
    </message>
    <message>
        <source>{span} ahead</source>
        <translation>{span}進み</translation>
    </message>
    <message>
        <source>✓ everything</source>
        <translation>✓ すべて受領</translation>
    </message>
    <message>
        <source>{count} not yet</source>
        <translation>未受領 {count} 件</translation>
    </message>
</context>
<context>
    <name>DraftOffer</name>
    <message>
        <source>Go on writing</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Unfinished line, {age} old: {text}</source>
        <translation>書きかけの記録（{age}前）: {text}</translation>
    </message>
    <message>
        <source>Unfinished line, a moment old: {text}</source>
        <translation>書きかけの記録（たった今）: {text}</translation>
    </message>
    <message>
        <source>({count} more)</source>
        <translation>（ほか {count} 件）</translation>
    </message>
</context>
<context>
    <name>EntryBar</name>
    <message>
        <source>Record</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Correct it, then record again.</source>
        <translation>直してから、もう一度記録してください。</translation>
    </message>
</context>
<context>
    <name>EntryFields</name>
    <message>
        <source>When it happened (Alt+T): 1305, 13:05頃, -10, 11/22 13:05</source>
        <translation>発生時刻（Alt+T）: 1305、13:05頃、-10、11/22 13:05</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>The time “{text}” could not be read.</source>
        <translation>時刻「{text}」を読み取れません。</translation>
    </message>
    <message>
        <source>The due time “{text}” could not be read.</source>
        <translation>期限「{text}」を読み取れません。</translation>
    </message>
    <message>
        <source>The coordinates “{text}” could not be read.</source>
        <translation>座標「{text}」を読み取れません。</translation>
    </message>
    <message>
        <source>Lat, lon</source>
        <translation>緯度, 経度</translation>
    </message>
    <message>
        <source>What was said (Esc, then type)</source>
        <translation>内容を入力（Esc でここへ）</translation>
    </message>
    <message>
        <source>Place, verification, about, important (Alt+D)</source>
        <translation>場所・確度・頃・重要（Alt+D）</translation>
    </message>
    <message>
        <source>More fields</source>
        <translation>その他の項目</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the chronology</source>
        <translation>クロノロジーの書き出し</translation>
    </message>
    <message>
        <source>What was exported can be imported again, equal.</source>
        <translation>書き出したファイルは、同じ内容のまま取り込み直せます。</translation>
    </message>
    <message>
        <source>Excel (.xlsx), for colleagues without the desk</source>
        <translation>Excel（.xlsx）: リエゾンデスクのない人に渡す</translation>
    </message>
    <message>
        <source>CSV (.csv), UTF-8, safe to open in Excel</source>
        <translation>CSV（.csv）: UTF-8、Excel で安全に開けます</translation>
    </message>
    <message>
        <source>JSON Lines (.jsonl), everything, for programs</source>
        <translation>JSON Lines（.jsonl）: すべての項目、プログラム用</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>すべての記録</translation>
    </message>
    <message>
        <source>Only the entries of the present filter</source>
        <translation>いま絞り込んでいる記録だけ</translation>
    </message>
    <message>
        <source>Choose where to save…</source>
        <translation>保存先を選ぶ…</translation>
    </message>
    <message>
        <source>Writing… {count} entries</source>
        <translation>書き出し中… {count} 件</translation>
    </message>
    <message>
        <source>{count} entries were written: {path}</source>
        <translation>{count} 件を書き出しました: {path}</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Last contact</source>
        <translation>最終接続</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>Next exchange</source>
        <translation>次の同期</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時計</translation>
    </message>
    <message>
        <source>Data since the start</source>
        <translation>起動後の通信量</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>{count} acts</source>
        <translation>{count} 件</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>not compared yet</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>{sent} sent, {received} received</source>
        <translation>送信 {sent}・受信 {received}</translation>
    </message>
    <message>
        <source>Choose a folder on the shared drive, and every line reaches the other PCs through it.</source>
        <translation>共有ドライブのフォルダを選ぶと、記録がほかの端末に届きます。</translation>
    </message>
    <message>
        <source>You go on recording; it is sent when you let the exchange go on.</source>
        <translation>記録は続けられます。再開すると、たまった分が送信されます。</translation>
    </message>
    <message>
        <source>running</source>
        <translation>同期中</translation>
    </message>
    <message>
        <source>in {count} s</source>
        <translation>{count} 秒後</translation>
    </message>
</context>
<context>
    <name>FileChoice</name>
    <message>
        <source>Drop a CSV, xlsx or JSON Lines file here, or choose one.</source>
        <translation>CSV・xlsx・JSON Lines のファイルをここに置くか、選んでください。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>ファイルを選ぶ…</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>別のファイル…</translation>
    </message>
    <message>
        <source>Chronologies</source>
        <translation>クロノロジー</translation>
    </message>
    <message>
        <source>Import a chronology</source>
        <translation>クロノロジーの取り込み</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Place</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Filter by place</source>
        <translation>場所で絞り込む</translation>
    </message>
    <message>
        <source>Person, party</source>
        <translation>人・機関</translation>
    </message>
    <message>
        <source>Filter by person or party</source>
        <translation>人・機関で絞り込む</translation>
    </message>
    <message>
        <source>Open instructions</source>
        <translation>未完了の指示</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>絞り込みをすべて解除</translation>
    </message>
    <message>
        <source>{count} or more</source>
        <translation>{count} 件以上</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} 件</translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Liaison Desk</source>
        <translation>リエゾンデスク</translation>
    </message>
    <message>
        <source>Record what happens, lose nothing without a network, see what the others record.</source>
        <translation>現場の動きをその場で記録し、通信が切れても失わず、ほかの端末と共有します。</translation>
    </message>
    <message>
        <source>Try it with the drill</source>
        <translation>訓練データで試す</translation>
    </message>
    <message>
        <source>A 48-hour heavy-rain exercise. Nothing you do there reaches a real incident.</source>
        <translation>大雨48時間の訓練です。実際の事案には影響しません。</translation>
    </message>
    <message>
        <source>Join an incident</source>
        <translation>事案に参加</translation>
    </message>
    <message>
        <source>With the invitation file from the command room or from the PC before yours.</source>
        <translation>指揮室や前任者から受け取った招待ファイルを使います。</translation>
    </message>
    <message>
        <source>New incident</source>
        <translation>新しい事案</translation>
    </message>
    <message>
        <source>Begin the record on this PC and invite the others afterwards.</source>
        <translation>この端末で記録を始め、ほかの端末は後から招待します。</translation>
    </message>
    <message>
        <source>Preparing the drill: importing the exercise, making a shared folder…</source>
        <translation>訓練を準備しています（訓練データの取り込み、共有フォルダの作成）…</translation>
    </message>
    <message>
        <source>↑ ↓ to choose, Enter to open</source>
        <translation>↑ ↓ で選び、Enter で開きます</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Example: N:\disaster\share — leave empty to decide later</source>
        <translation>例: N:\災害対策\共有（空欄のまま後で選べます）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Looking at the folder…</source>
        <translation>フォルダを確かめています…</translation>
    </message>
    <message>
        <source>Choose the shared folder</source>
        <translation>共有フォルダを選ぶ</translation>
    </message>
    <message>
        <source>Without a shared folder the records stay on this PC. It can be chosen later.</source>
        <translation>選ばない間、記録はこの端末だけに残ります。後から選べます。</translation>
    </message>
    <message>
        <source>This is the incident&apos;s shared folder.</source>
        <translation>この事案の共有フォルダです。</translation>
    </message>
    <message>
        <source>Can be used, but holds other files. A new, empty folder is easier to keep in order.</source>
        <translation>使えますが、ほかのファイルがあります。空の新しいフォルダをおすすめします。</translation>
    </message>
    <message>
        <source>Can be used. It is on this PC: make sure that the other PCs can open it.</source>
        <translation>使えます。ただしこの端末の中のフォルダです。ほかの端末から開けるか確かめてください。</translation>
    </message>
    <message>
        <source>Can be used: it answers, and this PC may write there.</source>
        <translation>使えます。応答があり、書き込みもできました。</translation>
    </message>
    <message>
        <source>This folder belongs to another incident. Choose another folder.</source>
        <translation>別の事案の共有フォルダです。ほかのフォルダを選んでください。</translation>
    </message>
    <message>
        <source>There is no such folder. Check the path, or whether the drive is connected.</source>
        <translation>フォルダが見つかりません。場所の誤りや、ドライブの接続を確かめてください。</translation>
    </message>
    <message>
        <source>This PC may not write there. Ask for the right, or choose another folder.</source>
        <translation>書き込む権限がありません。権限を依頼するか、ほかのフォルダを選んでください。</translation>
    </message>
    <message>
        <source>The drive is full. Choose another folder, or make room.</source>
        <translation>ドライブの空きがありません。ほかのフォルダを選ぶか、空きを作ってください。</translation>
    </message>
    <message>
        <source>The folder does not answer. Check the connection, then try again.</source>
        <translation>フォルダが応答しません。接続を確かめて、もう一度試してください。</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Where you are sent</source>
        <translation>派遣先</translation>
    </message>
    <message>
        <source>Who records; change at the end of the shift</source>
        <translation>記録者（交代するときに変更）</translation>
    </message>
    <message>
        <source>Filter by kind, period, place, person</source>
        <translation>種別・期間・場所・人で絞り込む</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Files, settings, help</source>
        <translation>ファイル・設定・ヘルプ</translation>
    </message>
    <message>
        <source>This PC&apos;s mark</source>
        <translation>この端末の略号</translation>
    </message>
    <message>
        <source>Liaison Desk</source>
        <translation>リエゾンデスク</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Nothing is written before you say so. Importing a file twice adds nothing twice.</source>
        <translation>確認するまで何も書き込みません。同じファイルを二度取り込んでも重複しません。</translation>
    </message>
    <message>
        <source>Import a chronology</source>
        <translation>クロノロジーの取り込み</translation>
    </message>
    <message>
        <source>Encoding: as guessed</source>
        <translation>文字コード: 自動</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>扱い</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>First entries</source>
        <translation>最初の記録</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>取り込む</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Reading… {lines} lines</source>
        <translation>読み込み中… {lines} 行</translation>
    </message>
    <message>
        <source>Encoding: {name} (as guessed)</source>
        <translation>文字コード: {name}（自動）</translation>
    </message>
    <message>
        <source>not imported</source>
        <translation>取り込まない</translation>
    </message>
    <message>
        <source>imported, mended</source>
        <translation>補正して取り込む</translation>
    </message>
    <message>
        <source>Import {count} entries</source>
        <translation>{count} 件を取り込む</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} 件</translation>
    </message>
    <message>
        <source>{count} of them are here already</source>
        <translation>うち {count} 件は既にあります</translation>
    </message>
    <message>
        <source>{count} to look at</source>
        <translation>要確認 {count} 件</translation>
    </message>
    <message>
        <source>{count} lines cannot be imported</source>
        <translation>取り込めない行 {count} 行</translation>
    </message>
    <message>
        <source>{count} lines of headings and blanks</source>
        <translation>見出し・空行 {count} 行</translation>
    </message>
    <message>
        <source>columns not understood: {names}</source>
        <translation>分からない列: {names}</translation>
    </message>
    <message>
        <source>Importing… {count} entries</source>
        <translation>取り込み中… {count} 件</translation>
    </message>
    <message>
        <source>{count} entries were imported.</source>
        <translation>{count} 件を取り込みました。</translation>
    </message>
    <message>
        <source>Stopped: {count} entries were imported.</source>
        <translation>中止しました（{count} 件は取り込み済み）。</translation>
    </message>
    <message>
        <source>{count} were here already.</source>
        <translation>{count} 件は既にありました。</translation>
    </message>
    <message>
        <source>{count} lines were not imported; they are listed below.</source>
        <translation>{count} 行は取り込みませんでした。下に一覧があります。</translation>
    </message>
    <message>
        <source>Import again to go on; nothing is added twice.</source>
        <translation>もう一度取り込むと続きから入ります。重複はしません。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Mark of the PC</source>
        <translation>端末の略号</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Recorder&apos;s office</source>
        <translation>記録者の所属</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付</translation>
    </message>
    <message>
        <source>Related numbers</source>
        <translation>関連番号</translation>
    </message>
    <message>
        <source>Reply to</source>
        <translation>返信先</translation>
    </message>
    <message>
        <source>Remarks (joined to the content)</source>
        <translation>備考（内容に続けて入れる）</translation>
    </message>
</context>
<context>
    <name>IncidentCard</name>
    <message>
        <source>Where you are sent</source>
        <translation>派遣先</translation>
    </message>
    <message>
        <source>This PC&apos;s mark</source>
        <translation>この端末の略号</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共有フォルダ</translation>
    </message>
    <message>
        <source>none: the records stay on this PC</source>
        <translation>なし（記録はこの端末だけにあります）</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>InstructionRoom</name>
    <message>
        <source>Open instructions and requests, the earliest due first</source>
        <translation>未完了の指示・依頼（期限の早い順）</translation>
    </message>
    <message>
        <source>No open instructions</source>
        <translation>未完了の指示はありません</translation>
    </message>
    <message>
        <source>Ctrl+I makes the line in the entry bar an instruction, with owner and due time.</source>
        <translation>入力中に Ctrl+I を押すと、担当と期限のある指示になります。</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Make an invitation</source>
        <translation>招待ファイルを作る</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>招待ファイル</translation>
    </message>
    <message>
        <source>Hand it to the next PC; there it is opened with “Join an incident”.</source>
        <translation>次の端末に渡し、「事案に参加」から開いてください。</translation>
    </message>
    <message>
        <source>There is no shared folder yet: choose one in the settings first, then make a new invitation.</source>
        <translation>まだ共有フォルダがありません。先に設定で選び、招待ファイルを作り直してください。</translation>
    </message>
    <message>
        <source>The invitation was made: {path}</source>
        <translation>招待ファイルを作りました: {path}</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Join an incident</source>
        <translation>事案に参加</translation>
    </message>
    <message>
        <source>Choose the invitation that the command room made. The records arrive through the shared folder.</source>
        <translation>指揮室などで作った招待ファイルを選んでください。記録は共有フォルダから届きます。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Example: Nanae Town</source>
        <translation>例: 七飯町</translation>
    </message>
    <message>
        <source>Only if this PC sees the shared folder under another path</source>
        <translation>この端末で場所が違う場合だけ入力</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>招待ファイル</translation>
    </message>
    <message>
        <source>Where you are sent</source>
        <translation>派遣先</translation>
    </message>
    <message>
        <source>Empty in the command room.</source>
        <translation>指揮室では空欄にします。</translation>
    </message>
    <message>
        <source>This PC&apos;s mark</source>
        <translation>この端末の略号</translation>
    </message>
    <message>
        <source>Heads each number, as in 七-012. Another one on each PC.</source>
        <translation>番号の頭に付きます（例: 七-012）。端末ごとに別の字にします。</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共有フォルダ</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>参加する</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>招待ファイル</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Choose the invitation</source>
        <translation>招待ファイルを選ぶ</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keyboard</source>
        <translation>キー操作</translation>
    </message>
    <message>
        <source>Esc, then type: the entry bar is always one key away.</source>
        <translation>Esc を押せば、いつでもすぐに入力できます。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Record (Enter as well)</source>
        <translation>記録（Enter でも）</translation>
    </message>
    <message>
        <source>To the entry bar</source>
        <translation>入力欄へ</translation>
    </message>
    <message>
        <source>Channel: telephone, in person, meeting …</source>
        <translation>手段（電話・対面・会議…）</translation>
    </message>
    <message>
        <source>Kind: report, instruction, request …</source>
        <translation>種別（報告・指示・依頼…）</translation>
    </message>
    <message>
        <source>Instruction, with owner and due time</source>
        <translation>指示（担当・期限つき）</translation>
    </message>
    <message>
        <source>To the time</source>
        <translation>時刻欄へ</translation>
    </message>
    <message>
        <source>Place, verification, more fields</source>
        <translation>場所・確度などの項目</translation>
    </message>
    <message>
        <source>Unverified, about, important</source>
        <translation>未確認・頃・重要</translation>
    </message>
    <message>
        <source>Reply to the selected entry</source>
        <translation>選んだ記録に返信</translation>
    </message>
    <message>
        <source>Take back the last record, while it is only here</source>
        <translation>直前の記録を取り消して書き直す（送信前だけ）</translation>
    </message>
    <message>
        <source>Clear the entry bar; the draft is offered back</source>
        <translation>入力欄を消す（書きかけとして戻せます）</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>時刻の書き方</translation>
    </message>
    <message>
        <source>Today&apos;s 13:05, the nearest one</source>
        <translation>いちばん近い 13:05</translation>
    </message>
    <message>
        <source>About 13:05</source>
        <translation>13時5分頃</translation>
    </message>
    <message>
        <source>Ten minutes ago</source>
        <translation>10分前</translation>
    </message>
    <message>
        <source>With the date</source>
        <translation>日付つき</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>さがす</translation>
    </message>
    <message>
        <source>Search and filter</source>
        <translation>検索・絞り込み</translation>
    </message>
    <message>
        <source>Next new entry from another PC</source>
        <translation>次の新着（他端末の記録）</translation>
    </message>
    <message>
        <source>Threads on or off (in the list)</source>
        <translation>スレッド表示の切り替え（一覧で）</translation>
    </message>
    <message>
        <source>Choose an entry, read its details</source>
        <translation>記録を選ぶ・詳細を読む</translation>
    </message>
    <message>
        <source>Rooms and files</source>
        <translation>画面とファイル</translation>
    </message>
    <message>
        <source>Chronology, instructions, people, exchange</source>
        <translation>クロノロジー・指示・関係者・同期</translation>
    </message>
    <message>
        <source>Exchange now</source>
        <translation>今すぐ同期</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>ファイルの取り込み</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>この一覧</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Choose the entry to reply to first.</source>
        <translation>先に、返信する記録を選んでください。</translation>
    </message>
    <message>
        <source>There is nothing of this PC to take back.</source>
        <translation>取り消せる直前の記録はありません。</translation>
    </message>
    <message>
        <source>Record or clear the line being typed first.</source>
        <translation>先に、入力中の文を記録するか消してください。</translation>
    </message>
    <message>
        <source>{no} was taken back; its text is in the entry bar.</source>
        <translation>{no} を取り消しました。文は入力欄に戻してあります。</translation>
    </message>
    <message>
        <source>{no} has left this PC already.</source>
        <translation>{no} は既に共有先へ送られています。</translation>
    </message>
    <message>
        <source>Use a correction or a cancellation: the first wording stays readable.</source>
        <translation>訂正か取消を使ってください（最初の記載は読める形で残ります）。</translation>
    </message>
    <message>
        <source>Chronology</source>
        <translation>クロノロジー</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>People</source>
        <translation>関係者・電話帳</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>同期</translation>
    </message>
    <message>
        <source>Liaison Desk</source>
        <translation>リエゾンデスク</translation>
    </message>
</context>
<context>
    <name>NewIncidentDialog</name>
    <message>
        <source>New incident</source>
        <translation>新しい事案</translation>
    </message>
    <message>
        <source>This PC begins the record. The others join by an invitation that you make afterwards.</source>
        <translation>この端末から記録を始めます。ほかの端末は、後で作る招待ファイルで参加します。</translation>
    </message>
    <message>
        <source>Example: Heavy rain of November</source>
        <translation>例: 11月22日からの大雨</translation>
    </message>
    <message>
        <source>Example: Nanae Town</source>
        <translation>例: 七飯町</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事案・災害名</translation>
    </message>
    <message>
        <source>Where you are sent</source>
        <translation>派遣先</translation>
    </message>
    <message>
        <source>Empty in the command room.</source>
        <translation>指揮室では空欄にします。</translation>
    </message>
    <message>
        <source>This PC&apos;s mark</source>
        <translation>この端末の略号</translation>
    </message>
    <message>
        <source>Heads each number, as in 七-012. Another one on each PC.</source>
        <translation>番号の頭に付きます（例: 七-012）。端末ごとに別の字にします。</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共有フォルダ</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>始める</translation>
    </message>
</context>
<context>
    <name>OperatorDialog</name>
    <message>
        <source>Change the recorder</source>
        <translation>記録者の交代</translation>
    </message>
    <message>
        <source>Entries from now on carry this name. What is recorded keeps the name it has.</source>
        <translation>これからの記録にこの名前が付きます。これまでの記録の名前は変わりません。</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>記録者</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>交代する</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>New card…</source>
        <translation>新しいカード…</translation>
    </message>
    <message>
        <source>Import a list…</source>
        <translation>名簿を取り込む…</translation>
    </message>
    <message>
        <source>{count} cards</source>
        <translation>{count} 件</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>該当するカードがありません</translation>
    </message>
    <message>
        <source>{name} was taken out of the book.</source>
        <translation>{name} を名簿から外しました。</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>名簿</translation>
    </message>
    <message>
        <source>Import people, organisations or a phone book</source>
        <translation>関係者・機関・電話帳の取り込み</translation>
    </message>
    <message>
        <source>People</source>
        <translation>関係者・電話帳</translation>
    </message>
    <message>
        <source>Name, reading, organisation, post or number</source>
        <translation>氏名・よみ・機関・職名・番号</translation>
    </message>
    <message>
        <source>Search the book</source>
        <translation>名簿を検索</translation>
    </message>
    <message>
        <source>Nobody is in the book yet</source>
        <translation>名簿はまだ空です</translation>
    </message>
    <message>
        <source>Import people.csv, organizations.csv or a phone book of the office, or add a card.</source>
        <translation>people.csv・organizations.csv や職場の電話帳を取り込むか、カードを追加してください。</translation>
    </message>
</context>
<context>
    <name>PeriodChip</name>
    <message>
        <source>Period from</source>
        <translation>期間の始め</translation>
    </message>
    <message>
        <source>Period until</source>
        <translation>期間の終わり</translation>
    </message>
    <message>
        <source>Whole time</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>直近1時間</translation>
    </message>
    <message>
        <source>Last 6 hours</source>
        <translation>直近6時間</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Since yesterday</source>
        <translation>昨日から</translation>
    </message>
    <message>
        <source>From … until …</source>
        <translation>期間を指定…</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期間</translation>
    </message>
</context>
<context>
    <name>ProblemPage</name>
    <message>
        <source>Liaison Desk</source>
        <translation>リエゾンデスク</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Rebuild from what can be read</source>
        <translation>読める記録から作り直す</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <source>Why (required)</source>
        <translation>理由（必須）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>ReplyChip</name>
    <message>
        <source>Not a reply (Esc)</source>
        <translation>返信をやめる（Esc）</translation>
    </message>
    <message>
        <source>Not a reply</source>
        <translation>返信をやめる</translation>
    </message>
    <message>
        <source>Reply to {no}</source>
        <translation>{no} への返信</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>検索（Ctrl+F）</translation>
    </message>
    <message>
        <source>Search the chronology</source>
        <translation>クロノロジーを検索</translation>
    </message>
</context>
<context>
    <name>Setters</name>
    <message>
        <source>Who does it</source>
        <translation>担当者</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Enter records as well (Shift+Enter breaks the line)</source>
        <translation>Enter だけでも記録する（改行は Shift+Enter）</translation>
    </message>
    <message>
        <source>Enter that closes the conversion window never records.</source>
        <translation>変換を確定する Enter で記録されることはありません。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>表示の大きさ</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語（Language）</translation>
    </message>
    <message>
        <source>In force at the next start.</source>
        <translation>次に開いたときから変わります。</translation>
    </message>
    <message>
        <source>Name of this PC</source>
        <translation>この端末の名前</translation>
    </message>
    <message>
        <source>Shown to the other PCs.</source>
        <translation>ほかの端末に表示されます。</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共有フォルダ</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Show the exchange with the other PCs</source>
        <translation>ほかの端末との同期を表示</translation>
    </message>
    <message>
        <source>Go to the next new entry (F7)</source>
        <translation>次の新着へ（F7）</translation>
    </message>
    <message>
        <source>Share: {state}</source>
        <translation>共有: {state}</translation>
    </message>
    <message>
        <source>last contact {ago}</source>
        <translation>最終接続 {ago}</translation>
    </message>
    <message>
        <source>Battery {percent} %</source>
        <translation>電池 {percent} %</translation>
    </message>
    <message>
        <source>Battery {percent} % (until {time})</source>
        <translation>電池 {percent} %（{time} まで）</translation>
    </message>
    <message>
        <source>Only {size} left on this disk</source>
        <translation>ディスクの空き残り {size}</translation>
    </message>
    <message>
        <source>{count} new · next: F7</source>
        <translation>新着 {count} 件・次へ F7</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} 件</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Exchange</source>
        <translation>同期</translation>
    </message>
    <message>
        <source>Exchange now</source>
        <translation>今すぐ同期</translation>
    </message>
    <message>
        <source>Make an invitation…</source>
        <translation>招待ファイルを作る…</translation>
    </message>
    <message>
        <source>Choose a shared folder…</source>
        <translation>共有フォルダを選ぶ…</translation>
    </message>
    <message>
        <source>Arrived early</source>
        <translation>先に届いた記録</translation>
    </message>
    <message>
        <source>These are kept, and shown as soon as what they build on has arrived.</source>
        <translation>保管してあり、前提となる記録が届きしだい表示します。</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>よけたファイル</translation>
    </message>
    <message>
        <source>Damaged files in the shared folder. Nothing was deleted; everything else goes on.</source>
        <translation>共有フォルダ内の壊れたファイルです。削除はしていません。ほかの同期は続いています。</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>{whose}, act {number}</source>
        <translation>{whose} の {number} 番目</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>No shared folder: this PC only</source>
        <translation>共有フォルダなし（この端末のみ）</translation>
    </message>
    <message>
        <source>The shared folder cannot be used</source>
        <translation>共有フォルダを使えません</translation>
    </message>
    <message>
        <source>The shared folder cannot be reached: recording on this PC</source>
        <translation>共有に接続できません（この端末に記録中）</translation>
    </message>
    <message>
        <source>Exchange is paused</source>
        <translation>同期を一時停止中</translation>
    </message>
    <message>
        <source>Connecting to the shared folder…</source>
        <translation>共有フォルダに接続しています…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>{count} waiting to be sent</source>
        <translation>{count} 件送信待ち</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>{count} 秒前</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>{count} 分前</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>{count} 時間前</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 時間</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 日</translation>
    </message>
    <message>
        <source>Clock OK</source>
        <translation>時計 OK</translation>
    </message>
    <message>
        <source>Clock {span} fast</source>
        <translation>時計が {span} 進み</translation>
    </message>
    <message>
        <source>Clock {span} slow</source>
        <translation>時計が {span} 遅れ</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>Not read as a time</source>
        <translation>時刻として読み取れません</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明日</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨日</translation>
    </message>
    <message>
        <source>{days} days ago</source>
        <translation>{days} 日前</translation>
    </message>
    <message>
        <source>in {days} days</source>
        <translation>{days} 日後</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>Folder of the other desk</source>
        <translation>別のデスクのフォルダ</translation>
    </message>
    <message>
        <source>To the entry bar</source>
        <translation>入力欄へ</translation>
    </message>
    <message>
        <source>Search and filter</source>
        <translation>検索・絞り込み</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Reply to the selected entry</source>
        <translation>選んだ記録に返信</translation>
    </message>
    <message>
        <source>Next new entry</source>
        <translation>次の新着</translation>
    </message>
    <message>
        <source>Take back the last record</source>
        <translation>直前の記録を取り消す</translation>
    </message>
    <message>
        <source>Chronology</source>
        <translation>クロノロジー</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>People</source>
        <translation>関係者・電話帳</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>同期</translation>
    </message>
    <message>
        <source>Exchange now</source>
        <translation>今すぐ同期</translation>
    </message>
    <message>
        <source>Incident…</source>
        <translation>事案の情報…</translation>
    </message>
    <message>
        <source>Make an invitation…</source>
        <translation>招待ファイルを作る…</translation>
    </message>
    <message>
        <source>People and phone book</source>
        <translation>関係者・電話帳</translation>
    </message>
    <message>
        <source>Another incident on this PC…</source>
        <translation>別の事案を始める・参加する…</translation>
    </message>
    <message>
        <source>Open another desk&apos;s folder…</source>
        <translation>別のデスクのフォルダを開く…</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>ファイルを取り込む…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>キー操作</translation>
    </message>
</context>
<context>
    <name>WordingForm</name>
    <message>
        <source>The time “{text}” could not be read.</source>
        <translation>時刻「{text}」を読み取れません。</translation>
    </message>
    <message>
        <source>An entry needs the time when it happened.</source>
        <translation>発生時刻が必要です。</translation>
    </message>
    <message>
        <source>The coordinates “{text}” could not be read.</source>
        <translation>座標「{text}」を読み取れません。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>new</source>
        <translation>新着</translation>
    </message>
    <message>
        <source>reply to {no}</source>
        <translation>{no} への返信</translation>
    </message>
    <message>
        <source>from {party}</source>
        <translation>{party} から</translation>
    </message>
    <message>
        <source>to {party}</source>
        <translation>{party} へ</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>訂正あり</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>値が複数</translation>
    </message>
    <message>
        <source>due {time}</source>
        <translation>期限 {time}</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>期限超過</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>対面</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>会議</translation>
    </message>
    <message>
        <source>Radio</source>
        <translation>無線</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>FAX</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>現認</translation>
    </message>
    <message>
        <source>SNS</source>
        <translation>SNS</translation>
    </message>
    <message>
        <source>Web meeting</source>
        <translation>Web会議</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>依頼</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>決定</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>連絡</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>Cancellation</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>確認済</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未対応</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>対応中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>On this PC only</source>
        <translation>本機のみ</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Kept at the share</source>
        <translation>共有先に保存</translation>
    </message>
    <message>
        <source>Received by other PCs</source>
        <translation>他端末で受領</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>期限超過</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>確度</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状況</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>担当</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Occurred</source>
        <translation>発生</translation>
    </message>
    <message>
        <source>About</source>
        <translation>頃</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>覚知</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>From</source>
        <translation>発信元</translation>
    </message>
    <message>
        <source>To</source>
        <translation>発信先</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>手段</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種別</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>緯度</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>経度</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>{time}頃</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>火</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>水</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>木</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>金</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>土</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>日</translation>
    </message>
    <message>
        <source>{weekday}, {year}-{month:02d}-{day:02d}</source>
        <translation>{year}年{month}月{day}日（{weekday}）</translation>
    </message>
    <message>
        <source>{month}/{day} {weekday}</source>
        <translation>{month}/{day}（{weekday}）</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}分</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days}日</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours}時間</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}時間{minutes}分</translation>
    </message>
    <message>
        <source>overdue {time}</source>
        <translation>期限超過 {time}</translation>
    </message>
    <message>
        <source>by {time}</source>
        <translation>{time} まで</translation>
    </message>
</context>
</TS>
