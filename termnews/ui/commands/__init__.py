"""What the user can do: the command table, filled by the rooms beside it.

Help, `docs/keys.md`, the `[keys]` section and the screen's bindings all read the one table.
"""

from __future__ import annotations

# What is read most often stands on top of help.
from termnews.ui.commands import reading  # noqa: F401

# isort: split
from termnews.ui.commands import (  # noqa: F401
    article,
    feeding,
    filtering,
    marking,
    moving,
    on_feeds,
    viewing,
)
from termnews.ui.commands.document import keys_document, keys_json
from termnews.ui.commands.hints import hints
from termnews.ui.commands.keyed import bindings, effective, following, keymap, prefixes
from termnews.ui.commands.on_feeds import feed_hints
from termnews.ui.commands.table import (
    COMMANDS,
    GROUPS,
    ON_FEEDS,
    Command,
    Desk,
    Tables,
)

__all__ = [
    "COMMANDS",
    "GROUPS",
    "ON_FEEDS",
    "Command",
    "Desk",
    "Tables",
    "bindings",
    "effective",
    "feed_hints",
    "following",
    "hints",
    "keymap",
    "keys_document",
    "keys_json",
    "prefixes",
]
