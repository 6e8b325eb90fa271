"""What is kept of a feed's fetches: every field as it was, moments never early, others left alone."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termnews import schema
from termnews.models import Feed, Health
from termnews.store import Store
from tests.builders import PAMIR
from tests.conftest import NOW

_moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
_words = st.none() | st.text(max_size=20)
_healths = st.builds(
    Health,
    etag=_words,
    last_modified=_words,
    body_hash=st.none() | st.binary(max_size=32),
    last_fetch=st.none() | _moments,
    last_ok=st.none() | _moments,
    next_fetch=st.none() | _moments,
    http=st.none() | st.integers(100, 599),
    error=_words,
    failures=st.integers(0, 10**6),
    wait=st.sampled_from(["", "interval", "fresh", "ttl", "skip", "failed", "retry", "gone"]),
    ttl_minutes=st.none() | st.integers(0, 10**6),
    skip_hours=st.integers(0, 2**24 - 1),
    skip_days=st.integers(0, 2**7 - 1),
    held_until=st.none() | _moments,
    fresh_seconds=st.none() | st.integers(0, 10**9),
    moved_from=_words,
    moved_at=st.none() | _moments,
    elsewhere=_words,
    stays=st.sampled_from(["", "secrets", "taken", "file"]),
)


def _early(kept: datetime | None, meant: datetime | None) -> timedelta:
    assert (kept is None) is (meant is None)
    return timedelta(0) if kept is None or meant is None else meant - kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(health=_healths)
def test_health_comes_back_as_it_was_kept(store: Store, pamir: Feed, health: Health) -> None:
    store.save_health(pamir.id, health)
    kept = store.feeds()[0].health
    for name in Health.__dataclass_fields__:
        if name in ("next_fetch", "held_until"):
            early = _early(getattr(kept, name), getattr(health, name))
            assert timedelta(seconds=-1) < early <= timedelta(0), name  # never before what was promised
        elif name in ("last_fetch", "last_ok", "moved_at", "last_whole"):
            assert timedelta(0) <= _early(getattr(kept, name), getattr(health, name)) < timedelta(seconds=1)
        else:
            assert getattr(kept, name) == getattr(health, name), name


def test_validators_are_kept_byte_for_byte(store: Store, pamir: Feed) -> None:
    every = "".join(map(chr, [*range(0x20, 0x7F), *range(0x80, 0x100)]))
    store.save_health(pamir.id, Health(etag=f'W/"{every}"', last_modified=every))
    store.close()
    again = Store(store.path, (PAMIR,))
    health = again.feeds()[0].health
    again.close()
    assert (health.etag, health.last_modified) == (f'W/"{every}"', every)


@pytest.mark.parametrize(
    ("wait", "held", "next_fetch", "why"),
    [
        ("gone", None, None, ""),
        ("failed", None, None, ""),
        ("interval", timedelta(hours=1), NOW + timedelta(hours=1), "retry"),
        ("retry", timedelta(hours=1), NOW + timedelta(hours=1), "retry"),
    ],
)
def test_a_feed_woken_waits_only_for_its_server(
    store: Store, pamir: Feed, wait: str, held: timedelta | None, next_fetch: datetime | None, why: str
) -> None:
    until = None if held is None else NOW + held
    store.save_health(pamir.id, Health(next_fetch=NOW + timedelta(days=1), wait=wait, held_until=until))  # type: ignore[arg-type]
    store.wake(pamir.url)
    health = store.feeds()[0].health
    assert (health.next_fetch, health.wait, health.held_until) == (next_fetch, why, until)


def test_another_address_owes_nothing_to_what_the_old_server_said(store: Store, pamir: Feed) -> None:
    full = Health(
        "e",
        "m",
        b"h",
        NOW,
        NOW,
        NOW,
        500,
        "it failed",
        3,
        "retry",
        60,
        7,
        7,
        NOW,
        60,
        "a",
        NOW,
        "b",
        "file",
        NOW,
    )
    store.save_health(pamir.id, full)
    store.readdress(pamir.url, "https://new.example/", lambda: None)
    store.follow((PAMIR.__class__("https://new.example/"),))
    assert store.feeds()[0].health == Health(last_ok=NOW)


def test_what_a_server_asked_for_before_this_version_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in (each for statements in schema.MIGRATIONS[:3] for each in statements):
        raw.execute(statement)
    raw.execute("INSERT INTO feeds (url, next_fetch, wait) VALUES (?, 2000000000, 'retry')", (PAMIR.url,))
    raw.execute("PRAGMA user_version = 3")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    store = Store(path, (PAMIR,))
    health = store.feeds()[0].health
    store.close()
    assert health.held_until == health.next_fetch == datetime.fromtimestamp(2_000_000_000, UTC)
