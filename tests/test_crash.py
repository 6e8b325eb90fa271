"""SIGKILL at any moment: what was acknowledged is there, nothing is there twice, the cache is sound."""

from __future__ import annotations

from pathlib import Path

from tests.crash import crash


def test_nothing_acknowledged_is_lost_over_twenty_kills(tmp_path: Path) -> None:
    # `python -m tests.crash 200` is the long run; docs/reliability.md has its figures.
    figures = crash(20, tmp_path)
    assert sum(figures["kills"].values()) >= 20  # type: ignore[attr-defined]
