"""The migrations that keep what rules did: what is muted and by which, highlighted, tagged, still to ask.

They must never change once they have been released.
"""

from __future__ import annotations

from typing import Final

RULED: Final = (
    # A muted article stands in no list and no count: its date stands here instead of in `date`, and goes back
    # there when the rule goes. muted_by: the search line of that rule.
    "ALTER TABLE state ADD COLUMN muted INTEGER",
    "ALTER TABLE state ADD COLUMN muted_by TEXT",
    "CREATE INDEX state_muted ON state (muted, id) WHERE muted IS NOT NULL",
    "ALTER TABLE state ADD COLUMN highlighted INTEGER NOT NULL DEFAULT 0",
    """
    CREATE INDEX state_highlighted ON state (date, id, copy_of)
    WHERE date IS NOT NULL AND highlighted = 1
    """,
    # Whether the page behind it is to be fetched, whatever its feed is set to.
    "ALTER TABLE state ADD COLUMN wants_full INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX state_wants_full ON state (id) WHERE wants_full = 1",
    # Whether it came in and no rule was asked about it yet.
    "ALTER TABLE articles ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0",
    # Words the user, or a rule, put to an entry; in lower case.
    """
    CREATE TABLE labels (
        id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES state (id), tag TEXT NOT NULL,
        UNIQUE (article, tag)
    )
    """,
    "CREATE INDEX labels_tag ON labels (tag, article)",
)

BY_RULE: Final = (
    # Whether a rule gave it, and not the user: then it keeps no article from being pruned.
    "ALTER TABLE labels ADD COLUMN by_rule INTEGER NOT NULL DEFAULT 0",
)
