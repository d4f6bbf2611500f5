"""Use cases of the incident: begin one, invite another PC, join, change who sits at the desk."""

from __future__ import annotations

import json
import platform
import unicodedata
from pathlib import Path
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import long_path
from liaison_desk.services.chronology import check_text
from liaison_desk.services.desk import Desk, space_of
from liaison_desk.services.sharing import create_share, taken_marks

_FORMAT = "liaison-desk-invitation"
_VERSION = 1
_MAX_INVITATION_BYTES = 64 * 1024


def new_incident(
    desk: Desk,
    *,
    name: str,
    mark: str,
    operator: str,
    org: str,
    host_org: str = "",
    device_name: str = "",
    share: Path | None = None,
) -> Changed:
    """Begin an incident on this desk; with `share`, make that folder its shared folder.

    Raises:
        DeskProblem: the desk has an incident already, a name is missing, or the folder cannot be used.
    """
    _refuse_second(desk)
    mark = check_mark(mark)
    _check_names(name=name, operator=operator, org=org)
    incident_id = desk.ids.new_id()
    if share is not None:
        # The folder first: a desk without its share is a surprise, a share without a desk is an empty folder.
        create_share(share, incident_id)
    return _begin(
        desk,
        incident_id,
        incident_name=name.strip(),
        mark=mark,
        operator=operator.strip(),
        org=org.strip(),
        host_org=host_org.strip(),
        device_name=device_name.strip() or default_device_name(),
        share=str(share) if share else "",
        caught_up="1",
    )


def write_invitation(desk: Desk, out: Path) -> None:
    """Write the small file with which another PC joins: incident and shared folder.

    It carries no key and no password; who can read the shared folder can read the incident.

    Raises:
        DeskProblem: there is no incident, or the file cannot be written.
    """
    desk.the_journal()
    invitation = {
        "format": _FORMAT,
        "version": _VERSION,
        "incident": {"id": desk.seat.incident_id, "name": desk.seat.incident_name, "host_org": desk.seat.host_org},
        "share": desk.seat.share,
    }
    try:
        long_path(out).write_text(json.dumps(invitation, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as refused:
        raise DeskProblem(
            wording.text("file_not_written", path=out, reason=refused.strerror or refused),
            wording.text("file_not_written_do"),
        ) from refused


def join_incident(
    desk: Desk,
    invitation: Path,
    *,
    mark: str,
    operator: str,
    org: str,
    host_org: str = "",
    device_name: str = "",
    share: Path | None = None,
) -> Changed:
    """Join the incident of an invitation; `share` is where this PC sees the shared folder, if elsewhere.

    An unreachable share does not stop anyone: the desk works offline and joins when the folder is there.

    Raises:
        DeskProblem: the desk has an incident already, the file is no invitation or a newer one, the mark is
            in use by another PC, or the folder is another incident's.
    """
    _refuse_second(desk)
    mark = check_mark(mark)
    _check_names(operator=operator, org=org)
    told = _read(invitation)
    incident = told["incident"]
    folder = str(share) if share else told["share"]
    if folder:
        owner = taken_marks(Path(folder), incident["id"]).get(mark)
        if owner:
            raise DeskProblem(wording.text("mark_taken", mark=mark, owner=owner), wording.text("mark_taken_do"))
    return _begin(
        desk,
        incident["id"],
        incident_name=incident["name"],
        mark=mark,
        operator=operator.strip(),
        org=org.strip(),
        host_org=host_org.strip() or incident.get("host_org", ""),
        device_name=device_name.strip() or default_device_name(),
        share=folder,
    )


def change_operator(desk: Desk, *, operator: str, org: str) -> Changed:
    """Another person takes the seat (交代); entries from now on carry their name.

    Raises:
        DeskProblem: a name is missing.
    """
    _check_names(operator=operator, org=org)
    return desk.save_seat(operator=operator.strip(), org=org.strip())


def change_share(desk: Desk, share: Path | None) -> Changed:
    """Use another folder as the share, or none. A folder without a share in it is made one.

    Raises:
        DeskProblem: the folder cannot be used, or is another incident's.
    """
    desk.the_journal()
    if share is None:
        return desk.save_seat(share="")
    create_share(share, desk.seat.incident_id)
    return desk.save_seat(share=str(share))


def check_mark(mark: str) -> str:
    """The mark as it heads numbers: one or two visible characters.

    Raises:
        DeskProblem: empty, longer, or with blanks, signs or a dash.
    """
    plain = unicodedata.normalize("NFC", mark.strip())
    if not 1 <= len(plain) <= 2 or not all(unicodedata.category(c)[0] in "LN" for c in plain):
        raise DeskProblem(wording.text("mark_wrong", mark=mark), wording.text("mark_wrong_do"))
    return plain


def default_device_name() -> str:
    """What this PC calls itself."""
    return platform.node() or "PC"


def _begin(desk: Desk, incident_id: str, **seat: str) -> Changed:
    changed = desk.save_seat(incident_id=incident_id, **seat)
    desk.begin_journal(space_of(incident_id), desk.ids.new_id())
    return changed


def _refuse_second(desk: Desk) -> None:
    if desk.seat.incident_id:
        raise DeskProblem(
            wording.text("incident_exists", name=desk.seat.incident_name), wording.text("incident_exists_do")
        )


def _check_names(**names: str) -> None:
    for field, value in names.items():
        if not value.strip():
            raise DeskProblem(
                wording.text("name_missing", field=wording.text("field_" + field)), wording.text("name_missing_do")
            )
        check_text(field, value)


def _read(invitation: Path) -> dict[str, Any]:
    try:
        path = long_path(invitation)
        if path.stat().st_size > _MAX_INVITATION_BYTES:
            raise _no_invitation(invitation)
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as refused:
        raise DeskProblem(
            wording.text("file_not_read", path=invitation, reason=refused.strerror or refused),
            wording.text("file_not_read_do"),
        ) from refused
    except (ValueError, RecursionError) as wrong:
        raise _no_invitation(invitation) from wrong
    if not isinstance(told, dict) or told.get("format") != _FORMAT or not isinstance(told.get("version"), int):
        raise _no_invitation(invitation)
    if told["version"] > _VERSION:
        raise DeskProblem(wording.text("invitation_newer"), wording.text("invitation_newer_do"))
    incident = told.get("incident")
    if (
        not isinstance(incident, dict)
        or not isinstance(told.get("share"), str)
        or not all(isinstance(incident.get(key), str) for key in ("id", "name"))
        or not isinstance(incident.get("host_org", ""), str)
        or len(incident["id"]) != 32
    ):
        raise _no_invitation(invitation)
    return told


def _no_invitation(path: Path) -> DeskProblem:
    return DeskProblem(wording.text("not_an_invitation", path=path), wording.text("not_an_invitation_do"))
