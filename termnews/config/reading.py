"""Read termnews.toml into a Config: every key is checked alone, so that a wrong one costs no other.

It must never write, and never fail over what the file says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from termnews import regions
from termnews.config import folders, places, themes
from termnews.config.checking import Checker
from termnews.config.options import TABLES, Keys, OwnCommand, Query, Written, options_of
from termnews.config.records import Config, Download, Images, OpenWith, Regions, Theme
from termnews.config.ruling import read_rules
from termnews.config.toml_lines import KeyPath
from termnews.errors import ConfigError
from termnews.keys import problems as key_problems
from termnews.models import Subscription
from termnews.programs import Program, fault
from termnews.sanitize import clean_line, strip_credentials


def read(place: Path, body: bytes, profile: str, absence: str = "") -> Config:
    """Return what the bytes of a configuration file say; what cannot be understood is in `Config.problems`.

    Args:
        place: where the file is, absolute.
        body: what stands in it; nothing when there is none.
        profile: name of the profile it is of; empty: the general one.
        absence: a sentence that it is not there, where that is a problem.
    """
    checker = Checker(place, body)
    checker.name_unknown(checker.data, {**options_of(""), **TABLES}, ())
    values = {name: checker.value(option, checker.data, ()) for name, option in options_of("").items()}
    values["data_dir"] = _data_dir(checker, values["data_dir"], profile)
    download = Download(**checker.fixed_table("download"))
    feeds = _feeds(checker, download.folders)
    values |= {"feeds": feeds, "views": _views(checker), "rules": read_rules(checker)}
    values["preset"], values["keys"] = _keys(checker)
    theme, theme_problems = _theme(checker)
    return Config(
        path=place,
        profile=profile,
        theme=theme,
        regions=_regions(checker),
        download=download,
        images=Images(**checker.fixed_table("images")),
        open=_open_with(checker),
        commands=_commands(checker),
        **values,
        problems=(
            *filter(None, [absence]),
            *checker.problems,
            *theme_problems,
            *_secrecy_problem(place, values["feeds"], values["proxy"]),
        ),
        notes=tuple(checker.notes),
    )


def _data_dir(checker: Checker, written: str, profile: str) -> Path:
    try:
        if written.strip():
            return places.absolute(Path(written.strip()), checker.path.parent)
    except ConfigError as error:
        checker.complain(("data_dir",), f"data_dir {error}; the platform's folder is used")
    return places.data_path(profile)


def _views(checker: Checker) -> Mapping[str, str]:
    return MappingProxyType(checker.free_values("views", checker.table("views"), Query))


def _keys(checker: Checker) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """Return the preset, and the keys of each command."""
    raw = checker.table("keys")
    preset: str = checker.value(options_of("keys")["preset"], raw, ("keys",))
    commands = {name: keys for name, keys in raw.items() if name != "preset"}
    values = checker.free_values("keys", commands, Keys)
    own = {name: (each,) if isinstance(each, str) else tuple(each) for name, each in values.items()}
    for name, complaint in key_problems(own, preset) if own else ():
        checker.complain(("keys", name), complaint)
    return preset, MappingProxyType(own)


def _theme(checker: Checker) -> tuple[Theme, tuple[str, ...]]:
    """Return how the screen looks, and what is wrong with the files of the user's themes."""
    own, problems = themes.read_themes(checker.path.parent / places.THEMES)
    theme = Theme(**checker.fixed_table("theme"), own=own)
    themes.check_name(checker, theme.name, own)
    return theme, problems


def _regions(checker: Checker) -> Regions:
    values = checker.fixed_table("regions")
    return Regions(values["mute"], _pins(checker, values["pin"], ("regions",)))


def _pins(checker: Checker, written: Mapping[str, str], keys: KeyPath) -> Mapping[str, str]:
    """Return words and the codes of the places they are pinned to; unknown places are named and left out."""
    pins = {}
    for words, place in written.items():
        code = regions.find(place)
        if code is None:
            complaint = f'pin "{words}": {regions.unknown(place)} (ignored)'
            checker.complain((*keys, "pin", words), complaint)
        else:
            pins[words] = code
    return MappingProxyType(pins)


def _open_with(checker: Checker) -> OpenWith:
    chosen = OpenWith(**checker.fixed_table("open"))
    if chosen.browser and not any("{url}" in word for word in chosen.browser):
        checker.complain(("open", "browser"), 'browser has no "{url}" in it; the system\'s browser is used')
        return OpenWith(())
    if fault([word.replace("{url}", "{link}") for word in chosen.browser]):
        why = 'browser lets a shell read {url} as code; write "$1" there, and {url} as a word behind it'
        checker.complain(("open", "browser"), f"{why} (the system's browser is used)")
        return OpenWith(())
    return chosen


def _commands(checker: Checker) -> Mapping[str, Program]:
    """Return the user's own commands; one that would read a feed's text as code is named and left out."""
    commands = {}
    for name, value in checker.free_values("commands", checker.table("commands"), OwnCommand).items():
        words, terminal = (value.run, value.terminal) if isinstance(value, Written) else (value, False)
        if why := fault(words):
            checker.complain(("commands", name), f"{name} is left out: {why}")
        else:
            commands[name] = Program(words, terminal)
    return MappingProxyType(commands)


# --- feeds -------------------------------------------------------------------------------------


def _feeds(checker: Checker, full_text: Collection[str]) -> tuple[Subscription, ...]:
    """Return the feeds, with what their folders say; `full_text`: folders of which `[download]` says so."""
    of = folders.said(checker, full_text, _pins)
    feeds: dict[str, Subscription] = {}
    for at, table in enumerate(_feed_tables(checker)):
        feed = _feed(checker, table, ("feeds", at), of)
        if feed is not None and feed.url in feeds:
            url = strip_credentials(feed.url)
            checker.complain(("feeds", at), f"the feed {url} stands above already; this one is left out")
        elif feed is not None:
            feeds[feed.url] = feed
    for folder, near in folders.unused(of, [each.folder for each in feeds.values()]):
        checker.complain(
            ("folders", folder), f'no feed stands in the folder "{folder}", did you mean "{near}"?'
        )
    return tuple(feeds.values())


def _feed_tables(checker: Checker) -> list[Any]:
    raw = checker.data.get("feeds", [])
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict):
        checker.complain(("feeds",), "[feeds] should be [[feeds]], one for each feed; it is read as that")
        return [raw]
    checker.complain(("feeds",), "feeds must be tables with the head [[feeds]]; it is left out")
    return []


def _feed(checker: Checker, raw: Any, keys: KeyPath, of: folders.Said) -> Subscription | None:
    if not isinstance(raw, dict):
        checker.complain(keys, "a feed must be a table with the head [[feeds]]; it is left out")
        return None
    known = options_of("feeds")
    checker.name_unknown(raw, known, keys)
    own = {
        name: value
        for name, option in known.items()
        if (value := checker.value(replace(option, default=None), raw, keys)) is not None
    }
    if not own.get("url") and raw.get("url"):
        return None  # It was named as wrong when it was checked.
    try:
        own["url"] = places.feed_address(own.get("url", ""), checker.path.parent)
    except ConfigError as error:
        checker.complain((*keys, "url"), f"a feed is left out: its address {error}")
        return None
    own |= {name: clean_line(own.get(name, "")) for name in ("name", "folder")}
    if "pin" in own:
        own["pin"] = _pins(checker, own["pin"], keys)
    values = {name: option.default for name, option in known.items()}
    values |= folders.within(folders.inherited(of, own["folder"]), own)
    values["region"] = values["region"].strip().upper()
    values |= {name: MappingProxyType(values[name]) for name in ("headers", "pin")}
    return Subscription(**values)


def _secrecy_problem(path: Path, feeds: Iterable[Subscription], proxy: str) -> Iterator[str]:
    """Yield a sentence when others can read a file with credentials in it."""
    addresses = [proxy, *(address for feed in feeds for address in (feed.url, feed.proxy))]
    secret = any(map(_has_credentials, addresses)) or any(feed.headers for feed in feeds)
    if secret and places.readable_by_others(path):
        yield f"{path} holds credentials and can be read by others; run: chmod 600 '{path}'"


def _has_credentials(address: str) -> bool:
    return "@" in address.partition("://")[2].partition("/")[0]
