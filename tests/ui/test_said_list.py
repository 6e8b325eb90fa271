"""What the program said, and which feeds failed: two lists to read."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from termnews.library import Library
from termnews.models import Health
from termnews.store import Store
from termnews.ui.app import TermnewsApp
from termnews.ui.said import MOST, Said

from .conftest import NOW, Sample, app_of, lines, settle, until
from .test_engine import child

WIDE = (120, 40)
GONE = Health(
    last_fetch=NOW,
    last_ok=NOW - timedelta(days=3),
    next_fetch=NOW + timedelta(hours=6),
    http=404,
    error="https://feed1.example/rss answered 404 (not found); check the address or remove the feed",
    failures=9,
)
SILENT = Health(
    last_fetch=NOW, failures=1, error="feed0.example said nothing for 20 s; it is tried again later"
)  # fmt: skip


def fail(sample: Sample, at: int, health: Health) -> None:
    """Let a feed of the sample have failed."""
    settings = sample.configure()
    store = Store(settings.store_path, settings.feeds)
    store.save_health(store.feeds()[at].id, health)
    store.close()


def shown(app: TermnewsApp) -> str:
    box = app.screen.query_one("#chooser").region
    return "\n".join(line[box.x : box.right].strip("▌ ") for line in lines(app)[box.y : box.bottom])


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def test_what_is_said_again_is_counted_and_the_oldest_go() -> None:
    said = Said(lambda: NOW)
    for text in ("a", "b", "b", "", "b"):
        said.add(text)
    assert [(each.text, each.times) for each in said.newest_first()] == [("b", 3), ("a", 1)]
    for at in range(MOST):
        said.add(str(at))
    assert len(list(said.newest_first())) == MOST


async def test_what_was_said_can_be_read_whole(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "M")
        assert "Nothing was said yet." in shown(app)
        await press(pilot, "escape")
        app.reader.say("A long story \x1b]0;of words, " * 12)
        app.reader.say("")
        await press(pilot, "A")
        await press(pilot, "M")
        text = shown(app)
        assert text.index("12:00  Marked 12 read in Unread") < text.index("12:00  A long story ]0;of words")
        assert text.count("A long story") >= 9
        assert "\x1b" not in text
        assert "termnews.log" in text.replace("\n", "")  # the folder may be longer than a line
        await press(pilot, *"marked", "enter")
        assert app.screen is app.reader


async def test_each_failed_feed_says_all_about_it(sample: Sample, library: Library) -> None:
    fail(sample, 0, SILENT)
    fail(sample, 1, GONE)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "E")
        text = " ".join(shown(app).split())
        for words in (
            "! Thames Herald 404 ×9",
            "answered 404 (not found); check the address or remove the feed.",
            "Failed 9 times in a row. Its last good answer came 22 Nov 12:00.",
            "termnews asks again in",
            "! Spree Courier too slow",
            "said nothing for 20 s; it is tried again later.",
        ):
            assert words in text
        assert text.index("Thames Herald") < text.index("Spree Courier"), "the longest failing first"
        assert "Kyoto Shimpo" not in text
        await press(pilot, *"said nothing")
        assert "Thames Herald" not in shown(app)


async def test_enter_asks_the_feed_again(sample: Sample, library: Library, tmp_path: Path) -> None:
    fail(sample, 0, SILENT)
    fail(sample, 1, GONE)
    out = tmp_path / "asked"
    app = app_of(library, child(tmp_path, f"open({str(out)!r}, 'a').write(json.dumps(sys.argv[3:]) + '\\n')"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "E", "down", "enter")
        await until(pilot, lambda: out.read_text().count("\n") == 2)
        asked = json.loads(out.read_text().splitlines()[1])
        assert asked[-3:] == ["--force", "--gently", str(library.feeds()[0].id)]


async def test_when_all_is_well_it_says_so(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "E")
        assert "Every feed answered when it was asked last." in shown(app)
        await press(pilot, "enter")
        assert app.screen is app.reader


async def test_a_cache_that_cannot_be_read_is_said_in_the_list_until_it_can(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"nothinglikethis", "enter")
        conn = sqlite3.connect(library.config.store_path)
        conn.execute("ALTER TABLE state RENAME TO gone")
        conn.commit()
        await press(pilot, "F")
        assert "The articles cannot be read:" in "\n".join(lines(app))
        assert ". try again" in "\n".join(lines(app))
        conn.execute("ALTER TABLE gone RENAME TO state")
        conn.commit()
        conn.close()
        await press(pilot, "F")
        assert "Headline number 0" in "\n".join(lines(app))
