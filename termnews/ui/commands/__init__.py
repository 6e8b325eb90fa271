"""What the user can do: the command table, filled by the rooms beside it.

Help, `docs/keys.md`, the `[keys]` section and the screen's bindings all read the one table.
"""

from __future__ import annotations

# The order of the rooms is that of help; of two commands with one key the earlier is asked first.
from termnews.ui.commands import article, feeding, filtering, marking, moving, reading, viewing  # noqa: F401
from termnews.ui.commands.document import keys_document
from termnews.ui.commands.hints import hints
from termnews.ui.commands.table import (
    COMMANDS,
    GROUPS,
    Command,
    Desk,
    bindings,
    effective,
    following,
    keymap,
    prefixes,
)

__all__ = [
    "COMMANDS",
    "GROUPS",
    "Command",
    "Desk",
    "bindings",
    "effective",
    "following",
    "hints",
    "keymap",
    "keys_document",
    "prefixes",
]
