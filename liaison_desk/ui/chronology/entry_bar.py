"""The entry bar: one line of the chronology typed during a call, durable before it leaves the bar.

The time stands still from the first keystroke, the first event of a composition included. Ctrl+Enter records; the
text leaves the bar only when the desk says that it is on the disk, and stays when the disk refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desk.domain.chronology import EntryDraft, EntryKind
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import Draft, EntryRow
from liaison_desk.errors import DeskProblem
from liaison_desk.services.chronology import Recorded, record_entry, reply_to_entry
from liaison_desk.services.drafts import drop_draft
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.draft_offer import DraftOffer
from liaison_desk.ui.chronology.drafting import Drafting
from liaison_desk.ui.chronology.entry_fields import EntryFields, is_suggested, suggest
from liaison_desk.ui.chronology.entry_keys import Act, act_of
from liaison_desk.ui.chronology.reply_chip import ReplyChip
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.workplace import Workplace

_TICK_MS = 5_000
# How long the parties of the last entry are carried over: a call's length, not a shift's.
CARRIED_MS = 10 * 60_000
_CARRIED = ("from_party", "to_party")


class EntryBar(QWidget):
    """Where entries are typed.

    Attributes:
        recorded: a `Recorded`; the entry is durable.
        height_changed: the bar grew or shrank.
    """

    recorded = Signal(object)
    height_changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None, *, plain_enter: bool = False) -> None:
        """An empty bar.

        Args:
            workplace: where to write and read.
            parent: the widget's parent.
            plain_enter: Enter records and Shift+Enter is a new line.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._started: Moment | None = None
        self._recording: dict[str, str] | None = None
        self._settle: Callable[[], None] | None = None
        self._last: tuple[str, Draft | None] = ("", None)
        self._plain_enter = plain_enter
        self.setObjectName("entryBar")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.set_role(self, "surface")
        self.banner = Banner(self)
        self.offer = DraftOffer(workplace.clock, self)
        self.chip = ReplyChip(self)
        self.fields = EntryFields(workplace, self)
        self._drafting = Drafting(workplace, self._draft_values, self.banner.show_problem, self)
        self._lay_out()
        self._join()
        self.set_plain_enter(plain_enter)
        self._clock_tick = QTimer(self, interval=_TICK_MS)
        self._clock_tick.timeout.connect(self._tick)
        self._clock_tick.start()
        self._carry_end = QTimer(self, singleShot=True, interval=CARRIED_MS)
        self._carry_end.timeout.connect(self.drop_carried)

    # ── What others call ─────────────────────────────────────────────────────────────────────────

    def set_plain_enter(self, plain_enter: bool) -> None:
        """Let Enter record, or Ctrl+Enter alone."""
        self._plain_enter = plain_enter
        self.fields.content.enter_enters = plain_enter
        key = "Enter" if plain_enter else "Ctrl+Enter"
        self.fields.record.setText(self.tr("Record") + f"  {key}")

    def take_focus(self) -> None:
        """Esc, then type: to the first field that is still to be said."""
        first = self.fields.lines["from_party"]
        (self.fields.content if first.text() else first).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The bar itself has nothing to type into; its fields have."""
        self.take_focus()

    def start_reply(self, row: EntryRow) -> None:
        """Make the line being typed a reply to this entry; what is typed stays."""
        self.chip.show_reply(row.id, row.no)
        if not self.fields.lines["to_party"].text() and row.from_party:
            self._suggest("to_party", row.from_party)
        if not self.fields.lines["from_party"].text() and row.to_party:
            self._suggest("from_party", row.to_party)
        self.fields.content.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._touch_draft()

    def set_kind(self, kind: EntryKind) -> None:
        """Choose 種別."""
        self.fields.set_kind(kind)
        self._touch_draft()

    def set_channel(self, channel: str) -> None:
        """Choose 手段."""
        self.fields.channel.set_value(channel)
        suggest(self.fields.channel, False)
        self._touch_draft()

    def set_party(self, field: str, label: str) -> None:
        """Put someone from the book into 発信元 ("from_party") or 発信先 ("to_party")."""
        line = self.fields.lines[field]
        line.commit_preedit()
        line.setText(label)
        line.typed.emit()

    def offer_draft(self, draft: Draft) -> None:
        """Offer an unfinished line back, with its age."""
        if draft.slot != self._drafting.slot:
            self.offer.offer(draft)

    def draft_of(self, recorded: Recorded) -> Draft | None:
        """The line as it was typed, when it is the last that was recorded here; so that it can be taken back."""
        return self._last[1] if self._last[0] == recorded.entry_id else None

    def commit_preedit(self) -> None:
        """Make what is under conversion text, and save the draft: before lock, close or anything that may end us."""
        self.fields.commit_preedit()
        if self._recording is None:
            self._drafting.save_now()

    def draft_is_empty(self) -> bool:
        """Whether nothing would be lost if the bar went away."""
        return self.fields.is_blank()

    def reply_no(self) -> str:
        """The number of the entry that is replied to, "" when none is."""
        return self.chip.no

    def occurred_at(self) -> Moment | None:
        """The time that would be recorded; None while nothing was typed."""
        return self.fields.time.moment() or self._started

    def submit(self) -> None:
        """Record what is typed; does nothing while the last line is still on its way."""
        self.fields.commit_preedit()
        self._settle_if_free()
        if self._recording is not None:
            return
        wrong = self.fields.wrong_field()
        if wrong:
            field, says = wrong
            self.banner.show_problem(DeskProblem(says, self.tr("Correct it, then record again.")))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fields.time.hide_hint()
            return
        if not (self.fields.content.plain_text().strip() or self.fields.lines["subject"].text().strip()):
            self.fields.content.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._recording = self._draft_values()
        self._drafting.pause()
        self.fields.record.setEnabled(False)
        draft = self.fields.draft(self._started)
        slot = self._drafting.slot
        if self.chip.entry_id:
            use_case = partial(reply_to_entry, parent_id=self.chip.entry_id, draft=draft, slot=slot)
        else:
            use_case = partial(record_entry, draft=draft, slot=slot)
        self._workplace.desk.submit(use_case, done=partial(self._done, draft), failed=self._refused)

    def clear(self) -> None:
        """Throw the line away; the strip offers it back until the next start."""
        self.fields.commit_preedit()
        self._drafting.save_now()
        thrown = self._drafting.line()
        self._empty()
        if thrown and thrown.values:
            self.offer.offer(thrown)

    def drop_carried(self) -> None:
        """Clear what was carried over from the last entry."""
        for name in _CARRIED:
            line = self.fields.lines[name]
            if is_suggested(line):
                line.clear()
                suggest(line, False)
        if is_suggested(self.fields.channel):
            self.fields.channel.set_value("")
            suggest(self.fields.channel, False)

    # ── Keys ─────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the bar's keys before the window's shortcuts and the fields do."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        act = act_of(event)
        if act is None or (act.name == "escape" and (self.fields.composing() or not self._escape_has_work())):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._run(act)
        return True

    def _run(self, act: Act) -> None:
        fields = self.fields
        if act.name == "submit":
            self.submit()
        elif act.name == "channel":
            self.set_channel(act.value)
        elif act.name == "kind":
            self.set_kind(EntryKind(act.value))
        elif act.name == "details":
            fields.show_details(not fields.details_shown())
            if fields.details_shown():
                fields.lines["place"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif act.name == "time":
            fields.time.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif act.name == "clear":
            self.clear()
        elif act.name == "escape":
            self._escape()
        else:
            box = {"unverified": fields.unverified, "about": fields.approx, "important": fields.important}[act.name]
            fields.show_details(True)
            box.click()

    def _escape_has_work(self) -> bool:
        completing = any(completion.is_open() for completion in self.fields.completions.values())
        return not completing and bool(self.chip.entry_id or self._carries())

    def _escape(self) -> None:
        if self.chip.entry_id:
            self._drop_reply()
        else:
            self.drop_carried()

    def _drop_reply(self) -> None:
        self.chip.show_reply("", "")
        self._touch_draft()

    def _carries(self) -> bool:
        carried = (*(self.fields.lines[name] for name in _CARRIED), self.fields.channel)
        return any(is_suggested(field) for field in carried)

    def _entered(self, field: QWidget, modifiers: Qt.KeyboardModifier) -> None:
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if control or self._plain_enter:
            self.submit()
        elif field is not self.fields.content:
            self.focusNextChild()

    # ── Typing ───────────────────────────────────────────────────────────────────────────────────

    def _typed(self) -> None:
        if self._settle:
            # Not within the event of the input method that brought the text.
            QTimer.singleShot(0, self, self._settle_if_free)
        blank = self.fields.is_blank()
        if self._started is None and not blank:
            self._started = self._workplace.clock.now()
            self.fields.time.fix(self._started)
            self._drafting.begin(self._started)
            self._carry_end.stop()
        elif blank and self._recording is None and self._started is not None:
            # Everything was taken out again: the next keystroke is a first one.
            self._drafting.save_now()
            self._drafting.end()
            self._started = None
            if not self.fields.time.is_by_hand():
                self.fields.time.clear()
        self._touch_draft()

    def _touch_draft(self) -> None:
        if self._recording is None and self._started is not None:
            self._drafting.touch()

    def _draft_values(self) -> dict[str, str]:
        values = self.fields.values()
        if values and self.chip.entry_id:
            values["reply_to"], values["reply_no"] = self.chip.entry_id, self.chip.no
        return values

    def resume(self, draft: Draft) -> None:
        """Put a kept line back into the bar; what is typed there now is offered back."""
        if not self.fields.is_blank():
            self.clear()
        self.fields.set_values(draft.values, draft.started_at)
        self._started = draft.started_at
        self._drafting.adopt(draft.slot, draft.started_at, draft.values)
        self.chip.show_reply(draft.values.get("reply_to", ""), draft.values.get("reply_no", ""))
        self.fields.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def _discard(self, draft: Draft) -> None:
        self._workplace.desk.submit(partial(drop_draft, slot=draft.slot), failed=self.banner.show_problem)

    # ── Recording ────────────────────────────────────────────────────────────────────────────────

    def _done(self, draft: EntryDraft, recorded: Recorded) -> None:
        self.banner.dismiss()
        line = self._drafting.line()
        self._last = (recorded.entry_id, replace(line, values=self._recording or {}) if line else None)
        self._settle = partial(self._clear_recorded, draft)
        self._settle_if_free()
        self.recorded.emit(recorded)

    def _settle_if_free(self) -> None:
        # Somebody may be composing the next line already, on a slow disk: their editor is theirs until it is done.
        if self._settle and not self.fields.composing():
            settle, self._settle = self._settle, None
            settle()

    def _clear_recorded(self, draft: EntryDraft) -> None:
        before, self._recording = self._recording or {}, None
        self.fields.record.setEnabled(True)
        now = self._draft_values()
        rest = now.get("content", "").removeprefix(draft.content) if now != before else ""
        self._empty()
        self._carry(draft)
        if rest:
            # Typed on while the disk was slow: that is the next line.
            self.fields.content.set_text(rest)
            self._typed()

    def _refused(self, error: Exception) -> None:
        self._recording = None
        self.fields.record.setEnabled(True)
        self.banner.show_problem(error)
        self._drafting.touch()

    def _empty(self) -> None:
        self._drafting.end()
        self._started = None
        self.chip.show_reply("", "")
        self.fields.clear()

    def _carry(self, draft: EntryDraft) -> None:
        self._suggest("from_party", draft.from_party)
        self._suggest("to_party", draft.to_party)
        if draft.channel:
            self.fields.channel.set_value(draft.channel)
            suggest(self.fields.channel, True)
        self._carry_end.start()

    def _suggest(self, name: str, text: str) -> None:
        line = self.fields.lines[name]
        line.setText(text)
        line.setCursorPosition(0)
        suggest(line, bool(text))

    # ── Looks ────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(10))
        inner.setSpacing(theme.px(6))
        for widget in (self.offer, self.chip, self.fields):
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(inner)

    def _join(self) -> None:
        fields = self.fields
        fields.typed.connect(self._typed)
        fields.chose.connect(self._touch_draft)
        fields.height_changed.connect(self.height_changed)
        fields.record.clicked.connect(self.submit)
        lines = (*fields.lines.values(), fields.time.line, fields.due.line)
        for line in lines:
            line.entered.connect(partial(self._entered, line))
        fields.content.entered.connect(partial(self._entered, fields.content))
        # Later filters run first: completions were installed by the fields and must see Esc after us.
        boxes = (fields.unverified, fields.approx, fields.important)
        for widget in (*lines, *boxes, fields.content, fields.channel, fields.kind, fields.status, fields.record):
            widget.installEventFilter(self)
        self.chip.removed.connect(self._drop_reply)
        self.chip.height_changed.connect(self.height_changed)
        self.offer.resumed.connect(self.resume)
        self.offer.discarded.connect(self._discard)
        self.offer.height_changed.connect(self.height_changed)

    def _tick(self) -> None:
        self.fields.time.tick()
        self.offer.tick()
