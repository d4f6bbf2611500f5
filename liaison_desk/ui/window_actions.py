"""The window's keys and menus: each act once, with its words, its icon and its key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from liaison_desk.paths import DATABASE_NAME, desks_root
from liaison_desk.ui import theme

if TYPE_CHECKING:
    from liaison_desk.ui.main_window import MainWindow


class WindowActions(QObject):
    """Builds the actions of one window and runs those that open something."""

    def __init__(self, window: MainWindow) -> None:
        """Make keys and menus."""
        super().__init__(window)
        self._window = window
        self._icons: list[tuple[QAction, str]] = []
        self._keys()
        self._incident_menu(window.header.menu)
        self._more_menu(window.header.more_menu)
        theme.events().changed.connect(self._paint)
        self._paint()

    # ── What they open ───────────────────────────────────────────────────────────────────────────

    def change_operator(self) -> None:
        """The shift changes."""
        from liaison_desk.ui.incident_dialogs import OperatorDialog

        self._window.open_dialog(OperatorDialog(self._window.workplace, self._window))

    def open_card(self) -> None:
        """The incident's card."""
        from liaison_desk.ui.incident_dialogs import IncidentCard

        self._window.open_dialog(IncidentCard(self._window.workplace, self._window))

    def invite(self) -> None:
        """Make an invitation."""
        from liaison_desk.ui.incident_dialogs import write_invitation

        write_invitation(self._window.workplace, self._window.banner, self._window)

    def open_settings(self) -> None:
        """The settings."""
        from liaison_desk.ui.settings_dialog import SettingsDialog

        self._window.open_dialog(SettingsDialog(self._window.workplace, self._window))

    def open_import(self) -> None:
        """Import a file."""
        from liaison_desk.ui.importing.dialog import ImportDialog

        self._window.open_dialog(ImportDialog(self._window.workplace, parent=self._window))

    def open_export(self) -> None:
        """Export the chronology."""
        from liaison_desk.ui.importing.export import ExportDialog

        chosen = self._window.chronology().filter.chosen()
        self._window.open_dialog(ExportDialog(self._window.workplace, chosen, self._window))

    def open_keys(self) -> None:
        """The sheet of keys."""
        from liaison_desk.ui.key_help import KeyHelp

        self._window.open_dialog(KeyHelp(self._window.workplace, self._window))

    def open_profile(self) -> None:
        """Open another profile's folder, or an empty one for another incident."""
        title = self.tr("Folder of the other desk")
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(desks_root()))
        if chosen:
            self._window.profile_requested.emit(Path(chosen))

    def new_profile(self) -> None:
        """A fresh desk beside this one, for another incident."""
        root = desks_root()
        number = 2
        while (root / f"desk-{number}" / DATABASE_NAME).exists():
            number += 1
        self._window.profile_requested.emit(root / f"desk-{number}")

    # ── Keys and menus ───────────────────────────────────────────────────────────────────────────

    def _keys(self) -> None:
        window = self._window
        for key, words, run in (
            ("Esc", self.tr("To the entry bar"), window.type),
            ("Ctrl+F", self.tr("Search and filter"), window.search),
            ("Ctrl+I", self.tr("Instruction"), window.start_instruction),
            ("Ctrl+R", self.tr("Reply to the selected entry"), window.reply_to_selected),
            ("F7", self.tr("Next new entry"), window.next_unseen),
            ("Ctrl+Z", self.tr("Take back the last record"), window.undo_last),
            ("F2", self.tr("Chronology"), lambda: window.show_room("chronology")),
            ("F3", self.tr("Instructions"), lambda: window.show_room("instructions")),
            ("F4", self.tr("People"), lambda: window.show_room("people")),
            ("F6", self.tr("Exchange"), lambda: window.show_room("exchange")),
            ("F5", self.tr("Exchange now"), window.sync_requested.emit),
        ):
            window.addAction(self._action(words, run, key))

    def _incident_menu(self, menu: QMenu) -> None:
        window = self._window
        self._put(menu, "incident", self.tr("Incident…"), self.open_card)
        self._put(menu, "invite", self.tr("Make an invitation…"), self.invite)
        self._put(menu, "people", self.tr("People and phone book"), lambda: window.show_room("people"), "F4")
        menu.addSeparator()
        self._put(menu, "join", self.tr("Another incident on this PC…"), self.new_profile)
        self._put(menu, "folder", self.tr("Open another desk's folder…"), self.open_profile)

    def _more_menu(self, menu: QMenu) -> None:
        window = self._window
        self._put(menu, "undo", self.tr("Take back the last record"), window.undo_last, "Ctrl+Z")
        menu.addSeparator()
        window.addAction(self._put(menu, "import", self.tr("Import a file…"), self.open_import, "Ctrl+O"))
        window.addAction(self._put(menu, "export", self.tr("Export…"), self.open_export, "Ctrl+E"))
        menu.addSeparator()
        self._put(menu, "sync", self.tr("Exchange now"), window.sync_requested.emit, "F5")
        menu.addSeparator()
        window.addAction(self._put(menu, "settings", self.tr("Settings…"), self.open_settings, "Ctrl+,"))
        window.addAction(self._put(menu, "keyboard", self.tr("Keyboard"), self.open_keys, "F1"))

    def _put(self, menu: QMenu, icon: str, words: str, run: Callable[[], object], key: str = "") -> QAction:
        # Keys that `_keys` holds are shown in the menu but bound once: Qt lets two of one key cancel each other.
        bound = key in ("Ctrl+O", "Ctrl+E", "Ctrl+,", "F1")
        action = self._action(words, run, key if bound else "")
        if key and not bound:
            action.setText(f"{words}\t{key}")
        self._icons.append((action, icon))
        menu.addAction(action)
        return action

    def _action(self, words: str, run: Callable[[], object], key: str) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda _checked=False: run())
        if key:
            action.setShortcut(QKeySequence(key))
        return action

    def _paint(self) -> None:
        for action, icon in self._icons:
            action.setIcon(theme.icon(icon))
