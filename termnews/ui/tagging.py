"""What becomes of the tag chosen: it is given to the article, taken away, or the list is narrowed to it.

It must never write a tag itself: the desk's marks do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termnews.errors import StoreError
from termnews.ui.tag_list import TagList, TagPicker
from termnews.ui.view import tests, toggled, without

if TYPE_CHECKING:
    from termnews.ui.commands.table import Desk
    from termnews.ui.overlays import Push


def tag(desk: Desk, push: Push) -> None:
    """Give the article under the cursor the tag chosen, or take it away."""
    here = desk.headline
    if here is None:
        return

    def answered(chosen: str | None) -> None:
        if chosen:
            desk.marks.tag(here.id, chosen, chosen not in has)

    try:
        has = desk.library.article(here.id).tags
    except StoreError as error:
        desk.say(str(error))
        return
    picker = TagPicker(here.title, has)
    push(picker, answered)
    desk.counting.tags(picker.take)


def tagged(desk: Desk, push: Push) -> None:
    """List what has the tag chosen, in the place of the one chosen before."""
    asked = desk.listing.asked

    def answered(chosen: str | None) -> None:
        if chosen is not None:
            desk.show(toggled(asked, "tag", chosen) if chosen else without(asked, "tag", ""))

    tags = TagList([value for field, value in tests(asked) if field == "tag"])
    push(tags, answered)
    desk.counting.tags(tags.take)
