"""Feeds that moved for good: followed once the new place delivered, with articles, state and validators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from termnews.__main__ import main
from tests.cli.conftest import rss


class Reader:
    """The command line over a configuration that follows `/old.xml`."""

    def __init__(
        self, folder: Path, server: HTTPServer, capsys: pytest.CaptureFixture[str], more: str
    ) -> None:
        self.server, self._capsys = server, capsys
        self.path = folder / "termnews.toml"
        self.path.write_text(
            'data_dir = "cache"\nrefresh_minutes = 0\nallow_private_addresses = true\n'
            f'# the local paper\n[[feeds]]\nurl = "{server.url_for("/old.xml")}"\nname = "Pamir"\n{more}',
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> list[dict[str, Any]]:
        """Run a command; return what it says in JSON lines."""
        main(["--config", str(self.path), *arguments])
        return [json.loads(line) for line in self._capsys.readouterr().out.splitlines() if line[:1] == "{"]

    def refresh(self) -> dict[str, Any]:
        """Refresh; return what is said of the first feed."""
        return self.run("refresh", "--json")[0]

    def lead(self, target: str, status: int = 301) -> None:
        """Let `/old.xml` redirect from now on."""
        self.server.clear()
        self.server.expect_request("/old.xml").respond_with_data(status=status, headers={"Location": target})

    def deliver(self, path: str) -> None:
        """Serve the feed at a path, with a validator."""
        self.server.expect_request(path).respond_with_data(
            rss(), headers={"ETag": f'"{path}"', "Content-Type": "application/rss+xml"}
        )

    @property
    def asked(self) -> list[tuple[str, str | None]]:
        """The paths asked for since the last call, each with its If-None-Match."""
        seen = [(request.path, request.headers.get("If-None-Match")) for request, _ in self.server.log]
        self.server.clear_log()
        return seen


@pytest.fixture
def more() -> str:
    """What else stands in the configuration."""
    return ""


@pytest.fixture
def reader(tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str], more: str) -> Reader:
    """A reader that has fetched the feed from its old place."""
    made = Reader(tmp_path, httpserver, capsys, more)
    made.deliver("/old.xml")
    assert made.refresh()["new"] == 3
    made.run("mark", "read", "1")
    made.run("mark", "star", "2")
    assert made.asked == [("/old.xml", None)]
    return made


def test_the_same_bytes_from_a_new_place_are_a_feed_delivered(reader: Reader) -> None:
    before = reader.run("list", "--json")
    reader.lead("/new.xml")
    reader.deliver("/new.xml")
    new = reader.server.url_for("/new.xml")
    said = reader.refresh()
    assert (said["status"], said["new"], said["moved_to"]) == ("not_modified", 0, new)
    titles = [each["title"] for each in reader.run("list", "--json")]
    assert titles == [each["title"] for each in before]


def test_not_modified_alone_proves_nothing(reader: Reader) -> None:
    reader.lead("/new.xml")
    reader.server.expect_request("/new.xml").respond_with_data(status=304)
    assert reader.refresh()["moved_to"] is None
    assert "/old.xml" in reader.path.read_text()


def test_a_feed_that_moved_and_delivered(reader: Reader) -> None:
    before = [(each["title"], each["read"], each["starred"]) for each in reader.run("list", "--json")]
    reader.lead("/new.xml")
    item = ("4", "Bridge opens in Khorog", "Tue, 24 Nov 2026 11:00:00 GMT", "<p>Today.</p>")
    reader.server.expect_request("/new.xml").respond_with_data(
        rss((item,)), headers={"ETag": '"fresh"', "Content-Type": "application/rss+xml"}
    )
    new = reader.server.url_for("/new.xml")
    said = reader.refresh()
    assert (said["status"], said["new"], said["moved_to"]) == ("ok", 1, new)
    text = reader.path.read_text()
    assert f'# the local paper\n[[feeds]]\nurl = "{new}"\nname = "Pamir"' in text
    after = [(each["title"], each["read"], each["starred"]) for each in reader.run("list", "--json")]
    assert [each for each in after if each[0] != item[1]] == before
    assert [path for path, _ in reader.asked] == ["/old.xml", "/new.xml"]
    reader.refresh()
    assert reader.asked == [("/new.xml", '"fresh"')]


@pytest.mark.parametrize("status", [302, 303, 307])
def test_who_is_away_for_a_while_is_asked_at_home(reader: Reader, status: int) -> None:
    reader.lead("/new.xml", status)
    reader.server.expect_request("/new.xml").respond_with_data(rss(()), content_type="application/rss+xml")
    before = reader.path.read_text()
    assert reader.refresh()["moved_to"] is None
    assert reader.path.read_text() == before


@pytest.mark.parametrize(("body", "status"), [("", 404), ("<html>Sign in</html>", 200), ("", 500)])
def test_a_place_that_delivers_no_feed_is_not_moved_to(reader: Reader, body: str, status: int) -> None:
    reader.lead("/new.xml")
    reader.server.expect_request("/new.xml").respond_with_data(body, status, content_type="text/html")
    before = reader.path.read_text()
    assert (reader.refresh()["status"], reader.path.read_text()) == ("failed", before)


@pytest.mark.parametrize(
    ("more", "moves"), [("", True), ('headers = { X-Key = "k" }\n', False), ('username = "me"\n', False)]
)
def test_secrets_do_not_move_to_another_host(reader: Reader, moves: bool) -> None:
    elsewhere = reader.server.url_for("/new.xml").replace("localhost", "127.0.0.1")
    assert elsewhere.startswith("http://127.0.0.1")
    reader.lead(elsewhere)
    reader.server.expect_request("/new.xml").respond_with_data(rss(()), content_type="application/rss+xml")
    said = reader.refresh()
    assert (said["status"], said["moved_to"]) == ("ok", elsewhere if moves else None)
    assert (elsewhere in reader.path.read_text()) is moves


def test_two_feeds_do_not_become_one(reader: Reader) -> None:
    new = reader.server.url_for("/new.xml")
    reader.path.write_text(reader.path.read_text() + f'\n[[feeds]]\nurl = "{new}"\nname = "Other"\n')
    reader.lead("/new.xml")
    reader.server.expect_request("/new.xml").respond_with_data(rss(()), content_type="application/rss+xml")
    before = reader.path.read_text()
    assert reader.refresh()["moved_to"] is None
    assert reader.path.read_text() == before
    assert {each["error"] for each in reader.run("feeds", "--json")} == {None}
