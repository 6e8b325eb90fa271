"""Fixtures shared by all tests: a fixed clock, stores in temporary folders, small entries."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings

# A machine that is busy with other things is no failure.
settings.register_profile("here", deadline=None)
settings.register_profile("slow", max_examples=2_500, deadline=None, print_blob=True)
"""For `make fuzz`: eight tests of 2,500 examples each."""
settings.load_profile(os.environ.get("TERMNEWS_HYPOTHESIS") or "here")

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
"""The moment all tests live in."""


@pytest.fixture
def now() -> datetime:
    """The fixed present."""
    return NOW


@pytest.fixture(autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see or touch the home of who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TERMNEWS_CONFIG"):
        monkeypatch.delenv(name, raising=False)
