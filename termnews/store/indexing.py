"""The search index: the row of an article in it, and all rows made anew.

It must never change articles or state but for `doc`, which names an article's row in the index.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from termnews import fold, schema
from termnews.store import bodies, pages
from termnews.store.connection import transaction

if TYPE_CHECKING:
    from termnews.models import Entry

_BATCH: Final = 500
"""Articles indexed in one transaction, so that others may write in between."""


def write(conn: sqlite3.Connection, title: str, author: str, text: str, categories: tuple[str, ...]) -> int:
    """Add a row to the index and return its number; runs inside a transaction."""
    row = conn.execute(
        "INSERT INTO search (title, body, author) VALUES (:title, :body, :author)",
        {
            "title": fold.shadow(title),
            "body": fold.shadow(" ".join((text, *categories))),
            "author": fold.shadow(author),
        },
    )
    return row.lastrowid or 0


def write_entry(conn: sqlite3.Connection, entry: Entry) -> int:
    """Add the row of an entry; else as `write`."""
    return write(conn, entry.title, entry.author, entry.text, entry.categories)


def again(conn: sqlite3.Connection, number: int) -> None:
    """Index an article anew, since its full text came or went; runs inside a transaction."""
    conn.execute("UPDATE articles SET doc = NULL WHERE id = :id", {"id": number})
    _index(conn, "a.id = :id", {"id": number})


def index_missing(conn: sqlite3.Connection) -> int:
    """Index the articles that are in no row yet, batch by batch; return how many that were.

    Those nobody has placed are stale from then on, and no longer wait (`store.waiting`).
    """
    done = 0
    conn.execute(
        """
        UPDATE feeds SET tagged = NULL WHERE tagged IS NOT NULL AND id IN (
            SELECT s.feed FROM articles a JOIN state s ON s.id = a.id WHERE a.doc IS NULL AND a.tagged = '')
        """
    )
    while True:
        with transaction(conn):
            found = _index(conn, "a.doc IS NULL LIMIT :batch", {"batch": _BATCH})
        done += found
        if found < _BATCH:
            return done


def _index(conn: sqlite3.Connection, which: str, values: dict[str, int]) -> int:
    """Give some articles their rows in the index; return how many that were."""
    rows = conn.execute(
        f"""
        SELECT a.id, a.title, a.author, b.packed, x.packed
        FROM articles a JOIN bodies b ON b.id = a.id LEFT JOIN full_texts x ON x.id = a.id
        WHERE {which}
        """,
        values,
    ).fetchall()
    for number, title, author, packed, page in rows:
        body = bodies.unpack(packed)
        doc = write(conn, title, author, pages.together(body.text, page), body.categories)
        conn.execute("UPDATE articles SET doc = :doc WHERE id = :id", {"doc": doc, "id": number})
    return len(rows)


def rebuild(conn: sqlite3.Connection) -> int:
    """Make the whole index anew, without the rows of articles that changed or went; return how many it has.

    Where it is broken off, articles that are not in it yet are indexed by the next `index_missing`.
    """
    with transaction(conn):
        for statement in schema.INDEX:
            conn.execute(statement)
        conn.execute("UPDATE articles SET doc = NULL")
    return index_missing(conn)
