"""Over the wire, by commands alone: state outlives what a server answers, and is kept before it is said."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from termnews.__main__ import main
from termnews.store import connection
from tests.cli.conftest import ITEMS, rss

WHOLE = rss()
LOGIN = "<!DOCTYPE html><html><body><form>Please sign in<input type=password></form></body></html>"
EDITED = rss(
    tuple((guid, f"{title}, corrected", date, "<p>Other words.</p>") for guid, title, date, _ in ITEMS)
)


class Reader:
    """A user who has read the first article and starred the second of a feed on a server."""

    def __init__(self, folder: Path, server: HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.server, self.capsys = server, capsys
        self.path, self.store = folder / "termnews.toml", folder / "cache" / "termnews.db"
        feed = f'[[feeds]]\nurl = "{server.url_for("/feed")}"\nname = "Pamir"\n'
        self.path.write_text(f'data_dir = "cache"\nrefresh_minutes = 0\nmin_interval_minutes = 0\n{feed}')
        assert self.refreshed(WHOLE) == 0
        assert self.run("mark", "read", "1") == 0
        assert self.run("mark", "star", "2") == 0

    def run(self, *arguments: str) -> int:
        """Run a command; return its exit status."""
        return main(["--config", str(self.path), *arguments])

    def refreshed(self, body: str, status: int = 200, kind: str = "application/rss+xml") -> int:
        """Refresh while the server answers so; return the exit status."""
        self.server.clear_all_handlers()
        answer = self.server.expect_request("/feed")
        answer.respond_with_handler(lambda _: Response(body, status, content_type=kind))
        return self.run("refresh", "--force", "--quiet")

    def listed(self) -> list[dict[str, object]]:
        """Return the articles listed, newest first."""
        self.capsys.readouterr()
        assert self.run("list", "--json") == 0
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]

    def state(self) -> list[tuple[object, ...]]:
        """Return number, identity and marks of each article."""
        return [(each["id"], each["guid"], each["read"], each["starred"]) for each in self.listed()]


@pytest.fixture
def reader(tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]) -> Reader:
    """A reader of one feed with three articles."""
    return Reader(tmp_path, httpserver, capsys)


def test_state_outlives_whatever_a_server_answers(reader: Reader) -> None:
    before = reader.state()
    assert [each[2:] for each in sorted(before)] == [(True, False), (False, True), (False, False)]
    pages = ((LOGIN, 200), (LOGIN, 401), ("Internal Server Error", 500), ("", 404), ("", 200), ("", 410))
    for page, status in pages:
        assert reader.refreshed(page, status, "text/html") == 3, (page, status)
        assert reader.state() == before
    assert reader.run("feeds", "resume", "Pamir") == 0  # it was gone for good
    dropped, reordered, truncated = rss(ITEMS[:1]), rss(ITEMS[::-1]), WHOLE[: len(WHOLE) // 2]
    for body in (truncated, dropped, WHOLE, rss(()), reordered, EDITED):
        assert reader.refreshed(body) == 0, body
        assert reader.state() == before, body
    assert [each["text"] for each in reader.listed()] == ["Other words."] * 3


def test_a_feed_removed_and_added_again_has_its_articles_with_their_state(reader: Reader) -> None:
    before = reader.state()
    assert reader.run("feeds", "remove", "Pamir") == 0
    assert reader.state() == []
    assert reader.run("feeds", "add", reader.server.url_for("/feed")) == 0
    assert reader.refreshed(WHOLE) == 0
    assert reader.state() == before


def test_a_date_in_the_future_is_sorted_as_of_its_arrival_and_stays_there(reader: Reader) -> None:
    def told(words: str) -> str:
        return rss((("9", "From 2099", "Thu, 24 Dec 2099 10:00:00 GMT", words), *ITEMS))

    assert reader.refreshed(told("one")) == 0
    first = reader.listed()[0]
    assert first["guid"] == "9"
    assert datetime.fromisoformat(str(first["published"])) <= datetime.now(UTC)
    day = timedelta(days=1).total_seconds()
    with sqlite3.connect(reader.store) as conn:  # a day later
        conn.execute(f"UPDATE state SET date = date - {day}, arrived = arrived - {day} WHERE guid = '9'")
        (kept,) = conn.execute("SELECT date FROM state WHERE guid = '9'").fetchone()
    conn.close()
    assert reader.refreshed(told("two")) == 0
    conn = sqlite3.connect(reader.store)
    assert conn.execute("SELECT date FROM state WHERE guid = '9'").fetchone() == (kept,)
    conn.close()


def test_commits_are_synced(reader: Reader) -> None:
    conn = connection.connect(reader.store)
    # With FULL, SQLite syncs the log at every commit (its documentation of PRAGMA synchronous).
    assert conn.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    conn.close()


def test_a_mark_is_committed_before_it_is_said(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Witness:
        """Looks into the cache, as another process would, whenever something is said."""

        def write(self, text: str) -> int:
            conn = sqlite3.connect(reader.store)
            seen.extend(row[0] for row in conn.execute("SELECT starred FROM state WHERE id = 1"))
            conn.close()
            return len(text)

        def flush(self) -> None:
            pass

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stderr", Witness())
    assert reader.run("mark", "star", "1") == 0
    assert seen
    assert set(seen) == {1}


_KILLED = """
import os, signal, sys
from termnews.__main__ import main
from termnews.store.waiting import Waiting
Waiting.finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""


def test_killed_between_readable_and_indexed_leaves_work_that_the_next_refresh_finishes(
    reader: Reader,
) -> None:
    new = rss((("9", "Dam in Khorog", "Thu, 05 Mar 2026 10:00:00 GMT", "<p>Zebras.</p>"), *ITEMS))
    reader.server.clear_all_handlers()
    answer = reader.server.expect_request("/feed")
    answer.respond_with_handler(lambda _: Response(new, 200, content_type="application/rss+xml"))
    command = [sys.executable, "-c", _KILLED, "--config", str(reader.path), "refresh", "--force", "--json"]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert json.loads(killed.stdout)["new"] == 1  # it was told, so it is kept
    assert [each["guid"] for each in reader.listed()].count("9") == 1
    assert _waiting(reader) == 1
    assert reader.run("cache", "check") == 0
    reader.server.clear_all_handlers()  # nothing comes in any more, and no feed needs to answer
    reader.server.expect_request("/feed").respond_with_data("", 304)
    assert reader.run("search", "zebra") == 0
    assert reader.capsys.readouterr().out == ""
    reader.run("refresh", "--quiet")
    assert _waiting(reader) == 0
    reader.capsys.readouterr()
    assert reader.run("search", "zebra", "region:TJ") == 0
    assert "Dam in Khorog" in reader.capsys.readouterr().out


def _waiting(reader: Reader) -> int:
    reader.capsys.readouterr()
    assert reader.run("cache", "info", "--json") == 0
    return int(json.loads(reader.capsys.readouterr().out)["waiting"])
