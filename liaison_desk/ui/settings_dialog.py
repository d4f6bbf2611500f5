"""Settings of this profile: look, keys, language, share, what this PC is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QVBoxLayout, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.folder_field import FolderField
from liaison_desk.ui.paragraph import Paragraph
from liaison_desk.ui.sheet import Form, Sheet
from liaison_desk.ui.workplace import Workplace


class SettingsDialog(Sheet):
    """What a person may choose. Look and scale answer at once; Cancel takes them back."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the settings as they are."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(self.tr("Settings"))
        chosen = workplace.choices.current
        seat = workplace.seat
        self._before = (theme.mode(), theme.percent())
        self.look = QComboBox(self)
        for value, name in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.look.addItem(name, value)
        self.look.setCurrentIndex(self.look.findData(chosen.look))
        self.scale = QComboBox(self)
        for percent in theme.SCALES:
            self.scale.addItem(f"{percent} %", percent)
        self.scale.setCurrentIndex(max(0, self.scale.findData(chosen.scale)))
        self.language = QComboBox(self)
        self.language.addItem("日本語", "ja")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.enter_records = QCheckBox(self.tr("Enter records as well (Shift+Enter breaks the line)"), self)
        self.enter_records.setChecked(chosen.enter_records)
        note = Paragraph(self.tr("Enter that closes the conversion window never records."), self, role="small")
        keys = QVBoxLayout()
        keys.setSpacing(theme.px(4))
        keys.addWidget(self.enter_records)
        keys.addWidget(note)
        self.device_name = LineEditor(self)
        self.device_name.setText(seat.device_name)
        self.share = FolderField(workplace, seat.incident_id, self)
        self.share.line.setText(seat.share)
        form = Form()
        form.add_row((self.tr("Look"), self.look, ""), (self.tr("Size"), self.scale, ""))
        form.add_row(
            (self.tr("Language"), self.language, self.tr("In force at the next start.")),
            (self.tr("Name of this PC"), self.device_name, self.tr("Shown to the other PCs.")),
        )
        if seat.incident_id:
            form.add_row((self.tr("Shared folder"), self.share, ""))
        else:
            self.share.hide()
        self.body.addLayout(form)
        self.body.addLayout(keys)
        self.look.activated.connect(lambda _index: self._try_look())
        self.scale.activated.connect(lambda _index: self._try_look())
        self.set_primary(self.tr("Save"), self._save)

    def reject(self) -> None:
        """Take back the look that was tried."""
        if (theme.mode(), theme.percent()) != self._before:
            self._apply(*self._before)
        super().reject()

    def _try_look(self) -> None:
        self._apply(self.look.currentData(), self.scale.currentData())

    def _apply(self, look: str, scale: int) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, chosen=look, scale=scale)

    def _save(self) -> None:
        self.workplace.choices.change(
            self.workplace.desk,
            look=self.look.currentData(),
            scale=self.scale.currentData(),
            language=self.language.currentData(),
            enter_records=self.enter_records.isChecked(),
        )
        self._before = (theme.mode(), theme.percent())
        seat = self.workplace.seat
        name, share = self.device_name.text().strip(), self.share.path()

        def save(desk: Desk) -> Changed:
            changed = Changed(frozenset())
            if name and name != seat.device_name:
                changed = desk.save_seat(device_name=name)
            if seat.incident_id and str(share or "") != seat.share:
                changed = incident.change_share(desk, Path(share) if share else None)
            return changed

        if not seat.incident_id or str(share or "") == seat.share:
            self.run(save, lambda _changed: self.accept())
            return
        self.set_busy(True)
        self.share.check(lambda: self.run(save, lambda _changed: self.accept()), refused=lambda: self.set_busy(False))
