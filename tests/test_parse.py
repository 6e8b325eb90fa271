"""Golden feeds: each file of tests/feeds says one thing, its .expected.json what is read of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from termnews.errors import ParseError
from termnews.models import ParsedFeed
from termnews.parse import parse

FEEDS = Path(__file__).parent / "feeds"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
URL = "https://feeds.example/dir/feed"


def golden() -> list[Path]:
    """Return the feed files, each of which has its expected result beside it."""
    return sorted(path for path in FEEDS.iterdir() if not path.name.endswith(".expected.json"))


def expected(feed: Path) -> dict[str, Any]:
    """Return what is expected of a golden feed: only the fields that matter."""
    result: dict[str, Any] = json.loads(feed.with_suffix(".expected.json").read_text("utf-8"))
    return result


def plain(value: object) -> object:
    """Return a record as JSON would hold it."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def assert_holds(found: object, wanted: object, where: str) -> None:
    """Check the wanted fields alone; a guid "hash:…" and a note are given by their beginning or a part."""
    if isinstance(wanted, dict):
        assert isinstance(found, dict)
        for name, inner in wanted.items():
            assert_holds(found[name], inner, f"{where}.{name}")
    elif where.endswith(".notes"):
        assert isinstance(found, list) and isinstance(wanted, list)
        assert len(found) == len(wanted), found
        assert all(part in note for part, note in zip(wanted, found, strict=True)), found
    elif isinstance(wanted, list):
        assert isinstance(found, list)
        assert len(found) == len(wanted), f"{where}: {found}"
        for number, inner in enumerate(wanted):
            assert_holds(found[number], inner, f"{where}[{number}]")
    elif isinstance(wanted, str) and wanted.startswith("hash:"):
        assert str(found).startswith(wanted), where
    else:
        assert found == wanted, where


def read(feed: Path) -> ParsedFeed:
    """Read a golden feed as if it came from `URL`."""
    return parse(feed.read_bytes(), URL, now=NOW, content_type=expected(feed).get("content_type", ""))


@pytest.mark.parametrize("feed", golden(), ids=lambda feed: feed.name)
def test_golden_feed(feed: Path) -> None:
    wanted = expected(feed)
    wanted.pop("content_type", None)
    if "error" in wanted:
        with pytest.raises(ParseError) as caught:
            read(feed)
        assert wanted["error"] in str(caught.value)
    else:
        assert_holds(plain(asdict(read(feed))), wanted, "feed")


def test_every_golden_feed_has_its_expectation() -> None:
    assert len(golden()) >= 45
    assert len(list(FEEDS.glob("*.expected.json"))) == len(golden())


def test_lang_of_the_caller_stands_in_for_an_undeclared_language() -> None:
    body = (FEEDS / "cdata.rss").read_bytes()
    parsed = parse(body, URL, now=NOW, lang="tg_TJ")
    assert (parsed.lang, parsed.entries[0].lang) == ("tg-tj", "tg-tj")


def test_file_feed_has_no_file_links() -> None:
    body = b"<rss version='2.0'><channel><item><title>t</title><link>/a</link></item></channel></rss>"
    parsed = parse(body, "file:///srv/feed.rss", now=NOW)
    assert (parsed.entries[0].link, parsed.entries[0].base) == ("", "")


def test_password_of_the_address_stays_out_of_the_message() -> None:
    with pytest.raises(ParseError) as caught:
        parse(b"<html>", "https://me:secret@pamir.example/", now=NOW)
    assert "secret" not in str(caught.value)
