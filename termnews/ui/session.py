"""What comes back after a restart: view, article, scroll positions, and how the panes stood.

It must never fail a start: what cannot be read is as good as nothing remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Final

from termnews import query
from termnews.errors import QueryError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.commands.table import Desk

KEY: Final = "screen"
"""Name the session is remembered under."""


@dataclass(frozen=True, slots=True)
class Session:
    """How the screen was left."""

    line: str = "is:unread"
    """Search line of the view."""
    article: int = 0
    """Number of the article under the cursor; 0: none."""
    scroll: float = 0
    """Lines the list was scrolled."""
    position: float = 0
    """Block of the article at the top, and behind the point how far into it."""
    measure: int = 72
    """Longest line of the article, in cells."""
    cards: bool | None = None
    """Cards (True) or rows (False), where the user chose."""
    classes: tuple[str, ...] = ()
    """Layout classes of the screen the user turned on."""
    unfolded: tuple[str, ...] = ()
    """Regions unfolded in the sidebar."""
    widths: Mapping[str, int] = field(default_factory=dict)
    """Widths of panes the user pulled, by width of the terminal and pane."""


def recall(library: Library) -> Session:
    """Return how the screen was left; the defaults on the first start."""
    try:
        kept = json.loads(library.upkeep.recall(KEY) or "{}")
        known = {each.name: kept[each.name] for each in fields(Session) if each.name in kept}
        session = Session(**known)
        return Session(
            str(session.line),
            int(session.article),
            float(session.scroll),
            float(session.position),
            int(session.measure),
            session.cards if isinstance(session.cards, bool) else None,
            tuple(map(str, session.classes)),
            tuple(map(str, session.unfolded)),
            {str(name): int(cells) for name, cells in dict(session.widths).items()},
        )
    except (ValueError, TypeError):
        return Session()


def asked(library: Library, line: str) -> ArticleQuery:
    """Return what a remembered line asks for; everything when it cannot be read any more."""
    try:
        return library.query(line)
    except QueryError:
        return ArticleQuery()


def standing(desk: Desk, classes: tuple[str, ...]) -> Session:
    """Return how the screen stands now; `classes` are those the user turned on."""
    headline, panes = desk.headline, desk.panes
    return Session(
        line=query.print_query(desk.listing.asked),
        article=headline.id if headline is not None else 0,
        scroll=panes.headlines.scroll_offset.y,
        position=panes.showing.position,
        measure=panes.article.measure,
        cards=panes.headlines.cards,
        classes=classes,
        unfolded=tuple(sorted(panes.sidebar.folding.unfolded)),
        widths=desk.widths.kept,
    )


def remember(library: Library, session: Session) -> None:
    """Keep how the screen is left."""
    library.upkeep.remember(KEY, json.dumps(asdict(session)))
