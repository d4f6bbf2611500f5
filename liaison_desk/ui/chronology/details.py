"""The details of the selected entry: everything about it, the choices it asks for, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.domain.sync_state import SyncState
from liaison_desk.domain.text import one_line
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import cells
from liaison_desk.ui.chronology.badge_strip import BadgeStrip
from liaison_desk.ui.chronology.badges import kind_badge, sign_badges, status_badge
from liaison_desk.ui.chronology.blank import Blank
from liaison_desk.ui.chronology.columns import Column
from liaison_desk.ui.chronology.conflicts import Conflicts
from liaison_desk.ui.chronology.details_page import SHOWN_CHARACTERS, DetailsPage
from liaison_desk.ui.chronology.hits import words_of
from liaison_desk.ui.chronology.setters import Setters
from liaison_desk.ui.workplace import Workplace

# Below this height, at 100 %, the setters show 状況 only.
_LOW = 420


class _Page(QTextBrowser):
    """A document of our own making; it loads nothing, wherever a link may point."""

    def loadResource(self, _type: int, _name: QUrl | str) -> Any:
        """Nothing."""
        return None


class DetailsPane(QWidget):
    """Details of one entry.

    Attributes:
        reply_requested: an `EntryRow`.
        correct_requested, cancel_requested: an `EntryDetails`.
        entry_requested: another entry's id.
    """

    reply_requested = Signal(object)
    correct_requested = Signal(object)
    cancel_requested = Signal(object)
    entry_requested = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Without an entry; `show_entry` gives one."""
        super().__init__(parent)
        self._workplace = workplace
        self._details: EntryDetails | None = None
        self._searched: tuple[str, ...] = ()
        self._shown = SHOWN_CHARACTERS
        self._delivered: tuple[str, tuple[str, ...]] = ("", ())
        theme.set_role(self, "surface")
        self._build()
        workplace.desk.changed.connect(self._follow)
        workplace.desk.delivery.connect(lambda _standing: self._follow_delivery())
        theme.events().changed.connect(self._refresh)
        self._show_blank()

    def _build(self) -> None:
        self._number = QLabel(self)
        self._number.setTextFormat(Qt.TextFormat.PlainText)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self._number, "title")
        self._badges = BadgeStrip(self)
        self.conflicts = Conflicts(self)
        self.conflicts.chosen.connect(self._set)
        self.page = _Page(self)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(self.tr("Details of the entry"))
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setStyleSheet("QTextBrowser { background: transparent; border: none; padding: 0; }")
        self.page.anchorClicked.connect(self._open)
        self.setters = Setters(self._workplace, self)
        self.setters.chosen.connect(self._set)
        self.reply = QPushButton(self.tr("Reply"), self)
        self.reply.setToolTip(self.tr("Reply to this entry (Ctrl+R)"))
        self.correct = QPushButton(self.tr("Correct…"), self)
        self.cancel = QPushButton(self.tr("Cancel entry…"), self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.copy.setToolTip(self.tr("Copy the entry as text"))
        self.reply.clicked.connect(self._reply)
        self.correct.clicked.connect(lambda: self._ask(self.correct_requested))
        self.cancel.clicked.connect(lambda: self._ask(self.cancel_requested))
        self.copy.clicked.connect(self.copy_entry)
        head = QGridLayout()
        head.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(6))
        head.setHorizontalSpacing(theme.px(12))
        head.addWidget(self._number, 0, 0)
        head.addWidget(self._badges, 0, 1)
        head.setColumnStretch(1, 1)
        body = QHBoxLayout()
        body.setContentsMargins(theme.px(16), 0, theme.px(4), 0)
        body.addWidget(self.page)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(10))
        buttons.setSpacing(theme.px(6))
        for button in (self.reply, self.correct, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        line = QWidget(self)
        line.setFixedHeight(1)
        line.setObjectName("detailsRule")
        self._rule = line
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.conflicts)
        column.addLayout(body, 1)
        column.addWidget(line)
        column.addWidget(self.setters)
        column.addLayout(buttons)
        self._whole = whole
        self._blank = Blank(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._blank)
        self._pages.addWidget(whole)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.page)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._copy_selection)
        self.setFocusProxy(self.page)

    # ── What others ask ──────────────────────────────────────────────────────────────────────────

    def show_entry(self, entry_id: str) -> None:
        """Show an entry; "" shows that none is selected."""
        if not entry_id:
            self._details = None
            self._show_blank()
            return
        other = self._details is None or self._details.row.id != entry_id
        if other:
            self._shown = SHOWN_CHARACTERS
        self._read(entry_id, keep_place=not other)

    def mark_words(self, text: str) -> None:
        """Mark what is searched for."""
        searched = words_of(text)
        if searched != self._searched:
            self._searched = searched
            self._refresh()

    def details(self) -> EntryDetails | None:
        """What is shown."""
        return self._details

    def copy_entry(self) -> None:
        """Put the entry on the clipboard as plain lines."""
        if self._details is None:
            return
        entry, row = self._details.entry, self._details.row
        head = [cells.cell(row, column, "") for column in (Column.NO, Column.TIME, Column.PARTIES, Column.CHANNEL)]
        lines = ["　".join(filter(None, (*head, cells.cell(row, Column.KIND, "")))), entry.subject, entry.content]
        QGuiApplication.clipboard().setText("\n".join(filter(None, lines)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the wording comes before the setters."""
        super().resizeEvent(event)
        self.setters.set_compact(self.height() < theme.px(_LOW))

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    def _read(self, entry_id: str, *, keep_place: bool) -> None:
        try:
            details = self._workplace.reader.details(entry_id)
        except DeskProblem as problem:
            self._details = None
            self._blank.say("warning", problem.says, problem.do)
            self._pages.setCurrentWidget(self._blank)
            return
        if details is None:
            self._details = None
            self._show_blank()
            return
        self._details = details
        self._show(keep_place=keep_place)

    def _show(self, *, keep_place: bool) -> None:
        details = self._details
        if details is None:
            return
        standing = self._workplace.desk.standing()
        state = standing.state(details.row.device, details.row.seq)
        receivers = tuple(map(self._name_of, standing.receivers(details.row.device, details.row.seq)))
        self._delivered = (state, receivers)
        self._number.setText(one_line(details.row.no, 40))
        badges = [kind_badge(details.row.kind), *sign_badges(details.row)]
        if details.row.status:
            badges.append(status_badge(details.row.status))
        self._badges.show_badges(badges)
        self.conflicts.show_details(details)
        bar = self.page.verticalScrollBar()
        place = bar.value() if keep_place else 0
        page = DetailsPage(self.page.document(), self._workplace.clock.now(), self._searched, self._shown)
        page.write(details, state, receivers)
        # The browser's own cursor was pushed to the end by the writing, and every resize would go there.
        self.page.setTextCursor(QTextCursor(self.page.document()))
        bar.setValue(place)
        self.setters.show_entry(details.entry)
        self.cancel.setEnabled(not details.row.cancelled)
        self._rule.setStyleSheet(f"background: {theme.palette()['line']};")
        self._pages.setCurrentWidget(self._whole)

    def _refresh(self) -> None:
        if self._details is None:
            self._show_blank()
        else:
            self._show(keep_place=True)

    def _show_blank(self) -> None:
        self._blank.say(
            "list", self.tr("No entry selected"), self.tr("Choose an entry in the list to see its wording and history.")
        )
        self._pages.setCurrentWidget(self._blank)

    def _name_of(self, device: str) -> str:
        state = self._workplace.desk.last_sync_state()
        if isinstance(state, SyncState):
            for known in state.devices:
                if known.device == device:
                    name = " ".join(filter(None, (known.mark, known.name or known.operator)))
                    return self.tr("this PC") if known.this_pc else one_line(name, 60)
        if device == self._workplace.desk.standing().device:
            return self.tr("this PC")
        return self.tr("PC {mark}").format(mark=device[:6])

    def _follow(self, changed: Changed) -> None:
        if self._details is None:
            return
        ours = {row.id for row in self._details.thread} | {self._details.row.id}
        if changed.everything or ours & changed.ids or self._joins_thread(changed):
            self._read(self._details.row.id, keep_place=True)

    def _joins_thread(self, changed: Changed) -> bool:
        # A new reply is not in the thread that was read; few ids come at once, so asking for them costs nothing.
        if self._details is None or "entry" not in changed.kinds or len(changed.ids) > 200:
            return False
        head = self._details.row.thread_pos
        return any(row.thread_pos == head for row in self._workplace.reader.rows_by_id(list(changed.ids)))

    def _follow_delivery(self) -> None:
        if self._details is None:
            return
        standing = self._workplace.desk.standing()
        row = self._details.row
        receivers = tuple(map(self._name_of, standing.receivers(row.device, row.seq)))
        if (standing.state(row.device, row.seq), receivers) != self._delivered and not self._is_selecting():
            self._show(keep_place=True)

    def _is_selecting(self) -> bool:
        return self.page.textCursor().hasSelection()

    # ── Doing ────────────────────────────────────────────────────────────────────────────────────

    def _reply(self) -> None:
        if self._details is not None:
            self.reply_requested.emit(self._details.row)

    def _ask(self, request: SignalInstance) -> None:
        if self._details is not None:
            request.emit(self._details)

    def _set(self, field: str, value: object) -> None:
        if self._details is None:
            return
        use_case = partial(_set_field, self._details.row.id, field, value)
        self._workplace.desk.submit(use_case, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        # What was clicked did not happen: show what holds, then say why.
        self._refresh()
        self._workplace.desk.tell_problem(error)

    def _open(self, link: QUrl) -> None:
        kind, _, target = link.toString(QUrl.ComponentFormattingOption.FullyDecoded).partition(":")
        if kind == "more":
            self._shown *= 2
            self._refresh()
        elif kind == "id":
            self.entry_requested.emit(target)
        elif kind == "no":
            try:
                self.entry_requested.emit(self._workplace.reader.entry_id(target))
            except DeskProblem as problem:
                self._workplace.desk.tell_problem(problem)

    def _copy_selection(self) -> None:
        # Text alone: pasted elsewhere it must not bring our colours along.
        selected = self.page.textCursor().selectedText().replace("\u2029", "\n")
        if selected:
            QGuiApplication.clipboard().setText(selected)


def _set_field(entry_id: str, field: str, value: object, desk: Desk) -> Changed:
    return chronology.set_fields(desk, entry_id, {field: value})
