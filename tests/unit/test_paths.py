"""Where profiles may lie, and one desk at a time in each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from liaison_desk import paths
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import DATABASE_NAME, ProfileLock, linux_is_network, long_path, profile_of, windows_is_network
from liaison_desk.services.desk import Desk
from liaison_desk.services.reading import Reader
from liaison_desk.store.database import Database
from tests.desks import open_desk, record

ROOT = Path(__file__).resolve().parent.parent.parent
REMOTE, FIXED = 4, 3


def drives(root: str) -> int:
    """N: is a mapped drive."""
    return REMOTE if root.upper() == "N:\\" else FIXED


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (r"C:\Users\七飯\AppData\Local\LiaisonDesk\desk", False),
        (r"N:\危機対策\desk", True),
        ("n:/危機対策/desk", True),
        ("N:", True),
        (r"\\server\share\desk", True),
        ("//server/share/desk", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\unc\server\share", True),
        (r"\\?\C:\very\long", False),
        (r"\\?\N:\very\long", True),
        (r"\\.\C:\desk", False),
        ("desk", False),
        ("", False),
    ],
)
def test_windows_tells_network_folders(path: str, network: bool) -> None:
    assert windows_is_network(path, drives) is network


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/n /mnt/n\\040drive cifs rw 0 0
server:/home /home/七飯 nfs4 rw 0 0
user@host:/ /mnt/ssh fuse.sshfs rw 0 0
tmpfs /mnt/n\\040drive/local tmpfs rw 0 0
/dev/sdb1 /mnt/usb vfat rw 0 0
//server/again /mnt/usb cifs rw 0 0
broken line
"""


@pytest.mark.skipif(sys.platform == "win32", reason="paths of another system")
@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/other/desk", False),
        ("/mnt/n drive/desk", True),
        ("/mnt/n drive", True),
        ("/mnt/n drives/desk", False),
        ("/mnt/n drive/local/desk", False),
        ("/home/七飯/desk", True),
        ("/mnt/ssh/desk", True),
        ("/mnt/usb/desk", True),
    ],
)
def test_linux_tells_network_folders_by_the_deepest_mount(path: str, network: bool) -> None:
    assert linux_is_network(Path(path), MOUNTS) is network


def test_this_machines_own_temporary_folder_is_local(tmp_path: Path) -> None:
    assert not paths.is_network(tmp_path / "not" / "yet" / "there")


def test_a_profile_on_a_network_path_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real question would need a file server; the answer is what is tested here.
    for module in ("liaison_desk.services.desk", "liaison_desk.store.database"):
        monkeypatch.setattr(f"{module}.is_network", lambda _: True)

    with pytest.raises(DeskProblem) as refused:
        Desk(tmp_path / "desk")
    with pytest.raises(DeskProblem, match=r"ネットワーク"):
        Database(tmp_path / "desk")

    assert "ネットワーク上のフォルダ" in refused.value.says
    assert "共有フォルダ" in refused.value.do
    assert not (tmp_path / "desk").exists()


def test_a_profile_is_opened_once(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")

    with pytest.raises(DeskProblem) as refused:
        Desk(tmp_path / "desk")

    assert "別のリエゾンデスクが開いています" in refused.value.says
    assert refused.value.do
    record(desk)
    desk.close()
    Desk(tmp_path / "desk").close()


HOLDER = """
import sys
from pathlib import Path
from tests.desks import open_desk
desk = open_desk(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_and_may_read_until_the_first_one_dies(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "desk")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"

        with pytest.raises(DeskProblem, match=r"別のリエゾンデスク"):
            Desk(tmp_path / "desk")
        looking = Database(tmp_path / "desk", mode="read")
        reader = Reader(looking)
        assert reader.count_all() == 0
        reader.close()
        looking.close()

        holder.kill()
    # The system lets the lock go, however a process ends.
    desk = Desk(tmp_path / "desk")
    record(desk)
    desk.close()


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DeskProblem, match=r"書き込めません"):
        ProfileLock(tmp_path / "file" / "desk")


def test_the_profile_is_the_option_then_the_variable_then_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert profile_of(None).name == "desk"
    monkeypatch.setenv("LIAISON_DESK_PROFILE", str(tmp_path / "here"))
    assert profile_of(None) == tmp_path / "here"
    assert profile_of(str(tmp_path / "there")) == tmp_path / "there"
    assert profile_of("relative").is_absolute()


def test_long_and_japanese_paths_hold_a_desk(tmp_path: Path) -> None:
    profile = tmp_path.joinpath(*["危機対策室 渡島総合振興局（指揮室）"] * 5)

    desk = open_desk(profile)
    record(desk, "長い道の先")
    desk.close()

    assert (long_path(profile) / DATABASE_NAME).exists()
    assert len(str(profile)) > 100


def test_resources_lie_beside_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.resources() == ROOT / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
