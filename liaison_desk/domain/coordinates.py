"""Coordinates as people paste and type them: 41.8958, 140.6944 · ４１．８９５８　１４０．６９４４ · N41.8958 E140.6944.

Pure. WGS 84 degrees, latitude first; 度分秒 as GPS receivers and maps print them.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = {ord("−"): "-", ord("ー"): "-", ord("′"): "'"}
_ONE = (
    r"(?:北緯|東経|[NE])?\s*(?P<d{n}>[-+]?\d{{1,3}}(?:\.\d{{1,12}})?)\s*"
    r"(?:[度°]\s*(?:(?P<m{n}>\d{{1,2}})[分']\s*(?:(?P<s{n}>\d{{1,2}}(?:\.\d{{1,6}})?)(?:[秒\"]|''))?)?)?\s*[NE]?"
)
_BETWEEN = r"(?:\s*[,、/;]\s*|\s+|(?<=[NE度°秒\"]))"
_PLACE = re.compile(_ONE.format(n=1) + _BETWEEN + _ONE.format(n=2), re.IGNORECASE)


def parse_coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude; None when the text is not a place on Earth."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip().strip("()")
    found = _PLACE.fullmatch(plain)
    if not found:
        return None
    latitude, longitude = _degrees(found, 1), _degrees(found, 2)
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def shown_coordinates(latitude: float | None, longitude: float | None) -> str:
    """As they are written in a field; "" without any."""
    return "" if latitude is None or longitude is None else f"{_plain(latitude)}, {_plain(longitude)}"


def _plain(degrees: float) -> str:
    return f"{degrees:.7f}".rstrip("0").rstrip(".")


def _degrees(found: re.Match[str], number: int) -> float | None:
    degrees = float(found[f"d{number}"])
    minutes, seconds = int(found[f"m{number}"] or 0), float(found[f"s{number}"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    return round(degrees + minutes / 60 + seconds / 3600, 7) if minutes or seconds else degrees
