"""The compositor of the main screen puts together what Textual's own does, and asks widgets for less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from termnews.ui.compositing import CloseCompositor

SIZE = (40, 12)


class Panes(Screen[None]):
    """Panes side by side, one laid over them, one that scrolls."""

    CSS = """
    Panes { layers: base over; }
    #left { width: 9; } #list { width: 14; overflow-y: scroll; scrollbar-size-vertical: 1; }
    #over { layer: over; dock: right; width: 6; height: 5; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = CloseCompositor()

    def compose(self) -> ComposeResult:
        yield Static("top", id="top")
        with Horizontal():
            yield Static("left " * 20, id="left")
            with Vertical(id="list"):
                yield Static("\n".join(f"日本 row {n}" for n in range(40)))
            yield Static("article " * 30, id="article")
        yield Static("over " * 4, id="over")


class Sample(App[None]):
    def get_default_screen(self) -> Screen[None]:
        return Panes()


def _texts(
    chops: Sequence[Mapping[int, Strip | None]], spans: list[tuple[int, int, int]]
) -> dict[tuple[int, int], str]:
    within = {y: (first, end) for y, first, end in spans}
    return {
        (y, x): strip.text
        for y, line in enumerate(chops)
        for x, strip in line.items()
        if strip is not None and y in within and within[y][0] <= x < within[y][1]
    }


async def test_it_shows_what_textual_shows_and_draws_what_changed_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Sample()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        close = app.screen._compositor
        whole = close.render_full_update()
        theirs = Compositor.render_full_update(close)
        assert isinstance(whole, LayoutUpdate)
        assert [[s.text for s in line] for line in whole.strips] == [
            [s.text for s in line] for line in theirs.strips
        ]
        chance = Random(7)
        for _ in range(60):
            wide, high = 1 + chance.randrange(9), 1 + chance.randrange(4)
            at = chance.randrange(SIZE[0] - wide), chance.randrange(SIZE[1] - high)
            changed = {Region(*at, wide, high)}
            if chance.random() < 0.5:
                changed.add(Region(0, SIZE[1] - 1, 3, 1))
            shown = []
            for way in (CloseCompositor, Compositor):
                close._dirty_regions = set(changed)
                update = way.render_partial_update(close)
                assert isinstance(update, ChopsUpdate)
                shown.append((update.spans, update.chop_ends, _texts(update.chops, update.spans)))
            assert shown[0] == shown[1]
        asked: list[str] = []
        for widget in close.visible_widgets:
            drawn = widget.render_lines
            monkeypatch.setattr(
                widget,
                "render_lines",
                lambda crop, drawn=drawn, widget=widget: (
                    asked.append(f"{widget.id}/{crop.height}") or drawn(crop)
                ),
            )
        close._dirty_regions = {Region(10, 4, 5, 2), Region(0, 0, 3, 1)}
        close.render_partial_update()
        assert [each for each in asked if not each.startswith("None/")] == ["top/1"]
        assert [each for each in asked if each.startswith("None/")] == ["None/2"]
