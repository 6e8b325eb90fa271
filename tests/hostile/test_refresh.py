"""Hostile feeds among good ones, in real processes: nothing breaks, no good one is lost, nothing leaks."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termnews.__main__ import main
from tests.hostile.corpus import GOOD_ENTRIES, TRAPS, good, hostile
from tests.hostile.refreshing import UNSAFE, Figures, configure, refresh, serving
from tests.hostile.texts import BRAND
from tests.terminal import Terminal

HOSTILE = range(0, len(TRAPS), 2)
GOOD = range(8)
OWN = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[ -/]*[0-~]|[\r\n\x08]")
"""Sequences a program sends a terminal."""


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figures]:
    """A configuration whose feeds were refreshed once, and what that came to."""
    folder = tmp_path_factory.mktemp("hostile")
    with serving() as servers:
        config = configure(folder, servers, HOSTILE, GOOD)
        return config, refresh(config, GOOD)


@pytest.fixture(scope="module")
def config(refreshed: tuple[Path, Figures]) -> Path:
    """The configuration alone."""
    return refreshed[0]


def test_the_corpus_is_the_same_every_time() -> None:
    for number in (*range(12), 700, 701):
        assert hostile(number) == hostile(number)
    assert hostile(700) != hostile(701)
    assert good(1) != good(2)


def test_no_crash_and_every_good_feed_is_stored(refreshed: tuple[Path, Figures]) -> None:
    figures = refreshed[1]
    assert figures.status == 3  # some failed, the rest is stored
    assert figures.good == len(GOOD) * GOOD_ENTRIES
    assert figures.ok + figures.failed == len(HOSTILE) + len(GOOD)
    assert figures.foreign == 0
    assert figures.peak_mb < 300


Printed = Callable[..., str]


@pytest.fixture
def printed(config: Path, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Return what a command prints, once it is known that it ends well."""

    def run(*arguments: str) -> str:
        assert main(["--config", str(config), *arguments]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "--tsv"], ["list", "--json"], ["feeds"], ["feeds", "check"], ["feeds", "--json"]],
)
def test_no_foreign_byte_in_what_is_printed(printed: Printed, arguments: list[str]) -> None:
    text = printed(*arguments)
    assert "ood" in text
    assert UNSAFE.findall(text) == []


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_no_foreign_byte_in_any_article(printed: Printed, form: str) -> None:
    numbers = [line.split("\t")[0] for line in printed("list", "--tsv", "-title:t*").splitlines()]
    assert len(numbers) > 60
    for number in numbers[:: 1 if form == "text" else 3]:
        assert UNSAFE.findall(printed("show", number, "--as", form)) == []


def test_opml_of_hostile_feeds_is_clean(printed: Printed, config: Path) -> None:
    target = config.with_name("out.opml")
    printed("export", "opml", str(target))
    assert UNSAFE.findall(target.read_text(encoding="utf-8")) == []


def test_no_foreign_byte_in_the_log(config: Path) -> None:
    log = config.parent / "cache" / "termnews.log"
    assert UNSAFE.findall(log.read_text(encoding="utf-8") if log.exists() else "") == []


@pytest.fixture
def terminal(config: Path) -> Iterator[Terminal]:
    """The reader over these articles."""
    opened = Terminal("--config", str(config), columns=120, rows=40)
    yield opened
    try:
        os.kill(opened.pid, signal.SIGKILL)
        os.waitpid(opened.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def test_no_foreign_byte_reaches_the_terminal(terminal: Terminal) -> None:
    terminal.wait_for("Good story")
    esc = "\x1b"
    for keys in ("j" * 12, "\r", esc, "V", esc, "G", "k" * 12, "\r", "L", esc, "M", esc, "E", esc):
        for key in [keys] if keys.startswith("\x1b") else keys:
            terminal.press(key)
            terminal.settle()
    terminal.press("\x11")
    assert terminal.status() == 0
    assert not terminal.leftovers()
    sent = terminal.raw.decode("utf-8")
    own = OWN.findall(sent)
    assert not [each for each in own if BRAND in each]
    strings = [each for each in own if each.startswith("\x1b]")]
    assert all(
        re.fullmatch("\x1b\\](?:8;[!-~]*|11;\\?|22;[a-z-]*)(?:\x07|\x1b\\\\)", each) for each in strings
    )
    assert UNSAFE.findall(OWN.sub("", sent)) == []
