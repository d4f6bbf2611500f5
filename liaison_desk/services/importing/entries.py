"""A line of a file as an entry: the record that goes into the log, its identity, and what is doubtful in it.

Identity: the row's own id (our export has one), or else 128 bits of BLAKE2b over number, times and wording, so that
the same line imported twice, or on two PCs, is one entry. Lines without a number count identical ones of their file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.chronology import EntryKind, Verification, count_of
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.text import MAX_TEXT_BYTES, flaw_of, mend
from liaison_desk.services.importing import cells
from liaison_desk.services.importing.revisions import overlay_original, revision_of
from liaison_desk.services.importing.source import Flaw, Line

_ID = re.compile(r"[0-9a-f]{32}")
_TEXTS = "content subject from_party to_party channel kind place operator org device_name device_mark owner".split()
# What tells one entry from another where a file gives no id.
_IDENTITY = "from_party to_party channel kind subject content place operator".split()
_READERS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("verification", cells.verification),
    ("status", cells.status),
    ("important", cells.yes),
)
_MOMENTS = ("known_at", "received_at", "due")
_CLOSING = re.compile(r"[-―─\s　(（]*以\s*上[-―─\s　)）]*|以下余白|<<?EOF>>?")
# One transaction holds 4 MiB encoded; an entry must fit with room to spare.
_MAX_ENTRY_BYTES = 3 * 1024 * 1024
_MAX_NUMBER_CHARS = 80
_MAX_LIST = 1000
_MAX_WORDS = 1000


class ParsedEntry:
    """One line as an entry, before it has met the desk.

    Attributes:
        line: its line number.
        id: 32 hexadecimal digits.
        no: its number in the file, "" when this PC is to give one.
        record: what goes into the log, without `no` and `reply_to`.
        related: numbers of other entries.
        reply_to: an id or a number, "" for none.
        revisions: further records about it, as (id, record).
        flaws: what is doubtful in it.
    """

    __slots__ = ("flaws", "id", "line", "no", "record", "related", "reply_to", "revisions")

    def __init__(self, line: int, entry_id: str, no: str, record: dict[str, Any]) -> None:
        """Begin without doubts."""
        self.line = line
        self.id = entry_id
        self.no = no
        self.record = record
        self.related: tuple[str, ...] = ()
        self.reply_to = ""
        self.revisions: tuple[tuple[str, dict[str, Any]], ...] = ()
        self.flaws: list[Flaw] = []


class EntryParser:
    """Reads the lines of one file in order; holds what a line means by those above it."""

    def __init__(self, *, reference: Moment, labels: Mapping[str, str], ours: bool) -> None:
        """Prepare for one file.

        Args:
            reference: gives year and day where the file never does: when it was written.
            labels: the file's header of each field, for what is kept as a remark.
            ours: written by this program: texts are taken exactly.
        """
        self._times = cells.Times(reference.offset_min)
        self._reference = reference
        self._labels = labels
        self._ours = ours
        self._day = ""
        self._before: Moment | None = None
        self._above: Mapping[str, Any] = {}
        self._twins: dict[bytes, int] = {}
        self._words: dict[tuple[str, str], Any] = {}

    def parse(self, line: Line) -> ParsedEntry | Flaw | None:
        """The entry of a line; a Flaw when it cannot be one; None for a band, a closing word or a blank row."""
        values = line.values
        if values is None:
            return line.flaw or Flaw("flaw_no_content")
        if len(values) <= 2 and not self._ours and self._is_furniture(values):
            return None
        flaws = [line.flaw] if line.flaw is not None else []
        remarks: list[str] = []
        if "restore" in values:
            values = self._restored(values, flaws)
        record, flaw = self._texts(values, flaws)
        if flaw is not None:
            return flaw
        if "content" not in record and "subject" not in record:
            if "note" not in values:
                return Flaw("flaw_no_content")
        elif record.get("content") == self._labels.get("content") and not self._ours:
            return None  # the header again, at the top of a printed page
        given = self._moments(values, record, flaws, remarks)
        self._marks(values, record, flaws, remarks)
        self._place(values, record, flaws, remarks)
        if "note" in values and (note := mend(cells.text_of(values["note"])).strip()):
            remarks.append(self._remark("note", note))
        no = self._number(values, remarks)
        entry_id = self._identity(values, no, record, given)
        if remarks:
            record["content"] = "\n".join(filter(None, (record.get("content", ""), *remarks)))
        entry = ParsedEntry(line.number, entry_id, no, record)
        entry.flaws = flaws
        self._links(values, entry)
        if "device_mark" not in record and (counted := count_of(no)):
            record["device_mark"] = counted[0]
        if values.get("revisions") or values.get("original"):
            self._revisions(values, entry)
        self._above = values
        return entry

    def _is_furniture(self, values: Mapping[str, Any]) -> bool:
        texts = [cells.text_of(value).strip() for value in values.values()]
        only = "".join(texts)
        if not only or _CLOSING.fullmatch(only):
            return True
        if len(values) == 1:
            day = self._times.day(next(iter(values.values())), self._before or self._reference)
            if day is not None:
                self._day = day
                return True
        # Rows of a form that were numbered or dated in advance and never filled in.
        return values.keys() <= {"no", "band", "occurred_date"}

    def _restored(self, values: dict[str, Any], flaws: list[Flaw]) -> dict[str, Any]:
        try:
            restored = json.loads(str(values["restore"])) if len(str(values["restore"])) < MAX_TEXT_BYTES else None
        except (ValueError, RecursionError):
            restored = None
        if not isinstance(restored, dict):
            flaws.append(Flaw("flaw_restore"))
            return values
        return {**values, **{name: value for name, value in restored.items() if value is not None}}

    def _texts(self, values: Mapping[str, Any], flaws: list[Flaw]) -> tuple[dict[str, Any], Flaw | None]:
        record: dict[str, Any] = {}
        exact = self._ours
        for name in _TEXTS:
            value = values.get(name)
            if value is None:
                continue
            if type(value) is not str:
                value = cells.text_of(value)
            if not exact:
                value = value.strip()
                if value in cells.DITTO:
                    value = cells.text_of(self._above.get(name, ""))
                elif value in cells.NONE and name not in ("content", "subject"):
                    value = ""
            if value:
                record[name] = value
        whole = "".join(record.values())
        try:
            size_bytes = len(whole) if whole.isascii() else len(whole.encode())
            clean = "\0" not in whole and ("\r" not in whole or exact)
        except UnicodeEncodeError:
            size_bytes, clean = len(whole) * 3, False
        if size_bytes > _MAX_ENTRY_BYTES or (size_bytes > MAX_TEXT_BYTES and self._too_long(record)):
            return record, Flaw("flaw_too_long")
        if not clean:
            mended = {name: mend(value) for name, value in record.items()}
            if any(value != mended[name] and "\r" not in value for name, value in record.items()) or "\0" in whole:
                flaws.append(Flaw("flaw_text_mended"))
            record = mended
        if "kind" not in record:
            record["kind"] = "" if exact else str(EntryKind.REPORT)
        return record, None

    @staticmethod
    def _too_long(record: Mapping[str, str]) -> bool:
        return any(len(value.encode("utf-8", "surrogatepass")) > MAX_TEXT_BYTES for value in record.values())

    def _moments(
        self, values: Mapping[str, Any], record: dict[str, Any], flaws: list[Flaw], remarks: list[str]
    ) -> tuple[str, str]:
        """Put the times into the record; returns those that the file itself gave, for the identity."""
        around = self._before or self._reference
        recorded = self._time("recorded_at", values, around, flaws, remarks)
        if recorded is not None:
            around = recorded[0]
        occurred = self._occurred(values, around, flaws, remarks, bound=recorded is not None)
        approx = occurred is not None and occurred[1]
        if "occurred_approx" in values:
            approx = approx or bool(cells.yes(values["occurred_approx"]))
        given = (str(occurred[0].utc_ms) if occurred else "", str(recorded[0].utc_ms) if recorded else "")
        if occurred is not None:
            at = occurred[0]
        elif recorded is not None:
            at = recorded[0]
            if "occurred_at" in self._labels:
                flaws.append(Flaw("flaw_time_recorded"))
        else:
            at, approx = self._before or self._reference, True
            flaws.append(Flaw("flaw_time_missing", {"time": f"{at.local():%m/%d %H:%M}"}))
        self._before = at
        record["occurred_at"] = [at.utc_ms, at.offset_min]
        if approx:
            record["occurred_approx"] = True
        first = recorded[0] if recorded else at
        record["recorded_at"] = [first.utc_ms, first.offset_min]
        for name in _MOMENTS:
            if name in values:
                found = self._time(name, values, at, flaws, remarks, forward=name == "due")
                if found is not None:
                    record[name] = [found[0].utc_ms, found[0].offset_min]
        return given

    def _occurred(
        self, values: Mapping[str, Any], around: Moment, flaws: list[Flaw], remarks: list[str], *, bound: bool
    ) -> tuple[Moment, bool] | None:
        if "occurred_date" in values:
            day = self._times.day(values["occurred_date"], around)
            if day is not None:
                self._day = day
        name = "occurred_time" if "occurred_time" in values else "occurred_at"
        if type(values.get(name)) is str and (self._day or (self._before and not bound)):
            found = self._clock_of_day(values[name], around)
            if found is not None:
                return found
        return self._time(name, values, around, flaws, remarks)

    def _clock_of_day(self, text: str, around: Moment) -> tuple[Moment, bool] | None:
        """A bare clock time: of the band above, of the date beside it, or else the nearest to the line before."""
        if self._times.dated(text):
            return None
        if self._day:
            return self._times.read(f"{self._day} {text.strip()}", around)
        found = self._times.read(f"{around.local():%Y/%m/%d} {text.strip()}", around)
        if found is None:
            return None
        days = round((around.utc_ms - found[0].utc_ms) / 86_400_000)
        return found[0].plus(minutes=days * 1440), found[1]

    def _time(
        self,
        name: str,
        values: Mapping[str, Any],
        around: Moment,
        flaws: list[Flaw],
        remarks: list[str],
        *,
        forward: bool = False,
    ) -> tuple[Moment, bool] | None:
        value = values.get(name)
        if value is None:
            return None
        found = self._times.read(value, around, forward=forward)
        if found is None:
            text = mend(cells.text_of(value)).strip()
            if text and text not in cells.NONE:
                flaws.append(Flaw("flaw_time", {"field": self._label(name), "text": text[:60]}))
                remarks.append(self._remark(name, text))
        return found

    def _marks(self, values: Mapping[str, Any], record: dict[str, Any], flaws: list[Flaw], remarks: list[str]) -> None:
        record["verification"] = "" if self._ours else str(Verification.VERIFIED)
        for name, read in _READERS:
            value = values.get(name)
            if value is None:
                continue
            if self._ours and name != "important":
                found = cells.text_of(value)
            elif type(value) is str and len(value) <= 8:
                # The same few words in every line.
                key = (name, value)
                if key not in self._words:
                    if len(self._words) > _MAX_WORDS:
                        self._words.clear()
                    self._words[key] = read(value)
                found = self._words[key]
            else:
                found = read(value)
            if found is None:
                text = mend(cells.text_of(value)).strip()
                if not text or text in cells.NONE:
                    continue
                if name == "verification":
                    record[name] = str(Verification.UNVERIFIED)
                flaws.append(Flaw("flaw_word", {"field": self._label(name), "text": text[:60]}))
                remarks.append(self._remark(name, text))
            elif found:
                record[name] = str(found) if name != "important" else True

    def _place(self, values: Mapping[str, Any], record: dict[str, Any], flaws: list[Flaw], remarks: list[str]) -> None:
        if "latitude" not in values and "longitude" not in values:
            return
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if type(latitude) is float and type(longitude) is float and abs(latitude) <= 90 and abs(longitude) <= 180:
            record["latitude"], record["longitude"] = latitude, longitude
            return
        raw = [cells.text_of(values.get(name, "")).strip() for name in ("latitude", "longitude")]
        if all(not text or text in cells.NONE for text in raw):
            return
        latitude = cells.coordinate(values.get("latitude", ""))
        longitude = cells.coordinate(values.get("longitude", ""))
        if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
            record["latitude"], record["longitude"] = latitude, longitude
            return
        shown = mend(", ".join(raw))[:80]
        flaws.append(Flaw("flaw_coordinates", {"text": shown}))
        remarks.append(self._remark("latitude", shown))

    def _number(self, values: Mapping[str, Any], remarks: list[str]) -> str:
        value = values.get("no")
        if value is None and not _ID.fullmatch(str(values.get("id", ""))):
            value = values.get("id")  # 「ID」 is what some offices call their running number
        if value is None:
            return ""
        no = self._kept(cells.text_of(value)).strip()
        if len(no) > _MAX_NUMBER_CHARS or "\n" in no:
            remarks.append(self._remark("no", no))
            return ""
        return "" if no in cells.NONE else no

    def _identity(self, values: Mapping[str, Any], no: str, record: Mapping[str, Any], given: tuple[str, str]) -> str:
        own = values.get("id")
        if own is not None and _ID.fullmatch(str(own)):
            return str(own)
        parts = [no, *given]
        parts += [record.get(name, "") for name in _IDENTITY]
        digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16)
        if not no:
            # Eight bytes tell lines apart and keep a million of them small.
            key = digest.digest()[:8]
            before = self._twins.get(key, 0)
            self._twins[key] = before + 1
            if before:
                digest.update(b"\x1f%d" % before)
        return digest.hexdigest()

    def _links(self, values: Mapping[str, Any], entry: ParsedEntry) -> None:
        for name, read in (("related", cells.numbers), ("attachments", cells.listed)):
            if name in values:
                found = tuple(self._kept(text) for text in read(values[name])[:_MAX_LIST])
                if found:
                    entry.record[name] = list(found)
        entry.related = tuple(entry.record.get("related", ()))
        if "reply_to" in values:
            entry.reply_to = mend(cells.text_of(values["reply_to"])).strip()
        elif entry.record["kind"] == EntryKind.REPLY and entry.related and not self._ours:
            entry.reply_to = entry.related[0]

    def _revisions(self, values: Mapping[str, Any], entry: ParsedEntry) -> None:
        try:
            overlay_original(entry.record, values.get("original") or {})
            entry.revisions = tuple(revision_of(entry.id, one) for one in (values.get("revisions") or [])[:_MAX_LIST])
        except (AttributeError, KeyError, TypeError, ValueError):
            entry.flaws.append(Flaw("flaw_revision"))

    def _kept(self, text: str) -> str:
        return text if self._ours and flaw_of(text) is None else mend(text)

    def _label(self, name: str) -> str:
        return self._labels.get(name) or wording.text("field_" + name)

    def _remark(self, name: str, text: str) -> str:
        return f"［{self._label(name)}: {text}］"
