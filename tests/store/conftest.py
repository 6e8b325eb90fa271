"""A store in a temporary folder that follows three feeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from termnews.models import Feed
from termnews.store import Store
from tests.builders import PAMIR, THAMES, VESTNIK


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store following Pamir Post, Вестник and Thames Herald."""
    opened = Store(tmp_path / "cache" / "termnews.db", (PAMIR, VESTNIK, THAMES))
    yield opened
    opened.close()


@pytest.fixture
def pamir(store: Store) -> Feed:
    """The first feed."""
    return store.feeds()[0]


@pytest.fixture
def vestnik(store: Store) -> Feed:
    """The second feed."""
    return store.feeds()[1]


@pytest.fixture
def thames(store: Store) -> Feed:
    """The third feed."""
    return store.feeds()[2]
