"""Battery and disk: what the platform says, or nothing."""

from __future__ import annotations

from pathlib import Path

from liaison_desk.power import Battery, battery, free_bytes, linux_battery, windows_battery


def supply(root: Path, name: str, **files: object) -> None:
    """One folder of /sys/class/power_supply."""
    (root / name).mkdir(parents=True)
    for file, value in files.items():
        (root / name / file).write_text(f"{value}\n", encoding="ascii")


def test_a_discharging_battery_tells_its_charge_and_how_long_it_lasts(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity=64, status="Discharging", energy_now=20_000, power_now=10_000)
    supply(tmp_path, "AC", type="Mains", online=0)

    assert linux_battery(tmp_path) == Battery(64, plugged=False, left_s=7200)


def test_a_battery_on_mains_has_no_end(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity=98, status="Charging", charge_now=5, current_now=1)
    supply(tmp_path, "AC", type="Mains", online=1)

    assert linux_battery(tmp_path) == Battery(98, plugged=True)


def test_two_batteries_are_one(tmp_path: Path) -> None:
    for name, percent in (("BAT0", 100), ("BAT1", 50)):
        supply(tmp_path, name, type="Battery", capacity=percent, status="Discharging")

    assert linux_battery(tmp_path) == Battery(75, plugged=False)


def test_a_mouse_is_not_this_pc_s_battery(tmp_path: Path) -> None:
    supply(tmp_path, "hid", type="Battery", scope="Device", capacity=10, status="Discharging")
    supply(tmp_path, "broken", type="Battery", capacity="unknown")

    assert linux_battery(tmp_path) is None
    assert linux_battery(tmp_path / "nowhere") is None


def test_windows_answer_is_read_and_unknown_stays_unknown() -> None:
    assert windows_battery(0, 1, 64, 3600) == Battery(64, plugged=False, left_s=3600)
    assert windows_battery(1, 8, 100, 0xFFFFFFFF) == Battery(100, plugged=True)
    assert windows_battery(0, 0, 50, 0xFFFFFFFF) == Battery(50, plugged=False)
    assert windows_battery(1, 128, 255, 0) is None
    assert windows_battery(255, 255, 255, 0) is None


def test_this_pc_answers_without_a_fault(tmp_path: Path) -> None:
    found = battery()

    assert found is None or 0 <= found.percent <= 100
    assert (free_bytes(tmp_path) or 0) > 0
    assert free_bytes(tmp_path / "nowhere") is None
