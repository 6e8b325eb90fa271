"""Pictures of the article shown: which are wanted, one at a time, and where they are hung.

It must never fetch or read one itself, say anything of one that does not come, or let anything wait: until a
picture is there, and where there is none, its caption stands as it always did.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import struct
import sys
import termios
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.sanitize import log_text
from termnews.ui.article_pane import ArticlePane
from termnews.ui.listing import Run
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.models.pictures import Frame, Picture, PictureWish
    from termnews.render import Link
    from termnews.ui.engine import Engine
    from termnews.ui.picture_process import PictureProcess
    from termnews.ui.sixels import Sixels

SETTLE: Final = 0.2
"""Seconds an article is looked at before its first picture is asked for."""
_CELL: Final = (10, 20)  # width and height in pixels where the terminal does not tell
_COLOURS: Final = ("256", "truecolor")
_NUMBERS: Final = (1 << 24) - 1  # of pictures a terminal can be told of, each a colour other than black

_Wish = tuple[int, str, int, int, bool]
"""Article, address, number of its link, cells it may be wide, whether the full text names it."""

log = logging.getLogger(__name__)


class Pictures:
    """The pictures of one article pane."""

    def __init__(
        self,
        library: Library,
        engine: Engine,
        pane: ArticlePane,
        run: Run,
        online: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        """Begin with none.

        Args:
            library: says how pictures are to be shown.
            engine: knows the command of the child that brings them.
            pane: tells which are near what is read, and hangs them.
            run: starts a worker.
            online: whether there seems to be a network.
            say: shows one sentence.
        """
        self._library, self._engine, self._pane = library, engine, pane
        self._run, self._online, self._say = run, online, say
        self._turned = False  # whether the reader wants it otherwise than the settings say
        self._process: PictureProcess | None = None
        self._sixels: Sixels | None = None
        self._wish: _Wish | None = None
        self._hanging = False
        self._article = 0
        self._failed: set[str] = set()
        self._missed: set[str] = set()  # addresses that could not be asked, for want of a network
        self._told: list[int] = []  # numbers of the pictures the terminal knows
        self._number = int.from_bytes(os.urandom(3), "big")  # another program of this terminal has others

    def turn(self) -> None:
        """Show pictures, or captions alone, until the end of the session."""
        if why := self._hindrance():
            self._say(why)
            return
        self._turned = not self._turned
        self._say(tr("Pictures are shown.") if self._on else tr("No pictures, only their captions."))
        self._begin_anew()

    @property
    def _on(self) -> bool:
        return (self._library.config.images.show != "off") != self._turned

    def follow(self) -> None:
        """Follow settings that changed; the child reads them at its start."""
        self._turned = False
        self._begin_anew()
        if self._process is not None:
            self._run(self._process.close, "pictures-process")

    def _begin_anew(self) -> None:
        """Take down what hangs, and hang it again where pictures are to be shown."""
        self._drop()
        self._forget()
        self._failed.clear()
        self._pane.take_down()
        self.look()

    def _hindrance(self) -> str:
        """Return why no pictures can be drawn at all, as a sentence; empty when they can."""
        from termnews.images import installed

        app, theme = self._pane.app, self._library.config.theme
        if not installed():
            return tr("Pictures need the extra: pip install 'termnews[images]'")
        if theme.accessible or theme.glyphs == "ascii":
            return tr('Pictures are not drawn with accessible = true or glyphs = "ascii".')
        if app.has_class("-colourless") or app.console.color_system not in _COLOURS:
            return tr("Pictures need a terminal with 256 colours or more.")
        return ""

    # --- what is wanted ----------------------------------------------------------------------

    def look(self) -> None:
        """Ask for the first picture near what is read, unless it is asked for already."""
        article = self._pane.article
        number = article.id if article is not None else 0
        if self._hanging:
            return
        if number != self._article:
            self._article = number
            self._missed.clear()
            self._forget()
        link = self._next() if self._on else None
        if article is None or link is None:
            self._drop()
            return
        wish = (number, link.url, link.number, self._pane.drawn, article.full is not None)
        if wish != self._wish:
            self._wish = wish
            self._run(partial(self._bring, wish), "pictures")

    def _next(self) -> Link | None:
        passed = self._failed | self._missed
        link = next((each for each in self._pane.near() if each.openable and each.url not in passed), None)
        return link if link is not None and not self._hindrance() else None

    async def _bring(self, wish: _Wish) -> None:
        """Ask for a picture and hang it; the next one comes after it."""
        from termnews.models.pictures import PictureWish

        article, url, link, _, full = wish
        await asyncio.sleep(SETTLE)
        frame = self._frame()
        asked = PictureWish(article, url, frame, full, self._online())
        picture = await self._asked(asked)
        if wish != self._wish:
            return
        if picture is None:
            (self._failed if asked.online else self._missed).add(url)
        else:
            self._hang(picture, link, frame)
        self._wish = None
        self._pane.call_after_refresh(self.look)  # when this is over: the next one would cancel it

    async def _asked(self, wish: PictureWish) -> Picture | None:
        from termnews.ui.picture_process import PictureProcess

        if self._process is None:
            self._process = PictureProcess(self._engine)
        try:
            answer = await self._process.ask(wish)
        except TermnewsError as error:
            log.warning("pictures: %s", error)
            return None
        if answer is not None and answer.error:
            log.info("no picture: %s", log_text(answer.error))
        return answer.picture if answer is not None else None

    def _frame(self) -> Frame:
        from termnews.models.pictures import Frame
        from termnews.ui.picture import is_kitty

        images, app = self._library.config.images, self._pane.app
        number, cell = 0, _cell()
        sixel = images.show == "sixel"
        if images.show == "auto" and app.console.color_system == "truecolor" and is_kitty(os.environ):
            self._number = number = self._number % _NUMBERS + 1
        elif images.show == "auto":  # a Sixel of the wrong size would lie over other cells
            sixel = app.has_class("-sixel") and cell is not None
        rows = max(2, min(images.rows, self._pane.size.height - 2))
        return Frame(self._pane.drawn, rows, cell or _CELL, number, sixel)

    # --- what hangs --------------------------------------------------------------------------

    def _hang(self, picture: Picture, link: int, frame: Frame) -> None:
        from termnews.ui.picture import Hung, told

        if frame.number:
            self._told.append(frame.number)
            self._write(told(frame.number, picture))
        if picture.sixel and self._sixels is None:
            from termnews.ui.sixels import Sixels

            self._sixels = Sixels(self._pane, self._write, lambda: _cell() or _CELL)
            self._pane.pictures_drawn = self._sixels.drawn
        self._hanging = True
        self._pane.hang(link, Hung(picture, link, frame.cell))
        self._hanging = False

    def _forget(self) -> None:
        """Let the terminal forget the pictures of an article that is not shown any more."""
        if self._told:
            from termnews.ui.picture import forgotten

            self._write("".join(map(forgotten, self._told)))
            self._told.clear()

    def _write(self, sequence: str) -> None:
        driver = self._pane.app._driver
        if driver is not None:
            driver.write(sequence)

    def _drop(self) -> None:
        """Ask for nothing any more."""
        if self._wish is not None:
            self._wish = None
            if self._process is not None:
                self._process.drop()

    async def close(self) -> None:
        """End the child."""
        self._drop()
        self._forget()
        if self._process is not None:
            await self._process.close()


def _cell() -> tuple[int, int] | None:
    """Return width and height of a cell of the terminal in pixels; None where it does not tell."""
    try:
        told = fcntl.ioctl(sys.__stdout__ or 1, termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("4H", told)
        cell = width // columns, height // rows
    except (OSError, ValueError, ZeroDivisionError):
        return None
    # What is out of all measure is not believed: it would decide how large a picture is made.
    return cell if 3 <= cell[0] <= 60 and 6 <= cell[1] <= 120 else None
