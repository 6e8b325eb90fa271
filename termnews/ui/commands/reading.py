"""Commands for the article under the cursor: read it, follow its links, take its address along."""

from __future__ import annotations

from termnews.sanitize import honest_url
from termnews.ui.commands.table import Desk, command, on_headline
from termnews.wording import mark, tr


def _has_links(desk: Desk) -> bool:
    return bool(desk.panes.article.links())


def _in_article_with_links(desk: Desk) -> bool:
    return desk.panes.focus == "article" and _has_links(desk)


def _can_list_links(desk: Desk) -> bool:
    return _has_links(desk) and desk.can_open("links")


@command("enter", "Read", when=on_headline)
def read(desk: Desk) -> None:
    """Read the article; in the sidebar show what is chosen."""
    desk.panes.read()


@command("space", "Read", when=on_headline)
def read_on(desk: Desk) -> None:
    """A page down in the article; at its end the next unread one."""
    if not desk.panes.page_article():
        desk.listing.seek_unread(1)
        desk.panes.open_here()


@command("shift+space", "Read", when=on_headline)
def read_back(desk: Desk) -> None:
    """A page up in the article."""
    desk.panes.page_article_back()


@command("J", "Read", counted=True, when=on_headline)
def next_article(desk: Desk) -> None:
    """The next article, without going back to the list."""
    desk.panes.turn_article(1)


@command("K", "Read", counted=True, when=on_headline)
def previous_article(desk: Desk) -> None:
    """The previous article, without going back to the list."""
    desk.panes.turn_article(-1)


@command("z", "Read", when=on_headline)
def alone(desk: Desk) -> None:
    """The article alone on the screen, and back."""
    desk.panes.turn("alone")


@command("x", "Read", when=on_headline)
def full_text(desk: Desk) -> None:
    """The full text from its page, and back to what the feed says."""
    if desk.headline is not None:
        desk.full_texts.turn(desk.headline.id)


@command("X", "Read", when=on_headline)
def download(desk: Desk) -> None:
    """Fetch the full text of all that is listed, to read it offline."""
    desk.full_texts.listed(desk.listing.asked)


@command("o", "Read", when=on_headline)
def browse(desk: Desk) -> None:
    """Open the article in the browser; it counts as read."""
    headline = desk.headline
    if headline is None:
        return
    if not headline.link:
        desk.say(tr("This article has no address."))
        return
    if desk.browse(headline.link) and not headline.read:
        desk.marks.mark([headline.id], read=True, quiet=True)


@command("y", "Read", when=on_headline)
def copy_link(desk: Desk) -> None:
    """Copy the article's address."""
    headline = desk.headline
    if headline is not None and headline.link:
        from termnews.links import untracked  # a start copies nothing

        url = untracked(honest_url(headline.link))
        desk.copy(url)
        desk.say(tr("Copied {what}", what=url))
    else:
        desk.say(tr("This article has no address."))


def _has_copies(desk: Desk) -> bool:
    return desk.headline is not None and desk.headline.copies > 0 and desk.can_open("copies")


@command("e", "Read", when=_has_copies)
def copies(desk: Desk) -> None:
    """List the feeds that carry the same page."""
    desk.open("copies")


def _open_link(number: int) -> None:
    """Make the command that opens link `number` of the article."""

    def run(desk: Desk) -> None:
        for link in desk.panes.article.links():
            if link.number == number:
                desk.browse(link.url)
                return
        desk.say(tr("This article has no link {n}.", n=number))

    run.__doc__ = _LINKS[number - 1]
    command(str(number), "Read", when=_in_article_with_links, name=f"link-{number}")(run)


_LINKS = (
    mark("Open link 1 of the article"),
    mark("Open link 2 of the article"),
    mark("Open link 3 of the article"),
    mark("Open link 4 of the article"),
    mark("Open link 5 of the article"),
    mark("Open link 6 of the article"),
    mark("Open link 7 of the article"),
    mark("Open link 8 of the article"),
    mark("Open link 9 of the article"),
)
for _number in range(1, 10):
    _open_link(_number)


def _can_explain(desk: Desk) -> bool:
    return on_headline(desk) and desk.can_open("why")


@command("i", "Read", when=_can_explain)
def why(desk: Desk) -> None:
    """Why the article stands under its places; correct them."""
    desk.open("why")


@command("U L", "Read", when=_can_list_links)
def links(desk: Desk) -> None:
    """List the links of the article."""
    desk.open("links")
