"""Several processes on one cache, a folder that may only be read, a locked cache, a full disk: real ones."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from termnews.errors import StoreError
from termnews.models import ArticleQuery
from termnews.store import Store, connection
from tests.builders import PAMIR, make_entry, save
from tests.cli.conftest import rss
from tests.conftest import NOW
from tests.untraced import untraced

ROOT = Path(__file__).parent.parent.parent
_WITHOUT_RIGHTS = """
import ctypes, sys
# Also who is root here may do no more than the modes of files say.
ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
from termnews.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
_LIMITED = """
import resource, sys
from termnews.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""
_MARKING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from termnews.store import Store
store = Store(Path(sys.argv[1]), ())
for number in range(int(sys.argv[2]), 301, 2):
    store.mark([number], sys.argv[3], True, "", datetime.now(UTC))
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a program of Python."""
    command = [sys.executable, "-c", program, *arguments]
    # What measures coverage writes files of its own, which a full disk refuses too.
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=untraced()
    )


def ended(child: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return status, output and talk of a program, which said nothing like a traceback."""
    out, said = child.communicate(timeout=60)
    assert "Traceback" not in said
    return child.returncode, out, said


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration, one feed, and a cache with its three articles."""
    home = tmp_path_factory.mktemp("refreshed")
    (home / "pamir.xml").write_text(rss(), encoding="utf-8")
    text = 'data_dir = "cache"\nrefresh_minutes = 0\nmin_interval_minutes = 0\n[[feeds]]\nurl = "pamir.xml"\n'
    (home / "termnews.toml").write_text(text, encoding="utf-8")
    assert ended(start(_WITHOUT_RIGHTS, "--config", str(home / "termnews.toml"), "refresh"))[0] == 0
    return home


@pytest.fixture
def home(refreshed: Path, tmp_path: Path) -> Iterator[Path]:
    """The same folder, put right again after the test: the cache knows its feed by where it is."""
    kept = shutil.copytree(refreshed, tmp_path / "kept")
    yield refreshed
    (refreshed / "cache").chmod(0o700)
    shutil.rmtree(refreshed)
    shutil.copytree(kept, refreshed)


def test_processes_that_mark_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    store = Store(path, (PAMIR,))
    save(store, store.feeds()[0], [make_entry(n) for n in range(300)])
    store.close()
    jobs = [(str(first), field) for first in (1, 2) for field in ("read", "starred")]
    children = [start(_MARKING, str(path), *job) for job in jobs]
    assert [ended(child)[::2] for child in children] == [(0, "")] * 4
    again = Store(path, (PAMIR,))
    count = again.count(ArticleQuery(), NOW)
    assert (count.total, count.unread, count.starred) == (300, 0, 300)
    assert again.upkeep.check() == []
    again.close()


def test_two_refreshes_and_a_mark_at_once_lose_nothing_and_bring_nothing_twice(home: Path) -> None:
    toml = str(home / "termnews.toml")
    items = tuple((str(n), f"Headline {n}", "Tue, 24 Nov 2026 10:00:00 GMT", f"Text {n}") for n in range(90))
    (home / "pamir.xml").write_text(rss(items), encoding="utf-8")
    commands = (["refresh"], ["refresh"], ["mark", "star", "1", "2"], ["mark", "read", "2", "3"])
    children = [start(_WITHOUT_RIGHTS, "--config", toml, *each) for each in commands]
    assert [ended(child)[0] for child in children] == [0] * 4
    _, out, _ = ended(start(_WITHOUT_RIGHTS, "--config", toml, "list", "--json"))
    listed = [json.loads(line) for line in out.splitlines()]
    assert len({each["guid"] for each in listed}) == len(listed) == 90
    assert sorted(each["id"] for each in listed if each["starred"]) == [1, 2]
    assert sorted(each["id"] for each in listed if each["read"]) == [2, 3]


def test_a_writer_is_waited_for_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.BUSY_SECONDS >= 5
    path = tmp_path / "termnews.db"
    Store(path, (PAMIR,)).close()
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    store = Store(path, (PAMIR,))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another termnews is busy writing"):
        store.mark([1], "read", True, "", NOW)
    assert store.ids(ArticleQuery(), NOW) is not None  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    store.mark([1], "read", True, "", NOW)
    store.close()


def test_a_folder_that_may_only_be_read_is_read(home: Path) -> None:
    toml, cache = str(home / "termnews.toml"), home / "cache"
    cache.chmod(0o500)
    before = sorted(each.name for each in cache.iterdir())
    status, out, said = ended(start(_WITHOUT_RIGHTS, "--config", toml, "list"))
    assert status == 0
    assert len(out.splitlines()) == 3
    assert said.count("\n") == 1
    assert "it may only be read" in said
    for command in (["mark", "star", "1"], ["refresh"], ["cache", "repair"]):
        status, _, said = ended(start(_WITHOUT_RIGHTS, "--config", toml, *command))
        assert (status, "it may only be read" in said) == (1, True)
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "cache", "check"))[0] == 0
    assert sorted(each.name for each in cache.iterdir()) == before
    cache.chmod(0o700)
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "mark", "star", "1"))[0] == 0


def test_a_damaged_cache_that_may_only_be_read_is_left_as_it_is(home: Path) -> None:
    path = home / "cache" / "termnews.db"
    path.write_bytes(b"damaged" * 1000)
    path.parent.chmod(0o500)
    status, _, said = ended(start(_WITHOUT_RIGHTS, "--config", str(home / "termnews.toml"), "list"))
    assert status == 1
    assert said.count("\n") == 1
    assert path.read_bytes() == b"damaged" * 1000


def test_a_full_disk_is_said_and_costs_nothing(home: Path) -> None:
    toml = str(home / "termnews.toml")
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "mark", "star", "1"))[0] == 0
    # No room for the index of the log, which is needed for reading too.
    status, _, said = ended(start(_LIMITED, "4096", "--config", toml, "mark", "star", "2"))
    assert (status, "may only be read" in said) == (1, True)
    status, out, _ = ended(start(_LIMITED, "4096", "--config", toml, "list", "--tsv", "is:starred"))
    assert (status, len(out.splitlines())) == (0, 1)
    # Room for that, and not for what 90 entries write.
    items = tuple((str(n), f"Headline {n}", "Tue, 24 Nov 2026 10:00:00 GMT", f"Text {n}") for n in range(90))
    (home / "pamir.xml").write_text(rss(items), encoding="utf-8")
    status, _, said = ended(start(_LIMITED, "40000", "--config", toml, "refresh"))
    assert (status, said.count("cache "), "the disk is full" in said) == (3, 2, True)
    for command in (["refresh"], ["mark", "star", "2"], ["cache", "check"]):
        assert ended(start(_WITHOUT_RIGHTS, "--config", toml, *command))[0] == 0
    _, out, _ = ended(start(_WITHOUT_RIGHTS, "--config", toml, "list", "--tsv"))
    assert len(out.splitlines()) == 90
    assert out.count("\tstarred\t") == 2


def test_a_backup_is_restored_by_putting_it_back(home: Path) -> None:
    toml, path = str(home / "termnews.toml"), home / "cache" / "termnews.db"
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "mark", "star", "1"))[0] == 0
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "cache", "backup", str(home / "copy.db")))[0] == 0
    assert ended(start(_WITHOUT_RIGHTS, "--config", toml, "mark", "unstar", "1"))[0] == 0
    path.write_bytes(b"gone")
    for each in path.parent.glob("termnews.db*"):  # as docs/reliability.md says
        each.unlink()
    shutil.copy(home / "copy.db", path)
    status, out, said = ended(start(_WITHOUT_RIGHTS, "--config", toml, "list", "--tsv", "is:starred"))
    assert (status, len(out.splitlines()), said) == (0, 1, "")


def test_a_backup_is_one_moment_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    store = Store(path, (PAMIR,))
    save(store, store.feeds()[0], [make_entry(n) for n in range(300)])
    child = start(_MARKING, str(path), "1", "read")
    copies = []
    while child.poll() is None:
        copies.append(tmp_path / f"copy-{len(copies)}.db")
        store.upkeep.backup(copies[-1])
    assert ended(child)[0] == 0
    store.close()
    for each in copies[:20]:
        copy = Store(each, (PAMIR,))
        assert copy.upkeep.check() == []
        copy.close()
