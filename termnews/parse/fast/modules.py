"""The modules of feeds beside the core: media, iTunes, and what holds other elements."""

from __future__ import annotations

from termnews.parse.fast.core import add_tag, category, name_tag, title
from termnews.parse.fast.names import Unsure
from termnews.parse.fast.state import Attributes, State, mended

_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
_ITUNES_SCHEME = "http://www.itunes.com/"


def media_title(state: State, attributes: Attributes, text: str) -> None:
    """Keep the title of a file, which holds until the entry's own comes."""
    depth = state.title_depth
    title(state, attributes, text)
    state.title_depth = depth


def media_content(state: State, attributes: Attributes) -> None:
    """Keep a file."""
    state.values.setdefault("media_content", []).append(attributes)


def media_thumbnail(state: State, attributes: Attributes, text: str) -> None:
    """Keep a picture."""
    if text:
        raise Unsure("thumbnail with text")
    state.values.setdefault("media_thumbnail", []).append(attributes)


def media_category(state: State, attributes: Attributes, text: str) -> None:
    """Keep a category of the media module."""
    category(state, {"scheme": _MEDIA_SCHEME, **attributes}, text)


def media_keywords(state: State, attributes: Attributes, text: str) -> None:
    """Keep the keywords of the media module."""
    _keywords(state, attributes, text, None)


def itunes_keywords(state: State, attributes: Attributes, text: str) -> None:
    """Keep the keywords of a podcast."""
    _keywords(state, attributes, text, _ITUNES_SCHEME)


def _keywords(state: State, attributes: Attributes, text: str, scheme: str | None) -> None:
    """Keep words that commas part as tags."""
    if attributes:
        raise Unsure("keywords with attributes")
    for word in filter(None, map(str.strip, mended(text).split(","))):
        add_tag(state, word, scheme, None)


def itunes_category(state: State, attributes: Attributes, text: str) -> None:
    """Keep the category of an episode."""
    add_tag(state, attributes.get("text"), _ITUNES_SCHEME, None)
    name_tag(state, text)


def forget_title(state: State, _: Attributes) -> None:
    """Start an image, an input field or a source: titles count anew from here."""
    state.title_depth = -1


def foreign_title(state: State, _: Attributes, text: str) -> None:
    """Pass the title of an image, an input field or a source."""
    if text:
        state.title_depth = state.depth
