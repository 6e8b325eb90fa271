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
BODIES = ("Power costs more now.", LONG, "The votes are in.", "A loaf costs less.", "None was hurt.", "Oaks.")
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


def press(reader: Terminal, keys: str, *seen: str) -> None:
    """Press keys and wait until the screen matches each of these patterns."""
    reader.press(keys)
    for each in seen:
        reader.wait_match(each)


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
    press(reader, "\x0f", "File to import:")  # ctrl+o
    press(reader, "~/feeds.opml\r", at(TARIFFS), "Power costs more now.")  # beside the list, before any key
    press(reader, "\r", unread(5))
    reader.wait_gone("▲")  # nothing waits: all there is stands here
    reader.press("q")
    leave(reader)
    assert stored("is:read") == {TARIFFS}
    assert [each["url"] for each in disk("feeds")] == [address]  # in the configuration made just now


def test_1_the_places_proposed_are_followed_and_asked(
    start: Start, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = httpserver.url_for("")  # sees who is asked for, and lets nothing out
    monkeypatch.setenv("https_proxy", proxy)
    httpserver.expect_request(re.compile(".*")).respond_with_data(status=502)
    reader = start()
    reader.wait_match(r"\[x\] World .* 12")
    press(reader, "\r", "nothing is saved yet")
    press(reader, "V", "12 failing", "The proxy did not lead to .*\\n.*check the proxy setting")
    reader.press("q")
    reader.wait_gone("12 failing")
    leave(reader)
    feeds = disk("feeds")
    assert {each["folder"] for each in feeds} == {"World"}
    assert len(feeds) == len(httpserver.log) == 12
    assert all("check the proxy setting" in each["error"] for each in feeds)
    again = start()
    again.wait_for("search")
    assert "Which places" not in again.text()  # asked once
    leave(again)


def test_2_a_word_is_found_read_and_the_view_given_back(start: Start, config: str) -> None:
    reader = start(config, wide=True)
    reader.wait_match(at(TARIFFS))
    press(reader, "jj", at(VOTES))
    press(reader, "/", "this view")
    reader.press("tariffs")
    reader.wait_gone(TREES)
    reader.wait_match(f"(?s)“tariffs”.*{at(TARIFFS)}")
    press(reader, "\x1b[B", "A loaf costs less.", f"▌  {BREAD}")  # down; it is read when it lay open a while
    press(reader, "\x1b", TREES, at(VOTES), "The votes are in.")
    reader.wait_gone("“tariffs”")
    leave(reader)
    assert BREAD in stored("is:read", config)
    assert stored("tariffs", config) == {TARIFFS, BREAD}


def test_3_only_the_stories_of_a_region(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    press(reader, "w", "Where?")
    press(reader, "gbao", r"▌ +\[ \] Gorno-Badakhshan")
    press(reader, "\r", "Asia › Tajikistan › Gorno-Badakhshan   Unread", unread(2))
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
    press(reader, "j", at(BRIDGE))
    press(reader, "s", f"{BRIDGE} +★")
    leave(reader)
    assert stored("is:starred", config) == {BRIDGE}
    again = start(config)
    again.wait_match(f"{BRIDGE} +★")
    again.wait_for(" Unread ")
    again.press("F")  # starred ones that are read, too
    again.wait_gone(" Unread ")
    press(again, "3", " Starred ")
    again.wait_gone(TARIFFS)
    again.wait_match(f"▌[● ] {BRIDGE} +★")
    leave(again)
    assert stored("is:starred", config) == {BRIDGE}


def test_5_all_read_is_undone_exactly_and_after_a_restart(start: Start, config: str) -> None:
    reader = start(config)
    reader.wait_for("Power costs more now.")  # in the peek
    reader.press("v")
    reader.wait_gone("Power costs more now.")  # now nothing is read by resting on it
    press(reader, "m", unread(5))
    press(reader, "A", "Marked 5 read in Unread · u undo", unread(0))
    press(reader, "u", "Undone: 5 unread again", unread(5))
    press(reader, "A", unread(0))
    leave(reader)
    assert stored("is:unread", config) == set()
    reader = start(config)
    reader.wait_match(unread(0))
    press(reader, "u", "Undone: 5 unread again")
    leave(reader)
    assert stored("is:read", config) == {TARIFFS}
    reader = start(config)
    reader.wait_match(unread(5))
    press(reader, "\x19", "Done again: 5 read")  # ctrl+y
    leave(reader)
    assert stored("is:unread", config) == set()


def test_6_a_page_leads_to_its_feed(start: Start, config: str, httpserver: HTTPServer) -> None:
    address = serve(httpserver, "/news/ferry.xml", (FERRY,))
    link = '<link rel="alternate" type="application/rss+xml" href="news/ferry.xml">'
    page = f"<html><head>{link}</head><body>Boats</body></html>"
    httpserver.expect_request("/boats").respond_with_data(page, content_type="text/html")
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    press(reader, "a", "Feed or page to follow:")
    boats = httpserver.url_for("/boats")
    press(reader, f"{boats}\r", "Following Pamir Post: 1 article.", "▲ 1 new")  # its own title
    press(reader, ".", "Ferry to Oslo sails again")
    reader.wait_gone("▲")
    reader.wait_match(at(TARIFFS))  # the cursor stays on its article
    leave(reader)
    assert [each["url"] for each in disk(config, "feeds")][1:] == [address]
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
    press(reader, "R", "OFFLINE since")
    reader.press("\r")
    reader.wait_gone(TREES)
    reader.wait_for("Power costs more now.")
    reader.wait_for("OFFLINE since")
    press(reader, "s", r"★\sstarred")
    press(reader, "q", f"{TARIFFS} +★", TREES)
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
    press(reader, " ", "The bridge has pillar 0.")
    assert "The last pillar." not in reader.text()
    press(reader, " ", "The last pillar.")
    press(reader, " ", "The votes are in.", unread(3))
    press(reader, "q", f"▌  {VOTES}")
    leave(reader)
    assert stored("is:read", config) == {TARIFFS, BRIDGE, VOTES}


def test_9_a_key_of_ones_own(start: Start, tmp_path: Path, httpserver: HTTPServer) -> None:
    keys = '[keys]\ntoggle-star = "x"\n'
    config = f"--config={configure(tmp_path, serve(httpserver), keys)}"
    reader = start(config)
    reader.wait_match(at(TARIFFS))
    reader.wait_for(" x star ")
    assert " s star " not in reader.text()
    press(reader, "sjx", f"{BRIDGE} +★")
    assert reader.text().count("★") == 1  # s did nothing
    press(reader, "?", "Keys and commands")
    press(reader, "toggle-star", "▌ x +Star the headline, or take the star away")
    reader.press("\x1b")
    reader.wait_gone("Keys and commands")
    leave(reader)
    assert stored("is:starred", config) == {BRIDGE}


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [(500, "500", r"answered 500 \(internal\s+server\s+error\)"), (200, "not a feed", r"not\s+a\s+feed")],
    ids=["error", "no feed"],
)
def test_10_a_feed_that_fails_says_so_and_is_asked_again(
    start: Start, tmp_path: Path, httpserver: HTTPServer, status: int, state: str, words: str
) -> None:
    httpserver.expect_request("/pamir.xml").respond_with_data("Under construction", status)
    config = f"--config={configure(tmp_path, httpserver.url_for('/pamir.xml'))}"
    reader = start(config)
    reader.wait_for("Nothing has been fetched yet.")
    reader.wait_for("!1 V")
    press(reader, "V", f"▌ ! Pamir Post +{state} ", words, "It never answered well.", "r try again now")
    assert re.search(words, disk(config, "feeds")[0]["error"])
    httpserver.clear()
    serve(httpserver)
    press(reader, "r", "▌ ✓ Pamir Post +ok ")
    reader.wait_gone("failing")
    press(reader, "q", at(TARIFFS))
    reader.wait_gone("!1")
    leave(reader)
    assert (disk(config, "feeds")[0]["error"], stored("", config)) == (None, set(TITLES))
