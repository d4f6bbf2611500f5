"""What a folder is before it becomes the share."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from liaison_desk.services.folder_look import FolderKind, FolderLook, _refusal, look_at_folder
from liaison_desk.services.sharing import create_share

OURS, OTHER = "ab" * 16, "cd" * 16


def test_an_empty_folder_can_be_used_and_stays_empty(tmp_path: Path) -> None:
    look = look_at_folder(tmp_path, OURS)

    assert look == FolderLook(FolderKind.EMPTY)
    assert look.usable
    assert list(tmp_path.iterdir()) == []


def test_other_files_are_told_but_hidden_ones_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    (tmp_path / "~$計画.xlsx").touch()
    assert look_at_folder(tmp_path).kind is FolderKind.EMPTY

    (tmp_path / "計画.xlsx").touch()

    assert look_at_folder(tmp_path).kind is FolderKind.OTHER_FILES
    assert look_at_folder(tmp_path).usable


def test_a_share_is_known_by_its_incident(tmp_path: Path) -> None:
    create_share(tmp_path, OURS)

    assert look_at_folder(tmp_path, OURS).kind is FolderKind.THIS_INCIDENT
    assert look_at_folder(tmp_path, OTHER).kind is FolderKind.OTHER_INCIDENT
    assert not look_at_folder(tmp_path).usable


def test_a_format_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "FORMAT.json").write_bytes(b"\xff{")

    assert look_at_folder(tmp_path, OURS).kind is FolderKind.OTHER_INCIDENT


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert look_at_folder(tmp_path / "nowhere").kind is FolderKind.MISSING
    (tmp_path / "file").touch()
    assert look_at_folder(tmp_path / "file").kind is FolderKind.MISSING


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert look_at_folder(tmp_path).kind is FolderKind.NO_RIGHT
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.EACCES, FolderKind.NO_RIGHT),
        (errno.EROFS, FolderKind.NO_RIGHT),
        (errno.ENOSPC, FolderKind.FULL),
        (errno.EIO, FolderKind.NO_ANSWER),
        (errno.ENOENT, FolderKind.MISSING),
    ],
)
def test_the_system_s_refusals_have_a_meaning(code: int, kind: FolderKind) -> None:
    assert _refusal(OSError(code, os.strerror(code))) is kind
