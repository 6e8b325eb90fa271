"""The ten most usual tasks, each by keys alone in a real terminal: what is seen, and what is on disk after.

Nothing here waits for a time: a key is pressed when what it needs is seen, and the disk is asked when the
reader has left, since it writes behind what it draws.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.conftest import rss
from tests.terminal import COMMAND, Terminal

TARIFFS, BRIDGE, VOTES, BREAD, QUAKE, TREES = TITLES = (
    "Electricity tariffs rise in Dushanbe",
    "Bridge opens in Khorog",
    "Berlin counts its votes",
    "Bread tariffs fall in Paris",
    "Earthquake in Murgab",
    "Oslo plants trees",
)
LONG = "".join(f"<p>The bridge has pillar {at}.</p>" for at in range(12)) + "<p>The last pillar.</p>"
BODIES = (
    "Power costs more now.",
    LONG,
    "The votes are in.",
    "A loaf costs less.",
    "No one was hurt.",
    "Birches.",
)
NEWS = tuple(
    (str(at), title, f"Tue, 24 Nov 2026 {18 - at}:00:00 GMT", f"<p>{body}</p>")
    for at, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
)
FERRY = ("9", "Ferry to Oslo sails again", "Tue, 24 Nov 2026 20:00:00 GMT", "<p>It sails at nine.</p>")

Start = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screen speak English, and let no proxy of whoever runs this stand between."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start readers; those a failing test leaves behind are ended."""
    opened: list[Terminal] = []

    def start_one(*arguments: str, wide: bool = False) -> Terminal:
        columns, rows = (120, 40) if wide else (80, 24)
        opened.append(Terminal(*arguments, columns=columns, rows=rows))
        return opened[-1]

    yield start_one
    for each in opened:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(each.pid, signal.SIGKILL)
            os.waitpid(each.pid, 0)


def serve(server: HTTPServer, path: str = "/pamir.xml", entries: tuple[tuple[str, ...], ...] = NEWS) -> str:
    """Serve a feed of these entries; return its address."""
    feed = rss(entries)  # type: ignore[arg-type]
    server.expect_request(path).respond_with_data(feed, content_type="application/rss+xml")
    return server.url_for(path)


def configure(folder: Path, address: str, more: str = "") -> Path:
    """Write a configuration that follows a feed and asks it again only when told to."""
    path = folder / "termnews.toml"
    feed = f'[[feeds]]\nurl = "{address}"\nname = "Pamir Post"\n'
    path.write_text(f'data_dir = "cache"\nrefresh_minutes = 600\nmin_interval_minutes = 0\n{feed}{more}')
    return path


@pytest.fixture
def config(tmp_path: Path, httpserver: HTTPServer) -> str:
    """The configuration of somebody who follows one feed of six headlines, none of them fetched yet."""
    return f"--config={configure(tmp_path, serve(httpserver))}"


def disk(*arguments: str) -> list[dict[str, Any]]:
    """Return what a command of its own process says in JSON lines."""
    command = [*COMMAND, *arguments, "--json"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def stored(query: str, *options: str) -> set[str]:
    """Return the titles on disk that a query finds."""
    return {each["title"] for each in disk(*options, "list", query)}


def at(title: str) -> str:
    """Return a pattern for the row under the cursor: its bar, its mark, its title."""
    return f"▌[● ] {title}"


def unread(count: int) -> str:
    """Return a pattern for the top bar that counts so many unread headlines."""
    return f"termnews .* {count} unread"


def leave(terminal: Terminal) -> None:
    """Leave from the list, which waits until all is written, and find the terminal as it was."""
    terminal.press("q")
    assert terminal.status() == 0
    assert not terminal.leftovers()


def test_1_from_no_configuration_to_an_article(start: Start, httpserver: HTTPServer) -> None:
    address = serve(httpserver)
    outline = f'<outline type="rss" text="Pamir Post" xmlUrl="{address}"/>'
    Path.home().joinpath("feeds.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    reader = start(wide=True)
    reader.wait_for("Which places do you want news from?")
    assert not httpserver.log  # "nothing has left this computer"
    reader.press("\x0f")  # ctrl+o
    reader.wait_for("OPML file to import:")
    reader.press("~/feeds.opml\r")
    reader.wait_match(at(TARIFFS))
    reader.wait_for("Power costs more now.")  # beside the list, before any key
    reader.press("\r")
    reader.wait_match(unread(5))
    reader.wait_gone("▲")  # nothing waits: all there is stands here
    reader.press("q")
    leave(reader)
    assert stored("is:read") == {TARIFFS}


def test_1_the_places_proposed_are_followed_and_asked(
    start: Start, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = httpserver.url_for("")  # sees who is asked for, and lets nothing out
    monkeypatch.setenv("https_proxy", proxy)
    httpserver.expect_request(re.compile(".*")).respond_with_data(status=502)
    reader = start()
    reader.wait_match(r"\[x\] World .* 12")
    reader.press("\r")
    reader.wait_for("nothing is saved yet")
    reader.press("V")
    reader.wait_for("12 failing")
    reader.wait_match("The proxy did not lead to .*\\n.*check the proxy setting")
    reader.press("q")
    reader.wait_gone("12 failing")
    leave(reader)
    feeds = disk("feeds")
    assert {(each["folder"], each["failures"] + bool(each["error"]) > 0) for each in feeds} == {
        ("World", True)
    }
    assert len(feeds) == len(httpserver.log) == 12
    again = start()
    again.wait_for("search")
    assert "Which places" not in again.text()  # asked once
    leave(again)


def test_2_a_word_is_found_read_and_the_view_given_back(start: Start, config: str) -> None:
    reader = start(config, wide=True)
    reader.wait_match(at(TARIFFS))
    reader.press("jj")
    reader.wait_match(at(VOTES))
    reader.press("/")
    reader.wait_for("ctrl+g everywhere")
    reader.press("tariffs")
    reader.wait_gone(TREES)
    reader.wait_for("“tariffs”")
    reader.wait_match(at(TARIFFS))
    reader.press("\x1b[B")  # down
    reader.wait_for("A loaf costs less.")
    reader.wait_match(f"▌  {BREAD}")  # it lay open long enough to be read
    reader.press("\x1b")
    reader.wait_for(TREES)
    reader.wait_gone("“tariffs”")
    reader.wait_match(at(VOTES))
    reader.wait_for("The votes are in.")
    leave(reader)
    assert BREAD in stored("is:read", config)
    assert stored("tariffs", config) == {TARIFFS, BREAD}


def test_3_only_the_stories_of_a_region(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.press("w")
    reader.wait_for("Where?")
    reader.press("gbao")
    reader.wait_match(r"▌ +\[ \] Gorno-Badakhshan")
    reader.press("\r")
    reader.wait_for("Asia › Tajikistan › Gorno-Badakhshan   Unread")
    reader.wait_match(unread(2))
    for each in (TARIFFS, VOTES, BREAD, TREES):
        reader.wait_gone(each)
    reader.wait_match(at(BRIDGE))
    reader.wait_for(QUAKE)
    leave(reader)
    assert stored("region:TJ-GB", config) == {BRIDGE, QUAKE}
    again = start(config)
    again.wait_for("Gorno-Badakhshan   Unread")
    again.press("\x7f")  # backspace
    again.wait_gone("Unread")
    again.press("\x7f")
    again.wait_gone("Gorno-Badakhshan ")
    for each in TITLES:
        again.wait_for(each)
    leave(again)


def test_4_what_is_starred_is_found_again(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.press("j")
    reader.wait_match(at(BRIDGE))
    reader.press("s")
    reader.wait_match(f"{BRIDGE} +★")
    leave(reader)
    assert stored("is:starred", config) == {BRIDGE}
    again = start(config)
    again.wait_match(f"{BRIDGE} +★")
    again.wait_for(" Unread ")
    again.press("F")  # starred ones that are read, too
    again.wait_gone(" Unread ")
    again.press("3")
    again.wait_for(" Starred ")
    again.wait_gone(TARIFFS)
    again.wait_match(f"▌[● ] {BRIDGE} +★")
    leave(again)
    assert stored("is:starred", config) == {BRIDGE}


def test_5_all_read_is_undone_exactly_and_after_a_restart(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_for("Power costs more now.")  # in the peek
    reader.press("v")
    reader.wait_gone("Power costs more now.")  # now nothing is read by resting on it
    reader.press("m")
    reader.wait_match(unread(5))
    reader.press("A")
    reader.wait_for("Marked 5 read in Unread · u undo")
    reader.wait_match(unread(0))
    reader.press("u")
    reader.wait_for("Undone: 5 unread again")
    reader.wait_match(unread(5))
    reader.press("A")
    reader.wait_match(unread(0))
    leave(reader)
    assert stored("is:unread", config) == set()
    reader = start(config)
    reader.wait_match(unread(0))
    reader.press("u")
    reader.wait_for("Undone: 5 unread again")
    leave(reader)
    assert stored("is:read", config) == {TARIFFS}
    reader = start(config)
    reader.wait_match(unread(5))
    reader.press("\x19")  # ctrl+y
    reader.wait_for("Done again: 5 read")
    leave(reader)
    assert stored("is:unread", config) == set()


def test_6_a_page_leads_to_its_feed(start: Start, config: str, httpserver: HTTPServer) -> None:
    address = serve(httpserver, "/news/ferry.xml", (FERRY,))
    link = '<link rel="alternate" type="application/rss+xml" href="news/ferry.xml">'
    page = f"<html><head>{link}</head><body>Boats</body></html>"
    httpserver.expect_request("/boats").respond_with_data(page, content_type="text/html")
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.press("a")
    reader.wait_for("Feed or page to follow:")
    reader.press(f"{httpserver.url_for('/boats')}\r")
    reader.wait_for("Following Pamir Post: 1 article.")  # the title the feed itself has
    reader.wait_for("▲ 1 new")
    reader.press(".")
    reader.wait_for("Ferry to Oslo sails again")
    reader.wait_gone("▲")
    reader.wait_match(at(TARIFFS))  # the cursor stays on its article
    leave(reader)
    assert [each["url"] for each in disk(config, "feeds")] == [httpserver.url_for("/pamir.xml"), address]
    assert stored("ferry", config) == {"Ferry to Oslo sails again"}
    again = start(config)
    again.wait_for("Ferry to Oslo sails again")
    leave(again)


def test_7_headlines_articles_and_stars_need_no_network(start: Start, tmp_path: Path) -> None:
    with HTTPServer() as server:  # one of its own, to be switched off
        config = f"--config={configure(tmp_path, serve(server))}"
        reader = start(config)
        reader.wait_for(TREES)
        leave(reader)
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.press("R")
    reader.wait_for("OFFLINE since")
    reader.press("\r")
    reader.wait_gone(TREES)
    reader.wait_for("Power costs more now.")
    reader.wait_for("OFFLINE since")
    reader.press("s")
    reader.wait_match(r"★\sstarred")
    reader.press("q")
    reader.wait_match(f"{TARIFFS} +★")
    reader.wait_for(TREES)
    leave(reader)
    assert stored("is:starred is:read", config) == {TARIFFS}
    assert stored("", config) == set(TITLES)
    assert "refused the connection" in disk(config, "feeds")[0]["error"]


def test_8_space_alone_reads_on(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.press(" ")
    reader.wait_gone(TREES)
    reader.wait_for("Power costs more now.")
    reader.press(" ")
    reader.wait_for("The bridge has pillar 0.")
    assert "The last pillar." not in reader.text()
    reader.press(" ")
    reader.wait_for("The last pillar.")
    reader.press(" ")
    reader.wait_for("The votes are in.")
    reader.wait_match(unread(3))
    reader.press("q")
    reader.wait_match(f"▌  {VOTES}")
    leave(reader)
    assert stored("is:read", config) == {TARIFFS, BRIDGE, VOTES}


def test_9_a_key_of_ones_own(start: Start, tmp_path: Path, httpserver: HTTPServer) -> None:
    keys = '[keys]\ntoggle-star = "x"\n'
    config = f"--config={configure(tmp_path, serve(httpserver), keys)}"
    reader = start(config, wide=True)
    reader.wait_match(at(TARIFFS))
    reader.wait_for(" x star ")
    assert " s star " not in reader.text()
    reader.press("sjx")
    reader.wait_match(f"Pamir Post.*★.*\n.*{BRIDGE}")  # on the line above the title
    assert not re.search(f"Pamir Post.*★.*\n.*{TARIFFS}", reader.text())
    reader.press("?")
    reader.wait_for("Keys and commands")
    reader.press("toggle-star")
    reader.wait_match("▌ x +Star the headline, or take the star away")
    reader.press("\x1b")
    reader.wait_gone("Keys and commands")
    leave(reader)
    assert stored("is:starred", config) == {BRIDGE}


@pytest.mark.parametrize(
    ("status", "body", "short", "words"),
    [
        (500, "", "500", "answered 500 (internal server error)"),
        (200, "Under construction", "not a feed", "not a feed"),
    ],
)
def test_10_a_feed_that_fails_says_so_and_is_asked_again(
    start: Start, tmp_path: Path, httpserver: HTTPServer, status: int, body: str, short: str, words: str
) -> None:
    httpserver.expect_request("/pamir.xml").respond_with_data(body, status)
    config = f"--config={configure(tmp_path, httpserver.url_for('/pamir.xml'))}"
    reader = start(config)
    reader.wait_for("Nothing has been fetched yet.")
    reader.wait_for("!1 V")
    reader.press("V")
    reader.wait_match(f"▌ ! Pamir Post +{short} ")
    reader.wait_match(re.escape(words).replace(r"\ ", r"\s+"))
    reader.wait_for("It never answered well.")
    reader.wait_for("r try again now")
    assert words in disk(config, "feeds")[0]["error"]
    httpserver.clear()
    serve(httpserver)
    reader.press("r")
    reader.wait_match("▌ ✓ Pamir Post +ok ")
    reader.wait_gone("failing")
    reader.press("q")
    reader.wait_match(at(TARIFFS))
    reader.wait_gone("!1")
    leave(reader)
    assert (disk(config, "feeds")[0]["error"], stored("", config)) == (None, set(TITLES))
