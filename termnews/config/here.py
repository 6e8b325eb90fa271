"""Guess the country the user sits in from the time zone and the locale; nothing leaves the computer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_ZONES = Path("/usr/share/zoneinfo")
_TABLES = ("zone1970.tab", "zone.tab")
_LOCALTIME = Path("/etc/localtime")


def country(
    environ: Mapping[str, str] = os.environ, zones: Path = _ZONES, localtime: Path = _LOCALTIME
) -> str:
    """Return an ISO 3166-1 code, "" when nothing says where this is.

    Args:
        environ: holds TZ, LC_ALL, LC_MESSAGES and LANG.
        zones: folder of the tz database, with its table of zones by country.
        localtime: link to the zone the machine keeps.
    """
    zone = environ.get("TZ", "").lstrip(":") or _linked_zone(localtime)
    found = _country_of(zone, zones) if zone else ""
    return found or next(_territories(environ), "")


def _linked_zone(localtime: Path) -> str:
    try:
        return str(localtime.readlink()).rpartition("zoneinfo/")[2]
    except OSError:
        return ""


def _country_of(zone: str, zones: Path) -> str:
    for name in _TABLES:
        try:
            lines = (zones / name).read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            codes, _, rest = line.partition("\t")
            if not line.startswith("#") and zone in rest.split("\t"):
                return codes[:2]
    return ""


def _territories(environ: Mapping[str, str]) -> Iterator[str]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if found := re.match("[a-z]{2,3}_([A-Z]{2})", environ.get(name, "")):
            yield found[1]
