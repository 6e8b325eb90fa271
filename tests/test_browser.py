"""Addresses are opened as one argument, web ones only."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews.browser import open_url
from termnews.errors import TermnewsError
from termnews.output.texts import address


def test_system_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    open_url("https://me:pw@a.example/x y")
    assert opened == ["https://a.example/xy"]


def test_what_is_shown_is_what_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    open_url("https://pаypal.com/login")
    assert opened == ["https://xn--pypal-4ve.com/login"] == [address("https://pаypal.com/login")]


def test_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    with pytest.raises(TermnewsError, match="no browser was found"):
        open_url("https://a.example/")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-x",
        "",
        "https://good.example\\.evil.example/",
        "https://[::1",
        "data:text/html,x",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(TermnewsError, match="only http and https"):
        open_url(url, ["true"])


def test_command_gets_the_address_as_one_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: started.append(command))
    open_url("https://a.example/?a=1&b=$(x)", ["firefox", "--new-tab={url}"])
    assert started == [["firefox", "--new-tab=https://a.example/?a=1&b=$(x)"]]


def test_command_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TermnewsError, match="cannot be started"):
        open_url("https://a.example/", [str(tmp_path / "none"), "{url}"])
