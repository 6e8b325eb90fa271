"""Settings changed on disk while the screen stands: taken over, or refused with a sentence, all else kept."""

from __future__ import annotations

import os

from textual.events import AppFocus
from textual.pilot import Pilot

from termnews import config, wording
from termnews.query import print_query
from termnews.ui.app import TermnewsApp

from .conftest import Sample, app_of, lines, press, settle, until

WIDE = (120, 40)


async def _come_back(pilot: Pilot[str]) -> None:
    """Let the terminal tell that it has the focus again."""
    pilot.app.post_message(AppFocus())
    await settle(pilot)


def _stand(app: TermnewsApp) -> tuple[object, ...]:
    """Return what must not move: view, cursor, scrolled lines, article and how far it is read."""
    panes, pane = app.reader.desk.panes, app.reader.headlines
    article = panes.showing.article
    return (
        print_query(app.reader.desk.listing.asked), pane.headline and pane.headline.id,
        pane.scroll_offset.y, article and article.id, panes.article.scroll_offset.y,
    )  # fmt: skip


async def test_settings_are_followed_without_a_restart(sample: Sample) -> None:
    library = sample.library('language = "en"')
    path = library.config.path
    text = path.read_text()
    app = app_of(library)
    themes = sample.home / "themes"
    themes.mkdir()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3", "1", *"jjj", "l", "j", "j")
        before, count = _stand(app), len(app.reader.headlines.ids)

        # Feeds, views, keys, marks, theme and language at once.
        (themes / "mine.toml").write_text('base = "night"\nlist = "#102030"\n')
        new = text.replace('language = "en"', 'language = "ru"').replace("Kyoto Shimpo", "Kyoto Times")
        new = new.replace('[[feeds]]\nurl = "https://feed0', '[[feeds]]\nurl = "https://other0')
        new += '\n[views]\nPort = "harbour"\n[keys]\ntoggle-star = "Z"\n[theme]\nname = "mine"\n'
        path.write_text(new)
        await _come_back(pilot)
        await until(pilot, lambda: "Port" in "\n".join(lines(app)))
        assert _stand(app) == before
        assert len(app.reader.headlines.ids) == count
        assert "Kyoto Times" in "\n".join(lines(app))
        assert app.theme == "mine" and app.theme_variables["list"] == "#102030"
        assert "МИР" in "\n".join(lines(app))  # the head over the places, drawn before
        assert "1" in app.reader.desk.said.newest_first().__next__().text  # feeds that came and went
        headline = app.reader.headlines.headline
        await press(pilot, "Z")
        assert headline is not None and app.reader.headlines.headline is not None
        assert app.reader.headlines.headline.starred != headline.starred

        # A theme alone, by its file.
        (themes / "mine.toml").write_text('base = "night"\nlist = "#203040"\n')
        await _come_back(pilot)
        assert app.theme_variables["list"] == "#203040"

        # A broken file changes nothing, and says where it is broken.
        path.write_text(new.replace('"Kyoto Times"', '"Kyoto').replace('"harbour"', '"port"'))
        await _come_back(pilot)
        assert f"line {new[: new.index('Kyoto')].count(chr(10)) + 1}" in lines(app)[-1]
        assert library.config.feeds[2].name == "Kyoto Times" and library.config.views["Port"] == "harbour"

        # What termnews writes itself is no news, and the user may ask at any time.
        path.write_text(new)
        await _come_back(pilot)
        app.reader.desk.change_settings(lambda each: each.views.keep("Sea", "sea") or "kept")
        await settle(pilot)
        assert config.footprint(path) == app.reader.desk.reloading._seen
        await _come_back(pilot)
        assert app.reader.desk.said.newest_first().__next__().text == "kept"
        # What a child process writes is followed by whoever started it.
        app.reader.desk.refreshing.adding = 1
        path.write_text(path.read_text() + "\n")
        app.reader.desk.reloading.look()
        assert not app.reader.desk.reloading._reading
        app.reader.desk.refreshing.adding = 0
        await press(pilot, "f5")
        assert wording.tr("Nothing in the settings has changed.") in lines(app)[-1]

        os.unlink(path)
        await _come_back(pilot)
        assert str(path) in lines(app)[-1] and len(library.config.feeds) == 3
        assert _stand(app) == before

        app.exit()  # which ends the visit
    assert library.visited() == sample.now
    wording.speak("en")
    library.close()
