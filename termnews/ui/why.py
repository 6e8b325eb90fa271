"""Why an article stands under its places, with the words lit in it; and the keys that correct that.

It must never find or write a place itself: what is corrected is handed to the desk's marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume, ScreenSuspend
from textual.widgets import Static

from termnews.library import Library
from termnews.models import Action, Article
from termnews.ui.bars import Hint
from termnews.ui.cells import fit, headline_text
from termnews.ui.chooser import Parts, Rows
from termnews.ui.commands.table import Desk
from termnews.ui.evidence import GROUPS, Reason, lights, reasons
from termnews.ui.geometry import Break
from termnews.ui.key_line import KeyLine
from termnews.ui.keymap import bound
from termnews.ui.messages import RowMoved
from termnews.ui.modal import Modal
from termnews.ui.region_picker import RegionPicker
from termnews.wording import mark, tr

_NAME = 28  # most cells for the name of a place
_NO_WORDS = mark("No words of the text say this: f fixes the places of this article.")


class WhyScreen(Modal[None]):
    """A sheet above the bottom bar; the article beside or over it shows the words."""

    TAKES_BAR = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(bound(("escape", "q", "i")), "close", show=False),
        Binding(bound(("j", "down")), "move(1)", show=False),
        Binding(bound(("k", "up")), "move(-1)", show=False),
        Binding(bound(("m",)), "mute(True)", show=False),
        Binding(bound(("M",)), "mute(False)", show=False),
        Binding(bound(("p",)), "pin", show=False),
        Binding(bound(("f",)), "fix", show=False),
        Binding(bound(("n",)), "settle(False)", show=False),
        Binding(bound(("t",)), "settle(True)", show=False),
        Binding(bound(("u",)), "turn_back", show=False),
        Binding("ctrl+y", "turn_again", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        """Explain the article under the cursor of the desk."""
        super().__init__()
        self._desk = desk
        self._reasons: Sequence[Reason] = ()
        self._was_alone = desk.panes.alone

    def compose(self) -> ComposeResult:
        """Put title, places and keys on the sheet."""
        with Vertical(id="why"):
            yield Static(id="why-title")
            yield Rows()
            yield KeyLine(id="why-keys")

    def on_mount(self) -> None:
        """Bring the article into sight and show its places."""
        panes = self._desk.panes
        panes.look(alone=panes.alone or not panes.article.is_on_screen)
        self._follow()

    @property
    def _article(self) -> Article | None:
        return self._desk.panes.showing.article

    @property
    def _here(self) -> Reason | None:
        cursor = self.query_one(Rows).cursor
        return self._reasons[cursor] if self._reasons else None

    # --- what is shown ---------------------------------------------------------------------

    def _follow(self) -> None:
        """Show the places as they are now."""
        article = self._article
        if self not in self.app.screen_stack or article is None:
            return
        self._reasons = reasons(article)
        title = headline_text(article.entry.title) or tr("(no title)")
        self.query_one("#why-title", Static).update(Content(tr("Why here?  {title}", title=title)))
        rows = self.query_one(Rows)
        breaks = []
        for at, each in enumerate(self._reasons):
            if not at or each.role != self._reasons[at - 1].role:
                breaks.append(Break(at, (tr(GROUPS[each.role]),)))
        width = min(_NAME, max(len(each.name) for each in self._reasons))
        cursor = min(rows.cursor, len(self._reasons) - 1)
        rows.show([_row(each, width) for each in self._reasons], cursor=cursor, breaks=breaks)
        self.call_after_refresh(self._light)

    def _light(self) -> None:
        """Light the words of the place under the cursor, and offer what can be done about it."""
        if self not in self.app.screen_stack:
            return
        self.query_one(KeyLine).show(_hints(self._here))
        covered = self.query_one("#why").outer_size.height
        self._desk.panes.article.light(lights(self._reasons, self.query_one(Rows).cursor), covered)

    def action_move(self, steps: int) -> None:
        """Look at another place."""
        self.query_one(Rows).action_move(steps)

    @on(RowMoved)
    def looked_at(self, event: RowMoved) -> None:
        """Light the words of the place the cursor is on now."""
        event.stop()
        self._light()

    def action_close(self) -> None:
        """Leave the article as it was before."""
        self._desk.panes.article.light(())
        self._desk.panes.look(self._was_alone)
        self.dismiss(None)

    @on(ScreenSuspend)
    @on(ScreenResume)
    def step_aside(self, event: ScreenSuspend | ScreenResume) -> None:
        """Leave the room to a screen that lies over this one."""
        self.query_one("#why").display = isinstance(event, ScreenResume)

    # --- corrections -----------------------------------------------------------------------

    def _correct(self, write: Callable[[Library], Action]) -> None:
        self._desk.marks.correct(write, self._follow)

    def action_mute(self, here: bool) -> None:
        """Say that the words name no place, in this feed or in all."""
        article, words = self._article, self._words()
        if article is not None and words:
            feed = article.feed.url if here else None
            self._correct(lambda library: library.corrections.mute(words, feed, article=article.id))

    def _words(self) -> str:
        """Return the words under the cursor; say so where there are none."""
        reason = self._here
        if reason is None or not reason.words:
            self._desk.say(tr(_NO_WORDS))
            return ""
        return reason.words

    def action_pin(self) -> None:
        """Say which place the words name in this feed."""
        article, words = self._article, self._words()
        if article is None or not words:
            return

        def answered(codes: tuple[str, ...] | None) -> None:
            if codes:
                feed, number = article.feed.url, article.id
                self._correct(lambda library: library.corrections.pin(words, codes[0], feed, article=number))

        feed_name = headline_text(article.feed.name)
        title = tr('Which place does "{words}" name in {feed}?', words=words, feed=feed_name)
        tree = self._desk.panes.sidebar.regions
        self.app.push_screen(RegionPicker(tree, title=title, nothing="", several=False), answered)

    def action_fix(self) -> None:
        """Say what the article is about, whatever its text says."""
        article = self._article
        if article is None:
            return

        def answered(codes: tuple[str, ...] | None) -> None:
            if codes is not None:
                self._fix(article, codes)

        chosen = [each.code for each in self._reasons if each.role == "about" and each.code]
        title = tr("What is this about?  {title}", title=headline_text(article.entry.title))
        tree = self._desk.panes.sidebar.regions
        self.app.push_screen(RegionPicker(tree, chosen, title=title, nothing=mark("no place")), answered)

    def action_settle(self, by_text: bool) -> None:
        """Say that the article is about no place, or that its text counts again."""
        if (article := self._article) is not None:
            self._fix(article, None if by_text else ())

    def _fix(self, article: Article, codes: Sequence[str] | None) -> None:
        self._correct(lambda library: library.corrections.fix(article.id, codes))

    def action_turn_back(self) -> None:
        """Undo what was done last."""
        self._desk.marks.undo(self._follow)

    def action_turn_again(self) -> None:
        """Do again what was undone."""
        self._desk.marks.redo(self._follow)


def _row(reason: Reason, width: int) -> Parts:
    if not reason.code:
        return ((f" {reason.why}", "dim"),)
    return (
        (f" {fit(reason.name, width)} ", "text"),
        (f" {reason.code:<6} ", "key"),
        (f" {reason.why}", "dim"),
    )


def _hints(reason: Reason | None) -> tuple[Hint, ...]:
    """Return the keys that can be used on a place."""
    words: tuple[Hint, ...] = ()
    if reason is not None and reason.words:
        mute = tr('mute "{words}" in this feed', words=reason.words)
        words = (("m", mute), ("M", tr("mute everywhere")), ("p", tr("pin to another place")))
    return (*words, ("f", tr("fix places")), ("n", tr("no place")), ("t", tr("as the text says")),
            ("u", tr("undo")), ("Esc", tr("close")))  # fmt: skip
