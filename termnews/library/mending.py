"""A cache that turned out to be damaged while it was used: kept aside, and made anew of what can be read.

It must never look for damage: who meets it says so with DamageError.
"""

from __future__ import annotations

from pathlib import Path

from termnews.store import recovery


def mend(path: Path) -> tuple[str, ...]:
    """Put a new cache of what can be read in the place of a damaged one; nobody may have it open here.

    Returns:
        What its user should know, one sentence each.

    Raises:
        StoreError: its folder cannot be written or has no room for two copies more.
    """
    return recovery.replace(path, sound=True)
