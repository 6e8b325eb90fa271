"""A library of fourteen feeds that fare differently, for the tests and pictures of the feeds screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from termnews import config
from termnews.models import Health
from termnews.store import Store
from tests.builders import make_entry, save

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FEEDS = (
    ("Alpen Rundschau", "Europe", "DE-BY"),
    ("Delta Standard", "Africa", "NG-LA"),
    ("Gulf Wire", "Asia", "AE-DU"),
    ("Il Tirreno Nuovo", "Europe", "IT-LI"),
    ("Kyoto Shimpo", "Asia", "JP-26"),
    ("Northern Light", "Europe", "IS"),
    ("Prairie Post", "", "CA-AB"),
    ("Spree Courier", "Europe", "DE-BE"),
    ("Thames Herald", "Europe", "GB-LND"),
    ("Vistula Daily with a name that is longer than most columns of a list", "Europe", "PL-MZ"),
    ("Вечерний Хорог", "Asia", "TJ-GB"),
    ("京都新聞", "Asia", "JP-26"),
    ("همشهری امروز", "Asia", "IR"),
    ("Quiet Weekly", "", ""),
)


def ago(**span: float) -> datetime:
    """Return a moment before NOW."""
    return NOW - timedelta(**span)


def healths() -> dict[str, Health]:
    """Return how the feeds fare; those left out are well."""
    return {
        "Delta Standard": Health(
            last_fetch=ago(hours=3),
            last_ok=ago(days=4),
            next_fetch=NOW + timedelta(hours=6),
            http=404,
            failures=9,
            error="https://delta-standard.example/rss answered 404 (not found); "
            "check the address or remove the feed",
        ),
        "Northern Light": Health(
            last_fetch=ago(minutes=41),
            last_ok=ago(hours=2),
            next_fetch=NOW + timedelta(hours=2),
            http=200,
            failures=1,
            error="https://northern-light.example/rss: this is a web page, not a feed; "
            "look for a feed link on the site and give its address",
        ),
        "Prairie Post": Health(
            last_fetch=ago(minutes=12),
            next_fetch=NOW + timedelta(minutes=48),
            failures=2,
            error="the certificate of https://prairie-post.example/rss cannot be trusted "
            "(certificate has expired); check the address or the clock",
        ),
        "Quiet Weekly": Health(),
    }


def write(home: Path, count: int = 0) -> config.Config:
    """Write termnews.toml and a cache with articles and health; `count` feeds more fill them up."""
    more = tuple((f"Feed number {at}", f"Folder {at % 7}", "") for at in range(count))
    tables = []
    for name, folder, region in (*FEEDS, *more):
        paused = "paused = true\n" if name == "Gulf Wire" else ""
        tables.append(
            f'# {name}\n[[feeds]]\nurl = "{url(name)}"\nname = "{name}"\n'
            f'folder = "{folder}"\nregion = "{region}"\n{paused}\n'
        )
    path = home / "termnews.toml"
    path.write_text(f'data_dir = "{home}/data"\n\n{"".join(tables)}', encoding="utf-8")
    settings = config.load(path)
    store = Store(settings.store_path, settings.feeds)
    unwell = healths()
    for at, feed in enumerate(store.feeds()):
        if feed.name != "Quiet Weekly" and at < len(FEEDS):
            save(store, feed, [make_entry(number + 100 * at) for number in range(1, 3 + at % 5)])
        well = Health(
            last_fetch=ago(minutes=3 + at),
            last_ok=ago(minutes=3 + at),
            next_fetch=NOW + timedelta(minutes=57 - at % 50),
            http=304 if at % 2 else 200,
        )
        store.save_health(feed.id, unwell.get(feed.name, well))
    store.close()
    return settings


def url(name: str) -> str:
    """Return the address of a feed of the sample."""
    number = [each for each, _, _ in FEEDS].index(name) if name.isascii() is False else 0
    host = name.lower().replace(" ", "-")[:30] if name.isascii() else f"feed{number}"
    return f"https://{host}.example/rss"
