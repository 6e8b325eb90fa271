"""Kill termnews with SIGKILL at any moment, over and over, and find nothing lost that it acknowledged.

`make crash` prints its figures as JSON. The suite runs a few rounds of it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from termnews import schema
from tests.cli.conftest import rss

ENTRIES = 40
_MARKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from termnews.models import ArticleQuery, Subscription
from termnews.store import Store
store = Store(Path(sys.argv[1]), tuple(Subscription(url) for url in sys.argv[3:]))
ids = list(store.ids(ArticleQuery(), datetime.now(UTC)))
turn = int(sys.argv[2])
while True:
    turn += 1
    number, kind = ids[turn * 7 % len(ids)], ("read", "starred")[turn % 2]
    value = turn // len(ids) % 2 == 0
    print("begun", number, kind, int(value), flush=True)
    store.mark([number], kind, value, "", datetime.now(UTC))
    print("done", number, kind, int(value), flush=True)
"""


@dataclass
class Run:
    """A cache that is killed again and again, and what was acknowledged to its user."""

    folder: Path
    dice: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    """How many processes were killed in the midst of what."""
    acknowledged: dict[tuple[int, str], int] = field(default_factory=dict)
    """The last value acknowledged, by number of the article and field."""
    marks: int = 0
    """How many marks were acknowledged."""
    delivered: int = 0
    """How many builds of the feeds were reported as stored."""

    def __post_init__(self) -> None:
        self.path = self.folder / "cache" / "termnews.db"
        self.feeds = [self.folder / f"feed-{n}.xml" for n in range(4)]
        lines = "".join(f'[[feeds]]\nurl = "{each.name}"\n' for each in self.feeds)
        text = f'data_dir = "cache"\nrefresh_minutes = 0\nmin_interval_minutes = 0\n{lines}'
        (self.folder / "termnews.toml").write_text(text, encoding="utf-8")
        self.build = 0
        self.write_feeds()
        begun = time.monotonic()
        self.run("refresh")
        self.takes = time.monotonic() - begun
        """Seconds a refresh takes here, of which most is its start; kills are spread over it."""

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments), capture_output=True, text=True, timeout=120, check=False
        )

    def command(self, *arguments: str) -> list[str]:
        """Return how a command is started."""
        return [sys.executable, "-m", "termnews", "--config", str(self.folder / "termnews.toml"), *arguments]

    def write_feeds(self) -> None:
        """Let every feed carry what it carried, other words in some, and some new entries."""
        self.build += 1
        for feed in self.feeds:
            items = tuple(
                (
                    f"{feed.stem}-{n}",
                    f"Headline {n}",
                    "Tue, 24 Nov 2026 10:00:00 GMT",
                    f"Build {self.build} {n}",
                )
                for n in range(ENTRIES + self.build)
            )
            feed.write_text(rss(items), encoding="utf-8")

    def kill(self, what: str, command: list[str], longest: float) -> str:
        """Start a process, kill it after a random while, and return the lines it had said."""
        heard = self.folder / "said.txt"  # not a pipe: nobody reads meanwhile, and it would be full
        with heard.open("wb") as file:
            child = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
            try:
                child.wait(self.dice.uniform(0, longest))
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                self.kills[what] += 1
        said = heard.read_text(encoding="utf-8")
        return said[: said.rfind("\n") + 1]  # a line that was cut off was not said

    # --- what is killed --------------------------------------------------------------------

    def marking(self) -> None:
        """Kill one that marks without end; what it printed was acknowledged."""
        urls = [str(each) for each in self.feeds]
        turn = str(self.dice.randrange(10_000))
        said = self.kill(
            "mark", [sys.executable, "-c", _MARKER, str(self.path), turn, *urls], min(self.takes, 2.5)
        )
        for line in said.splitlines():
            stage, number, kind, value = line.split()
            if stage == "begun":  # killed now, it may have landed or not
                self.acknowledged.pop((int(number), kind), None)
            else:
                self.acknowledged[int(number), kind] = int(value)
                self.marks += 1

    def refreshing(self) -> None:
        """Kill a refresh; the feeds it reported are stored."""
        self.write_feeds()
        said = self.kill("refresh", self.command("refresh", "--json"), self.takes * 1.2)
        for line in said.splitlines():
            update = json.loads(line)
            assert update["status"] != "failed", update
            held = self.articles(update["feed_url"])
            assert held == ENTRIES + self.build, (held, update)
            self.delivered += 1

    def migrating(self) -> None:
        """Kill a command that migrates a cache of the first schema, and one that makes a new cache."""
        old = self.folder / "old" / "termnews.db"
        old.parent.mkdir()
        conn = sqlite3.connect(old, isolation_level=None)
        for statement in schema.MIGRATIONS[0]:
            conn.execute(statement)
        conn.execute("INSERT INTO feeds (id, url) VALUES (1, 'https://a.example/')")
        conn.executemany(
            "INSERT INTO state VALUES (?, 1, ?, 1, 1, 7, NULL)", [(n, f"g{n}") for n in range(999)]
        )
        conn.execute("PRAGMA user_version = 1")
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        conn.close()
        opened = (
            "import sys; from pathlib import Path; from termnews.store import Store; Store(Path(sys.argv[1]))"
        )
        for name, path in (("migrate", old), ("create", old.with_name("new.db"))):
            self.kill(name, [sys.executable, "-c", opened, str(path)], self.takes / 3)
            subprocess.run([sys.executable, "-c", opened, str(path)], check=True, timeout=60)
        conn = sqlite3.connect(old)
        assert conn.execute("SELECT count(*) FROM state WHERE read AND starred").fetchone()[0] == 999
        assert conn.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        conn.close()
        shutil.rmtree(old.parent)

    # --- what must be so -------------------------------------------------------------------

    def articles(self, url: str) -> int:
        """Return how many articles are listed of a feed."""
        conn = sqlite3.connect(self.path)
        listed = "SELECT count(*) FROM state s JOIN feeds f ON f.id = s.feed"
        sql = f"{listed} WHERE f.url = ? AND s.date IS NOT NULL"
        (count,) = conn.execute(sql, (url,)).fetchone()
        conn.close()
        return int(count)

    def verify(self) -> None:
        """Find everything acknowledged, no entry twice, and the cache sound."""
        done = self.run("cache", "check")
        assert done.returncode == 0, done.stdout + done.stderr
        conn = sqlite3.connect(self.path)
        rows = conn.execute("SELECT id, read, starred FROM state").fetchall()
        held = {(row[0], name): row[at] for row in rows for at, name in ((1, "read"), (2, "starred"))}
        twice = conn.execute("SELECT count(*) - count(DISTINCT feed || ' ' || guid) FROM state").fetchone()[0]
        conn.close()
        assert not twice
        assert {key: held[key] for key in self.acknowledged} == self.acknowledged
        assert not list(self.path.parent.glob("*damaged*"))


def crash(kills: int, folder: Path, seed: int = 1) -> dict[str, object]:
    """Kill that many processes, and return the figures; AssertionError says what was lost."""
    begun = time.monotonic()
    run = Run(folder, random.Random(seed))
    while sum(run.kills.values()) < kills:
        for part in (run.marking, run.refreshing, run.marking, run.migrating):
            part()
        run.verify()
    assert run.run("refresh").returncode == 0
    run.verify()
    return {
        "kills": dict(run.kills),
        "marks_acknowledged": run.marks,
        "feeds_acknowledged": run.delivered,
        "lost": 0,
        "seconds": round(time.monotonic() - begun),
    }


if __name__ == "__main__":
    os.environ.pop("TERMNEWS_CONFIG", None)
    with tempfile.TemporaryDirectory() as there:
        print(json.dumps(crash(int(sys.argv[1]), Path(there), int(sys.argv[2]) if sys.argv[2:] else 1)))
