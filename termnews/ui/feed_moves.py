"""Where a feed moved to for good, in words.

It must never look anything up: all it says stands in the feed's record or in a line about it.
"""

from __future__ import annotations

from typing import Final

from termnews.wording import mark, tr

_WHY: Final = {
    "secrets": mark("Its password or headers are for that alone; give it the new one if they may go there."),
    "taken": mark("Another of your feeds has the new one; remove one of them."),
    "file": mark("termnews.toml could not be changed; write the new one there."),
}


def stays(feed: str, address: str, why: str) -> str:
    """Return that a feed is asked where it was though it moved, and why; for `headline_text` to clean."""
    said = tr(
        "{feed} moved to {address} and is asked at its old address all the same.", feed=feed, address=address
    )
    return f"{said} {tr(_WHY[why])}" if why in _WHY else said
