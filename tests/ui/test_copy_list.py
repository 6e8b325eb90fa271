"""The feeds that carry one page: titles under one another, whatever the names of the feeds."""

from __future__ import annotations

from termnews.models import Headline
from termnews.ui.copy_list import CopyList
from tests.ui.conftest import NOW, Sample, app_of, lines, settle


def copy(number: int, feed: str) -> Headline:
    return Headline(number, number, feed, "A title", "", NOW, False, False, ())


async def test_titles_stand_in_a_column(sample: Sample) -> None:
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(CopyList([copy(1, "Pass"), copy(2, "京都新報"), copy(3, "A long name " * 9)], 1, NOW))
        await settle(pilot)
        shown = [line for line in lines(app) if "A title" in line]
        assert len(shown) == 3 and "…" in shown[2]
        assert shown[0].index("A title") == shown[2].index("A title") == shown[1].index("A title") + 4
    library.close()
