"""A real `termnews refresh` over hostile and good feeds, and figures of what it cost.

`python -m tests.hostile.refreshing 1000` prints the figures of a long run as JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tests.hostile.corpus import GOOD_ENTRIES, good, hostile

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""What may stand in no output but the screen's own."""
_SERVERS: Final = 8
"""Ports the feeds are spread over, since requests to one place start apart."""
# The peak is read inside: that of a child as its parent sees it holds the parent's own.
_PROGRAM: Final = """
import re, resource, sys
from termnews.__main__ import main
status = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
print(f"PEAK {peak} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}", file=sys.stderr)
sys.exit(status)
"""


class _Answering(BaseHTTPRequestHandler):
    """Answers /h/N with the hostile document of that number, /g/N with the good feed."""

    def do_GET(self) -> None:
        """Answer."""
        _, kind, number = self.path.split("/")
        body, content_type = _document(kind, int(number))
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@lru_cache(maxsize=64)
def _document(kind: str, number: int) -> tuple[bytes, str]:
    if kind == "g":
        return good(number), "application/rss+xml"
    made = hostile(number)
    return made.body, made.content_type


@contextmanager
def serving() -> Iterator[list[str]]:
    """Serve the corpus on loopback; yield the addresses of the servers."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Answering) for _ in range(_SERVERS)]
    threads = [threading.Thread(target=each.serve_forever, daemon=True) for each in servers]
    for thread in threads:
        thread.start()
    try:
        yield [f"http://127.0.0.1:{each.server_address[1]}" for each in servers]
    finally:
        for each in servers:
            each.shutdown()
            each.server_close()


def configure(folder: Path, servers: Sequence[str], hostiles: Iterable[int], goods: Iterable[int]) -> Path:
    """Write a configuration that follows these feeds of the corpus, mixed; return its path."""
    paths = sorted([f"h/{number}" for number in hostiles] + [f"g/{number}" for number in goods], key=_mixed)
    feeds = (f'[[feeds]]\nurl = "{servers[at % len(servers)]}/{path}"\n' for at, path in enumerate(paths))
    config = folder / "termnews.toml"
    config.write_text('data_dir = "cache"\nrefresh_minutes = 600\n' + "".join(feeds), encoding="utf-8")
    return config


def _mixed(path: str) -> int:
    return int(path[2:]) * 7_919 % 1_009


@dataclass(frozen=True, slots=True)
class Figures:
    """What one refresh came to."""

    status: int
    """Exit status; 3 says that some feeds failed."""
    ok: int
    """Feeds read."""
    failed: int
    """Feeds that failed, each with its reason."""
    killed: int
    """Feeds at which the worker passed a limit."""
    new: int
    """Articles stored."""
    good: int
    """Articles of good feeds stored."""
    seconds: float
    """How long it took."""
    peak_mb: float
    """Most memory the refresh itself held."""
    worker_peak_mb: float
    """Most memory its largest child held."""
    foreign: int
    """Control characters of feeds in what was printed."""


def refresh(config: Path, goods: Iterable[int]) -> Figures:
    """Refresh everything once and measure it."""
    started = time.monotonic()
    command = [sys.executable, "-c", _PROGRAM, "--config", str(config), "refresh", "--json"]
    done = subprocess.run(command, capture_output=True, timeout=3_600, check=False)
    seconds = time.monotonic() - started
    printed, said = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in said, said
    updates = [json.loads(line) for line in printed.splitlines()]
    own, worker = re.findall(r"PEAK (\d+) (\d+)", said)[0]
    wanted = {f"/g/{number}" for number in goods}
    stored = [each["new"] for each in updates if each["feed_url"][each["feed_url"].find("/", 8) :] in wanted]
    assert len(stored) == len(wanted)
    return Figures(
        status=done.returncode,
        ok=sum(each["status"] == "ok" for each in updates),
        failed=sum(each["status"] == "failed" for each in updates),
        killed=sum("reading it " in (each["error"] or "") for each in updates),
        new=sum(each["new"] for each in updates),
        good=sum(stored),
        seconds=round(seconds, 1),
        peak_mb=round(int(own) / 1024, 1),
        worker_peak_mb=round(int(worker) / 1024, 1),
        foreign=len(UNSAFE.findall(printed)) + len(UNSAFE.findall(said)),
    )


def main() -> None:
    """Refresh as many hostile feeds as the argument says, with a good one for every tenth."""
    count = int(sys.argv[1])
    goods = range(count // 10)
    with tempfile.TemporaryDirectory() as folder, serving() as servers:
        figures = refresh(configure(Path(folder), servers, range(count), goods), goods)
    print(
        json.dumps({"hostile": count, "good_wanted": len(goods) * GOOD_ENTRIES} | asdict(figures), indent=2)
    )


if __name__ == "__main__":
    main()
