"""A temporary profile with packaged sample news, for `--demo`, screenshots and snapshots.

It must never touch anything outside the folder it is given, ask the network, or open a library:
the caller refreshes the feeds it finds in the profile like any others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from termnews.demo.samples import DemoState, Sample, SampleEntry, demo_state, samples
from termnews.errors import StoreError

__all__ = ["DemoState", "Sample", "SampleEntry", "demo_state", "samples", "temporary_demo", "write_demo"]

# Saved searches, so that the sidebar shows some; the second works in all three languages.
_VIEWS = {
    "Tajikistan, two days": "region:TJ since:2d",
    "Earthquakes": "earthquake OR землетрясение OR заминларза*",
}


def write_demo(folder: Path, now: datetime) -> Path:
    """Write the sample feeds and a configuration that follows them; return its path.

    Args:
        folder: where the profile goes, its cache included; made when it is not there.
        now: the moment the entries' ages are counted from, aware; an equal one gives equal feeds.

    Raises:
        StoreError: the folder cannot be written.
    """
    packaged = samples()
    home = folder.absolute()
    feeds = home / "feeds"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        feeds.mkdir(mode=0o700, exist_ok=True)
        tables = [_write_feed(feeds / stem, feed, now) for stem, feed in packaged.items()]
        return _write(home / "termnews.toml", "\n".join([_head(), *tables]))
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"the demo cannot be written in {folder} ({reason}); make room there or set TMPDIR"
        ) from error


@contextmanager
def temporary_demo(now: datetime | None = None) -> Iterator[Path]:
    """Yield the configuration of a demo in a temporary folder that is removed at the end.

    Args:
        now: the moment the entries' ages are counted from, aware; None: the present.

    Raises:
        StoreError: no temporary folder can be written.
    """
    from tempfile import TemporaryDirectory

    try:
        home = TemporaryDirectory(prefix="termnews-demo-", ignore_cleanup_errors=True)
    except OSError as error:
        raise StoreError(
            f"no temporary folder can be made ({error}); set TMPDIR to another folder"
        ) from error
    with home as folder:
        yield write_demo(Path(folder), now or datetime.now(UTC))


# --- files ---------------------------------------------------------------------------------


def _head() -> str:
    views = "".join(f"{_quoted(name)} = {_quoted(query)}\n" for name, query in _VIEWS.items())
    return (
        "# Sample news, all of it invented. The folder goes away when the demo ends.\n"
        'data_dir = "cache"\nrefresh_minutes = 0\nmin_interval_minutes = 0\n\n'
        # Their pictures are as invented as the rest: there is no server to ask.
        f'[images]\nshow = "off"\n\n[views]\n{views}'
    )


def _write_feed(path: Path, feed: Sample, now: datetime) -> str:
    """Write one feed document; return its table for the configuration."""
    from termnews.demo.formats import feed_document  # Every command imports this package; few write a demo.

    written = _write(path.with_suffix(f".{feed.format}"), feed_document(feed, now))
    rows = {"url": written.as_uri(), "name": feed.name, "folder": feed.folder, "region": feed.region}
    return "[[feeds]]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in rows.items())


def _write(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _quoted(text: str) -> str:
    """Return a TOML basic string; for text without DEL, JSON's quoting is TOML's too."""
    return json.dumps(text, ensure_ascii=False)
