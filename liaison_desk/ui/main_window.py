"""The window: head, rooms, entry bar, status line; joins what the rooms ask of each other.

What a widget does is its own matter; here is only what crosses from one to another.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import EntryKind
from liaison_desk.domain.listing import EntryDetails, EntryFilter, EntryRow
from liaison_desk.services.chronology import Recorded, Withdrawn
from liaison_desk.services.reading import Reader
from liaison_desk.services.undo import take_back
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.background import BackgroundReading
from liaison_desk.ui.chronology.entry_bar import EntryBar
from liaison_desk.ui.chronology.model import State
from liaison_desk.ui.header import Header
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.rail import Rail
from liaison_desk.ui.rooms import ChronologyRoom, InstructionRoom, ListRoom
from liaison_desk.ui.status_line import StatusLine
from liaison_desk.ui.window_actions import WindowActions
from liaison_desk.ui.workplace import Workplace

CHRONOLOGY, INSTRUCTIONS, PEOPLE, EXCHANGE = "chronology", "instructions", "people", "exchange"
_NARROW = 1080
_SETTLE_MS = 200


class MainWindow(QMainWindow):
    """The desk's window at an incident.

    Attributes:
        sync_requested: exchange now.
        pause_requested: rest (True) or go on (False).
        profile_requested: open another profile (a folder); the window closes itself.
        closed: the window has closed; everything unsaved was handed to the desk.
    """

    sync_requested = Signal()
    pause_requested = Signal(bool)
    profile_requested = Signal(object)
    closed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        """Lay out the window; rooms other than the chronology are made when they are first entered."""
        super().__init__()
        self.workplace = workplace
        self._rooms: dict[str, QWidget] = {}
        self._last: Recorded | None = None
        self.header = Header(workplace, self)
        self.banner = Banner(self)
        self.rail = Rail(self)
        self.stack = QStackedWidget(self)
        self.entry_bar = EntryBar(workplace, plain_enter=workplace.choices.current.enter_records)
        self.status_line = StatusLine(workplace, workplace.desk.profile, self)
        self.actions_of_window = WindowActions(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._count)
        self._reading = BackgroundReading(workplace.desk)
        self._lay_out()
        self._join()
        room = self.chronology()
        self.header.set_search(room.filter.search)
        self.header.filter.clicked.connect(self._switch_filter)
        room.filter_shown.connect(self.header.filter.setChecked)
        self.show_room(CHRONOLOGY)
        self._restore_size()
        self.entry_bar.take_focus()
        for draft in reversed(workplace.reader.drafts()):
            self.entry_bar.offer_draft(draft)
        self._settle.start()

    def is_settled(self) -> bool:
        """Whether the list stands and nothing is being read."""
        return self.chronology().view.model.state is State.READY

    # ── Rooms ────────────────────────────────────────────────────────────────────────────────────

    def room(self, name: str) -> QWidget:
        """The room, made when it is first asked for."""
        if name not in self._rooms:
            made = self._make_room(name)
            self._rooms[name] = made
            self.stack.addWidget(made)
        return self._rooms[name]

    def chronology(self) -> ChronologyRoom:
        """The room クロノロジー."""
        room = self.room(CHRONOLOGY)
        assert isinstance(room, ChronologyRoom)
        return room

    def current_list(self) -> ListRoom:
        """The list that is open, the chronology's when another kind of room is."""
        room = self.stack.currentWidget()
        return room if isinstance(room, ListRoom) else self.chronology()

    def show_room(self, name: str) -> None:
        """Open a room."""
        self.stack.setCurrentWidget(self.room(name))
        self.rail.show_room(name)

    def _make_room(self, name: str) -> QWidget:
        if name == CHRONOLOGY:
            chronology = ChronologyRoom(self.workplace, self)
            self._join_list(chronology)
            return chronology
        if name == INSTRUCTIONS:
            instructions = InstructionRoom(self.workplace, self)
            self._join_list(instructions)
            return instructions
        if name == PEOPLE:
            from liaison_desk.ui.people.page import PeoplePage

            people = PeoplePage(self.workplace)
            people.party_chosen.connect(self._take_party)
            return people
        from liaison_desk.ui.sync_status.page import SyncPage

        page = SyncPage(self.workplace, self)
        page.sync_requested.connect(self.sync_requested)
        page.pause_requested.connect(self.pause_requested)
        page.share_requested.connect(self.actions_of_window.open_settings)
        page.invite_requested.connect(self.actions_of_window.invite)
        return page

    def _join_list(self, room: ListRoom) -> None:
        room.reply_requested.connect(self.start_reply)
        room.correct_requested.connect(self._correct)
        room.cancel_requested.connect(self._cancel)
        room.elsewhere.connect(self.go_to)

    # ── What crosses from one to another ─────────────────────────────────────────────────────────

    def go_to(self, entry_id: str) -> None:
        """Show an entry in the chronology."""
        self.show_room(CHRONOLOGY)
        self.chronology().show_entry(entry_id)

    def type(self) -> None:
        """To the entry bar; a banner that was read goes away on the way."""
        if self.entry_bar.isAncestorOf(QApplication.focusWidget() or self):
            self.banner.dismiss()
        self.entry_bar.take_focus()

    def _switch_filter(self, shown: bool) -> None:
        self.show_room(CHRONOLOGY)
        room = self.chronology()
        if not shown:
            room.filter.clear()
        room.show_filter(shown)

    def search(self) -> None:
        """To the search."""
        self.show_room(CHRONOLOGY)
        self.chronology().filter.focus_search()

    def start_instruction(self) -> None:
        """The line being typed is an instruction."""
        self.entry_bar.set_kind(EntryKind.INSTRUCTION)
        self.entry_bar.take_focus()

    def reply_to_selected(self) -> None:
        """Reply to the selected entry."""
        entry_id = self.current_list().view.current_id()
        rows = self.workplace.reader.rows_by_id([entry_id]) if entry_id else []
        if rows:
            self.start_reply(rows[0])
        else:
            self.banner.show_note(self.tr("Choose the entry to reply to first."))

    def start_reply(self, row: EntryRow) -> None:
        """The line being typed answers this entry."""
        self.entry_bar.start_reply(row)

    def next_unseen(self) -> None:
        """To the next entry that nobody looked at; a filter that hides it is left."""
        if not self.current_list().view.next_unseen():
            self.show_room(CHRONOLOGY)
            room = self.chronology()
            if not room.view.next_unseen() and room.view.unseen_count():
                room.filter.clear()
                room.view.next_unseen()

    def undo_last(self) -> None:
        """Take back the last record while nothing of it has left this PC; its text goes back into the bar."""
        last = self._last
        if last is None:
            self.banner.show_note(self.tr("There is nothing of this PC to take back."))
            return
        if not self.entry_bar.draft_is_empty():
            self.banner.show_note(self.tr("Record or clear the line being typed first."))
            return

        draft = self.entry_bar.draft_of(last)

        def done(withdrawn: Withdrawn) -> None:
            self._last = None
            if withdrawn.done:
                if draft:
                    self.entry_bar.resume(draft)
                self.banner.show_done(self.tr("{no} was taken back; its text is in the entry bar.").format(no=last.no))
            else:
                self.banner.show_note(
                    self.tr("{no} has left this PC already.").format(no=last.no),
                    self.tr("Use a correction or a cancellation: the first wording stays readable."),
                )

        self.workplace.desk.submit(
            lambda desk: take_back(desk, last, draft), done=done, failed=self.banner.show_problem
        )

    def _recorded(self, recorded: Recorded) -> None:
        self._last = recorded

    def _take_party(self, field: str, label: str) -> None:
        self.entry_bar.set_party(field, label)
        self.entry_bar.take_focus()

    def _correct(self, details: EntryDetails) -> None:
        from liaison_desk.ui.chronology.revise import CorrectDialog

        self.open_dialog(CorrectDialog(self.workplace, details, self))

    def _cancel(self, details: EntryDetails) -> None:
        from liaison_desk.ui.chronology.revise import CancelDialog

        self.open_dialog(CancelDialog(self.workplace, details, self))

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the window without blocking it."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # ── Laying out and joining ───────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.rail.add_room(CHRONOLOGY, "chronology", self.tr("Chronology"))
        self.rail.add_room(INSTRUCTIONS, "instruction", self.tr("Instructions"))
        self.rail.add_room(PEOPLE, "people", self.tr("People"))
        self.rail.add_room(EXCHANGE, "sync", self.tr("Exchange"))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.entry_bar)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(whole)

    def _join(self) -> None:
        desk = self.workplace.desk
        self.rail.chosen.connect(self.show_room)
        self.header.operator_requested.connect(self.actions_of_window.change_operator)
        self.header.card_requested.connect(self.actions_of_window.open_card)
        self.status_line.sync_clicked.connect(lambda: self.show_room(EXCHANGE))
        self.status_line.unseen_clicked.connect(self.next_unseen)
        self.entry_bar.recorded.connect(self._recorded)
        self.workplace.choices.changed.connect(self._take_choices)
        desk.changed.connect(self._changed)
        desk.problem.connect(self.banner.show_problem)
        # The list has this key itself while it has the focus; two of one key would cancel each other.
        threads = QShortcut(QKeySequence("Ctrl+T"), self.entry_bar)
        threads.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        threads.activated.connect(lambda: self.current_list().view.toggle_threads())
        # Only the bar's own fields: a filter over the whole program would see every event of every widget.
        for field in self.entry_bar.findChildren(QWidget):
            field.installEventFilter(self)
        self._take_title()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z takes back the last record when there is nothing typed that it could take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._last is not None
            and self.entry_bar.draft_is_empty()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _changed(self, changed: Changed) -> None:
        if "incident" in changed.kinds:
            self._take_title()
        # Not started anew by each change: while entries stream in, the counts still follow.
        if not self._settle.isActive():
            self._settle.start()

    def _count(self) -> None:
        self._reading.ask("counts", _counts, self._show_counts)

    def _show_counts(self, counts: tuple[int, int, int]) -> None:
        entries, unseen, open_instructions = counts
        self.status_line.show_counts(entries, unseen)
        self.rail.show_count(INSTRUCTIONS, open_instructions)

    def _take_title(self) -> None:
        name = self.workplace.seat.incident_name
        self.setWindowTitle(" – ".join(filter(None, (name, self.tr("Liaison Desk")))))

    def _take_choices(self) -> None:
        self.entry_bar.set_plain_enter(self.workplace.choices.current.enter_records)

    # ── Size and end ─────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names in the rail give way first when the window is narrow."""
        super().resizeEvent(event)
        self.rail.set_wide(self.width() >= theme.px(_NARROW))

    def _restore_size(self) -> None:
        kept = self.workplace.choices.current.size("window")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            self.resize(1360, 820)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost: what is under conversion becomes text, the draft is handed to the desk."""
        self.entry_bar.commit_preedit()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.workplace.choices.remember_size(self.workplace.desk, "window", geometry)
        for room in self._rooms.values():
            if isinstance(room, ListRoom):
                room.close_reading()
        # The reader goes before the window is deleted: nothing may ask it again by itself.
        self._settle.stop()
        self._reading.close()
        self.status_line.rest()
        super().closeEvent(event)
        self.closed.emit()


def _counts(reader: Reader) -> tuple[int, int, int]:
    """How many entries there are, how many nobody looked at, how many instructions are open."""
    return reader.count_all(), len(reader.unseen()), reader.count(EntryFilter(open_only=True))
