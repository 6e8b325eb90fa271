"""Rules in the store: asked once about what came in, and done; and which articles they keep muted.

It must never read a rule: each comes with its query and its actions. What a rule marks is no act of the
user's, so it stands in the outbox and not in the journal.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from termnews.errors import QueryError
from termnews.models import ArticleQuery, Rule
from termnews.store import copies, labels, state
from termnews.store.connection import transaction, translated
from termnews.store.search import LISTED, Where, articles_for
from termnews.store.upkeep import MUTING

_BATCH: Final = 500
"""Articles muted, or listed again, in one transaction, so that others may write in between."""


@dataclass(slots=True)
class Ruling:
    """The rules of a run, and what they found that the user is to be told of."""

    rules: Callable[[], Sequence[Rule]]
    """Tells them, in the order of the file."""
    clock: Callable[[], datetime]
    """Tells the present, in the time zone days begin in."""
    noticed: list[int] = field(default_factory=list)
    """Numbers of the articles to tell of, in the order they came in."""


def fresh(conn: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Return those of these articles no rule was asked about yet."""
    rows = conn.execute(
        "SELECT a.id FROM json_each(:ids) j JOIN articles a ON a.id = j.value WHERE a.fresh = 1",
        {"ids": json.dumps(list(ids))},
    )
    return [row[0] for row in rows]


def apply(conn: sqlite3.Connection, ruling: Ruling, ids: Sequence[int]) -> None:
    """Ask the rules about articles that are placed and indexed now, and do it; runs inside a transaction.

    All are asked before anything is done, so that none sees what another one did.
    """
    rules, now, among = ruling.rules(), ruling.clock(), json.dumps(list(ids))
    (above,) = conn.execute(
        "SELECT min(doc) - 1 FROM articles WHERE id IN (SELECT value FROM json_each(:ids))", {"ids": among}
    ).fetchone()
    found = [(rule, _matching(conn, rule.asked, among, above, now)) for rule in rules]
    muted: dict[int, str] = {}
    for rule, matching in found:
        if matching:
            _do(conn, rule, matching, now)
        if "mute" in rule.actions:
            muted |= dict.fromkeys(matching, rule.line)
    if muted:
        _mute(conn, muted)
        _unsettle(conn, rules)
    told = {number for rule, matching in found if "notify" in rule.actions for number in matching}
    ruling.noticed += [number for number in ids if number in told and number not in muted]


def _matching(
    conn: sqlite3.Connection, asked: ArticleQuery, among: str, above: int, now: datetime
) -> list[int]:
    """Return those of some articles that match; none where a place of the query is unknown by now."""
    where = Where(now, conn, above=above)
    condition = _condition(where, asked)
    rows = conn.execute(
        f"""
        SELECT s.id FROM json_each(:among) j CROSS JOIN state s ON s.id = j.value {articles_for(condition)}
        WHERE s.date IS NOT NULL AND ({condition})
        """,
        where.values | {"among": among},
    )
    return [row[0] for row in rows]


def _condition(where: Where, asked: ArticleQuery) -> str:
    """Return the condition of a rule; one that nothing meets where a place of it is unknown by now."""
    try:
        return "1" if asked.where is None else where.of(asked.where)
    except QueryError:
        return "0"


def _do(conn: sqlite3.Connection, rule: Rule, ids: Sequence[int], now: datetime) -> None:
    """Do what a rule says with articles, but for muting them and telling of them."""
    among = {"ids": json.dumps(list(ids))}
    if "read" in rule.actions:
        state.put(conn, ids, "read", True, now)
    if "star" in rule.actions:
        state.put(conn, ids, "starred", True, now)
    for action, column in (("highlight", "highlighted"), ("full_text", "wants_full")):
        if action in rule.actions:
            conn.execute(
                f"UPDATE state SET {column} = 1 WHERE id IN (SELECT value FROM json_each(:ids))", among
            )
    for tag in rule.tags:
        labels.put(conn, [*ids, *copies.others(conn, ids)], tag, True, by_rule=True)


def _mute(conn: sqlite3.Connection, by: dict[int, str]) -> None:
    conn.executemany(
        """
        UPDATE state SET muted = date, date = NULL, muted_by = :line WHERE id = :id AND date IS NOT NULL
        """,
        [{"id": number, "line": line} for number, line in by.items()],
    )
    copies.leave(conn, [*by])


class Muting:
    """Which articles of one cache are muted, over an open connection."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path

    def settled(self, rules: Sequence[Rule]) -> bool:
        """Return whether the articles muted are those of these rules."""
        with translated(self._path):
            return _kept(self._conn) == _as_kept(rules)

    def settle(self, rules: Sequence[Rule], now: datetime) -> Iterator[int]:
        """Mute all kept articles that match a rule, and list again those that are muted by none of them.

        Batch by batch; it can be left off at any moment and begun again.

        Args:
            rules: those that mute.
            now: the present, in the time zone days begin in.

        Yields:
            How many articles each batch had; what was yielded is on disk.
        """
        with translated(self._path):
            lines = json.dumps([each.line for each in rules])
            gone = self._ids(
                """
                SELECT id FROM state
                WHERE muted IS NOT NULL AND muted_by NOT IN (SELECT value FROM json_each(:lines))
                """,
                {"lines": lines},
            )
            for batch in _batches(gone):
                with transaction(self._conn):
                    _list_again(self._conn, batch)
                yield len(batch)
            for rule in rules:
                for batch in _batches(self._matching(rule.asked, now)):
                    with transaction(self._conn):
                        _mute(self._conn, dict.fromkeys(batch, rule.line))
                    yield len(batch)
            with transaction(self._conn):
                _keep(self._conn, _as_kept(rules))

    def _matching(self, asked: ArticleQuery, now: datetime) -> list[int]:
        where = Where(now, self._conn)
        condition = _condition(where, asked)
        return self._ids(
            f"SELECT s.id FROM state s {articles_for(condition)} WHERE {LISTED} AND ({condition})",
            where.values,
        )

    def _ids(self, sql: str, values: dict[str, object]) -> list[int]:
        return [row[0] for row in self._conn.execute(sql, values)]


def _kept(conn: sqlite3.Connection) -> str:
    row = conn.execute("SELECT value FROM meta WHERE key = :key", {"key": MUTING}).fetchone()
    return str(row[0]) if row else _as_kept(())


def _as_kept(rules: Sequence[Rule]) -> str:
    return json.dumps(sorted(each.line for each in rules))


def _keep(conn: sqlite3.Connection, lines: str) -> None:
    if lines == _as_kept(()):
        conn.execute("DELETE FROM meta WHERE key = :key", {"key": MUTING})
        return
    conn.execute(
        "INSERT INTO meta VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        {"key": MUTING, "value": lines},
    )


def _unsettle(conn: sqlite3.Connection, rules: Sequence[Rule]) -> None:
    """Let it be looked at again what is muted, where another run goes by other rules meanwhile."""
    if _kept(conn) != _as_kept([each for each in rules if "mute" in each.actions]):
        _keep(conn, "unsettled")


def _list_again(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Let muted articles stand in lists again; runs inside a transaction."""
    asked = {"ids": json.dumps(list(ids))}
    conn.execute(
        """
        UPDATE state SET date = muted, muted = NULL, muted_by = NULL
        WHERE id IN (SELECT value FROM json_each(:ids)) AND muted IS NOT NULL
        """,
        asked,
    )
    copies.come_back(conn, ids)
    # Nobody has tagged them again meanwhile.
    conn.execute(
        """
        UPDATE feeds SET tagged = NULL
        WHERE id IN (SELECT feed FROM state WHERE id IN (SELECT value FROM json_each(:ids)))
        """,
        asked,
    )


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
