"""Feeds that moved for good: followed once the new place delivered, with articles, state and validators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from termnews import config
from termnews.__main__ import main
from termnews.errors import ConfigError
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
        """Refresh; return what is said of the feed that moves."""
        return next(each for each in self.run("refresh", "--json") if each["feed"] == "Pamir")

    def lead(self, target: str, status: int = 301) -> None:
        """Let `/old.xml` redirect from now on."""
        self.server.clear()
        self.server.expect_request("/old.xml").respond_with_data(status=status, headers={"Location": target})

    def deliver(self, path: str) -> None:
        """Serve the feed at a path, with a validator."""
        tag = f'"{path}"'

        def serve(request: Request) -> Response:
            if request.headers.get("If-None-Match") == tag:
                return Response(status=304)
            return Response(rss(), content_type="application/rss+xml", headers={"ETag": tag})

        self.server.expect_request(path).respond_with_handler(serve)

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
    said = reader.refresh()
    assert (said["status"], said["moved_to"]) == ("not_modified", None)
    assert "/old.xml" in reader.path.read_text()


def test_a_feed_that_is_not_modified_where_it_moved_to_is_asked_there_once_whole(reader: Reader) -> None:
    reader.lead("/new.xml")

    def serve(request: Request) -> Response:
        if request.headers.get("If-None-Match") in ('"/old.xml"', '"new"'):
            return Response(status=304)
        return Response(rss(), content_type="application/rss+xml", headers={"ETag": '"new"'})

    reader.server.expect_request("/new.xml").respond_with_handler(serve)
    assert reader.refresh()["moved_to"] == reader.server.url_for("/new.xml")
    assert reader.asked == [("/old.xml", '"/old.xml"'), ("/new.xml", '"/old.xml"'), ("/new.xml", None)]
    reader.refresh()
    assert reader.asked == [("/new.xml", '"new"')]


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
    assert (said["elsewhere"], said["stays"]) == ((None, "") if moves else (elsewhere, "secrets"))
    assert (elsewhere in reader.path.read_text()) is moves


@pytest.mark.parametrize("more", ['username = "me"\n'])
def test_another_port_is_another_place_and_a_feed_with_secrets_is_not_asked_there(reader: Reader) -> None:
    elsewhere = "http://localhost:9/new.xml"
    server, kept = reader.server, reader.path.read_text()
    with HTTPServer(host="localhost") as other:
        elsewhere = other.url_for("/new.xml")
        reader.lead(elsewhere)
        other.expect_request("/new.xml").respond_with_data(status=304)
        said = reader.refresh()
        assert [request.headers.get("Authorization") for request, _ in other.log] == [None]
    assert (said["status"], said["elsewhere"], said["stays"]) == ("not_modified", elsewhere, "secrets")
    assert reader.path.read_text() == kept
    assert server.log[-1][0].headers.get("Authorization")


def test_user_name_and_password_stay_in_an_address_that_moves_within_its_place(reader: Reader) -> None:
    bare = reader.server.url_for("/old.xml")
    reader.path.write_text(reader.path.read_text().replace("http://", "http://me:p%40ss@"))
    reader.lead("/new.xml")
    reader.deliver("/new.xml")
    assert reader.refresh()["moved_to"] == reader.server.url_for("/new.xml")
    new = bare.replace("http://", "http://me:p%40ss@").replace("old", "new")
    assert f'url = "{new}"' in reader.path.read_text()


def test_a_feed_stays_where_its_file_cannot_be_changed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConfigError("the disk is full")

    monkeypatch.setattr(config, "change_feed", refuse)
    reader.lead("/new.xml")
    reader.deliver("/new.xml")
    new = reader.server.url_for("/new.xml")
    said = reader.refresh()
    assert (said["moved_to"], said["elsewhere"], said["stays"]) == (None, new, "file")
    assert reader.asked[-1] == ("/new.xml", '"/old.xml"')
    said = reader.refresh()  # it is told once, and the new place is asked as ever
    assert (said["status"], said["elsewhere"], said["stays"]) == ("not_modified", None, "")
    assert reader.asked == [("/old.xml", '"/new.xml"'), ("/new.xml", '"/new.xml"')]
    monkeypatch.undo()
    assert reader.refresh()["moved_to"] == new  # without being asked whole: it had delivered before


def test_a_feed_that_is_back_stays_for_no_reason(reader: Reader) -> None:
    new = reader.server.url_for("/new.xml")
    reader.path.write_text(reader.path.read_text() + f'\n[[feeds]]\nurl = "{new}"\nname = "Other"\n')
    reader.lead("/new.xml")
    reader.deliver("/new.xml")
    assert reader.refresh()["stays"] == "taken"
    assert reader.run("feeds", "--json")[0]["elsewhere"] == new
    reader.server.clear()
    reader.deliver("/old.xml")
    reader.refresh()
    feed = reader.run("feeds", "--json")[0]
    assert (feed["elsewhere"], feed["stays"], feed["moved_from"]) == (None, "", None)


def test_a_person_is_told_where_feeds_moved_and_why_they_stay(
    reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    new = reader.server.url_for("/new.xml")
    reader.path.write_text(reader.path.read_text() + f'\n[[feeds]]\nurl = "{new}"\nname = "Other"\n')
    reader.lead("/new.xml")
    reader.deliver("/new.xml")
    main(["--config", str(reader.path), "refresh"])
    assert (
        f"Pamir moved to {new} and is asked at its old address all the same: another of your feeds has the "
        "new one; remove one of them\n" in capsys.readouterr().err
    )
    main(["--config", str(reader.path), "feeds", "remove", "Other"])
    main(["--config", str(reader.path), "refresh"])
    assert f"Pamir moved to {new}; it is asked there from now on\n" in capsys.readouterr().err
    feed = reader.run("feeds", "--json")[0]
    assert (feed["url"], feed["moved_from"]) == (new, reader.server.url_for("/old.xml"))


def test_two_feeds_do_not_become_one(reader: Reader) -> None:
    new = reader.server.url_for("/new.xml")
    reader.path.write_text(reader.path.read_text() + f'\n[[feeds]]\nurl = "{new}"\nname = "Other"\n')
    reader.lead("/new.xml")
    reader.server.expect_request("/new.xml").respond_with_data(rss(()), content_type="application/rss+xml")
    before = reader.path.read_text()
    said = reader.refresh()
    assert (said["moved_to"], said["elsewhere"], said["stays"]) == (None, new, "taken")
    assert reader.path.read_text() == before
    assert {each["error"] for each in reader.run("feeds", "--json")} == {None}
