"""Commands that choose what is listed: filters, order, search, regions."""

from __future__ import annotations

from dataclasses import replace

from termnews import query as queries
from termnews.models import ArticleQuery, Sort
from termnews.ui.commands.table import Desk, command, on_headline
from termnews.ui.view import conditions, in_regions, toggled, without
from termnews.wording import tr


def _filtered(desk: Desk) -> bool:
    return bool(conditions(desk.listing.asked)) or desk.listing.asked.sort != "date"


def _can_search(desk: Desk) -> bool:
    return desk.can_open("search")


def _can_pick_region(desk: Desk) -> bool:
    return desk.can_open("regions")


def _in_region(desk: Desk) -> bool:
    asked = desk.listing.asked
    return in_regions(asked, ()) != asked


def _toggle(desk: Desk, field: str, value: str) -> None:
    desk.show(toggled(desk.listing.asked, field, value))


@command("/ f3", "Look for", when=_can_search)
def search(desk: Desk) -> None:
    """Search as you type."""
    desk.open("search")


@command("ctrl+s", "Look for", when=_filtered)
def save_view(desk: Desk) -> None:
    """Save this view under a name, in the sidebar."""
    desk.open("save-view")


def _on_saved(desk: Desk) -> bool:
    return desk.panes.sidebar.saved is not None


@command("f2", "Look for", when=_on_saved)
def rename_view(desk: Desk) -> None:
    """Rename the saved view under the cursor of the sidebar."""
    desk.open("rename-view")


@command("delete", "Look for", when=_on_saved)
def remove_view(desk: Desk) -> None:
    """Take the saved view under the cursor out of the sidebar."""
    if (row := desk.panes.sidebar.saved) is not None:
        from termnews.ui.saved_views import remove

        desk.feed_changes.make(remove(row.saved), lambda: None)


@command("w", "Look for", when=_can_pick_region)
def regions(desk: Desk) -> None:
    """Choose regions."""
    desk.open("regions")


@command("W", "Look for", when=_in_region)
def everywhere(desk: Desk) -> None:
    """Show all regions again."""
    desk.show(in_regions(desk.listing.asked, ()))


def _can_pick_tag(desk: Desk) -> bool:
    return desk.can_open("tagged")


@command("T", "Look for", when=_can_pick_tag)
def tagged(desk: Desk) -> None:
    """Show only what has the tag you choose, or all again."""
    desk.open("tagged")


@command("1", "Look for")
def show_all(desk: Desk) -> None:
    """Show read and unread."""
    asked = without(without(desk.listing.asked, "is", "unread"), "is", "starred")
    desk.show(asked)


@command("2 f+u", "Look for")
def show_unread(desk: Desk) -> None:
    """Show only unread, or all again."""
    _toggle(desk, "is", "unread")


@command("3 f+s", "Look for")
def show_starred(desk: Desk) -> None:
    """Show only starred, or all again."""
    _toggle(desk, "is", "starred")


@command("f+1", "Look for")
def last_day(desk: Desk) -> None:
    """Show only the last 24 hours, or all again."""
    _toggle(desk, "since", "24h")


@command("f+7", "Look for")
def last_week(desk: Desk) -> None:
    """Show only the last seven days, or all again."""
    _toggle(desk, "since", "7d")


@command("f+l", "Look for", when=on_headline)
def same_language(desk: Desk) -> None:
    """Show only the language of this headline, or all again."""
    if (headline := desk.headline) is not None and headline.lang:
        _toggle(desk, "lang", headline.lang)
    else:
        desk.say(tr("The language of this article is not known."))


@command("f+r", "Look for", when=on_headline)
def same_region(desk: Desk) -> None:
    """Show only the region of this headline, or all again."""
    if (headline := desk.headline) is not None and headline.regions:
        _toggle(desk, "region", headline.regions[0])
    else:
        desk.say(tr("No region is known for this article."))


@command("f+f", "Look for", when=on_headline)
def same_feed(desk: Desk) -> None:
    """Show only the feed of this headline, or all again."""
    if (headline := desk.headline) is not None:
        _toggle(desk, "feed", headline.feed)


@command("F f+x", "Look for", when=_filtered)
def clear_filters(desk: Desk) -> None:
    """Clear all filters."""
    desk.show(ArticleQuery())


@command("backspace", "Look for", when=_filtered)
def drop_filter(desk: Desk) -> None:
    """Drop the last filter."""
    asked = desk.listing.asked
    desk.show(queries.without_last(asked) if asked.sort == "date" else replace(asked, sort="date"))


def _sort(desk: Desk, sort: Sort) -> None:
    desk.show(replace(desk.listing.asked, sort=sort))


@command("S+d", "Look for")
def newest_first(desk: Desk) -> None:
    """Sort by date, newest first."""
    _sort(desk, "date")


@command("S+o", "Look for")
def oldest_first(desk: Desk) -> None:
    """Sort by date, oldest first."""
    _sort(desk, "oldest")


@command("S+t", "Look for")
def by_title(desk: Desk) -> None:
    """Sort by title."""
    _sort(desk, "title")


@command("S+f", "Look for")
def by_feed(desk: Desk) -> None:
    """Sort by feed."""
    _sort(desk, "feed")


@command("S+r", "Look for")
def by_region(desk: Desk) -> None:
    """Sort by region."""
    _sort(desk, "region")
