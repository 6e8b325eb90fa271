"""Why no full text or picture comes: a code that goes over pipes, and the sentence a face says for it.

It must never decide which of them holds; what is said about a page is made safe before it comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.errors import ExtractError
from termnews.wording import mark, tr

SENTENCES: Final[Mapping[str, str]] = {
    "aside": mark("The site asks for a login or consent first ({about}); the text of the feed stays."),
    "paywall": mark("The page is behind a paywall; the text of the feed stays."),
    "consent": mark("The site asks for consent first; the text of the feed stays."),
    "script": mark("The page shows its text to browsers only; the text of the feed stays, o opens it."),
    "none": mark("No article was found on the page; the text of the feed stays, o opens the page."),
    "less": mark("The page holds less text than the feed; the text of the feed stays."),
    "kind": mark("The page is no article but {about}; o opens it in the browser."),
    "heavy": mark("The page is too heavy to be read; the text of the feed stays."),
    "extra": mark("Full text needs trafilatura, which is not there; run: pip install 'termnews[fulltext]'"),
    "link": mark("The article names no web page, so there is no full text to fetch."),
    "gone": mark("The page is no longer there ({about}); the text of the feed stays."),
    "denied": mark("The site turns readers away ({about}); the text of the feed stays, o opens the page."),
    "answered": mark("The site answers {about} for now; the text of the feed stays, x asks again."),
    "busy": mark("{about} asked to be left alone; its pages are fetched by a later download."),
    "network": mark("The network seems to be away; what is missing is fetched by the next download."),
    "images": mark("Pictures need the extra: pip install 'termnews[images]'"),
    "pictures": mark("The budget of pictures is spent; raise budget_mb in [images] for more."),
    "budget": mark("The budget of full texts is spent; mark articles read or raise budget_mb in [download]."),
}
"""Code → sentence; `about` is a host or a media type."""


def sentence(code: str, about: str = "") -> str:
    """Return a code as a sentence in the language spoken; empty for none and for an unknown one."""
    return tr(SENTENCES[code], about=about) if code in SENTENCES else ""


def refusal(code: str, about: str = "") -> ExtractError:
    """Return the error that says so."""
    return ExtractError(sentence(code, about), code=code, about=about)
