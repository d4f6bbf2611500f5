"""Begin an incident, join one, invite another PC, hand the seat over, look at the incident's card."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.folder_field import FolderField
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.sheet import Form, Sheet
from liaison_desk.ui.workplace import Workplace

INVITATION_SUFFIX = ".desk-invitation"


def suggested_mark(place: str) -> str:
    """The first character of a place, as offices abbreviate it: 七飯町 → 七."""
    plain = unicodedata.normalize("NFKC", place).strip()
    return plain[0] if plain and unicodedata.category(plain[0])[0] in "LN" else ""


class NewIncidentDialog(Sheet):
    """A new incident on this desk."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the fields."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(
            self.tr("New incident"),
            self.tr("This PC begins the record. The others join by an invitation that you make afterwards."),
        )
        self.name = LineEditor(self)
        self.name.setPlaceholderText(self.tr("Example: Heavy rain of November"))
        self.host = LineEditor(self)
        self.host.setPlaceholderText(self.tr("Example: Nanae Town"))
        self.mark = MarkField(self)
        self.operator = LineEditor(self)
        self.org = LineEditor(self)
        self.share = FolderField(workplace, parent=self)
        form = Form()
        form.add_row((self.tr("Incident"), self.name, ""))
        form.add_row(
            (self.tr("Where you are sent"), self.host, self.tr("Empty in the command room.")),
            (self.tr("This PC's mark"), self.mark, self.tr("Heads each number, as in 七-012. Another one on each PC.")),
        )
        form.add_row((self.tr("Recorder"), self.operator, ""), (self.tr("Organisation"), self.org, ""))
        form.add_row((self.tr("Shared folder"), self.share, ""))
        self.body.addLayout(form)
        self.host.textChanged.connect(lambda text: self.mark.suggest(suggested_mark(text)))
        self.set_primary(self.tr("Begin"), self._begin)
        for field in (self.name, self.mark, self.operator, self.org):
            self.require(field)
        self.name.setFocus()

    def _begin(self) -> None:
        if not self.all_filled():
            return
        name, mark, operator, org = (f.text() for f in (self.name, self.mark, self.operator, self.org))
        host, share = self.host.text(), self.share.path()

        def begin(desk: Desk) -> Changed:
            return incident.new_incident(
                desk, name=name, mark=mark, operator=operator, org=org, host_org=host, share=share
            )

        self.set_busy(True)
        self.share.check(lambda: self.run(begin, lambda _changed: self.accept()), refused=lambda: self.set_busy(False))


class JoinDialog(Sheet):
    """Join an incident by its invitation."""

    def __init__(self, workplace: Workplace, invitation: Path | None = None, parent: QWidget | None = None) -> None:
        """Lay out the fields."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(
            self.tr("Join an incident"),
            self.tr("Choose the invitation that the command room made. The records arrive through the shared folder."),
        )
        self.invitation = LineEditor(self)
        self.invitation.setText(str(invitation or ""))
        choose = QPushButton(theme.icon("file"), theme.beside_icon(self.tr("Choose…")), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        file = QWidget(self)
        row = QHBoxLayout(file)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.invitation, 1)
        row.addWidget(choose)
        file.setFocusProxy(self.invitation)
        self.host = LineEditor(self)
        self.host.setPlaceholderText(self.tr("Example: Nanae Town"))
        self.mark = MarkField(self)
        self.operator = LineEditor(self)
        self.org = LineEditor(self)
        self.share = LineEditor(self)
        self.share.setPlaceholderText(self.tr("Only if this PC sees the shared folder under another path"))
        form = Form()
        form.add_row((self.tr("Invitation"), file, ""))
        form.add_row(
            (self.tr("Where you are sent"), self.host, self.tr("Empty in the command room.")),
            (self.tr("This PC's mark"), self.mark, self.tr("Heads each number, as in 七-012. Another one on each PC.")),
        )
        form.add_row((self.tr("Recorder"), self.operator, ""), (self.tr("Organisation"), self.org, ""))
        form.add_row((self.tr("Shared folder"), self.share, ""))
        self.body.addLayout(form)
        self.host.textChanged.connect(lambda text: self.mark.suggest(suggested_mark(text)))
        self.set_primary(self.tr("Join"), self._join)
        for field in (self.invitation, self.mark, self.operator, self.org):
            self.require(field)
        self.invitation.setFocus()

    def _choose(self) -> None:
        pattern = self.tr("Invitations") + f" (*{INVITATION_SUFFIX});;" + self.tr("All files") + " (*)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the invitation"), "", pattern)
        if name:
            self.invitation.setText(str(Path(name)))

    def _join(self) -> None:
        if not self.all_filled():
            return
        invitation = Path(self.invitation.text().strip().strip('"'))
        mark, operator, org, host = (f.text() for f in (self.mark, self.operator, self.org, self.host))
        folder = self.share.text().strip().strip('"')

        def join(desk: Desk) -> Changed:
            return incident.join_incident(
                desk,
                invitation,
                mark=mark,
                operator=operator,
                org=org,
                host_org=host,
                share=Path(folder) if folder else None,
            )

        self.run(join, lambda _changed: self.accept())


class OperatorDialog(Sheet):
    """Another person takes the seat (交代)."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the fields with who sits here now."""
        super().__init__(workplace, "", parent=parent)
        seat = workplace.seat
        self.set_title(
            self.tr("Change the recorder"),
            self.tr("Entries from now on carry this name. What is recorded keeps the name it has."),
        )
        self.operator = LineEditor(self)
        self.operator.setPlaceholderText(seat.operator)
        self.org = LineEditor(self)
        self.org.setText(seat.org)
        form = Form()
        form.add_row((self.tr("Recorder"), self.operator, ""), (self.tr("Organisation"), self.org, ""))
        self.body.addLayout(form)
        self.set_primary(self.tr("Change"), self._change)
        for field in (self.operator, self.org):
            self.require(field)
        self.operator.setFocus()

    def _change(self) -> None:
        if not self.all_filled():
            return
        operator, org = self.operator.text(), self.org.text()
        self.run(
            lambda desk: incident.change_operator(desk, operator=operator, org=org), lambda _changed: self.accept()
        )


class IncidentCard(Sheet):
    """What this desk is part of, and where the liaison was sent."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Show the card."""
        super().__init__(workplace, workplace.seat.incident_name, parent=parent)
        seat = workplace.seat
        self.host = LineEditor(self)
        self.host.setText(seat.host_org)
        form = Form()
        form.add_row((self.tr("Where you are sent"), self.host, ""))
        facts = (
            (self.tr("This PC's mark"), seat.mark),
            (self.tr("PC"), seat.device_name),
            (self.tr("Recorder"), f"{seat.operator}（{seat.org}）"),
            (self.tr("Shared folder"), seat.share or self.tr("none: the records stay on this PC")),
        )
        for name, value in facts:
            label = Paragraph(value, self)
            theme.set_role(label, "secondary")
            form.add_row((name, label, ""))
        self.body.addLayout(form)
        self.set_primary(self.tr("Save"), self._save)

    def _save(self) -> None:
        host = self.host.text().strip()
        self.run(lambda desk: desk.save_seat(host_org=host), lambda _changed: self.accept())


class MarkField(LineEditor):
    """A PC's mark: one or two characters; suggests, until a person types one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._own = False
        self.setPlaceholderText("七")
        self.textEdited.connect(self._edited)

    def suggest(self, mark: str) -> None:
        """Fill in a suggestion unless a person has typed a mark."""
        if not self._own:
            self.setText(mark)

    def _edited(self, text: str) -> None:
        self._own = bool(text)


def write_invitation(workplace: Workplace, banner: Banner, parent: QWidget) -> None:
    """Ask where, write the invitation, say what to do with it."""
    translate = QCoreApplication.translate
    seat = workplace.seat
    name, _ = QFileDialog.getSaveFileName(
        parent,
        translate("Invitation", "Make an invitation"),
        f"{seat.incident_name}{INVITATION_SUFFIX}",
        translate("Invitation", "Invitations") + f" (*{INVITATION_SUFFIX})",
    )
    if not name:
        return
    out = Path(name if name.endswith(INVITATION_SUFFIX) else name + INVITATION_SUFFIX)

    def done(_nothing: None) -> None:
        do = translate("Invitation", "Hand it to the next PC; there it is opened with “Join an incident”.")
        if not seat.share:
            do = translate(
                "Invitation",
                "There is no shared folder yet: choose one in the settings first, then make a new invitation.",
            )
        banner.show_done(translate("Invitation", "The invitation was made: {path}").format(path=out), do)

    workplace.desk.submit(lambda desk: incident.write_invitation(desk, out), done=done, failed=banner.show_problem)
