"""Take pictures of the real window with the drill in it, for the README and for looking at.

    .venv/bin/python -m tools.screenshots [--out docs/screenshots] [NAME ...]

Runs an X server of its own where there is one to run, so that fonts and frames are those of a real screen. The
drill's two desks and their share are made in a temporary folder; nothing of this PC's own desks is touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tools.screen import screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desk.app import Program, Session
    from liaison_desk.services.demo import Demo
    from liaison_desk.ui.main_window import MainWindow

HOME = Path(__file__).resolve().parent.parent
SIZE = (1440, 900)
SMALL = (1366, 768)
_LIMIT_MS = 20_000


class Camera:
    """Opens desks and keeps pictures."""

    def __init__(self, demo: Demo, out: Path, empty: Path) -> None:
        """Point it at the drill; `empty` is where fresh profiles go."""
        from liaison_desk.app import Program

        self.demo = demo
        self.out = out
        self._empty = empty
        self.program: Program = Program()

    @contextmanager
    def desk(
        self, profile: Path, *, look: str = "light", scale: int = 100, size: tuple[int, int] = SIZE
    ) -> Iterator[Session]:
        """A profile's window in a look and a size."""
        from liaison_desk.services.desk import Desk
        from liaison_desk.services.preferences import read_preferences, save_preferences
        from liaison_desk.ui.application import run_until

        desk = Desk(profile)
        save_preferences(desk, replace(read_preferences(desk), look=look, scale=scale, sizes=()))
        desk.close()
        session = self.program.open(profile)
        window = session.show()
        window.resize(*size)
        run_until(session.is_settled, _LIMIT_MS)
        try:
            yield session
        finally:
            session.end()

    def keep(self, name: str, widget: QWidget) -> None:
        """Let the window come to rest, then keep a picture of a widget."""
        from PySide6.QtGui import QImage
        from PySide6.QtWidgets import QApplication

        from liaison_desk.ui.application import run_until

        run_until(lambda: False, 400)
        QApplication.processEvents()
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / f"{name}.png"
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        if not picture.save(str(path), "PNG", 0):  # type: ignore[call-overload]
            sys.exit(f"{path} could not be written")
        print(path)

    def fresh(self, name: str) -> Path:
        """A profile that does not exist yet."""
        return self._empty / name


def main_window(session: Session) -> MainWindow:
    """The window at an incident."""
    if session.main is None:
        sys.exit("the desk has no incident")
    return session.main


def busy(window: MainWindow) -> None:
    """Select an entry that has something to show, and begin a line."""
    rows = window.workplace.reader.last_rows(40)
    told = [row for row in rows if row.corrected or row.reply_to] or rows
    window.chronology().view.select(told[-1].id)


def take(camera: Camera, wanted: set[str]) -> None:
    """Take the pictures that are wanted, all when none is named."""
    for name, shot in shots().items():
        if not wanted or name in wanted:
            shot(camera, name)


def shots() -> dict[str, Callable[[Camera, str], None]]:
    """Every picture by its name."""
    return {
        "light": lambda camera, name: at_work(camera, name),
        "dark": lambda camera, name: at_work(camera, name, look="dark"),
        "light-150": lambda camera, name: at_work(camera, name, scale=150),
        "small-150": lambda camera, name: at_work(camera, name, scale=150, size=SMALL),
        "dark-150": lambda camera, name: at_work(camera, name, look="dark", scale=150),
        "instructions": lambda camera, name: room(camera, name, "instructions"),
        "people": lambda camera, name: room(camera, name, "people"),
        "exchange": lambda camera, name: room(camera, name, "exchange"),
        "exchange-dark": lambda camera, name: room(camera, name, "exchange", look="dark"),
        "empty": empty,
        "first-page": first_page,
        "first-page-dark": lambda camera, name: first_page(camera, name, look="dark"),
        "new-incident": lambda camera, name: dialog(camera, name, "new"),
        "join": lambda camera, name: dialog(camera, name, "join"),
        "settings": lambda camera, name: dialog(camera, name, "settings"),
        "keys": lambda camera, name: dialog(camera, name, "keys"),
        "keys-dark": lambda camera, name: dialog(camera, name, "keys", look="dark"),
        "offline": offline,
        "typing": typing,
        "menus": menus,
        "import": importing,
        "correct": lambda camera, name: revise(camera, name),
        "narrow": lambda camera, name: at_work(camera, name, size=(1024, 700)),
    }


def at_work(camera: Camera, name: str, *, look: str = "light", scale: int = 100, size: tuple[int, int] = SIZE) -> None:
    """The chronology with an entry selected and a line begun."""
    with camera.desk(camera.demo.liaison, look=look, scale=scale, size=size) as session:
        window = main_window(session)
        busy(window)
        camera.keep(name, window)


def room(camera: Camera, name: str, which: str, *, look: str = "light") -> None:
    """Another room."""
    with camera.desk(camera.demo.liaison, look=look) as session:
        window = main_window(session)
        window.show_room(which)
        if which == "instructions":
            list_room = window.current_list()
            from liaison_desk.ui.application import run_until
            from liaison_desk.ui.chronology.model import State

            run_until(lambda: list_room.view.model.state is State.READY, _LIMIT_MS)
            rows = list_room.view.model.row_at(0)
            if rows:
                list_room.view.select(rows.id)
        camera.keep(name, window)


def typing(camera: Camera, name: str) -> None:
    """A reply is being typed, something was just recorded, a problem is told."""
    from liaison_desk.domain.chronology import EntryKind

    with camera.desk(camera.demo.liaison) as session:
        window = main_window(session)
        busy(window)
        window.reply_to_selected()
        window.entry_bar.set_kind(EntryKind.INSTRUCTION)
        window.entry_bar.fields.content.set_text("西大沼の給水車を2台に増やすこと。到着したら電話で報告。")
        window.banner.show_note(
            "七-064 は既に共有先へ送られています。", "訂正か取消を使ってください（最初の記載は読める形で残ります）。"
        )
        camera.keep(name, window)


def menus(camera: Camera, name: str) -> None:
    """The two menus of the head."""
    with camera.desk(camera.demo.liaison) as session:
        window = main_window(session)
        for number, menu in enumerate((window.header.menu, window.header.more_menu), start=1):
            menu.popup(window.mapToGlobal(window.rect().center()))
            camera.keep(f"{name}-{number}", menu)
            menu.close()


def importing(camera: Camera, name: str) -> None:
    """The preview of a file."""
    from liaison_desk.services.demo import exercise
    from liaison_desk.ui.application import run_until
    from liaison_desk.ui.importing.dialog import ImportDialog

    with camera.desk(camera.demo.liaison) as session:
        shown = ImportDialog(main_window(session).workplace, exercise() / "chronology.csv")
        shown.resize(1000, 760)
        shown.show()
        run_until(lambda: False, 1500)
        camera.keep(name, shown)
        shown.close()


def revise(camera: Camera, name: str) -> None:
    """The dialog of a correction."""
    from liaison_desk.ui.chronology.revise import CorrectDialog

    with camera.desk(camera.demo.liaison) as session:
        workplace = main_window(session).workplace
        details = workplace.reader.details(workplace.reader.last_rows(1)[0].id)
        if details:
            shown = CorrectDialog(workplace, details)
            shown.show()
            camera.keep(name, shown)
            shown.close()


def offline(camera: Camera, name: str) -> None:
    """The share has vanished."""
    from liaison_desk.domain.sync_state import Link, SyncState
    from liaison_desk.ui.application import run_until

    away = camera.demo.share.with_name("away")
    camera.demo.share.rename(away)
    try:
        with camera.desk(camera.demo.liaison) as session:
            window = main_window(session)

            def told() -> bool:
                state = session.desk.last_sync_state()
                return isinstance(state, SyncState) and state.link is Link.OFFLINE

            run_until(told, _LIMIT_MS)
            window.show_room("exchange")
            camera.keep(name, window)
    finally:
        away.rename(camera.demo.share)


def empty(camera: Camera, name: str) -> None:
    """An incident that has just begun."""
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.incident import new_incident

    profile = camera.fresh("new")
    desk = Desk(profile)
    if not desk.seat.incident_id:
        new_incident(
            desk, name="11月22日からの大雨", mark="七", operator="高瀬 雅人", org="渡島総合振興局", host_org="七飯町"
        )
    desk.close()
    with camera.desk(profile) as session:
        camera.keep(name, main_window(session))


def first_page(camera: Camera, name: str, *, look: str = "light") -> None:
    """A desk without an incident."""
    with camera.desk(camera.fresh("first"), look=look, size=(1080, 720)) as session:
        if session.window:
            camera.keep(name, session.window)


def dialog(camera: Camera, name: str, which: str, *, look: str = "light") -> None:
    """One dialog alone."""
    from liaison_desk.ui.incident_dialogs import JoinDialog, NewIncidentDialog
    from liaison_desk.ui.key_help import KeyHelp
    from liaison_desk.ui.settings_dialog import SettingsDialog

    with camera.desk(camera.demo.liaison, look=look) as session:
        workplace = main_window(session).workplace
        kinds = {"new": NewIncidentDialog, "join": JoinDialog, "settings": SettingsDialog, "keys": KeyHelp}
        shown = kinds[which](workplace)
        if isinstance(shown, NewIncidentDialog):
            shown.name.setText("11月22日からの大雨")
            shown.host.setText("七飯町")
            shown.share.line.setText(str(camera.demo.share))
        shown.show()
        camera.keep(name, shown)
        shown.close()


def main() -> int:
    """Prepare the drill and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--out", type=Path, default=HOME / "docs" / "screenshots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liaison-desk-pictures-") as folder, screen() as shown:
        os.environ.update(shown)
        os.environ["QT_QPA_PLATFORM"] = "xcb" if shown else "offscreen"
        os.environ["LIAISON_DESK_PROFILE"] = str(Path(folder) / "unused")
        from liaison_desk.services import demo

        take(Camera(demo.prepare(Path(folder) / "訓練"), options.out, Path(folder)), set(options.names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
