"""The tables of the cache, as SQL one can read, and the append-only list of migrations.

It must never open a database or change a migration that has been released: a change of the
tables is one migration appended to `MIGRATIONS`, with a test from the version before.

State is not content. `state` is the register of every entry ever seen (feed + guid): its id
is the article's number, it holds what the user did and where the article stands in lists, and
it outlives the article. `articles` and `bodies` hold what the feed said; lists read `state`
and `articles` only, never `bodies`. `search` indexes shadow text (see fold) and is never
deleted from: an article names its present row in `articles.doc`, and rows nobody names are
dropped when the index is rebuilt. `links` says which entries name one page; of these one is
listed, and the others name it in `state.copy_of` (see store.copies). Times are integer seconds
since 1970, UTC.
"""

from __future__ import annotations

from typing import Final

from termnews.schema.copied import COPIED
from termnews.schema.ruled import BY_RULE, RULED

APPLICATION_ID: Final = 0x746E7773
"""PRAGMA application_id of a termnews cache: "tnws"."""
HAS_ENCLOSURE: Final = 1
"""Bit of `articles.has`: something is enclosed."""
HAS_IMAGE: Final = 2
"""Bit of `articles.has`: there is a picture."""

_FIRST: Final = (
    # What the screen remembers, and small facts about the cache itself.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # url carries no credentials; followed = 0 keeps the state of a feed that was removed.
    """
    CREATE TABLE feeds (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        followed INTEGER NOT NULL DEFAULT 1,
        position INTEGER NOT NULL DEFAULT 0,
        name TEXT NOT NULL DEFAULT '',
        folder TEXT NOT NULL DEFAULT '',
        region TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        link TEXT NOT NULL DEFAULT '',
        lang TEXT NOT NULL DEFAULT '',
        etag TEXT,
        last_modified TEXT,
        body_hash BLOB,
        last_fetch INTEGER,
        last_ok INTEGER,
        next_fetch INTEGER,
        http INTEGER,
        error TEXT,
        failures INTEGER NOT NULL DEFAULT 0
    )
    """,
    # date: where the article stands in lists; NULL while no article is kept.
    """
    CREATE TABLE state (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        feed INTEGER NOT NULL REFERENCES feeds (id),
        guid TEXT NOT NULL,
        read INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        arrived INTEGER NOT NULL,
        date INTEGER,
        UNIQUE (feed, guid)
    )
    """,
    "CREATE INDEX state_date ON state (date, id) WHERE date IS NOT NULL",
    "CREATE INDEX state_feed ON state (feed, date, id) WHERE date IS NOT NULL",
    "CREATE INDEX state_unread ON state (date, id) WHERE date IS NOT NULL AND read = 0",
    "CREATE INDEX state_starred ON state (date, id) WHERE date IS NOT NULL AND starred = 1",
    # has: 1 = an enclosure, 2 = an image. doc: its row in search; NULL: still to be indexed.
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY REFERENCES state (id),
        title TEXT NOT NULL,
        link TEXT NOT NULL,
        author TEXT NOT NULL,
        published INTEGER,
        updated INTEGER,
        fetched INTEGER NOT NULL,
        lang TEXT NOT NULL,
        words INTEGER NOT NULL,
        has INTEGER NOT NULL,
        changed INTEGER NOT NULL DEFAULT 0,
        hash BLOB NOT NULL,
        doc INTEGER
    )
    """,
    "CREATE INDEX articles_doc ON articles (doc)",
    # packed: zlib over JSON with content, summary, base, categories and enclosures.
    "CREATE TABLE bodies (id INTEGER PRIMARY KEY REFERENCES articles (id), packed BLOB NOT NULL)",
    # kind region: value is a code, role about, mentions or from; text and rule are the evidence.
    """
    CREATE TABLE tags (
        article INTEGER NOT NULL REFERENCES articles (id),
        kind TEXT NOT NULL,
        role TEXT NOT NULL,
        value TEXT NOT NULL,
        text TEXT NOT NULL,
        rule TEXT NOT NULL,
        PRIMARY KEY (article, kind, role, value)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tags_value ON tags (kind, role, value, article)",
    # ids: the articles whose state really changed, as 64-bit integers, so that undo is exact.
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        field TEXT NOT NULL,
        value INTEGER NOT NULL,
        label TEXT NOT NULL,
        count INTEGER NOT NULL,
        ids BLOB NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE outbox (
        article INTEGER NOT NULL REFERENCES state (id),
        field TEXT NOT NULL,
        value INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (article, field)
    ) WITHOUT ROWID
    """,
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, body, author,
        content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
    """,
    # Counters by feed, kept by the transactions that change what they count.
    """
    CREATE TABLE counts (
        feed INTEGER PRIMARY KEY REFERENCES feeds (id),
        total INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE TRIGGER feeds_counted AFTER INSERT ON feeds BEGIN INSERT INTO counts (feed) VALUES (new.id); END",
    """
    CREATE TRIGGER state_arrives AFTER INSERT ON state WHEN new.date IS NOT NULL BEGIN
        UPDATE counts
        SET total = total + 1, unread = unread + (new.read = 0), starred = starred + (new.starred = 1)
        WHERE feed = new.feed;
    END
    """,
    """
    CREATE TRIGGER state_changes AFTER UPDATE OF read, starred, date ON state BEGIN
        UPDATE counts
        SET total = total + (new.date IS NOT NULL) - (old.date IS NOT NULL),
            unread = unread + (new.date IS NOT NULL AND new.read = 0)
                - (old.date IS NOT NULL AND old.read = 0),
            starred = starred + (new.date IS NOT NULL AND new.starred = 1)
                - (old.date IS NOT NULL AND old.starred = 1)
        WHERE feed = new.feed;
    END
    """,
)

INDEX: Final = (
    "DROP TABLE search",
    "CREATE VIRTUAL TABLE search USING fts5 (title, body, author, content = '', "
    "tokenize = 'unicode61 remove_diacritics 2')",
)
"""The search index as it is made today, in new caches and when it is made anew: without lists of beginnings
of words, which took more than half of its room and a third of the time to write it."""

_REGIONS: Final = (
    # What found the places of an article (edition and corrections), '' when nothing looked yet; and
    # the codes with certain evidence, apart by spaces: what it adds to the evidence of its feed.
    "ALTER TABLE articles ADD COLUMN tagged TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE articles ADD COLUMN certain TEXT NOT NULL DEFAULT ''",
    # place: where the words stand, title or text. rank: 0 for the main place. Rows of kind hidden are
    # what was found in an article the user fixed; they come back when the fix is taken back.
    "ALTER TABLE tags ADD COLUMN place TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tags ADD COLUMN rank INTEGER NOT NULL DEFAULT 0",
    # The regions the user gave the entry: codes apart by spaces; '': about no place; NULL: none given.
    "ALTER TABLE state ADD COLUMN fixed TEXT",
    # Where the news of a feed happened: its entries with certain evidence, by region; those with any.
    """
    CREATE TABLE evidence (
        feed INTEGER NOT NULL REFERENCES feeds (id),
        code TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (feed, code)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE feeds ADD COLUMN evident INTEGER NOT NULL DEFAULT 0",
    # Of corrections: what was said before and what after, so that undo and redo are exact.
    "ALTER TABLE journal ADD COLUMN before TEXT",
    "ALTER TABLE journal ADD COLUMN after TEXT",
)

_SCHEDULE: Final = (
    # Why a feed is not asked before next_fetch, and what it asked for itself: bits for hours and days.
    "ALTER TABLE feeds ADD COLUMN wait TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feeds ADD COLUMN ttl_minutes INTEGER",
    "ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0",
)

_HELD: Final = (
    # Until when a server asked to be left alone (Retry-After), apart from when the feed is due by itself.
    "ALTER TABLE feeds ADD COLUMN held_until INTEGER",
    "UPDATE feeds SET held_until = next_fetch WHERE wait = 'retry'",
    # How long the last answer lasts by its headers, which hold for a 304 that does not repeat them.
    "ALTER TABLE feeds ADD COLUMN fresh_seconds INTEGER",
)

_MOVES: Final = (
    # Where a feed came from that moved for good, and when; where it moved to without being asked there, and
    # why it is not.
    "ALTER TABLE feeds ADD COLUMN moved_from TEXT",
    "ALTER TABLE feeds ADD COLUMN moved_at INTEGER",
    "ALTER TABLE feeds ADD COLUMN elsewhere TEXT",
    "ALTER TABLE feeds ADD COLUMN stays TEXT NOT NULL DEFAULT ''",
)

_WHOLE: Final = (
    # When the document of a feed came whole last: every eight days it is asked for as if nothing were known.
    "ALTER TABLE feeds ADD COLUMN last_whole INTEGER",
    "UPDATE feeds SET last_whole = last_ok",
)

_RETAINED: Final = (
    # When the article of an entry was pruned: its feed may go on carrying it, and it is not new again.
    "ALTER TABLE state ADD COLUMN pruned INTEGER",
    # How often an article was written again without a word of its text being another.
    "ALTER TABLE articles ADD COLUMN updates INTEGER NOT NULL DEFAULT 0",
)

_COUNT_PLACES: Final = """
        INSERT INTO region_counts
            SELECT value, {sign}1, {sign}({row}.read = 0), {sign}{row}.starred FROM json_each({row}.around)
            WHERE {row}.date IS NOT NULL AND (SELECT followed FROM feeds WHERE id = {row}.feed)
            ON CONFLICT (code) DO UPDATE SET total = total + excluded.total,
                unread = unread + excluded.unread, starred = starred + excluded.starred;
"""

_PLACED: Final = (
    # The codes an article is about and those around them, as JSON; '' alone for no place.
    """ALTER TABLE state ADD COLUMN around TEXT NOT NULL DEFAULT '[""]'""",
    """
    UPDATE state SET around = codes_around((SELECT group_concat(t.value, ' ') FROM tags t
        WHERE t.article = state.id AND t.kind = 'region' AND t.role = 'about'))
    WHERE id IN (SELECT article FROM tags)
    """,
    # The list of each place, by date, and its counters: of followed feeds only. What changes read and
    # starred counts by itself (placed.marked); the rest is kept by triggers.
    """
    CREATE TABLE places (
        code TEXT NOT NULL, date INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES state (id),
        PRIMARY KEY (code, date, article)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE region_counts (
        code TEXT PRIMARY KEY,
        total INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        starred INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO places SELECT j.value, s.date, s.id FROM state s, json_each(s.around) j
    WHERE s.date IS NOT NULL ORDER BY 1, 2, 3
    """,
    """
    INSERT INTO region_counts SELECT j.value, count(*), sum(s.read = 0), sum(s.starred)
    FROM state s, json_each(s.around) j
    WHERE s.date IS NOT NULL AND s.feed IN (SELECT id FROM feeds WHERE followed = 1) GROUP BY j.value
    """,
    f"""
    CREATE TRIGGER state_placed AFTER INSERT ON state WHEN new.date IS NOT NULL BEGIN
        INSERT INTO places SELECT value, new.date, new.id FROM json_each(new.around);
        {_COUNT_PLACES.format(row="new", sign="+")}
    END
    """,
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
    # A feed that is followed again, or no longer: all its articles count, or none.
    """
    CREATE TRIGGER feeds_placed AFTER UPDATE OF followed ON feeds WHEN old.followed <> new.followed BEGIN
        INSERT INTO region_counts
            SELECT j.value, count(*) * (2 * new.followed - 1), sum(s.read = 0) * (2 * new.followed - 1),
                sum(s.starred) * (2 * new.followed - 1)
            FROM state s, json_each(s.around) j WHERE s.feed = new.id AND s.date IS NOT NULL GROUP BY j.value
            ON CONFLICT (code) DO UPDATE SET total = total + excluded.total,
                unread = unread + excluded.unread, starred = starred + excluded.starred;
    END
    """,
    # Regions articles are about have lists of their own now.
    "DROP INDEX tags_value",
    "CREATE INDEX tags_mentions ON tags (value, article) WHERE kind = 'region' AND role = 'mentions'",
    # Lists by region and by title begin with an index: '' (about no place) last; the title as it is compared,
    # its first letters.
    """
    CREATE INDEX state_around ON state (around = '[""]', around, date DESC, id DESC) WHERE date IS NOT NULL
    """,
    "ALTER TABLE articles ADD COLUMN title_key TEXT NOT NULL DEFAULT ''",
    "UPDATE articles SET title_key = substr(folded(title), 1, 16)",
    "CREATE INDEX articles_title ON articles (title_key)",
    # What tagged all articles of a feed: its articles need no look then. NULL: not known.
    "ALTER TABLE feeds ADD COLUMN tagged TEXT",
)

_FULL_TEXTS: Final = (
    # The page behind an article. packed: zlib over JSON with its HTML, its base address and its plain text;
    # NULL: there is none, `why` says the reason. again: when it may be tried again unasked; NULL: never.
    """
    CREATE TABLE full_texts (
        id INTEGER PRIMARY KEY REFERENCES articles (id),
        packed BLOB,
        bytes INTEGER NOT NULL DEFAULT 0,
        fetched INTEGER NOT NULL,
        why TEXT NOT NULL DEFAULT '',
        again INTEGER
    )
    """,
    "CREATE INDEX full_texts_kept ON full_texts (id, bytes) WHERE packed IS NOT NULL",
)

_ADOPTED: Final = (
    # What came from elsewhere once and is not taken again: 1 read, 2 starred, 4 regions.
    "ALTER TABLE state ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    _FIRST,
    _REGIONS,
    _SCHEDULE,
    _HELD,
    _MOVES,
    _WHOLE,
    _RETAINED,
    _PLACED,
    _FULL_TEXTS,
    _ADOPTED,
    COPIED,
    RULED,
    BY_RULE,
)
"""Statements that lead from version n to n + 1; `PRAGMA user_version` says where a cache stands."""

VERSION: Final = len(MIGRATIONS)
"""The version this termnews reads and writes."""
