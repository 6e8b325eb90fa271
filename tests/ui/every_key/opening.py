"""What the stage is made of: articles of three feeds, a child process, and the application on them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual._compositor import Compositor
from textual.timer import Timer

from termnews import images
from termnews.models import ArticleQuery, Health, Place
from termnews.store import Store
from termnews.ui import counts, outside, prompt, reader_screen, showing
from termnews.ui.app import TermnewsApp
from tests.ui.conftest import Sample, app_of, settle
from tests.ui.every_key.stage import HERE, Outer, Stage

SIZE = (126, 30)
"""The smallest terminal with three panes that can still be made wider."""
_LINKS = " ".join(f"<a href='https://links.example/{at}'>plan {at}</a>" for at in range(1, 10))
_BODY = f"<p>France opens a harbour. Japan watches France.</p><p>{_LINKS}</p>" + "<p>More of it.</p>" * 60
_CHILD = """#!/bin/sh
shift 2
echo "$@" >> {log}
if [ -e {hold} ]; then
    [ "$1" = feeds ] || echo '{{"status": "skipped", "done": 1, "of": 3}}'
    exec cat > /dev/null
fi
[ "$1" = feeds ] || exit 0
read -r address
echo "{{\\"feed\\": \\"$address\\", \\"status\\": \\"ok\\", \\"new\\": 2}}"
"""
_VIEWS = '[views]\n"Harbour" = "harbour"\n[commands]\none = ["true"]\ntwo = ["false"]\nthree = ["true"]\n'


def prepare(sample: Sample, extra: str) -> None:
    """Fill the cache: nineteen articles of three feeds, of which two failed when they were asked last."""
    sample.configure(extra)
    france = Place("FR", "about", "France", "name", "title")
    japan = Place("JP", "mentions", "Japan", "name", "text")
    sample.publish("Nine links about France", france, japan, body=_BODY, feed=1)
    sample.now += timedelta(hours=3)
    sample.arrive([f"Late news {at}" for at in range(HERE)], minutes=20)
    filled = sample.library(extra)
    ids = list(filled.ids(ArticleQuery()))
    filled.mark([ids[HERE - 1], ids[HERE + 1]], read=True, label="in everything")
    filled.mark([ids[10]], starred=True)
    store = Store(filled.config.store_path, filled.config.feeds)
    for feed in store.feeds()[::2]:
        error = f"{feed.url} answered 404 (not found); check the address or remove the feed"
        store.save_health(feed.id, Health(last_fetch=sample.now, http=404, failures=feed.id, error=error))
    store.close()
    filled.close()


@asynccontextmanager
async def staged(sample: Sample, patch: pytest.MonkeyPatch, extra: str = "") -> AsyncIterator[Stage]:
    """Open the application on the sample.

    Args:
        sample: its home.
        patch: changes the waits, and what reaches beyond the screen.
        extra: settings beside feeds and views.
    """
    extra = f"{extra}\n{_VIEWS}"
    prepare(sample, extra)
    hurry(patch)
    script = sample.home / "child.sh"
    script.write_text(_CHILD.format(log=sample.home / "child.log", hold=sample.home / "hold"))
    script.chmod(0o700)
    library = sample.library(extra)
    app, outer = app_of(library, (str(script),)), Outer()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)  # the refresh at the start is over
        watch(app, outer, patch)
        kept = sqlite3.connect(":memory:")
        source = sqlite3.connect(library.config.store_path)
        source.backup(kept)
        source.close()
        settings = library.config.path.read_text(encoding="utf-8")
        stage = Stage(app, pilot, sample, outer, kept, settings)
        app.reader.desk.listing.show(ArticleQuery(), article=stage.ids[HERE])
        await stage.reset()
        yield stage
        await stage.reset()
        stage.close()
    library.close()


def watch(app: TermnewsApp, outer: Outer, patch: pytest.MonkeyPatch) -> None:
    """Note what reaches beyond the screen instead of doing it: browser, the way out, the shell."""
    refresh = app.reader.refresh

    def redraw(*regions: Any, layout: bool = False, **rest: Any) -> Any:
        outer.redrawn += layout
        return refresh(*regions, layout=layout, **rest)

    patch.setattr("termnews.ui.outside.open_url", lambda url, command: outer.opened.append(url))
    patch.setattr(app, "exit", lambda result="", *rest, **named: outer.left.append(result or "quit"))
    patch.setattr(app, "action_suspend_process", lambda: outer.left.append("suspended"))
    patch.setattr(app.reader, "refresh", redraw)


def hurry(patch: pytest.MonkeyPatch) -> None:
    """Make waits so short or so long that no test depends on them, and paint nothing: no test here looks."""
    patch.setattr(showing, "PREVIEW_AFTER", 0.001)
    # A timer of Textual that is later than its time before it has begun to wait is left out altogether.
    begin = Timer.__init__
    patch.setattr(
        Timer, "__init__", lambda self, *rest, **named: begin(self, *rest, **named | {"skip": False})
    )
    patch.setattr(images, "installed", lambda: False)
    patch.setattr(showing, "READ_AFTER", 600)
    patch.setattr(counts, "OWN_AFTER", 0.01)
    patch.setattr(prompt, "SHOW_AFTER", 600)
    patch.setattr(outside, "_TWICE", 600)
    patch.setattr(textual.app, "wait_for_idle", asyncio.sleep)
    patch.setattr(textual.pilot, "wait_for_idle", asyncio.sleep)
    patch.setattr(reader_screen, "MESSAGE_SECONDS", 600)
    patch.setattr(Compositor, "render_update", lambda self, **_: self._dirty_regions.clear())
