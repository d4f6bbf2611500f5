"""This PC's battery and disk space: the one place that asks the platform for them. Unknown is None, never a guess."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from liaison_desk.paths import long_path

LOW_DISK_BYTES = 2 * 1000**3
_SUPPLIES = Path("/sys/class/power_supply")
# Windows' SYSTEM_POWER_STATUS: "unknown".
_UNKNOWN = 255
_NO_BATTERY = 128
_UNKNOWN_SECONDS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Battery:
    """How the battery stands.

    Attributes:
        percent: 0 to 100.
        plugged: whether mains power is on.
        left_s: seconds until empty, when the platform tells.
    """

    percent: int
    plugged: bool
    left_s: int | None = None


def battery() -> Battery | None:
    """The battery; None for a PC without one or a platform that does not tell."""
    if sys.platform == "win32":
        return _windows()
    return linux_battery(_SUPPLIES)


def free_bytes(profile: Path) -> int | None:
    """Free space where the profile is; None when the disk does not answer."""
    try:
        return shutil.disk_usage(long_path(profile)).free
    except OSError:
        return None


def linux_battery(supplies: Path) -> Battery | None:
    """Linux' answer, from the files of /sys/class/power_supply."""
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return None
    plugged = False
    found: list[tuple[int, str, int | None]] = []
    for folder in folders:
        kind = _read(folder / "type")
        # A mouse's or phone's battery has the scope "Device".
        if kind == "Battery" and _read(folder / "scope") != "Device":
            percent = _number(folder / "capacity")
            if percent is not None:
                found.append((percent, _read(folder / "status"), _left_s(folder)))
        elif kind in ("Mains", "USB") and _read(folder / "online") == "1":
            plugged = True
    if not found:
        return None
    percent = round(sum(one[0] for one in found) / len(found))
    discharging = any(one[1] == "Discharging" for one in found)
    left = [one[2] for one in found if one[2] is not None]
    return Battery(min(100, percent), plugged or not discharging, sum(left) if left and discharging else None)


def windows_battery(line_status: int, flag: int, percent: int, seconds: int) -> Battery | None:
    """Windows' answer, from the members of SYSTEM_POWER_STATUS."""
    if flag == _UNKNOWN or flag & _NO_BATTERY or percent == _UNKNOWN:
        return None
    plugged = line_status == 1
    return Battery(min(100, percent), plugged, None if plugged or seconds == _UNKNOWN_SECONDS else seconds)


def _windows() -> Battery | None:
    if sys.platform != "win32":
        return None
    import ctypes  # Windows only, and needed nowhere else

    class Status(ctypes.Structure):
        _fields_ = (
            ("line_status", ctypes.c_ubyte),
            ("flag", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte),
            ("seconds", ctypes.c_ulong),
            ("full_seconds", ctypes.c_ulong),
        )

    status = Status()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return None
    return windows_battery(status.line_status, status.flag, status.percent, status.seconds)


def _left_s(folder: Path) -> int | None:
    for have, drain in (("energy_now", "power_now"), ("charge_now", "current_now")):
        left, rate = _number(folder / have), _number(folder / drain)
        if left is not None and rate:
            return left * 3600 // rate
    return None


def _number(path: Path) -> int | None:
    text = _read(path)
    return int(text) if text.isascii() and text.isdigit() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
