"""The migration that lets one page in several feeds be listed once, as SQL one can read.

It must never be changed once it is released: what comes after is a migration of its own.
"""

from __future__ import annotations

from typing import Final

_COUNT_PLACES: Final = """
        INSERT INTO region_counts
            SELECT value, {sign}1, {sign}({row}.read = 0), {sign}{row}.starred FROM json_each({row}.around)
            WHERE {row}.date IS NOT NULL AND {row}.copy_of IS NULL
                AND (SELECT followed FROM feeds WHERE id = {row}.feed)
            ON CONFLICT (code) DO UPDATE SET total = total + excluded.total,
                unread = unread + excluded.unread, starred = starred + excluded.starred;
"""
_COUNT_COPIES: Final = """
        UPDATE counts SET copies = copies {sign} 1, copies_unread = copies_unread {sign} ({row}.read = 0),
            copies_starred = copies_starred {sign} {row}.starred
        WHERE feed = {row}.feed AND {row}.date IS NOT NULL AND {row}.copy_of IS NOT NULL;
"""
_SHARE: Final = """
    WITH firsts AS (
        SELECT c.copy_of AS id FROM state c JOIN state l ON l.id = c.copy_of
        WHERE c.copy_of IS NOT NULL GROUP BY 1 HAVING max(c.{field}) OR max(l.{field})
    )
    UPDATE state SET {field} = 1
    WHERE {field} = 0 AND (id IN (SELECT id FROM firsts) OR copy_of IN (SELECT id FROM firsts))
"""
_COUNT_FIRSTS: Final = """
    INSERT INTO region_counts
        SELECT j.value, {sign}count(*), {sign}sum(s.read = 0), {sign}sum(s.starred)
        FROM (SELECT DISTINCT copy_of AS id FROM state WHERE copy_of IS NOT NULL {others}) c
        CROSS JOIN state s ON s.id = c.id CROSS JOIN json_each(s.around) j WHERE true GROUP BY j.value
        ON CONFLICT (code) DO UPDATE SET total = total + excluded.total,
            unread = unread + excluded.unread, starred = starred + excluded.starred
"""

COPIED: Final = (
    # The entries each page stands on, by 64 bits of its address: see links.story_key.
    """
    CREATE TABLE links (
        key INTEGER NOT NULL,
        article INTEGER NOT NULL REFERENCES state (id),
        PRIMARY KEY (key, article)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO links SELECT key, id FROM (
        SELECT link_key(a.link, f.link) AS key, a.id FROM articles a
        CROSS JOIN state s ON s.id = a.id CROSS JOIN feeds f ON f.id = s.feed
    ) WHERE key IS NOT NULL ORDER BY 1, 2
    """,
    # The article that is listed for this one; NULL: it is listed itself, or its feed is not followed.
    "ALTER TABLE state ADD COLUMN copy_of INTEGER REFERENCES state (id)",
    """
    WITH members AS (
        SELECT l.key, s.id, s.feed, s.date IS NOT NULL AND f.followed AS listed
        FROM links l JOIN state s ON s.id = l.article JOIN feeds f ON f.id = s.feed
        WHERE l.key IN (SELECT key FROM links GROUP BY key HAVING count(*) > 1)
    ), firsts AS (
        SELECT key, min(iif(listed, id, NULL)) AS first FROM members GROUP BY key
        HAVING count(*) = count(DISTINCT feed) AND sum(listed) > 1
    )
    UPDATE state SET copy_of = g.first
    FROM (SELECT m.id, f.first FROM members m JOIN firsts f USING (key) WHERE m.listed AND m.id <> f.first) g
    WHERE g.id = state.id
    """,
    "CREATE INDEX state_copies ON state (copy_of) WHERE copy_of IS NOT NULL",
    _COUNT_FIRSTS.format(sign="-", others="UNION SELECT id FROM state WHERE copy_of IS NOT NULL"),
    _SHARE.format(field="read"),
    _SHARE.format(field="starred"),
    # Lists leave copies out by the index they are read from.
    "DROP INDEX state_date",
    "DROP INDEX state_unread",
    "DROP INDEX state_starred",
    "DROP INDEX state_around",
    "CREATE INDEX state_date ON state (date, id, copy_of) WHERE date IS NOT NULL",
    "CREATE INDEX state_unread ON state (date, id, copy_of) WHERE date IS NOT NULL AND read = 0",
    "CREATE INDEX state_starred ON state (date, id, copy_of) WHERE date IS NOT NULL AND starred = 1",
    """
    CREATE INDEX state_around ON state (around = '[""]', around, date DESC, id DESC, copy_of)
    WHERE date IS NOT NULL
    """,
    # What of the counts of a feed is listed for another one: general counts go without it.
    "ALTER TABLE counts ADD COLUMN copies INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE counts ADD COLUMN copies_unread INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE counts ADD COLUMN copies_starred INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE counts SET (copies, copies_unread, copies_starred) = (
        SELECT count(*), coalesce(sum(s.read = 0), 0), coalesce(sum(s.starred), 0) FROM state s
        WHERE s.copy_of IS NOT NULL AND s.feed = counts.feed
    ) WHERE feed IN (SELECT feed FROM state WHERE copy_of IS NOT NULL)
    """,
    f"""
    CREATE TRIGGER state_copied AFTER UPDATE OF read, starred, date, copy_of ON state
    WHEN old.copy_of IS NOT NULL OR new.copy_of IS NOT NULL BEGIN
        {_COUNT_COPIES.format(row="old", sign="-")}
        {_COUNT_COPIES.format(row="new", sign="+")}
    END
    """,
    # Places count what is listed, once; their lists hold all, for the lists of single feeds.
    _COUNT_FIRSTS.format(sign="+", others=""),
    "DROP TRIGGER state_displaced",
    "DROP TRIGGER feeds_placed",
    f"""
    CREATE TRIGGER state_displaced AFTER UPDATE OF date, around ON state
    WHEN old.date IS NOT new.date OR old.around <> new.around BEGIN
        DELETE FROM places WHERE article = old.id AND date = old.date
            AND code IN (SELECT value FROM json_each(old.around));
        INSERT INTO places SELECT value, new.date, new.id FROM json_each(new.around)
            WHERE new.date IS NOT NULL;
        {_COUNT_PLACES.format(row="old", sign="-")}
        {_COUNT_PLACES.format(row="new", sign="+")}
    END
    """,
    f"""
    CREATE TRIGGER state_hidden AFTER UPDATE OF copy_of ON state
    WHEN (old.copy_of IS NULL) <> (new.copy_of IS NULL) AND old.date IS new.date BEGIN
        {_COUNT_PLACES.format(row="old", sign="-")}
        {_COUNT_PLACES.format(row="new", sign="+")}
    END
    """,
    # An article that is listed for others is also listed where these would be; not so one the user placed.
    """
    UPDATE state SET around = codes_around((SELECT group_concat(value, ' ') FROM (
        SELECT t.value FROM tags t WHERE t.article = state.id AND t.kind = 'region' AND t.role = 'about'
        UNION SELECT t.value FROM state c JOIN tags t ON t.article = c.id
        WHERE c.copy_of = state.id AND t.kind = 'region' AND t.role = 'about'
    )))
    WHERE id IN (SELECT copy_of FROM state WHERE copy_of IS NOT NULL) AND around <> '[]' AND fixed IS NULL
    """,
    """
    CREATE TRIGGER feeds_placed AFTER UPDATE OF followed ON feeds WHEN old.followed <> new.followed BEGIN
        INSERT INTO region_counts
            SELECT j.value, count(*) * (2 * new.followed - 1), sum(s.read = 0) * (2 * new.followed - 1),
                sum(s.starred) * (2 * new.followed - 1)
            FROM state s, json_each(s.around) j
            WHERE s.feed = new.id AND s.date IS NOT NULL AND s.copy_of IS NULL GROUP BY j.value
            ON CONFLICT (code) DO UPDATE SET total = total + excluded.total,
                unread = unread + excluded.unread, starred = starred + excluded.starred;
    END
    """,
)
