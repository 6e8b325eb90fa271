"""Which elements may stand in which, and what each does: the tables the walk follows.

An element that stands in no table is passed over with all in it, unless feedparser knows its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from termnews.parse.fast import core, modules, persons
from termnews.parse.fast.core import Ending
from termnews.parse.fast.known import FEEDPARSER_KNOWS, READ_LATER
from termnews.parse.fast.names import Unsure
from termnews.parse.fast.state import Attributes, State


@dataclass(frozen=True, slots=True)
class Rule:
    """What an element does."""

    end: Ending | None = None
    """Called with the attributes and the text; None: nothing is read."""
    begin: Callable[[State, Attributes], None] | None = None
    """Called before what stands inside."""
    inside: Table | None = None
    """The elements that may stand inside; None: none may."""


@dataclass(eq=False, slots=True)
class Table:
    """The elements that may stand in one place."""

    rules: dict[str, Rule] = field(default_factory=dict)
    """By short name."""
    other: Rule | None = None
    """For elements feedparser does not know; None: none may stand here."""

    def rule(self, name: str) -> Rule:
        """Return what an element does here.

        Raises:
            Unsure: it may not stand here.
        """
        rule = self.rules.get(name)
        if rule is None:
            rule = None if name in FEEDPARSER_KNOWS or name in READ_LATER else self.other
        if rule is None:
            raise Unsure(name)
        return rule


def _rss(state: State, _: Attributes) -> None:
    _feed_language(state)


def _rdf(state: State, _: Attributes) -> None:
    if state.names.version != "rss10":
        raise Unsure("RDF of another kind")


def _atom(state: State, _: Attributes) -> None:
    if state.names.version != "atom10":
        raise Unsure("Atom of another kind")
    state.atom = True
    _feed_language(state)


def _feed_language(state: State) -> None:
    if state.lang:
        state.head["language"] = state.lang.replace("_", "-")


def _channel(_: State, attributes: Attributes) -> None:
    if "lastmod" in attributes or "href" in attributes:
        raise Unsure("Channel Definition Format")


def _open_entry(state: State, attributes: Attributes) -> None:
    _channel(state, attributes)
    state.open_entry()
    if about := attributes.get("rdf:about"):
        state.values["id"] = about


def _close_entry(state: State, _: Attributes, __: str) -> None:
    state.close_entry()


def _rules(ending: Ending | None, names: str) -> dict[str, Rule]:
    """Return the same rule for elements without others in them."""
    rule = Rule(ending)
    return dict.fromkeys(names.split(), rule)


_ANYTHING: Final = Table()
_PASSED: Final = Rule(inside=_ANYTHING)
_ANYTHING.other = _PASSED

_PERSON: Final = Table(
    {"name": Rule(persons.name), "email": Rule(persons.email), "uri": Rule(begin=persons.other)},
    Rule(begin=persons.other, inside=_ANYTHING),
)
_NOBODY: Final = Table(_rules(None, "name email uri url itunes_name itunes_email"), _PASSED)
_PICTURE: Final = Table(_rules(None, "url link width height description"))
_PICTURE.rules["title"] = Rule(modules.foreign_title)
_FIELD: Final = Table({**_rules(None, "link description name"), "title": Rule(modules.foreign_title)})
_SOURCE: Final = Table(
    {
        "title": Rule(modules.foreign_title),
        **_rules(None, "link id updated published subtitle rights generator category"),
        **dict.fromkeys(("author", "contributor"), Rule(inside=_NOBODY)),
    },
    _PASSED,
)
_CATEGORIES: Final = Table()
_CATEGORIES.rules["itunes_category"] = Rule(inside=_CATEGORIES)

_EVERYWHERE: Final = {
    "title": Rule(core.title),
    "dc_title": Rule(core.title),
    "media_title": Rule(modules.media_title),
    "link": Rule(core.link),
    "language": Rule(core.language),
    "dc_language": Rule(core.language),
    **_rules(core.description, "description dc_description media_description"),
    **_rules(core.summary, "summary itunes_summary"),
    **_rules(core.identity, "id guid"),
    **_rules(core.published, "published pubdate issued dcterms_issued"),
    **_rules(core.updated, "updated modified lastbuilddate dc_date dcterms_modified"),
    **_rules(core.created, "created dcterms_created"),
    **_rules(
        None,
        """subtitle tagline itunes_subtitle rights copyright dc_rights generator webmaster dc_publisher
        dc_contributor itunes_image itunes_block itunes_explicit georss_point georss_box georss_line
        georss_polygon expirationdate media_rating media_credit media_restriction media_license
        media_player""",
    ),
    "contributor": Rule(inside=_NOBODY),
}
"""What feeds and entries have in common."""
_AUTHORS: Final = {
    "author": Rule(persons.close_author, persons.open_author, _PERSON),
    **_rules(persons.close_text_author, "dc_creator dc_author itunes_author"),
}
_MEDIA: Final = Table(
    {
        "media_title": Rule(modules.media_title),
        "media_description": Rule(core.description),
        "media_thumbnail": Rule(modules.media_thumbnail),
        "media_category": Rule(modules.media_category),
        "media_keywords": Rule(modules.media_keywords),
        **_rules(None, "media_rating media_credit media_restriction media_license media_player"),
    },
    _PASSED,
)
_MEDIA.rules["media_content"] = Rule(None, modules.media_content, _MEDIA)

_ENTRY: Final = Table(
    {
        **_EVERYWHERE,
        **_AUTHORS,
        **_MEDIA.rules,
        "media_group": Rule(inside=_MEDIA),
        "content": Rule(core.content),
        "content_encoded": Rule(core.content_encoded),
        "category": Rule(core.category),
        "dc_subject": Rule(core.category),
        "itunes_category": Rule(modules.itunes_category),
        "itunes_keywords": Rule(modules.itunes_keywords),
        "enclosure": Rule(core.enclosure),
        "feedburner_origlink": Rule(core.plain("feedburner_origlink")),
        "source": Rule(None, modules.forget_title, _SOURCE),
    },
    _PASSED,
)
_ITEM: Final = Rule(_close_entry, _open_entry, _ENTRY)
_ASIDE: Final = {
    "image": Rule(None, modules.forget_title, _PICTURE),
    "textinput": Rule(None, modules.forget_title, _FIELD),
}
_HEAD: Final = {
    **_EVERYWHERE,
    **_ASIDE,
    "item": _ITEM,
    "entry": _ITEM,
    **{key: Rule(core.plain(key)) for key in ("ttl", "sy_updateperiod", "sy_updatefrequency")},
    "itunes_category": Rule(inside=_CATEGORIES),
    "itunes_owner": Rule(inside=_NOBODY),
    **_rules(
        None,
        """cloud category dc_subject keywords itunes_keywords media_category media_keywords media_thumbnail
        admin_generatoragent admin_errorreportsto feedburner_browserfriendly""",
    ),
    "items": _PASSED,
}
_RSS_HEAD: Final = Table(
    {
        **_HEAD,
        **_rules(None, "managingeditor dc_creator dc_author itunes_author"),
        "author": Rule(inside=_NOBODY),
    },
    _PASSED,
)
_ATOM_HEAD: Final = Table({**_HEAD, **_AUTHORS}, _PASSED)
del _ATOM_HEAD.rules["itunes_owner"]  # feedparser takes an owner for the author of an Atom feed

_CHANNEL: Final = Rule(None, _channel, _RSS_HEAD)
ROOT: Final = Table(
    {
        "rss": Rule(None, _rss, Table({"channel": _CHANNEL})),
        "rdf_rdf": Rule(None, _rdf, Table({"channel": _CHANNEL, "item": _ITEM, **_ASIDE})),
        "feed": Rule(None, _atom, _ATOM_HEAD),
    }
)
"""The elements a document may begin with."""
