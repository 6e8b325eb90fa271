"""Places of articles in the store: what was found, what the user fixed, and what a feed's past shows.

It must never find a place: what is found is handed in, and where the user fixed an article it is
kept hidden below the fix, so that taking the fix back needs no second look.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termnews.models import Draft, Evidence, Place
from termnews.store import bodies, pages, placed
from termnews.store.connection import Cache, transaction, translated

if TYPE_CHECKING:
    from termnews.models import Located


@dataclass(frozen=True, slots=True)
class Placing:
    """An article whose places were found."""

    id: int
    """Its number."""
    feed: int
    """The number of its feed."""
    before: str
    """What it added to the evidence of its feed until now."""
    located: Located
    """Its places."""
    tagged: str
    """What found them."""


class Tags:
    """The places of articles in one cache, over an open connection."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path

    def evidence(self, feed_id: int) -> Evidence:
        """Return where the news of a feed happened so far."""
        with translated(self._path):
            return evidence(self._conn, feed_id)

    def stale(self, fingerprints: Mapping[int, str]) -> dict[int, array[int]]:
        """Return the articles of each feed that something else has tagged than its present tagger.

        Args:
            fingerprints: The present tagger's fingerprint, by number of the feed.

        Returns:
            Numbers by feed, oldest first; feeds without such articles are left out.
        """
        with translated(self._path):
            settled = dict(self._conn.execute("SELECT id, tagged FROM feeds WHERE tagged IS NOT NULL"))
            asked = {each: mark for each, mark in fingerprints.items() if settled.get(each) != mark}
            found = {each: array("q", _stale(self._conn, each, mark)) for each, mark in asked.items()}
            self._settle([(mark, each) for each, mark in asked.items() if not found[each]])
        return {feed_id: ids for feed_id, ids in found.items() if ids}

    def _settle(self, feeds: Sequence[tuple[str, int]]) -> None:
        """Remember that all articles of these feeds were tagged so, unless one was saved meanwhile."""
        if not feeds or (isinstance(self._conn, Cache) and self._conn.readonly):
            return
        with transaction(self._conn):
            for mark, feed_id in feeds:
                if not any(_stale(self._conn, feed_id, mark)):
                    asked = {"tagged": mark, "id": feed_id}
                    self._conn.execute("UPDATE feeds SET tagged = :tagged WHERE id = :id", asked)

    def drafts(self, ids: Sequence[int]) -> list[Draft]:
        """Return these articles as they are read to be tagged, in this order, without unknown ones."""
        with translated(self._path):
            found = {each.id: each for each in read_drafts(self._conn, ids)}
        return [found[number] for number in ids if number in found]

    def retag(self, feed_id: int, located: Sequence[tuple[Draft, Located]], fingerprint: str) -> None:
        """Write what was found in articles of a feed, in one transaction.

        An article that changed since it was read is left as it is: whoever changed it has tagged it.
        """
        with translated(self._path), transaction(self._conn):
            present = unchanged(self._conn, [draft for draft, _ in located])
            place(
                self._conn,
                [
                    Placing(draft.id, feed_id, present[draft.id], found, fingerprint)
                    for draft, found in located
                    if draft.id in present
                ],
            )

    def editions(self) -> dict[str, int]:
        """Return how many articles each edition of the gazetteer has tagged; "" stands for none."""
        with translated(self._path):
            rows = self._conn.execute("SELECT tagged, count(*) FROM articles GROUP BY tagged ORDER BY tagged")
            editions: dict[str, int] = {}
            for tagged, articles in rows:
                edition = tagged.partition("+")[0]
                editions[edition] = editions.get(edition, 0) + articles
        return editions


def evidence(conn: sqlite3.Connection, feed_id: int) -> Evidence:
    """Return where the news of a feed happened so far."""
    asked = {"feed": feed_id}
    entries = conn.execute("SELECT evident FROM feeds WHERE id = :feed", asked).fetchone()
    counts = conn.execute("SELECT code, count FROM evidence WHERE feed = :feed", asked).fetchall()
    return Evidence(entries[0] if entries else 0, dict(counts))


def unsettle(conn: sqlite3.Connection, feed_id: int, fingerprint: str) -> None:
    """Forget that all articles of a feed were tagged alike, when some are tagged otherwise now."""
    conn.execute(
        "UPDATE feeds SET tagged = NULL WHERE id = :id AND tagged <> :tagged",
        {"id": feed_id, "tagged": fingerprint},
    )


def certain(located: Located) -> str:
    """Return the codes with certain evidence as articles keep them."""
    return " ".join(dict.fromkeys(located.certain))


def unchanged(conn: sqlite3.Connection, drafts: Sequence[Draft], *, waiting: bool = False) -> dict[int, str]:
    """Return, of those of these articles that are as they were read, the certain codes kept of each.

    With `waiting` only of those that still wait for the search index (see `store.waiting`).
    """
    # The plus keeps SQLite from walking all articles that wait to find these few among them.
    rows = conn.execute(
        f"""
        SELECT a.id, a.hash, a.certain FROM json_each(:ids) j JOIN articles a ON a.id = j.value
        {"WHERE +a.doc IS NULL" if waiting else ""}
        """,
        {"ids": json.dumps([each.id for each in drafts])},
    )
    read = {each.id: each.hash for each in drafts}
    return {number: codes for number, digest, codes in rows if digest == read[number]}


def place(conn: sqlite3.Connection, found: Sequence[Placing]) -> None:
    """Write what was found in articles, and count it as evidence; runs inside a transaction."""
    for feed, tagged in {(each.feed, each.tagged) for each in found}:
        unsettle(conn, feed, tagged)
    _count_evidence(conn, found)
    conn.executemany(
        "UPDATE articles SET tagged = :tagged, certain = :certain WHERE id = :id",
        [{"id": each.id, "tagged": each.tagged, "certain": certain(each.located)} for each in found],
    )
    _write(conn, {each.id: each.located.places for each in found})


def _count_evidence(conn: sqlite3.Connection, found: Iterable[Placing]) -> None:
    """Count what articles add to the evidence of their feeds, in place of what was counted before."""
    evident: Counter[int] = Counter()
    codes: Counter[tuple[int, str]] = Counter()
    for each in found:
        before, after = set(each.before.split()), set(each.located.certain)
        evident[each.feed] += bool(after) - bool(before)
        codes.update((each.feed, code) for code in after - before)
        codes.subtract((each.feed, code) for code in before - after)
    conn.executemany(
        "UPDATE feeds SET evident = evident + :more WHERE id = :feed",
        [{"feed": feed, "more": more} for feed, more in evident.items() if more],
    )
    conn.executemany(
        """
        INSERT INTO evidence (feed, code, count) VALUES (:feed, :code, :step)
        ON CONFLICT (feed, code) DO UPDATE SET count = count + :step
        """,
        [{"feed": feed, "code": code, "step": step} for (feed, code), step in codes.items() if step],
    )


def _write(conn: sqlite3.Connection, found: Mapping[int, Sequence[Place]]) -> None:
    """Write the places of articles in place of those before; what the user fixed stays above them."""
    conn.executemany("DELETE FROM tags WHERE article = :id", [{"id": number} for number in found])
    _insert(conn, found)
    fixed = conn.execute(
        """
        SELECT s.id, s.fixed FROM json_each(:ids) j JOIN state s ON s.id = j.value
        WHERE s.fixed IS NOT NULL
        """,
        {"ids": json.dumps(list(found))},
    ).fetchall()
    for number, codes in fixed:
        lay(conn, number, codes)
    free = found.keys() - {number for number, _ in fixed}
    about = {number: (each.code for each in found[number] if each.role == "about") for number in free}
    placed.stand(conn, about)


def lay(conn: sqlite3.Connection, number: int, fixed: str | None) -> None:
    """Show the regions the user gave an article instead of what was found; None shows that again."""
    asked = {"id": number, "codes": json.dumps((fixed or "").split())}
    conn.execute("DELETE FROM tags WHERE article = :id AND kind = 'region' AND rule = 'fixed'", asked)
    conn.execute("UPDATE tags SET kind = 'region' WHERE article = :id AND kind = 'hidden'", asked)
    if fixed is not None:
        conn.execute(
            """
            UPDATE tags SET kind = 'hidden' WHERE article = :id AND kind = 'region'
                AND (role = 'about' OR value IN (SELECT value FROM json_each(:codes)))
            """,
            asked,
        )
        _insert(conn, {number: [Place(code, "about", rule="fixed") for code in fixed.split()]})
    placed.settle(conn, number)


def _insert(conn: sqlite3.Connection, found: Mapping[int, Sequence[Place]]) -> None:
    conn.executemany(
        """
        INSERT OR IGNORE INTO tags (article, kind, role, value, text, rule, place, rank)
        VALUES (?, 'region', ?, ?, ?, ?, ?, ?)
        """,
        [
            (number, each.role, each.code, each.text, each.rule, each.where, rank)
            for number, places in found.items()
            for rank, each in enumerate(places)
        ],
    )


def _stale(conn: sqlite3.Connection, feed_id: int, fingerprint: str) -> Iterator[int]:
    rows = conn.execute(
        """
        SELECT s.id FROM state s JOIN articles a ON a.id = s.id
        WHERE s.feed = :feed AND s.date IS NOT NULL AND a.tagged <> :fingerprint AND a.doc IS NOT NULL
        ORDER BY s.date, s.id
        """,
        {"feed": feed_id, "fingerprint": fingerprint},
    )
    return (row[0] for row in rows)


def read_drafts(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Draft]:
    """Yield these articles as they are read to be tagged, without unknown ones."""
    from termnews.models import Entry  # no list needs it

    rows = conn.execute(
        """
        SELECT a.id, a.title, a.author, coalesce(nullif(a.lang, ''), f.lang), a.hash, a.certain, s.feed,
            s.date, a.tagged, b.packed, x.packed
        FROM json_each(:ids) j JOIN articles a ON a.id = j.value JOIN bodies b ON b.id = a.id
        LEFT JOIN full_texts x ON x.id = a.id JOIN state s ON s.id = a.id JOIN feeds f ON f.id = s.feed
        """,
        {"ids": json.dumps(list(ids))},
    )
    for number, title, author, lang, digest, codes, feed, date, tagged, packed, page in rows:
        body = bodies.unpack(packed)
        entry = Entry(
            "",
            title=title,
            author=author,
            content=body.content,
            summary=body.summary,
            text=pages.together(body.text, page),
            lang=lang,
            categories=body.categories,
        )
        yield Draft(number, entry, digest, tuple(codes.split()), feed, date or 0, tagged)
