"""Draw the pictures of docs/pictures: the real screen over the sample news, at two sizes.

Run by `make pictures`; needs nothing but the program itself.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from termnews.demo import write_demo
from termnews.demo.filling import load_demo
from termnews.library import Library
from termnews.ui.app import TermnewsApp

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
SIZES = ((120, 40), (80, 24))


async def _settle(pilot: Pilot[str]) -> None:
    for _ in range(4):
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()


async def _draw(library: Library, name: str, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    app = TermnewsApp(library)
    async with app.run_test(size=size) as pilot:
        await _settle(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.05)
        await _settle(pilot)
        svg = app.export_screenshot(title="termnews")
        PICTURES.joinpath(f"{name}-{size[0]}x{size[1]}.svg").write_text(svg, encoding="utf-8")


SCENES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("main", ("j", "j")),
    ("search", ("1", "slash", *"tarif")),
    ("regions", ("w", *"tajik")),
    ("why", ("j", "i")),
    ("help", ("question_mark",)),
    ("reading", ("j", "j", "enter")),
)


def main() -> int:
    """Draw every scene at every size."""
    os.environ.update(TZ="Asia/Dushanbe", COLORTERM="truecolor")
    time.tzset()
    PICTURES.mkdir(exist_ok=True)
    for name, keys in SCENES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                library = load_demo(write_demo(Path(folder), NOW), lambda: NOW)
                asyncio.run(_draw(library, name, keys, size))
                library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
