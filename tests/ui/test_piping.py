"""`|` and `!`: an article handed to a command, what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from termnews.ui import jobs
from termnews.ui.jobs import Job, in_terminal
from termnews.ui.output_screen import OutputScreen
from termnews.ui.piping import ending
from tests.ui.conftest import Sample, app_of, lines, settle, until


async def ended(*words: str, data: bytes = b"") -> Job:
    """Run a command to its end."""
    job = Job(words[0])
    await job.start(words, os.environ, data)
    await job.end()
    job.close()
    return job


async def test_a_command_gets_the_whole_and_what_it_prints_is_safe() -> None:
    data = b"line\n" * 10_000  # more than a pipe holds
    assert (await ended("wc", "-l", data=data)).text.strip() == "10000"
    assert (await ended("true", data=data)).status == 0  # reads nothing
    job = await ended("sh", "-c", r"printf '\033[31mred\033[0m \033]0;evil\007\202\rx\n' >&2; exit 3")
    assert (job.text, job.status) == ("red \ufffd\nx", 3)
    with pytest.raises(FileNotFoundError):
        await ended("no-such-program-here")


async def test_a_command_that_prints_for_ever_or_leaves_a_child_ends() -> None:
    endless = await ended("yes")
    assert endless.cut and endless.size == jobs.MOST_BYTES
    assert "printed too much" in ending(endless)
    left = await ended("sh", "-c", "sleep 600 & echo $!")  # its child holds the pipe
    assert left.status == 0
    os.kill(int(left.text), signal.SIGTERM)


async def test_a_command_and_its_children_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_PATIENCE", 0.05)
    job = Job("deaf")
    await job.start(["sh", "-c", "trap '' TERM; echo ready; sleep 600; sleep 600"], os.environ, b"")
    assert await job.speaks()
    job.stop()
    await job.end()
    job.close()
    assert job.status == -signal.SIGKILL
    assert ending(job) == "deaf was stopped."


def test_the_terminal_is_handed_over_with_the_article_on_standard_input(tmp_path: Path) -> None:
    script = 'kill -INT $PPID; cat > "$1"; exit 4'  # ctrl+c reaches termnews too, and is not meant for it
    assert in_terminal(["sh", "-c", script, "sh", str(tmp_path / "got")], os.environ, b"text\n") == 4
    assert (tmp_path / "got").read_bytes() == b"text\n"


async def test_an_article_goes_to_commands_and_their_output_is_shown(sample: Sample) -> None:
    out = sample.home / "out"
    extra = f'[commands]\nkeep = ["tee", "{out}"]\nquiet = ["cp", "/dev/stdin", "{out}"]\n'
    sample.configure(extra)
    sample.publish("Ferry $(touch pwned) [b]", body="<p>It <a href='https://one.example/a'>sails</a>.</p>")
    library = sample.library(extra)
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        def bottom() -> str:
            return lines(app)[-1]

        assert not app.reader.desk.command_at_work
        assert "piping" not in vars(app.reader.desk)  # the keys on the bottom line ask, and make nothing

        await pilot.press("|", *"kee", "enter")
        await until(pilot, lambda: isinstance(app.screen, OutputScreen) and "keep is done" in lines(app)[-2])
        shown = "\n".join(lines(app))
        assert "Ferry $(touch pwned) [b]" in shown and "[1] https://one.example/a" in shown
        assert "It sails [1]." in out.read_text()
        await pilot.press(*"one.ex")
        await until(pilot, lambda: "It sails" not in "\n".join(lines(app)))
        await pilot.press("escape")
        await pilot.press("!", *"quiet", "enter")
        await until(pilot, lambda: "quiet is done." in bottom())
        assert json.loads(out.read_text())["title"] == "Ferry $(touch pwned) [b]"
        await pilot.press("|", *"!less", "enter")
        await until(pilot, lambda: "cannot be handed over" in bottom())
        await pilot.press("|", *"no-such-program", "enter")
        await until(pilot, lambda: "no-such-program cannot be started" in bottom())
        app.reader.desk.piping.run("sleep 600", app.reader.desk.headline.id, "text")  # type: ignore[union-attr]
        await until(pilot, lambda: "sleep 600 is at work; Esc stops it." in bottom())
        await pilot.press("escape")
        await until(pilot, lambda: "sleep 600 was stopped." in bottom())  # one at work is ended at the end
        assert not list(Path().glob("pwned"))
        app.reader.desk.piping.run("sleep 600", app.reader.desk.headline.id, "text")  # type: ignore[union-attr]
        await until(pilot, lambda: app.reader.desk.piping.running)
    library.close()
