"""`x`: the full text in place of what the feed says, the way back, and the reason where there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from termnews.models import ArticleQuery, FullText
from termnews.store import Store
from termnews.ui.full_texts import FullTexts
from termnews.ui.tally import Texts
from tests.ui.conftest import Sample, app_of, settle
from tests.ui.conftest import lines as screen_lines

_CHILD = """#!/bin/sh
shift 2
[ "$1" = download ] || exit 0
echo '{"status": "refused", "done": 1, "of": 1, "error": "In English.", "code": "paywall", "about": ""}'
exit 3
"""


async def test_x_turns_between_feed_and_page_and_says_why_there_is_no_page(sample: Sample) -> None:
    sample.configure("")
    sample.publish("Zebra road opens", body="<p>A short teaser.</p>", feed=1)
    sample.publish("Zebra tunnel closes", body="<p>Another teaser.</p>", feed=1)
    script = sample.home / "child.sh"
    script.write_text(_CHILD)
    script.chmod(0o700)
    library = sample.library("")
    (newest,) = library.ids(library.query("zebra tunnel"))
    (other,) = library.ids(library.query("zebra road"))
    store = Store(library.config.store_path, library.config.feeds)
    store.full_texts.keep(
        newest, FullText("<p>The whole of it.</p>", "https://a.example/", "It."), sample.now
    )
    store.close()
    app = app_of(library, (str(script),))
    async with app.run_test(size=(126, 30)) as pilot:
        await settle(pilot)
        showing = app.reader.desk.panes.showing

        def text() -> str:
            lines = showing.pane._lines.lines
            return "\n".join("".join(part for part, _ in line) for line in lines).replace("\xa0", " ")

        app.reader.desk.listing.show(ArticleQuery(), article=newest)
        showing.follow()
        assert "The whole of it." in text() and "full text" in text()
        await pilot.press("x")
        assert "teaser" in text() and "full text" not in text()
        await pilot.press("ч")
        assert "The whole of it." in text()
        app.reader.desk.listing.show(ArticleQuery(), article=other)
        showing.follow()
        await pilot.press("x")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert app.reader._message == "The page is behind a paywall; the text of the feed stays."
        assert "teaser" in text() and not app.reader.desk.full_texts.running
    library.close()


async def test_without_room_for_the_article_its_beginning_turns(sample: Sample) -> None:
    sample.publish("Zebra tunnel closes", body="<p>A short teaser.</p>")
    library = sample.library("")
    (number,) = library.ids(library.query("zebra"))
    page = FullText("", "https://a.example/", "Zebra tunnel closes\n\nThe whole of it.")
    library.full_texts._store.full_texts.keep(number, page, sample.now)
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        def peek() -> list[str]:
            return [line.strip() for line in screen_lines(app)[-5:-3]]

        assert peek() == ["Mara Adler · 1 min · full text", "The whole of it."]
        await pilot.press("x")
        await settle(pilot)
        assert peek() == ["Mara Adler · 1 min", "A short teaser."]
    library.close()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("kept", 2, ""), ("pictured", 1, "")], "Saved full texts: 1; pictures: 3."),
        ([("kept", 0, ""), ("pictured", 0, "")], "Saved 1 full text of 1."),
        ([("pictured", 0, ""), ("pictured", 0, "")], "Nothing to fetch"),
        ([("kept", 1, "pictures"), ("pictured", 0, "")], "The budget of pictures is spent"),
        ([("failed", 0, "images"), ("kept", 0, "")], "Pictures need the extra"),
    ],
    ids=["both", "texts alone", "nothing", "budget", "no extra"],
)
def test_what_came_of_pictures_is_told(lines: Sequence[tuple[str, int, str]], said: str) -> None:
    tally, told = Texts(), list[str]()
    for at, (status, pictures, note) in enumerate(lines, 1):
        line = {"status": status, "pictures": pictures, "note": note, "done": at, "of": len(lines)}
        tally.add(json.dumps(line).encode())
    made: Any = FullTexts
    nobody = SimpleNamespace(renew=lambda: None)
    made(None, None, nobody, None, None, lambda: None, told.append, None)._tell_many((), tally.progress)
    assert len(told) == 1 and told[0].startswith(said)
