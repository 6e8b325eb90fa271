"""newsboat's urls file: addresses with tags, titles and hidden ones; query feeds become views.

It must never run what an address names (exec:, filter:).
"""

from __future__ import annotations

from termnews.coming.newsboat_filter import FilterError, search_line
from termnews.coming.records import Coming, Feeds, lines_of
from termnews.coming.words import quoted_words
from termnews.sanitize import clean_line

HIDDEN = "hidden"
"""Folder of feeds newsboat does not list by themselves."""


def read_urls(data: bytes) -> Coming:
    """Read a urls file; every line that does not come whole is named."""
    feeds, views = Feeds(), dict[str, str]()
    for number, line in lines_of(data):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        address, *tags = quoted_words(line) or [""]
        if address.startswith("query:"):
            _view(number, address, tags, views, feeds)
        elif address:
            _feed(number, address, tags, feeds)
    return feeds.coming(views)


def _feed(number: int, address: str, tags: list[str], feeds: Feeds) -> None:
    """Take a feed with its title and its tags: these are the folders it stands in, the first outermost."""
    titles = [tag[1:] for tag in tags if tag.startswith("~")]
    hidden = any(tag.startswith("!") for tag in tags)
    names = [clean_line(tag.removeprefix("!")).replace("/", "-") for tag in tags if not tag.startswith("~")]
    folder = "/".join(filter(None, dict.fromkeys([HIDDEN] * hidden + names)))
    if feeds.add(number, address, titles[0] if titles else "", folder) and hidden:
        feeds.leave(number, address, f'hidden in newsboat; here it stands in the folder "{HIDDEN}"')


def _view(number: int, address: str, tags: list[str], views: dict[str, str], feeds: Feeds) -> None:
    """Take a query feed, `query:Name:filter`, as a view of that name, or of its title (`~Title`)."""
    name, _, written = address.removeprefix("query:").partition(":")
    titles = [tag[1:] for tag in tags if tag.startswith("~")]
    name = clean_line(titles[0] if titles else name)
    try:
        line, notes = search_line(written)
    except FilterError as error:
        feeds.leave(number, f'query feed "{name}"', str(error))
        return
    if not name or name in views:
        feeds.leave(number, f'query feed "{name}"', "it needs a name no other has")
        return
    views[name] = line
    if len(tags) > len(titles):
        feeds.leave(number, f'query feed "{name}"', "its tags stay behind: a view stands in no folder")
    for note in notes:
        feeds.leave(number, f'query feed "{name}"', note)
