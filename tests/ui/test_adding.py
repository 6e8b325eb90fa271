"""A feed added on the screen: a child looks for it, the screen goes on, one sentence says what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import termnews
from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.ui.app import TermnewsApp
from termnews.ui.engine import ADD, Engine

from .conftest import Sample, app_of, lines, settle, until
from .test_engine import child

WIDE = (120, 40)
RSS = (
    '<rss version="2.0"><channel><title>New Feed</title>'
    "<item><title>Hello there</title><guid>1</guid></item></channel></rss>"
)
LOOKS = "if 'add' in sys.argv:\n    address = sys.stdin.readline().strip()\n"


def real(tmp_path: Path) -> tuple[str, ...]:
    """Return the command of a child that adds feeds as termnews does, and refreshes nothing."""
    command = [sys.executable, "-m", "termnews"]
    code = f"if 'refresh' not in sys.argv: os.execv({sys.executable!r}, {command} + sys.argv[1:])"
    return child(tmp_path, code)


def said(app: TermnewsApp) -> str:
    return lines(app)[-1]


async def test_a_feed_is_added_at_the_prompt(sample: Sample, library: Library, tmp_path: Path) -> None:
    (sample.home / "new.xml").write_text(RSS, encoding="utf-8")
    app = app_of(library, real(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a", *str(sample.home / "new.xml"), "enter")
        await until(pilot, lambda: "Following " in said(app), seconds=20)
        assert "Following New Feed: 1 article." in said(app)
        assert "New Feed" in [each.name for each in library.feeds()]
        await until(pilot, lambda: "New Feed" in "\n".join(lines(app)))
        assert library.count(library.query("hello")).total == 1


async def test_what_goes_wrong_is_one_sentence(library: Library, tmp_path: Path) -> None:
    app = app_of(library, real(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a", *str(tmp_path / "gone.xml"), "enter")
        await until(pilot, lambda: "gone.xml is not there" in said(app), seconds=20)
        assert "Not added: " in said(app)
        assert app.reader.desk.refreshing.adding == 0
        assert len(library.feeds()) == 3


async def test_meanwhile_the_screen_goes_on_and_ctrl_x_stops(library: Library, tmp_path: Path) -> None:
    app = app_of(library, child(tmp_path, f"{LOOKS}    sys.stdin.read()\n"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a", *"https://me:secret@slow.example/", "enter")
        await until(pilot, lambda: "Looking for a feed at https://slow.example/" in said(app))
        assert "0/1" in said(app)
        await pilot.press("j", "j", "s")
        await until(pilot, lambda: library.count(library.query("is:starred")).total == 1)
        assert app.reader.headlines.cursor == 2
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "Stopped looking for a feed." in said(app))
        assert "0/1" not in said(app)


async def test_feeds_are_added_one_after_the_other(library: Library, tmp_path: Path) -> None:
    line = {"feed": "address", "status": "ok", "new": 2}
    code = f"{LOOKS}    print(json.dumps({line!r} | dict(feed=address)), flush=True)\n"
    app = app_of(library, child(tmp_path, code))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        heard: list[str] = []
        say = app.reader.desk.say
        app.reader.desk.say = lambda sentence, undoable=False: (heard.append(sentence), say(sentence))  # type: ignore[assignment,func-returns-value]
        app.reader.desk.add_feed("one")
        app.reader.desk.add_feed("two")
        await until(pilot, lambda: "Following two" in "".join(heard), seconds=20)
        assert [each for each in heard if "Following" in each] == [
            "Following one: 2 articles.",
            "Following two: 2 articles.",
        ]


async def test_a_refresh_and_an_addition_run_side_by_side(library: Library, tmp_path: Path) -> None:
    waits = 'print(\'{"feed": "F", "status": "ok", "done": 1, "of": 4}\', flush=True)\nsys.stdin.read()\n'
    app = app_of(library, child(tmp_path, waits))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "1/4" in said(app))
        app.reader.desk.add_feed("slow.example")
        await until(pilot, lambda: "1/5" in said(app))
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "1/4" in said(app))
        assert app.reader.desk.refreshing.running
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "Stopped after 1 of 4 feeds" in said(app))


async def test_leaving_ends_the_child(library: Library, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"{LOOKS}    open({str(note)!r}, 'w').write(str(os.getpid()))\n    sys.stdin.read()\n"
    app = app_of(library, child(tmp_path, code))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.reader.desk.add_feed("slow.example")
        await until(pilot, lambda: note.exists() and note.read_text(), seconds=20)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_the_address_is_no_argument_that_others_can_read(library: Library, tmp_path: Path) -> None:
    code = f"{LOOKS}    print(json.dumps(dict(status='ok', feed=address, seen=sys.argv[1:])), flush=True)\n"
    came = await Engine(library.config, program=child(tmp_path, code), verb=ADD).add(
        "https://me:secret@a.example/"
    )
    assert came["feed"] == "https://me:secret@a.example/"
    assert "secret" not in json.dumps(came["seen"])
    assert came["seen"][-5:] == ["feeds", "add", "-", "--json", "--stop-at-eof"]


async def test_a_child_that_says_nothing_is_an_error_with_the_log_named(
    library: Library, tmp_path: Path
) -> None:
    engine = Engine(library.config, program=child(tmp_path, "sys.exit(1)"), verb=ADD)
    with pytest.raises(TermnewsError, match=r"the feed ended with status 1; .*\.log says why"):
        await engine.add("a.example")


async def test_a_file_of_the_folder_stands_for_no_module(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(termnews.__file__).parents[1]))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "click.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "new.xml").write_text(RSS, encoding="utf-8")
    came = await Engine(library.config, verb=ADD).add("new.xml")
    assert (came["status"], came["new"]) == ("ok", 1)


_SCRIPT = """
import asyncio, sys
from pathlib import Path
from termnews import config
from termnews.library import Library
from termnews.ui.app import TermnewsApp
from termnews.ui.engine import Engine

async def main(path, program):
    library = Library(config.load(Path(path)))
    app = TermnewsApp(library, Engine(library.config, program=program, interval=0.01))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "a", *"new.xml", "enter")
        while not library.feeds():
            await pilot.pause(0.01)
        await app.workers.wait_for_complete()
    library.close()

asyncio.run(main(sys.argv[1], sys.argv[2:]))
print(*sys.modules, sep="\\n")
"""


def _modules_after_adding(home: Path, program: Sequence[str]) -> set[str]:
    (home / "new.xml").write_text(RSS, encoding="utf-8")
    (home / "empty.toml").write_text('data_dir = "empty"\n', encoding="utf-8")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environ["PYTHONPATH"] = str(Path(termnews.__file__).parents[1])
    command = [sys.executable, "-c", _SCRIPT, "empty.toml", *program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ, cwd=home)
    return set(done.stdout.split())


def test_the_screen_never_loads_the_network(tmp_path: Path) -> None:
    loaded = _modules_after_adding(tmp_path, real(tmp_path))
    assert "termnews.ui.overlays" in loaded
    assert not loaded & {"httpx", "feedparser", "chardet", "click", "tomlkit", "termnews.library.work"}
