"""docs/keys.md and data/keys.json, written from the command table."""

from __future__ import annotations

import json

from termnews.ui.commands.table import COMMANDS, GROUPS, ON_FEEDS
from termnews.ui.keymap import LETTERS, SIGNS

_HEAD = """# Keys

Written by `python -m termnews.ui.commands` from the command table; do not edit it by hand.

Each command can be given other keys under `[keys]` in `termnews.toml`, by its name:

```toml
[keys]
next-unread = ["n", "f9"]
```

A sequence as `f u` is typed one key after the other. Letters work under the Russian layout as well:
the key of `j` sends `о`, and that means the same. So do the signs whose keys have letters there: the key
of `<` sends `Б`.

A number before a movement does it so often: `5j`; `12G` goes to row 12, and so do `12g` and `12gg`.
"""


def keys_json() -> str:
    """Return the keys of every command as `termnews.keys` reads them."""
    return (
        json.dumps(
            [{each.name: each.keys for each in table.values()} for table in (COMMANDS, ON_FEEDS)], indent=1
        )
        + "\n"
    )


def keys_document() -> str:
    """Return the document: a table of keys for each group of commands."""
    parts = [_HEAD]
    for group in GROUPS:
        parts.append(f"\n## {group}\n\n| keys | command | what it does |\n|---|---|---|\n")
        for each in (*COMMANDS.values(), *ON_FEEDS.values()):
            if each.group == group:
                keys = each.keys_shown.replace("|", "\\|")
                parts.append(f"| `{keys}` | `{each.name}` | {each.help} |\n")
    letters = " ".join(f"{latin} {twin}" for latin, twin in LETTERS.items())
    used = {key for table in (COMMANDS, ON_FEEDS) for each in table.values() for key in each.keys}
    signs = " · ".join(f"`{sign}` {twin}" for sign, twin in SIGNS.items() if sign in used)
    parts.append(f"\n## Russian layout\n\n{letters}; capitals alike.\n\nSigns: {signs}.\n")
    return "".join(parts)
