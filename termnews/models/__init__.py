"""The nouns of termnews, as frozen records every floor may hold.

Nothing here reads, writes or computes more than a name. Times are aware UTC datetimes; a
change of a record is `dataclasses.replace`.
"""

from typing import TYPE_CHECKING

from termnews import lazy

if TYPE_CHECKING:
    from termnews.models.articles import (
        Article,
        FullText,
        Kept,
        Place,
        Region,
        RegionCount,
        Role,
        State,
        Story,
    )
    from termnews.models.entries import Enclosure, Entry, ParsedFeed
    from termnews.models.feeds import Count, Feed, Health, Stay, Wait
    from termnews.models.headlines import Headline
    from termnews.models.places import Corrections, Evidence, Located, Prior
    from termnews.models.queries import And, ArticleQuery, Node, Not, Or, Sort, Term, Test, TextField
    from termnews.models.rules import Matched, Rule
    from termnews.models.subscriptions import Subscription
    from termnews.models.work import (
        Action,
        Change,
        Changes,
        Downloaded,
        Draft,
        FeedStatus,
        FeedUpdate,
        Left,
        Moved,
        Pulled,
    )

__all__ = [
    "Action",
    "And",
    "Article",
    "ArticleQuery",
    "Change",
    "Changes",
    "Corrections",
    "Count",
    "Downloaded",
    "Draft",
    "Enclosure",
    "Entry",
    "Evidence",
    "Feed",
    "FeedStatus",
    "FeedUpdate",
    "FullText",
    "Headline",
    "Health",
    "Kept",
    "Left",
    "Located",
    "Matched",
    "Moved",
    "Node",
    "Not",
    "Or",
    "ParsedFeed",
    "Place",
    "Prior",
    "Pulled",
    "Region",
    "RegionCount",
    "Role",
    "Rule",
    "Sort",
    "State",
    "Stay",
    "Story",
    "Subscription",
    "Term",
    "Test",
    "TextField",
    "Wait",
]

__getattr__ = lazy.names(
    __name__,
    {
        "articles": "Article FullText Kept Place Region RegionCount Role State Story",
        "entries": "Enclosure Entry ParsedFeed",
        "feeds": "Count Feed Health Stay Wait",
        "headlines": "Headline",
        "places": "Corrections Evidence Located Prior",
        "queries": "And ArticleQuery Node Not Or Sort Term Test TextField",
        "rules": "Matched Rule",
        "subscriptions": "Subscription",
        "work": "Action Change Changes Downloaded Draft FeedStatus FeedUpdate Left Moved Pulled",
    },
)
