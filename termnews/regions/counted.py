"""Counts of articles per region → the region tree, in the order it is shown.

It must never count: the store says how many articles each region has, subtrees included.
"""

from __future__ import annotations

from collections.abc import Mapping

from termnews.models import Count, RegionCount
from termnews.regions.table import tree


def tally(counts: Mapping[str, Count], lang: str = "en") -> list[RegionCount]:
    """Return the tree of the regions that occur, in display order.

    Args:
        counts: How many articles are about each region or a place within it; '' (about no place) is
            passed over.
        lang: Language of the names.
    """
    found = counts.keys() - {""}
    return [
        RegionCount(region, depth, counts.get(region.code, Count())) for region, depth in tree(found, lang)
    ]
