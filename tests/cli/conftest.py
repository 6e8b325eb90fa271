"""A configuration with one feed file, and the command line run in process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from termnews.__main__ import main

ITEMS = (
    (
        "1",
        "Electricity tariffs rise",
        "Tue, 24 Nov 2026 10:00:00 GMT",
        "<p>Rates <a href='/rates'>go up</a>.</p>",
    ),
    ("2", "Earthquake in Murgab \x1b]0;evil\x07", "Tue, 24 Nov 2026 09:00:00 GMT", "<p>No one was hurt.</p>"),
    ("3", "Ҳаво дар Хуҷанд", "Mon, 23 Nov 2026 09:00:00 GMT", "<p>Барф меборад.</p>"),
)

Run = Callable[..., int]


def rss(items: tuple[tuple[str, str, str, str], ...] = ITEMS) -> str:
    """Return a feed of these items; control characters travel as references."""
    body = "".join(
        f"<item><guid>{guid}</guid><title><![CDATA[{title}]]></title><link>https://pamir.example/{guid}</link>"
        f"<pubDate>{date}</pubDate><description><![CDATA[{html}]]></description></item>"
        for guid, title, date, html in items
    )
    return f"<rss version='2.0'><channel><title>Pamir Post</title>{body}</channel></rss>"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a feed and a configuration that follows it."""
    (tmp_path / "pamir.xml").write_text(rss(), encoding="utf-8")
    (tmp_path / "termnews.toml").write_text(
        'data_dir = "cache"\nrefresh_minutes = 0\n\n'
        '# the local paper\n[[feeds]]\nurl = "pamir.xml"\nregion = "TJ-GB"\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command over that configuration; returns the exit status."""

    def run_command(*arguments: str) -> int:
        return main(["--config", str(home / "termnews.toml"), *arguments])

    return run_command


@pytest.fixture
def filled(run: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same, with the feed fetched."""
    assert run("refresh", "--quiet") == 0
    capsys.readouterr()
    return run
