"""The country is guessed from the time zone, else from the locale, else not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews.config.here import country

TABLE = (
    "# codes\tcoordinates\tzone\nTJ\t+3835+06848\tAsia/Dushanbe\nGB,GG,IM\t+513030-0000731\tEurope/London\n"
)


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    """A tz database of two zones."""
    folder = tmp_path / "zoneinfo"
    folder.mkdir()
    (folder / "zone1970.tab").write_text(TABLE)
    return folder


def test_time_zone_of_the_environment(zones: Path, tmp_path: Path) -> None:
    assert country({"TZ": ":Asia/Dushanbe", "LANG": "en_US.UTF-8"}, zones, tmp_path / "none") == "TJ"


def test_time_zone_of_the_machine(zones: Path, tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/London")
    assert country({}, zones, link) == "GB"


def test_locale_when_the_zone_says_nothing(zones: Path, tmp_path: Path) -> None:
    environ = {"TZ": "UTC", "LC_ALL": "C", "LANG": "tg_TJ.UTF-8"}
    assert country(environ, zones, tmp_path / "none") == "TJ"


def test_nothing_known(tmp_path: Path) -> None:
    assert country({"LANG": "C.UTF-8"}, tmp_path, tmp_path / "none") == ""
