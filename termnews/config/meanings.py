"""What termnews.toml says of single words: that they name no place (`mute`), or which one (`pin`).

It must never judge whether a text names a place, and never touch what is said of other words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from termnews.config import places
from termnews.config.checking import check_value
from termnews.config.editing import edited, places_of, plain, put
from termnews.config.options import options_of
from termnews.config.toml_edit import TomlText
from termnews.config.toml_lines import KeyPath
from termnews.regions.keys import key

Meanings = tuple[tuple[str, str | None], ...]
"""Words as written, each with the place they name, as written; None: they name none."""


def set_meanings(path: Path, words: str, meanings: Meanings, feed_url: str = "") -> Meanings:
    """Put these meanings in place of all that the file says of some words, for all feeds or for one.

    Args:
        path: the file, made when there is none.
        words: the words; spellings with the same key (case, accents, hyphens) are the same words.
        meanings: what it is to say of them; empty: nothing.
        feed_url: address of the one feed it is said for; empty: `[regions]`, all feeds.

    Returns:
        What the file said of them before; put back, it gives the old meaning.

    Raises:
        ConfigError: there is no such feed, or the file cannot be changed; it is as it was.
    """
    with edited(path) as text:
        table: KeyPath = ("regions",)
        if feed_url:
            table = ("feeds", places_of(text, places.config_path(path).parent, feed_url)[0])
        mute, pin = _written(text, table)
        sought = key(words)
        before = (
            *((each, None) for each in mute if key(each) == sought),
            *((each, place) for each, place in pin.items() if key(each) == sought),
        )
        known = options_of(str(table[0]))
        mute = [each for each in mute if key(each) != sought]
        mute += [each for each, place in meanings if place is None]
        pin = {each: place for each, place in pin.items() if key(each) != sought}
        pin |= {each: place for each, place in meanings if place is not None}
        put(text, (*table, "mute"), known, mute)
        put(text, (*table, "pin"), known, pin)
    return before


def _written(text: TomlText, table: KeyPath) -> tuple[list[str], dict[str, str]]:
    """Return what is muted and pinned in a table of the file, as written; ConfigError when it is wrong."""
    raw: Any = text.data
    for each in table:
        raw = raw.get(each, {}) if isinstance(raw, dict) else raw[each]
    known = options_of(str(table[0]))
    values = raw if isinstance(raw, dict) else {}
    mute, pin = (
        plain(check_value(known[name], values[name])) if name in values else plain(known[name].default)
        for name in ("mute", "pin")
    )
    return mute, pin
