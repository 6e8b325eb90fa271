"""Entries with new ids are the articles kept, where nothing speaks against it."""

from __future__ import annotations

import pytest

from termnews.identity import renamed
from termnews.models import Entry, Kept
from tests.builders import digest, make_entry
from tests.conftest import NOW

OLD = make_entry(1)


def kept(entry: Entry, **fields: object) -> Kept:
    """Return how an entry is kept."""
    values = {
        "guid": "old",
        "link": entry.link,
        "title": entry.title,
        "published": entry.published,
        "hash": digest(entry),
    }
    return Kept(**(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"link": OLD.link.replace("https", "http")},
        {"link": OLD.link + "/"},
        {"title": "Another headline"},
        {"title": "Another headline", "content": "Another text"},
        {"content": "Another text", "published": None},
        {"published": NOW},
    ],
)
def test_one_article_under_a_new_id(fields: dict[str, object]) -> None:
    entry = make_entry(1, guid="new", **fields)
    assert set(renamed([kept(OLD)], [entry], [], digest)) == {"new"}


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "https://news.example/2"},
        {"link": ""},
        {"published": NOW, "content": "Another day's weather"},
        {"published": None, "title": "Another headline"},
    ],
)
def test_another_article(fields: dict[str, object]) -> None:
    entry = make_entry(1, guid="new", **fields)
    assert renamed([kept(OLD)], [entry], [], digest) == {}


def test_twins_stay_apart() -> None:
    entry = make_entry(1, guid="new")
    assert renamed([kept(OLD)], [entry], [OLD.link], digest) == {}
    assert renamed([kept(OLD), kept(OLD, guid="older")], [entry], [], digest) == {}
    assert renamed([kept(OLD)], [entry, make_entry(1, guid="twin")], [], digest) == {}
