"""The region table: M49 groupings, ISO 3166-1 countries (and XK), ISO 3166-2 subdivisions, their
hierarchy and their names in some forty languages, from packaged data and without a network.

It must never read an article or a feed, and never fail on a code: what it does not know has no
parent and is its own name. `tools/build_regions.py` makes the data; docs/regions.md is its page.
"""

from typing import TYPE_CHECKING

from termnews import lazy

if TYPE_CHECKING:
    from termnews.regions.counted import tally
    from termnews.regions.locating import locate
    from termnews.regions.lookup import find, nearest, unknown
    from termnews.regions.pack import edition
    from termnews.regions.picker import search
    from termnews.regions.prior import domain_region
    from termnews.regions.table import WORLD, ancestors, name, parent, province, region, tree, within

__all__ = [
    "WORLD", "ancestors", "domain_region", "edition", "find", "locate", "name", "nearest", "parent",
    "province", "region", "search", "tally", "tree", "unknown", "within",
]  # fmt: skip

# Most starts find no place and name no region: what an index costs is paid by who asks.
__getattr__ = lazy.names(
    __name__,
    {
        "locating": "locate",
        "lookup": "find nearest unknown",
        "pack": "edition",
        "picker": "search",
        "prior": "domain_region",
        "table": "WORLD ancestors name parent province region tree within",
        "counted": "tally",
    },
)
