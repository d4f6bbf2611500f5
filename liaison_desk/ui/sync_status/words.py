"""How the exchange stands, in words with a sign and a colour: one source for the status line and the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.sync_state import Link, SyncState

# A PC's clock may stand apart by this much before anyone is bothered; page 3 flags remote stamps at 10 minutes.
SKEW_NOTED_MS = 60_000


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, its icon and the meaning of its colour."""

    says: str
    icon: str
    colour: str


def headline(state: SyncState) -> Told:
    """How the share stands, in a few words."""
    translate = QCoreApplication.translate
    if state.link is Link.NONE:
        return Told(translate("SyncWords", "No shared folder: this PC only"), "offline", "text_secondary")
    if state.link is Link.REFUSED:
        return Told(state.says or translate("SyncWords", "The shared folder cannot be used"), "warning", "danger")
    if state.link is Link.OFFLINE:
        return Told(
            translate("SyncWords", "The shared folder cannot be reached: recording on this PC"), "offline", "warning"
        )
    if state.link is Link.PAUSED:
        return Told(translate("SyncWords", "Exchange is paused"), "pause", "warning")
    if state.link is Link.CHECKING and state.contact_at is None:
        return Told(translate("SyncWords", "Connecting to the shared folder…"), "sync", "text_secondary")
    return Told(translate("SyncWords", "Connected"), "delivery-shared", "good")


def waiting(state: SyncState) -> str:
    """How many of our own acts are not at the share yet; "" for none."""
    if not state.waiting or state.link is Link.NONE:
        return ""
    return QCoreApplication.translate("SyncWords", "{count} waiting to be sent").format(count=state.waiting)


def ago(then: Moment, now: Moment) -> str:
    """How long ago: seconds, minutes, hours, then the date and time."""
    translate = QCoreApplication.translate
    seconds = max(0, (now.utc_ms - then.utc_ms) // 1000)
    if seconds < 10:
        return translate("SyncWords", "just now")
    if seconds < 60:
        return translate("SyncWords", "{count} s ago").format(count=seconds // 10 * 10)
    if seconds < 3600:
        return translate("SyncWords", "{count} min ago").format(count=seconds // 60)
    if seconds < 12 * 3600:
        return translate("SyncWords", "{count} h ago").format(count=seconds // 3600)
    local = then.local()
    return f"{local.month}/{local.day} {local:%H:%M}"


def span(milliseconds: int) -> str:
    """A length of time, coarsely: 40 s, 12 min, 3 h, 3 days."""
    translate = QCoreApplication.translate
    seconds = abs(milliseconds) // 1000
    if seconds < 120:
        return translate("SyncWords", "{count} s").format(count=seconds)
    if seconds < 7200:
        return translate("SyncWords", "{count} min").format(count=seconds // 60)
    if seconds < 172_800:
        return translate("SyncWords", "{count} h").format(count=seconds // 3600)
    return translate("SyncWords", "{count} days").format(count=seconds // 86_400)


def size(count_bytes: int) -> str:
    """An amount of data."""
    if count_bytes < 1000:
        return f"{count_bytes} B"
    if count_bytes < 1_000_000:
        return f"{count_bytes / 1000:.0f} KB"
    return f"{count_bytes / 1_000_000:.1f} MB"


def skew(state: SyncState) -> Told | None:
    """Whether this PC's clock agrees with the share's; None when nobody knows."""
    translate = QCoreApplication.translate
    if state.skew_ms is None:
        return None
    if abs(state.skew_ms) < SKEW_NOTED_MS:
        return Told(translate("SyncWords", "Clock OK"), "clock", "text_secondary")
    says = (
        translate("SyncWords", "Clock {span} fast")
        if state.skew_ms > 0
        else translate("SyncWords", "Clock {span} slow")
    )
    return Told(says.format(span=span(state.skew_ms)), "clock", "warning")
