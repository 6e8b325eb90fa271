"""A compositor that asks a widget only for lines that are drawn anew and not hidden by others.

It must never put another screen together than Textual's own compositor. That one takes all widgets in
the box round everything that changed, and for the rows of a list and a word in a bar that box is the
screen: four panes and what lies behind them were drawn for each key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

Chops = list[dict[int, Strip | None]]
"""For each line of the screen, what stands between two cuts: first column → strip."""


class CloseCompositor(Compositor):
    """Puts a screen of panes side by side together."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Return all of the screen."""
        if simplify:
            return super().render_full_update(simplify)
        region = self.size.region
        self._dirty_regions.clear()
        chops = self._chops([(y, 0, region.width) for y in region.line_range])
        return LayoutUpdate([cast("Iterable[Strip]", each.values()) for each in chops], region)

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed; None when nothing did."""
        changed = self._dirty_regions.copy()
        self._dirty_regions.clear()
        within = self.size.region
        spans = list(
            self._regions_to_spans([part for each in changed if (part := each.intersection(within))])
        )
        if not spans:
            return None
        chops = cast("Sequence[Mapping[int, Strip | None]]", self._chops(spans))
        return ChopsUpdate(chops, spans, [cuts[1:] for cuts in self.cuts])

    def _chops(self, spans: Sequence[tuple[int, int, int]]) -> Chops:
        """Return what stands in these spans: of a line, from a first column to before a last one."""
        cuts = self.cuts
        chops: Chops = [{} for _ in cuts]
        wanted: dict[int, set[int]] = {}
        for y, first, end in spans:
            line = cuts[y]
            chops[y] = dict.fromkeys(line[:-1])
            here = wanted.setdefault(y, set())
            here.update(x for x, behind in pairwise(line) if x < end and behind > first)
        for widget, (region, clip) in self.visible_widgets.items():  # what is in front comes first
            part = region.intersection(clip)
            lines = _lines(part, wanted)
            if not lines:
                continue
            top = lines[0]
            crop = Region(part.x - region.x, top - region.y, part.width, lines[-1] + 1 - top)
            strips = widget.render_lines(crop)
            for y in lines:
                _put(chops[y], strips[y - top], [x for x in cuts[y] if part.x <= x <= part.right], wanted[y])
                if not wanted[y]:
                    del wanted[y]
        return chops


def _lines(part: Region, wanted: Mapping[int, set[int]]) -> list[int]:
    """Return the lines on which something of this part of the screen is still wanted."""
    if not part:
        return []
    left, right = part.x, part.right
    return [y for y in part.line_range if y in wanted and any(left <= x < right for x in wanted[y])]


def _put(chops: dict[int, Strip | None], strip: Strip, cuts: Sequence[int], wanted: set[int]) -> None:
    """Cut a line of a widget and put what is wanted of it in its place."""
    first, *behind = cuts
    for x, cut in zip(cuts, strip.divide([each - first for each in behind]), strict=False):
        if x in wanted:
            chops[x] = cut
            wanted.discard(x)
