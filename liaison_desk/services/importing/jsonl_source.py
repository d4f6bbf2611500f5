"""JSON Lines: our own export (English names) or any file with an office's names; each line stands for itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from liaison_desk.services.importing import columns
from liaison_desk.services.importing.encodings import Encoding, chosen, guess
from liaison_desk.services.importing.source import HEAD_ROWS, MAX_LINE_CHARS, Flaw, Head, Line, unreadable

_MAX_DEPTH = 16
# No number of a chronology has more; longer ones are an attack on the reader.
_MAX_DIGITS = 40
_MANY_DIGITS = re.compile(rf"\d{{{_MAX_DIGITS + 1}}}")
_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_OURS = frozenset({"id", "no", "recorded_at", "device_mark", "revisions"})


class _Refused(ValueError):
    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.flaw = Flaw(key, values)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Refused("flaw_json_twins", name=next(name for name in names if names.count(name) > 1))
    return found


def _constant(name: str) -> NoReturn:
    raise _Refused("flaw_json_number", value=name)


_DECODE = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant).decode


class JsonLinesSource:
    """One file of JSON Lines."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        """Name the file; `encoding` goes before our guess."""
        self.path = path
        self._encoding = encoding
        self._known: Encoding | None = None

    def head(self, mapping: Mapping[str, str] | None) -> Head:
        """Learn the names of the first lines."""
        try:
            self._known = known = chosen(self._encoding) if self._encoding else guess(self.path)
        except OSError as error:
            raise unreadable(self.path, error) from error
        names: dict[str, None] = {}
        ours = False
        for _, found, _, _ in islice(self._objects(), HEAD_ROWS):
            if found is not None:
                names |= dict.fromkeys(found)
                ours = ours or found.keys() >= _OURS
        labels = dict(enumerate(list(names)[: columns.MAX_COLUMNS]))
        assigned = columns.assign(labels, mapping)
        notes = [] if known.clean else [Flaw("note_encoding_broken", {"encoding": known.name})]
        if not assigned.usable:
            notes.append(Flaw("note_no_header"))
        return Head(
            columns=assigned,
            encoding=known.name.removesuffix("-sig"),
            encoding_certain=known.certain,
            ours=ours,
            notes=tuple(notes),
        )

    def lines(self, head: Head) -> Iterator[Line]:
        """Read all lines; those that are no object, or not within the bounds, come with their flaw."""
        labels = head.columns.labels
        fields = {labels[i]: name for i, name in head.columns.fields.items() if name not in columns.IGNORED}
        seen = set(labels.values())
        for number, found, flaw, text in self._objects():
            if found is None:
                yield Line(number, None, flaw, text)
                continue
            if not seen.issuperset(found):
                # Names that the first lines did not have yet.
                for name in sorted(found.keys() - seen)[: columns.MAX_COLUMNS - len(seen)]:
                    new = columns.assign({0: name}).fields.get(0)
                    if new is not None and new not in columns.IGNORED and new not in fields.values():
                        fields[name] = new
                    seen.add(name)
            values = {
                fields[name]: value
                for name, value in found.items()
                if name in fields and value is not None and value != ""
            }
            yield Line(number, values)

    def _objects(self) -> Iterator[tuple[int, dict[str, Any] | None, Flaw | None, str]]:
        known = self._known or guess(self.path)
        try:
            with self.path.open(encoding=known.name, errors=known.errors, newline="\n") as file:
                number = 0
                while line := file.readline(MAX_LINE_CHARS):
                    number += 1
                    if len(line) == MAX_LINE_CHARS:
                        text = line[:200]
                        while line and not line.endswith("\n"):
                            line = file.readline(MAX_LINE_CHARS)
                        yield number, None, Flaw("flaw_line_too_long"), text
                        continue
                    if line.isspace():
                        continue
                    try:
                        yield number, _object(line), None, ""
                    except _Refused as refused:
                        yield number, None, refused.flaw, line
                    except ValueError as broken:
                        reason = broken.msg if isinstance(broken, json.JSONDecodeError) else str(broken)[:80]
                        yield number, None, Flaw("flaw_json", {"reason": reason}), line
        except OSError as error:
            raise unreadable(self.path, error) from error


def _object(line: str) -> dict[str, Any]:
    # Both bounds are looked at before anything is built: depth costs stack, digits cost time.
    if line.count("{") + line.count("[") > _MAX_DEPTH and _depth(line) > _MAX_DEPTH:
        raise _Refused("flaw_json_deep", depth=_MAX_DEPTH)
    if _MANY_DIGITS.search(line) and _MANY_DIGITS.search(_STRINGS.sub("", line)):
        raise _Refused("flaw_json_digits", digits=_MAX_DIGITS)
    found = _DECODE(line)
    if type(found) is not dict:
        raise _Refused("flaw_json_no_object")
    return found


def _depth(line: str) -> int:
    depth = deepest = 0
    for character in _STRINGS.sub("", line):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
