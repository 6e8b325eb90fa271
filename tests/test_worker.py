"""The worker: a real child process, real hostile documents, and what each of them costs."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from termnews import worker as worker_module
from termnews.errors import ParseError
from termnews.worker import Worker, serve

FEEDS = Path(__file__).parent / "feeds"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
URL = "https://feeds.example/dir/feed"
GOOD = (FEEDS / "content_encoded.rss").read_bytes()
# A comment hides the long author from the guards; feedparser's mail pattern is quadratic in it. The
# document type keeps it out of the fast lane.
SLOW = (
    b"<!DOCTYPE rss><rss version='2.0'><channel><item><author>a<!-- -->"
    + b"a" * 200_000
    + b"</author></item></channel></rss>"
)


def children() -> set[int]:
    """Return the process ids of this process's children."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for path in found for pid in path.read_text().split()}


async def read_titles(worker: Worker) -> list[str]:
    """Read a good feed and return its titles."""
    return [entry.title for entry in (await worker.parse(GOOD, URL, now=NOW)).entries]


TITLES = ["Both", "Empty content", "Twice the same", "Content first"]


async def test_parse_fills_the_text() -> None:
    async with Worker() as worker:
        parsed = await worker.parse(GOOD, URL, now=NOW)
    assert parsed.entries[0].content == "<p>The whole story, told at length.</p>"
    assert parsed.entries[0].text.strip() == "The whole story, told at length."


async def test_times_come_back_exact_and_in_utc() -> None:
    now = datetime(2026, 11, 25, 17, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    async with Worker() as worker:
        parsed = await worker.parse((FEEDS / "dates_future.rss").read_bytes(), URL, now=now)
        old = await worker.parse((FEEDS / "dates_odd.rss").read_bytes(), URL, now=now)
    assert parsed.entries[0].published == now
    assert parsed.entries[0].published.tzinfo == UTC
    assert old.entries[0].published == datetime(2020, 1, 10, 14, 33, tzinfo=UTC)


async def test_content_type_and_lang_reach_the_parser() -> None:
    body = (FEEDS / "charset_cp1251_header.rss").read_bytes()
    async with Worker() as worker:
        parsed = await worker.parse(
            body, URL, now=NOW, content_type="text/xml; charset=windows-1251", lang="ru"
        )
    assert (parsed.title, parsed.lang) == ("Новости Памира", "ru")


async def test_what_is_no_feed_is_refused_and_the_child_lives_on() -> None:
    async with Worker() as worker:
        await read_titles(worker)
        before = children()
        with pytest.raises(ParseError, match="this is a web page, not a feed"):
            await worker.parse(b"<html><p>Welcome</html>", URL, now=NOW)
        assert await read_titles(worker) == TITLES
        assert children() == before


async def test_find_feeds() -> None:
    page = b"<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head></html>"
    async with Worker() as worker:
        assert await worker.find_feeds(page, "https://pamir.example/") == ("https://pamir.example/feed",)
        assert await worker.find_feeds(b"", "https://pamir.example/") == ()


async def test_many_tasks_share_the_one_child() -> None:
    before = children()
    async with Worker() as worker:
        results = await asyncio.gather(*(read_titles(worker) for _ in range(5)))
        assert len(children() - before) == 1
    assert results == [TITLES] * 5


async def test_processor_time_limit_costs_one_feed() -> None:
    async with Worker(cpu_seconds=1) as worker:
        with pytest.raises(ParseError, match="feed: reading it took more than 1 seconds of processor time"):
            await worker.parse(SLOW, URL, now=NOW)
        assert await read_titles(worker) == TITLES


async def test_deadline_costs_one_feed() -> None:
    loop = asyncio.get_running_loop()
    async with Worker(seconds=0.5) as worker:
        start = loop.time()
        with pytest.raises(ParseError, match=r"took more than 0\.5 seconds; the other feeds go on") as caught:
            await worker.parse(SLOW, "https://me:secret@feeds.example/", now=NOW)
        assert loop.time() - start < 5
    assert "secret" not in str(caught.value)


async def test_memory_limit_is_named() -> None:
    body = b"<rss><channel><item><title>" + b"x" * 60_000_000 + b"</title></item></channel></rss>"
    async with Worker(memory_bytes=200 << 20) as worker:
        with pytest.raises(ParseError, match="took more than 200 MB of memory"):
            await worker.parse(body, URL, now=NOW)
        assert await read_titles(worker) == TITLES


async def test_broken_child_is_named() -> None:
    async with Worker(cpu_seconds=-1) as worker:  # no timer takes this: the child fails at its first document
        with pytest.raises(ParseError, match=r"broke its process \(status 1\)"):
            await worker.parse(GOOD, URL, now=NOW)


async def test_child_that_cannot_start_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    async with Worker() as worker:
        with pytest.raises(ParseError, match="could not be started"):
            await worker.parse(GOOD, URL, now=NOW)


async def test_child_killed_while_idle_is_replaced() -> None:
    before = children()
    async with Worker() as worker:
        await read_titles(worker)
        (pid,) = children() - before
        os.kill(pid, 9)
        with pytest.raises(ParseError, match="status -9"):
            await worker.parse(GOOD, URL, now=NOW)
        assert await read_titles(worker) == TITLES


async def test_cancelled_document_does_not_answer_the_next() -> None:
    async with Worker() as worker:
        await read_titles(worker)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await worker.parse(SLOW, URL, now=NOW)
        assert await read_titles(worker) == TITLES


async def test_child_has_its_own_session_and_leaves() -> None:
    before = children()
    async with Worker() as worker:
        await read_titles(worker)
        (pid,) = children() - before
        assert os.getsid(pid) == pid
    assert children() == before


async def test_unused_worker_starts_no_child() -> None:
    before = children()
    async with Worker():
        assert children() == before


async def test_child_starts_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    async with Worker() as worker:
        assert await read_titles(worker) == TITLES


async def test_log_takes_what_the_child_says(tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with Worker(cpu_seconds=-1, log_path=log) as worker:
        with pytest.raises(ParseError):
            await worker.parse(GOOD, URL, now=NOW)
    assert "itimer_error" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_child_ends_when_its_input_ends(tmp_path: Path) -> None:
    home = Path(worker_module.__file__).parents[1]
    command = [sys.executable, "-m", "termnews.worker", str(1 << 30), "5"]
    done = subprocess.run(command, input=b"", capture_output=True, cwd=home, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def frames(stream: io.BytesIO) -> Iterator[dict[str, object]]:
    """Yield the answers in a stream of frames."""
    while head := stream.read(4):
        yield msgspec.msgpack.decode(stream.read(struct.unpack(">I", head)[0]))


def test_serve_answers_in_order_until_a_frame_is_cut() -> None:
    requests = [(GOOD, URL, "", NOW, ""), (b"<p>", URL, "", None, ""), (b"", URL, "", NOW, "")]
    encoded = [msgspec.msgpack.encode(request) for request in requests]
    source = io.BytesIO(b"".join(struct.pack(">I", len(body)) + body for body in encoded) + b"\0\0")
    sink = io.BytesIO()
    serve(source, sink, 60)
    sink.seek(0)
    assert [answer["type"] for answer in frames(sink)] == ["parsed", "found", "refused"]
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
