"""Draw the pictures of docs/pictures: the real screen over the sample news, at two sizes and in every theme.

Run by `make pictures`; needs nothing but the program itself.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from termnews import config
from termnews.demo import write_demo
from termnews.demo.filling import load_demo
from termnews.library import Library
from termnews.ui.app import TermnewsApp
from termnews.ui.palettes import PALETTES

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
SIZES = ((120, 40), (80, 24))
_COUNT = 0.4  # seconds after which a digit is a key of its own


@contextmanager
def _home() -> Iterator[Path]:
    """Make a folder of the same name each time, since the feeds screen shows where sample news lie."""
    folder = Path(tempfile.gettempdir()) / "termnews-sample"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


async def _settle(pilot: Pilot[str]) -> None:
    for _ in range(4):
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()


async def _drawn(
    library: Library, keys: tuple[str, ...], size: tuple[int, int], title: str = "termnews", theme: str = ""
) -> str:
    """Return the screen after some keys as SVG."""
    app = TermnewsApp(library)
    async with app.run_test(size=size) as pilot:
        if theme:
            app.wear(theme)
        await _settle(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(_COUNT if key.isdigit() else 0.05)
        for line in app.screen.query(Input):
            line.cursor_blink = False
        await _settle(pilot)
        return app.export_screenshot(title=title)


SCENES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("main", ("j", "j")),
    ("search", ("1", "slash", *"tarif")),
    ("regions", ("w", *"tajik")),
    ("why", ("j", "i")),
    ("help", ("question_mark",)),
    ("reading", ("j", "j", "enter")),
    ("feeds", ("V", "j")),
    ("palette", ("colon", *"th")),
    ("history", ("s", "j", "m", "A", "u", "H")),
    ("find", ("j", "enter", "slash", *"mag")),
)


THEMES_SIZE = (100, 20)
IN_THEMES = ("j", "j", "m", "j", "j", "s", "k")
_COLUMNS = 3
_GUTTER = 24.0


def main() -> int:
    """Draw every scene at every size."""
    os.environ.update(TZ="Asia/Dushanbe", COLORTERM="truecolor")
    time.tzset()
    PICTURES.mkdir(exist_ok=True)
    for name, keys in SCENES:
        for size in SIZES:
            with _home() as folder:
                library = load_demo(write_demo(folder, NOW), lambda: NOW)
                drawn = asyncio.run(_drawn(library, keys, size))
                library.close()
            PICTURES.joinpath(f"{name}-{size[0]}x{size[1]}.svg").write_text(drawn, encoding="utf-8")
    for size in SIZES:
        drawn = asyncio.run(_first_run(size))
        PICTURES.joinpath(f"first-run-{size[0]}x{size[1]}.svg").write_text(drawn, encoding="utf-8")
    PICTURES.joinpath("themes.svg").write_text(sheet(_in_every_theme()), encoding="utf-8")
    return 0


async def _first_run(size: tuple[int, int]) -> str:
    """Return the screen of somebody who follows no feeds yet."""
    with _home() as folder:
        path = folder / "termnews.toml"
        path.write_text('data_dir = "data"\n', encoding="utf-8")
        library = Library(config.load(path), lambda: NOW)
        drawn = await _drawn(library, (), size)
        library.close()
    return drawn


def _in_every_theme() -> list[str]:
    """Return the main screen in each theme that ships, named in its frame."""
    drawn = []
    for theme in (*PALETTES, "terminal"):
        with _home() as folder:
            library = load_demo(write_demo(folder, NOW), lambda: NOW)
            drawn.append(asyncio.run(_drawn(library, IN_THEMES, THEMES_SIZE, theme, theme)))
            library.close()
    return drawn


def sheet(pictures: Sequence[str]) -> str:
    """Return pictures of one size as one, side by side and row by row."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', pictures[0])
    assert found is not None
    width, height = (float(each) + _GUTTER for each in found.groups())
    placed = [
        each.replace("<svg ", f'<svg x="{at % _COLUMNS * width}" y="{at // _COLUMNS * height}" '
                     f'width="{width - _GUTTER}" height="{height - _GUTTER}" ', 1)
        for at, each in enumerate(pictures)
    ]  # fmt: skip
    rows = -(-len(pictures) // _COLUMNS)
    size = f"0 0 {_COLUMNS * width - _GUTTER} {rows * height - _GUTTER}"
    return "\n".join((f'<svg viewBox="{size}" xmlns="http://www.w3.org/2000/svg">', *placed, "</svg>\n"))


if __name__ == "__main__":
    sys.exit(main())
