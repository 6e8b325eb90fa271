"""SIGKILL at any moment: what was acknowledged is there, nothing is there twice, the cache is sound."""

from __future__ import annotations

from pathlib import Path

from tests.crash import crash


def test_nothing_acknowledged_is_lost_however_often_it_is_killed(tmp_path: Path) -> None:
    # `make crash` is the long run; docs/reliability.md has its figures.
    figures = crash(4, tmp_path)
    assert sum(figures["kills"].values()) >= 4  # type: ignore[attr-defined]
