"""Fixtures of the screen's tests: a library on a real store, invented headlines, a still clock."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from termnews import config
from termnews.library import Library
from termnews.models import Changes, Entry, Health, Located, ParsedFeed, Place, Pulled
from termnews.render import plain
from termnews.store import Store
from termnews.ui import showing
from termnews.ui.app import TermnewsApp
from termnews.ui.engine import Engine

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MANY = 1500
"""Headlines that came beside the twelve of a sample, where there are `many`."""
FEEDS = (
    ("Spree Courier", "DE-BE", "Europe"),
    ("Thames Herald", "GB-LND", "Europe"),
    ("Kyoto Shimpo", "JP-26", ""),
)
BODY = (
    "<p>The senate voted late on Sunday. See <a href='https://one.example/a'>the plan</a>.</p>"
    + "<p>More.</p>" * 40
)


@dataclass
class Sample:
    """A configuration and cache of one test."""

    home: Path
    now: datetime = NOW

    def configure(self, extra: str = "") -> config.Config:
        """Write termnews.toml and read it."""
        feeds = "".join(
            f'[[feeds]]\nurl = "https://feed{at}.example/rss"\nname = "{name}"\nregion = "{region}"\n'
            f'folder = "{folder}"\n'
            for at, (name, region, folder) in enumerate(FEEDS)
        )
        path = self.home / "termnews.toml"
        path.write_text(f'data_dir = "{self.home}/data"\n{extra}\n{feeds}', encoding="utf-8")
        return config.load(path, "")

    def library(self, extra: str = "") -> Library:
        """Open the library of this home."""
        return Library(self.configure(extra), lambda: self.now)

    def arrive(self, titles: Sequence[str], *, minutes: int = 37, start: int = 4) -> None:
        """Let headlines come in, one feed after the other, each some minutes older than the one before."""
        settings = config.load(self.home / "termnews.toml", "")
        store = Store(settings.store_path, settings.feeds)
        feeds = store.feeds()
        for at, feed in enumerate(feeds):
            entries = tuple(
                _entry(title, self.now - timedelta(minutes=start + minutes * place))
                for place, title in enumerate(titles)
                if place % len(feeds) == at
            )
            hashes = {each.guid: hashlib.sha256(each.guid.encode()).digest()[:16] for each in entries}
            tags = {each.guid: Located((Place(feed.subscription.region, "about"),)) for each in entries}
            pulled = Pulled(feed, "ok", Health(last_ok=self.now), ParsedFeed(entries=entries))
            store.save(pulled, Changes(new=entries), hashes, tags, self.now)
        store.close()

    def publish(self, title: str, *places: Place, body: str = BODY, feed: int = 0) -> None:
        """Let one article come in, newer than all others, about these places."""
        settings = config.load(self.home / "termnews.toml", "")
        store = Store(settings.store_path, settings.feeds)
        entry = replace(_entry(title, self.now), content=body, text=plain(body))
        pulled = Pulled(store.feeds()[feed], "ok", Health(last_ok=self.now), ParsedFeed(entries=(entry,)))
        hashes = {entry.guid: hashlib.sha256(entry.guid.encode()).digest()[:16]}
        store.save(pulled, Changes(new=(entry,)), hashes, {entry.guid: Located(places)}, self.now)
        store.close()


def _entry(title: str, published: datetime) -> Entry:
    return Entry(
        guid=f"{title}|{published:%s}",
        title=title,
        link=f"https://news.example/{zlib.crc32(title.encode())}",
        author="Mara Adler",
        published=published,
        content=BODY,
        text="The senate voted late on Sunday. See the plan. " + "More. " * 40,
        lang="en",
    )


def titles(count: int) -> list[str]:
    """Return headlines that can be told apart."""
    return [f"Headline number {at} about the harbour" for at in range(count)]


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """A home with twelve headlines of three feeds, under UTC and 24-bit colour."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    home = Sample(tmp_path)
    home.configure()
    home.arrive(titles(12))
    return home


@pytest.fixture
def library(sample: Sample) -> Iterator[Library]:
    """The library of the sample."""
    opened = sample.library()
    yield opened
    opened.close()


@pytest.fixture
def many(sample: Sample) -> Iterator[Library]:
    """A library with far more headlines than a view opens with."""
    sample.arrive(titles(MANY), minutes=1, start=600)
    opened = sample.library()
    yield opened
    opened.close()


def app_of(library: Library, program: Sequence[str] = ("/bin/true",), *, sixel: bool = False) -> TermnewsApp:
    """Return the application with a child process that refreshes nothing."""
    return TermnewsApp(library, Engine(library.config, program=program, interval=0.01), sixel=sixel)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way any more."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for what they start; a digit is let mean what it means alone."""
    for key in keys:
        await pilot.press(key)
        if key.isdigit():
            await until(pilot, lambda: not re.match(r" \d+ … ", lines(pilot.app)[-1]))
    await settle(pilot)


async def until(pilot: Pilot[Any], true: Callable[[], object], *, seconds: float = 3) -> None:
    """Wait until something holds; fail when it does not for long."""
    for _ in range(int(seconds * 100)):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came true")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an article count as read at once when the cursor rests on it."""
    monkeypatch.setattr(showing, "PREVIEW_AFTER", 0.001)
    monkeypatch.setattr(showing, "READ_AFTER", 0.001)


def lines(app: App[Any]) -> list[str]:
    """Return what is on the screen, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]
