"""Articles in the store: what feeds said, saved and read back.

It must never change what the user did: state is its neighbour's room, and saving an article
again leaves read and starred alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from termnews import schema
from termnews.errors import StoreError
from termnews.links import story_key
from termnews.models import (
    Article,
    Changes,
    Entry,
    Feed,
    Kept,
    Located,
    ParsedFeed,
    Place,
    Pulled,
    State,
)
from termnews.store import bodies, copies, feeds, pages, placed, tags, waiting
from termnews.store.connection import transaction
from termnews.store.following import Followed
from termnews.store.times import from_seconds, to_seconds

MOST_UPDATES = 24
"""Times an article is written again without a word of its text being another: some feeds embed the time."""
_SLACK = 600  # seconds between a fetch and the writing of what it brought
_NOWHERE = Located()


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as it is written: with its number, and what was known of it; `link` is None for a new one."""

    id: int
    entry: Entry
    changed: bool = False
    updates: int = 0
    certain: str = ""
    link: str | None = None
    fresh: bool = True
    """Whether no rule was asked about it yet."""


def known(conn: sqlite3.Connection, feed_id: int) -> dict[str, bytes]:
    """Return the content hash of each article kept of a feed, by guid; of pruned ones it is empty."""
    rows = conn.execute(
        """
        SELECT s.guid, coalesce(a.hash, x'') FROM state s LEFT JOIN articles a USING (id)
        WHERE s.feed = :feed AND (a.id IS NOT NULL OR s.pruned IS NOT NULL)
        """,
        {"feed": feed_id},
    )
    return dict(rows.fetchall())


def kept(conn: sqlite3.Connection, feed_id: int, guids: Sequence[str]) -> list[Kept]:
    """Return what tells these articles of a feed from others, without pruned and unknown ones."""
    rows = conn.execute(
        """
        SELECT s.guid, a.link, a.title, a.published, a.hash FROM state s JOIN articles a USING (id)
        WHERE s.feed = :feed AND s.guid IN (SELECT value FROM json_each(:guids))
        """,
        {"feed": feed_id, "guids": json.dumps(list(guids))},
    )
    return [
        Kept(guid, link, title, from_seconds(published), digest)
        for guid, link, title, published, digest in rows
    ]


def save(
    conn: sqlite3.Connection,
    pulled: Pulled,
    changes: Changes,
    hashes: Mapping[str, bytes],
    located: Mapping[str, Located] | None,
    now: datetime,
    tagged: str,
) -> None:
    """Write what a refresh brought of one feed, and its health, in one transaction."""
    feed_id, moment = pulled.feed.id, int(now.timestamp())
    with transaction(conn):
        for old, guid in changes.renamed:
            asked = {"old": old, "new": guid, "feed": feed_id}
            conn.execute("UPDATE OR IGNORE state SET guid = :new WHERE feed = :feed AND guid = :old", asked)
        # Oldest first, so that undated entries keep the feed's order and ids rise with time.
        rows = _register(conn, feed_id, changes.new[::-1], moment)
        rows += [row for each in changes.changed if (row := _update(conn, feed_id, each, moment))]
        _write(conn, rows, hashes, moment)
        _join(conn, rows, pulled)
        if located is not None:
            waiting.write(
                conn,
                [
                    waiting.Ready(
                        row.id,
                        row.entry,
                        tags.Placing(
                            row.id, feed_id, row.certain, located.get(row.entry.guid, _NOWHERE), tagged
                        ),
                    )
                    for row in rows
                ],
            )
        if pulled.parsed is not None:
            _retitle(conn, pulled.feed, pulled.parsed)
        feeds.save_health(conn, feed_id, pulled.health)


def _join(conn: sqlite3.Connection, rows: Sequence[_Row], pulled: Pulled) -> None:
    """Let articles stand with those of the same page in other feeds."""
    before = pulled.feed.link
    site = before if pulled.parsed is None else pulled.parsed.link
    keys = {row.id: story_key(row.entry.link, site) for row in rows}
    copies.arrive(conn, keys, {row.id: story_key(row.link, before) for row in rows if row.link is not None})


def _retitle(conn: sqlite3.Connection, feed: Feed, said: ParsedFeed) -> None:
    """Keep what a feed says of itself."""
    conn.execute(
        "UPDATE feeds SET title = :title, link = :link, lang = :lang WHERE id = :id",
        {"title": said.title, "link": said.link, "lang": said.lang, "id": feed.id},
    )


def _register(conn: sqlite3.Connection, feed_id: int, entries: Sequence[Entry], now: int) -> list[_Row]:
    """Give entries their numbers and list them; return them in this order."""
    if not entries:
        return []
    # The register may know a guid already: then what the user did is kept, and its places until it is read.
    known = {
        guid: (number, codes)
        for guid, number, codes in conn.execute(
            """
            SELECT s.guid, s.id, coalesce(a.certain, '') FROM state s LEFT JOIN articles a USING (id)
            WHERE s.feed = :feed AND s.guid IN (SELECT value FROM json_each(:guids))
            """,
            {"feed": feed_id, "guids": json.dumps([each.guid for each in entries])},
        )
    }
    # No one else writes in this transaction: the next numbers are ours, and one statement takes them all.
    (last,) = conn.execute(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'state'), 0)"
    ).fetchone()
    rows, listed = [], []
    for each in entries:
        number, codes = known.get(each.guid, (0, ""))
        if not number:
            number = last = last + 1
        rows.append(_Row(number, each, certain=codes))
        date = to_seconds(each.published or each.updated) or now
        listed.append(
            {
                "id": number,
                "feed": feed_id,
                "guid": each.guid,
                "now": now,
                "date": date,
                "around": placed.UNPLACED,
            }
        )
    conn.executemany(
        """
        INSERT INTO state (id, feed, guid, arrived, date, around)
        VALUES (:id, :feed, :guid, :now, :date, :around)
        ON CONFLICT (feed, guid)
            DO UPDATE SET date = excluded.date, pruned = NULL, muted = NULL, muted_by = NULL
        """,
        listed,
    )
    return rows


def _update(conn: sqlite3.Connection, feed_id: int, entry: Entry, now: int) -> _Row | None:
    """Return an entry that changed as it is written again; None when it was written often enough."""
    number, listed, title, link, changed, updates, codes, fresh, packed = conn.execute(
        """
        SELECT s.id, coalesce(s.date, s.muted), a.title, coalesce(a.link, ''), a.changed, a.updates,
            coalesce(a.certain, ''), coalesce(a.fresh, 1), b.packed
        FROM state s LEFT JOIN articles a USING (id) LEFT JOIN bodies b USING (id)
        WHERE s.feed = :feed AND s.guid = :guid
        """,
        {"feed": feed_id, "guid": entry.guid},
    ).fetchone()
    reworded = packed is None or (entry.title, entry.text) != (title, bodies.unpack(packed).text)
    updates = (updates or 0) + (not reworded)
    if updates > MOST_UPDATES:
        return None
    if entry.published is not None and (date := to_seconds(entry.published)) != listed:
        # A date in the future was set to the present when it came, and is not set to a later one now.
        later = listed is not None and entry.published.timestamp() > now - _SLACK
        conn.execute(
            """
            UPDATE state SET date = iif(muted IS NULL, :date, NULL), muted = iif(muted IS NULL, NULL, :date)
            WHERE id = :id
            """,
            {"date": listed if later else date, "id": number},
        )
    return _Row(number, entry, bool(changed) or reworded, updates, codes, link, bool(fresh))


def _write(conn: sqlite3.Connection, rows: Sequence[_Row], hashes: Mapping[str, bytes], now: int) -> None:
    """Write articles so that they can be read; they wait for places and index (`store.waiting`)."""
    conn.executemany(
        """
        INSERT OR REPLACE INTO articles (
            id, title, link, author, published, updated, fetched, lang, words, has, changed, hash, doc,
            tagged, certain, updates, title_key, fresh
        ) VALUES (
            :id, :title, :link, :author, :published, :updated, :fetched, :lang, :words, :has, :changed,
            :hash, NULL, '', :certain, :updates, substr(folded(:title), 1, 16), :fresh
        )
        """,
        [_columns(row, hashes[row.entry.guid], now) for row in rows],
    )
    conn.executemany(
        "INSERT OR REPLACE INTO bodies VALUES (?, ?)", [(row.id, bodies.pack(row.entry)) for row in rows]
    )


def _columns(row: _Row, digest: bytes, now: int) -> dict[str, object]:
    entry = row.entry
    return {
        "id": row.id,
        "title": entry.title,
        "link": entry.link,
        "author": entry.author,
        "published": to_seconds(entry.published),
        "updated": to_seconds(entry.updated),
        "fetched": now,
        "lang": entry.lang,
        "words": len(entry.text.split()),
        "has": _has(entry),
        "changed": row.changed,
        "hash": digest,
        "certain": row.certain,
        "updates": row.updates,
        "fresh": row.fresh,
    }


def _has(entry: Entry) -> int:
    html = entry.content
    # Writing a body in lower case costs more than looking for what few bodies hold.
    image = "<img" in html or (any(each in html for each in ("<I", "<iM", "<imG")) and "<img" in html.lower())
    image = image or any(each.type.startswith("image/") for each in entry.enclosures)
    return (schema.HAS_ENCLOSURE if entry.enclosures else 0) | (schema.HAS_IMAGE if image else 0)


def article(conn: sqlite3.Connection, number: int, followed: Followed) -> Article:
    """Return one article with its body.

    Raises:
        StoreError: no article has this number.
    """
    row = conn.execute(
        """
        SELECT s.id, s.feed, s.guid, s.read, s.starred, s.arrived, a.title, a.link, a.author,
            a.published, a.updated, a.fetched, a.lang, a.changed, b.packed, x.packed, x.fetched
        FROM state s JOIN articles a USING (id) JOIN bodies b USING (id) LEFT JOIN full_texts x USING (id)
        WHERE s.id = :id
        """,
        {"id": number},
    ).fetchone()
    if row is None:
        raise StoreError(f"no article has the number {number}; `termnews list` shows the numbers")
    number, feed_id, guid, read, starred, arrived, title, link, author, *times, lang, changed = row[:-3]
    packed, page, page_fetched = row[-3:]
    published, updated, fetched = (from_seconds(each) for each in times)
    body, same = bodies.unpack(packed), copies.others(conn, [number])
    if page is None and same:
        page, page_fetched = copies.full_text(conn, same)
    feed = feeds.feed(conn, feed_id, followed)
    return Article(
        id=number,
        feed=feed,
        entry=Entry(
            guid=guid,
            title=title,
            link=link,
            author=author,
            published=published,
            updated=updated,
            content=body.content,
            summary=body.summary,
            base=body.base,
            text=body.text,
            lang=lang,
            categories=body.categories,
            enclosures=body.enclosures,
        ),
        state=State(bool(read), bool(starred), from_seconds(arrived)),
        fetched=fetched,
        changed=bool(changed),
        places=_places(conn, number, feed.subscription.region),
        tags=_tags(conn, number),
        full=None if page is None else pages.unpack(page, from_seconds(page_fetched)),
        copies=tuple(same),
    )


def _tags(conn: sqlite3.Connection, number: int) -> tuple[str, ...]:
    rows = conn.execute("SELECT tag FROM labels WHERE article = :id ORDER BY tag", {"id": number})
    return tuple(row[0] for row in rows)


def _places(conn: sqlite3.Connection, number: int, publisher: str) -> tuple[Place, ...]:
    rows = conn.execute(
        """
        SELECT value, role, text, rule, place FROM tags WHERE article = :id AND kind = 'region'
        ORDER BY role, rank, value
        """,
        {"id": number},
    )
    places = tuple(Place(*row) for row in rows)
    return (*places, Place(publisher, "from", rule="feed")) if publisher else places
