"""Rules on the screen: what is highlighted, what is muted after the start, and the notice of a refresh."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rich.style import Style
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver

from termnews import notify
from termnews.ui.cards import Cards
from termnews.ui.spoken import Spoken
from termnews.ui.tally import Tally
from termnews.ui.wall import Ascii

from .conftest import NOW, Sample, app_of, lines, settle
from .test_engine import child
from .test_headlines import headline

RULES = '[rules]\n"number 3" = "mute"\n"number 5" = "notify"\n'
COLOURS = {"headline--highlighted": Style(bold=True)}


def look(name: str) -> Style:
    """Return a style that is bold where a rule lets a title stand out."""
    return COLOURS.get(name, Style())


@pytest.mark.parametrize(("read", "sign"), [(True, "  » Title 1"), (False, "● » Title 1")])
def test_what_a_rule_highlights_has_a_sign_and_is_bold(read: bool, sign: str) -> None:
    one = headline(1, read=read, highlighted=True)
    for strip in (
        Cards(look).title_line(one, 1, 40),
        Cards(look).single(one, NOW, 80, False),
    ):
        assert strip.text.startswith(sign)
        assert [each.text.strip() for each in strip if each.style and each.style.bold] == ["» Title 1"]
        plain = "".join(each.text for each in Ascii().apply(list(strip), Color.parse("black")))
        assert plain.startswith(sign.replace("●", "*").replace("»", ">"))
    assert "»" not in Cards(look).title_line(headline(1), 1, 40).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, " unread, highlighted: Title 1"),
        ({"starred": True}, " unread, starred, highlighted: Title 1"),
        ({"read": True}, " highlighted: Title 1"),
        ({"read": True, "starred": True}, " starred, highlighted: Title 1"),
    ],
)
def test_it_is_said_in_words(fields: dict[str, object], said: str) -> None:
    assert Spoken(look).single(headline(1, highlighted=True, **fields), NOW, 80, False).text == said


def test_a_notice_is_a_line_beside_those_of_feeds() -> None:
    tally = Tally()
    tally.add(b'{"feed": "A", "status": "ok", "new": 2, "done": 1, "of": 1}')
    tally.add(b'{"v": 1, "notice": "Quake", "count": 2}')
    progress = tally.progress
    assert (progress.done, progress.new, progress.notice, progress.noticed) == (1, 2, "Quake", 2)


def test_a_notice_cannot_steer_the_terminal_or_be_markup(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert notify.osc9("4;1\x1b]0;evil\x07\u202e") == "\x1b]9;termnews: 4;1]0;evil\x1b\\"
    assert len(notify.osc9("x" * 5000)) < 250
    sent: list[tuple[str, str]] = []

    class Desktop:
        def __init__(self, app_name: str) -> None:
            assert app_name == "termnews"

        def send(self, title: str, message: str) -> None:
            sent.append((title, message))
            if title == "Log":  # as desktop-notifier 6.2 does without a desktop
                logging.getLogger("desktop_notifier.backends.base").warning("Notification failed")
            elif title != "Sent":
                raise OSError("no desktop here")

    module = ModuleType("desktop_notifier.sync")
    module.DesktopNotifierSync = Desktop  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "desktop_notifier", ModuleType("desktop_notifier"))
    monkeypatch.setitem(sys.modules, "desktop_notifier.sync", module)
    assert notify.desktop("Quake\x1b[2J", "<b>Quake</b> & more") is False
    assert sent == [("Quake[2J", "‹b›Quake‹/b› ＆ more")]
    assert notify.desktop("Log", "") is False
    assert notify.desktop("Sent", "") is True
    assert caplog.records == []
    monkeypatch.setitem(sys.modules, "desktop_notifier.sync", None)
    assert notify.desktop("Quake", "") is False


@pytest.mark.parametrize(("how", "written"), [("bell", "\a"), ("osc9", "\x1b]9;termnews: Rules tell of 2")])
async def test_a_new_rule_mutes_after_the_start_and_a_refresh_tells_once(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, written: str
) -> None:
    out: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda driver, text: out.append(text))
    library = sample.library(f'notify = "{how}"\n{RULES}')
    program = child(tmp_path, 'print(\'{"notice": "Number 5\\\\u001b", "count": 2}\', flush=True)')
    app = app_of(library, program)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = "\n".join(lines(app))
        assert "number 4" in shown and "number 3" not in shown
        assert "Rules tell of 2 articles: Number 5 …" in shown
        numbers = library.ids(library.query("is:muted"))
        assert (len(numbers), app.reader.desk.ruled.hides(numbers)) == (1, True)
        assert not app.reader.desk.ruled.hides(app.reader.desk.listing.ids)
        assert len([each for each in out if each.startswith(written)]) == 1
    library.close()
