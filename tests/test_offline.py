"""A day on a train: what was fetched is read, marked and searched without network, and nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from termnews import config
from termnews.__main__ import main
from termnews.library import Library
from tests.site import Site, page
from tests.terminal import Terminal


@pytest.fixture
def site() -> Iterator[Site]:
    opened = Site()
    yield opened
    opened.close()


def publish(site: Site, count: int) -> None:
    """Let the site have a feed of that many articles, the last the newest, and their pages."""
    items = "".join(
        f"<item><guid>{at}</guid><title>Tunnel {at}</title><link>{site.url}/{at}</link>"
        f"<pubDate>Tue, 24 Nov 2026 {at:02}:00:00 GMT</pubDate>"
        f"<description>A short teaser.</description></item>"
        for at in range(1, count + 1)
    )
    site.pages |= {f"/{at}": (200, page(at)) for at in range(1, count + 1)}
    site.pages["/f.xml"] = 200, f"<rss version='2.0'><channel><title>Pass</title>{items}</channel></rss>"


def kept(path: Path) -> dict[str, tuple[bool, bool, bool]]:
    """Return title → read, starred, with full text."""
    library = Library(config.load(path))
    try:
        articles = map(library.article, library.ids(library.query("")))
        return {a.entry.title: (a.state.read, a.state.starred, a.full is not None) for a in articles}
    finally:
        library.close()


def test_a_day_offline_loses_nothing_and_nothing_waits(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "termnews.toml"
    path.write_text(
        'data_dir = "cache"\nrefresh_minutes = 0\nmin_interval_minutes = 0\n'
        f'[[feeds]]\nurl = "{site.url}/f.xml"\nname = "Pass"\n'
    )
    publish(site, 3)
    assert main(["--config", str(path), "refresh", "--quiet"]) == 0
    assert main(["--config", str(path), "download", "--quiet", "title:2 OR title:3"]) == 0
    site.close()
    train = Terminal("--config", str(path), columns=120, rows=30)
    try:
        train.wait_for("OFFLINE since")
        train.wait_for("marmot3")  # the full text of the newest, read from the cache
        train.press("\r")
        train.wait_for("2 unread")
        train.press("s")
        train.wait_match("★.starred")
        train.press("JJ")
        train.wait_for("A short teaser.")
        train.press("x")  # the one without its page: said at once, and fetched by itself later
        train.wait_for("The full text comes when there is a network")
        assert "↻" not in train.text()
        train.wait_for("0 unread")
        train.press("m")
        train.wait_for("1 unread")
        train.press("q1/marmot2\r")
        train.wait_for("“marmot2”")
        train.wait_gone("Tunnel 3")
        train.press("\x7f")
        train.wait_for("Tunnel 3")
        train.press("w")
        train.wait_for("Where?")
        train.press("tajik\r")
        train.wait_gone("Tunnel 1")
        train.wait_for("Tunnel 2")
        train.press("q")
        assert train.status() == 0
        train = Terminal("--config", str(path), columns=120, rows=30)  # what was asked for is not forgotten
        train.wait_for("OFFLINE since")
        train.press("R")
        train.wait_for("None of the feeds can be reached.")
        site.open(site.port)
        publish(site, 4)
        train.press("R")
        train.wait_for("The full text; x shows")
        assert "OFFLINE" not in train.text()
        train.press("q")
        assert train.status() == 0
    finally:
        try:
            os.kill(train.pid, signal.SIGKILL)
            os.waitpid(train.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
    assert not train.leftovers()
    assert kept(path) == {
        "Tunnel 1": (False, False, True),
        "Tunnel 2": (True, False, True),
        "Tunnel 3": (True, True, True),
        "Tunnel 4": (False, False, False),
    }
