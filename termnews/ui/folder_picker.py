"""Choose the folder of a feed: one there is, a new one by typing its name, or none.

It must never move anything; it answers with the name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from termnews.models import Feed
from termnews.ui.cells import headline_text
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.feed_health import name
from termnews.wording import mark, tr, trn


class FolderPicker(Chooser[str]):
    """Answers with the name of the folder; an empty one stands for none."""

    PLACEHOLDER = mark("type to find a folder, or to name a new one")

    def __init__(self, feed: Feed, feeds: Sequence[Feed]) -> None:
        """Offer the folders of these feeds; the cursor begins on that of the feed."""
        super().__init__()
        self._feed = feed
        counts = Counter(each.subscription.folder for each in feeds if each.subscription.folder)
        self._folders = sorted(counts.items(), key=lambda each: each[0].casefold())
        self._shown: list[str] = []

    def on_mount(self) -> None:
        """Ask of which feed it is."""
        super().on_mount()
        title = tr("Which folder for {feed}?", feed=name(self._feed))
        self.query_one("#chooser-title", Static).update(Content(title))

    def narrow(self, text: str) -> None:
        """Show the folders with these words; then the new one that is typed, or none."""
        found = [(folder, count) for folder, count in self._folders if not text or fits(folder, text)]
        self._shown = [folder for folder, _ in found]
        rows: list[Parts] = [
            ((f" {headline_text(folder)}", "text"), (_feeds(count), "count")) for folder, count in found
        ]
        if not text:
            self._shown.append("")
            rows.append(((f" {tr('no folder')}", "dim"),))
        elif text not in self._shown:
            self._shown.append(text)
            rows.append(((f" {tr('new folder')} ", "key"), (headline_text(text), "text")))
        own = self._feed.subscription.folder
        cursor = self._shown.index(own) if own in self._shown and not text else 0
        self.rows.show(rows, cursor=cursor)

    def answer(self, row: int) -> str:
        """Return the folder of the row."""
        return self._shown[row]


def _feeds(count: int) -> str:
    return trn("{n} feed", "{n} feeds", count)
