"""The refresh as the screen sees it: figures from a child's lines, its end, its leash."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.ui.engine import IMPORT, Engine
from termnews.ui.messages import Progress
from termnews.ui.tally import Steps, Tally

from .conftest import app_of, lines, settle, until

WIDE = (120, 40)


def child(tmp_path: Path, code: str) -> tuple[str, ...]:
    """Return the command of a child that runs this code."""
    path = tmp_path / "child.py"
    path.write_text(f"import json, os, sys\n{code}", encoding="utf-8")
    return (sys.executable, str(path))


def update(**fields: object) -> str:
    return (
        f"print(json.dumps({ {'feed': 'F', 'status': 'ok', 'http': 200, 'new': 0, **fields} }), flush=True)\n"
    )


async def run(engine: Engine, *feeds: str, force: bool = False) -> list[Progress]:
    return [progress async for progress in engine.run(feeds, force=force)]


async def test_lines_become_figures(library: Library, tmp_path: Path) -> None:
    code = update(new=3, done=1, of=2) + update(status="failed", http=404, error="gone", done=2, of=2)
    engine = Engine(library.config, program=child(tmp_path, code), interval=0.01)
    reports = await run(engine)
    assert reports[-1] == Progress(done=2, of=2, new=3, failed=1, error="F: gone")
    assert not engine.running


async def test_an_import_reports_how_far_it_is_and_what_came(library: Library, tmp_path: Path) -> None:
    code = (
        "print(json.dumps({'done': 500, 'of': 900}), flush=True)\n"
        "while not os.path.exists('go'): pass\n"
        "print(json.dumps({'articles': 900, 'error': None, 'path': sys.argv[-2:]}))"
    ).replace("'go'", repr(str(tmp_path / "go")))
    engine = Engine(library.config, program=child(tmp_path, code), interval=0.01, verb=IMPORT)
    reports: list[Progress] = []

    def told(progress: Progress) -> None:
        reports.append(progress)
        (tmp_path / "go").touch()

    came = await engine.take("-cache.db", told)
    assert reports[0] == Progress(done=500, of=900)
    assert came == {"articles": 900, "error": None, "path": ["--", "-cache.db"]}


async def test_the_child_is_told_config_feeds_and_force(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "arguments"
    code = f"open({str(out)!r}, 'w').write(json.dumps([sys.argv[1:], os.nice(0)]))"
    await run(Engine(library.config, program=child(tmp_path, code)), "Spree Courier", force=True)
    arguments, nice = json.loads(out.read_text())
    assert arguments == [
        "--config",
        str(library.config.path),
        "refresh",
        "--json",
        "--stop-at-eof",
        "--force",
        "--gently",
        "Spree Courier",
    ]
    assert nice >= min(19, os.nice(0) + 10)


async def test_bursts_are_gathered(library: Library, tmp_path: Path) -> None:
    code = "".join(update(done=at + 1, of=200) for at in range(200))
    engine = Engine(library.config, program=child(tmp_path, code), interval=30)
    assert [each.done for each in await run(engine)] == [200]


async def test_the_end_of_its_input_stops_the_child(library: Library, tmp_path: Path) -> None:
    code = update(done=1, of=9) + "sys.stdin.read()\n"
    engine = Engine(library.config, program=child(tmp_path, code), interval=0.01)
    reports = engine.run()
    assert (await anext(reports)).done == 1
    engine.stop()
    assert [each async for each in reports] == []
    assert engine.stopping


async def test_a_child_that_fails_is_an_error_with_the_log_named(library: Library, tmp_path: Path) -> None:
    engine = Engine(library.config, program=child(tmp_path, "print('trace', file=sys.stderr); sys.exit(1)"))
    with pytest.raises(TermnewsError, match=r"status 1; .*\.log says why"):
        await run(engine)
    assert "trace" in library.config.log_path.read_text()
    assert library.config.log_path.stat().st_mode & 0o777 == 0o600


async def test_some_failed_feeds_are_no_error(library: Library, tmp_path: Path) -> None:
    assert await run(Engine(library.config, program=child(tmp_path, "sys.exit(3)"))) == []


async def test_a_program_that_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(TermnewsError, match="cannot be started"):
        await run(Engine(library.config, program=("/nowhere/termnews",)))


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"1", b'{"v": 1}', b"\xff\n"])
def test_lines_that_are_no_updates_are_passed_over(line: bytes) -> None:
    tally = Tally()
    tally.add(line)
    assert tally.progress == Progress()


def test_no_network_is_when_every_feed_fails_without_an_answer() -> None:
    tally = Tally()
    tally.add(b'{"feed": "A", "status": "skipped"}')
    tally.add(b'{"feed": "A", "feed_url": "/a.xml", "status": "failed", "http": null, "error": "no file"}')
    assert not tally.progress.unreachable
    tally.add(b'{"feed": "F", "feed_url": "/f.xml", "status": "ok", "http": null}')
    tally.add(b'{"feed": "A", "status": "failed", "http": null, "error": "no route"}')
    assert tally.progress.unreachable
    tally.add(b'{"feed": "B", "status": "failed", "http": 404, "error": "gone"}')
    assert not tally.progress.unreachable
    assert (tally.progress.done, tally.progress.skipped) == (5, 1)


def test_steps_and_what_they_came_to() -> None:
    steps = Steps()
    for line in (b"", b"[]", b'{"done": 3, "of": 9}', b'{"feeds": 1}', b'{"feeds": 2, "error": null}', b"{"):
        steps.add(line)
    assert (steps.progress.done, steps.progress.of) == (3, 9)
    assert steps.last == {"feeds": 2, "error": None}


def test_where_feeds_moved_is_told_of_each() -> None:
    tally = Tally()
    tally.add(b'{"feed": "A", "status": "ok", "moved_to": "https://new.example/", "elsewhere": null}')
    tally.add(b'{"feed": "B", "status": "ok", "moved_to": null, "elsewhere": "https://b/", "stays": "taken"}')
    tally.add(b'{"feed": "C", "status": "ok", "elsewhere": "https://c/", "stays": "of a later version"}')
    tally.add(b'{"feed": "D", "status": "ok", "moved_to": null}')
    stays = "and is asked at its old address all the same."
    assert tally.progress.moved == (
        "A moved to https://new.example/; it is asked there now.",
        f"B moved to https://b/ {stays} Another of your feeds has the new one; remove one of them.",
        f"C moved to https://c/ {stays}",
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"left": "held", "held_until": "2026-11-25T14:00:00Z"},
            "F is left alone for 2h more, as its server asked.",
        ),
        ({"left": "just_asked", "next_fetch": "2026-11-25T14:00:00Z"}, "F was asked a moment ago."),
        ({"left": "gone", "next_fetch": None}, "F is gone for good."),
        ({"left": "paused"}, "F is paused."),
        ({"left": "not_due"}, ""),
        ({}, ""),
    ],
)
def test_why_a_feed_is_left_alone_is_told(fields: dict[str, object], said: str) -> None:
    tally = Tally(now=lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
    tally.add(json.dumps({"feed": "F", "status": "skipped", **fields}).encode())
    assert tally.progress.alone == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([{"left": "just_asked"}], "Spree Courier was asked a moment ago."),
        (
            [{"left": "just_asked"}, {"left": "held"}],
            "Nothing to ask: all feeds were asked a moment ago or want to wait.",
        ),
        ([{"left": "just_asked"}, {"status": "ok", "left": ""}], ""),
    ],
)
async def test_who_asks_for_what_is_left_alone_is_told(
    library: Library, tmp_path: Path, told: list[dict[str, str]], said: str
) -> None:
    code = "".join(
        update(**{"feed": "Spree Courier", "status": "skipped", "done": at, "of": len(told), **fields})
        for at, fields in enumerate(told, 1)
    )
    ran = tmp_path / "ran"
    app = app_of(library, child(tmp_path, f"open({str(ran)!r}, 'a').write('x')\n{code}"))
    async with app.run_test(size=WIDE) as pilot:
        work = app.screen.desk.refreshing  # type: ignore[attr-defined]
        await until(pilot, lambda: ran.exists() and not work.running)
        assert "a moment ago" not in lines(app)[-1]  # who did not ask is told nothing
        await pilot.press("R")
        await until(pilot, lambda: ran.read_text() == "xx" and not work.running)
        await settle(pilot)
        assert said in lines(app)[-1]
        assert ("a moment ago" in lines(app)[-1]) is bool(said)


async def test_the_screen_follows_feeds_that_moved(library: Library, tmp_path: Path) -> None:
    told = ""
    for feed, where in (("A", "https://a.example/"), ("B", "https://b.example/")):
        told += f"print(json.dumps({{'feed': {feed!r}, 'status': 'ok', 'moved_to': {where!r}}}))\n"
    path, url = library.config.path, library.feeds()[0].url
    told += f"t = open({str(path)!r}).read().replace({url!r}, 'https://b.example/')\n"
    told += f"open({str(path)!r}, 'w').write(t)\n"
    app = app_of(library, child(tmp_path, told))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "B moved to https://b.example/; it is asked there now." in lines(app)[-1])
        assert library.feeds()[0].url == "https://b.example/"
        await pilot.press("M")
        await until(pilot, lambda: "A moved to https://a.example/" in "\n".join(lines(app)))


async def test_the_screen_shows_the_refresh_and_stops_it(library: Library, tmp_path: Path) -> None:
    program = child(tmp_path, update(done=1, of=4) + "sys.stdin.read()\n")
    app = app_of(library, program)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "1/4" in lines(app)[-1])
        await pilot.press("r")
        await until(pilot, lambda: "Stopped after 1 of 4 feeds" in lines(app)[-1])
        assert "1/4" not in lines(app)[-1]
        assert "as of" in lines(app)[0]


async def test_what_is_asked_for_before_a_refresh_is_seen_comes_after_it(
    library: Library, tmp_path: Path
) -> None:
    started, go = tmp_path / "started", tmp_path / "go"
    code = f"open({str(started)!r}, 'a').write(' '.join(sys.argv[1:]) + ';')\n"
    code += f"while not os.path.exists({str(go)!r}):\n    time.sleep(0.01)\n" + update(done=1, of=1)
    app = app_of(library, child(tmp_path, f"import time\n{code}"))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, started.exists)
        await pilot.press("R")
        go.touch()
        await until(pilot, lambda: "--force" in started.read_text())
        await settle(pilot)
        assert started.read_text().count(";") == 2
        assert "Stopped" not in lines(app)[-1]


async def test_offline_is_said_and_ends(library: Library, tmp_path: Path) -> None:
    down = tmp_path / "down"
    down.touch()
    failed = update(status="failed", http=None, error="no route to host", done=1, of=1).strip()
    fine = update(done=1, of=1).strip()
    program = child(tmp_path, f"if os.path.exists({str(down)!r}):\n    {failed}\nelse:\n    {fine}\n")
    app = app_of(library, program)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "OFFLINE since" in lines(app)[-1])
        await settle(pilot)
        await pilot.press("j", "s")
        await settle(pilot)
        assert library.count(library.query("is:starred")).total == 1
        down.unlink()
        await pilot.press("R")
        await until(pilot, lambda: "OFFLINE" not in lines(app)[-1])


async def test_a_broken_refresh_is_one_sentence(library: Library, tmp_path: Path) -> None:
    app = app_of(library, child(tmp_path, "sys.exit(1)"))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "the refresh ended with status 1" in lines(app)[-1])


async def test_leaving_ends_the_child(library: Library, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"open({str(note)!r}, 'w').write(str(os.getpid()))\n" + update(done=1, of=4) + "sys.stdin.read()\n"
    app = app_of(library, child(tmp_path, code))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "1/4" in lines(app)[-1])
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_a_refresh_cancelled_over_and_over_still_comes_to_rest(
    library: Library, tmp_path: Path
) -> None:
    engine = Engine(
        library.config, program=child(tmp_path, update(done=1, of=4) + "sys.stdin.read()\n"), interval=0.01
    )
    refresh = asyncio.create_task(run(engine))
    while not engine.running:
        await asyncio.sleep(0)
    for _ in range(50):  # as Textual does when a screen and then the program go
        refresh.cancel()
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await engine.close()
    assert not engine.running
