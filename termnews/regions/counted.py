"""Counts of articles per place → the region tree with the counts of whole subtrees.

It must never count: the store says how many articles carry which places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from termnews.models import Count, RegionCount
from termnews.regions.table import WORLD, ancestors, tree


def tally(counts: Mapping[frozenset[str], Count], lang: str = "en") -> list[RegionCount]:
    """Return the tree of the regions that occur, in display order, with the counts of their subtrees.

    An article about two places of one country counts once for the country, so each set of
    places is carried up as a set.

    Args:
        counts: How many articles are about exactly each set of codes; the empty set is passed over.
        lang: Language of the names.
    """
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for codes, count in counts.items():
        # Everything is in the world; what stands there is what is about no smaller place.
        around = {
            each for code in codes for each in (code, *ancestors(code)) if each in codes or each != WORLD
        }
        for code in around:
            total = sums[code]
            total[0] += count.total
            total[1] += count.unread
            total[2] += count.starred
    found = {code for codes in counts for code in codes}
    return [RegionCount(region, depth, Count(*sums[region.code])) for region, depth in tree(found, lang)]
