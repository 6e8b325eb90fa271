"""Authors: the text of RSS, or the name, address and page of Atom's persons.

feedparser looks for mail addresses in texts and mixes what it finds with the author before; whatever could
make it do so is left to it.
"""

from __future__ import annotations

from termnews.parse.fast.names import Unsure
from termnews.parse.fast.state import Attributes, State, mended

_TEXT = "author of text"
"""Notes among the values that an author was a text."""


def open_author(state: State, _: Attributes) -> None:
    """Start an author."""
    state.values.setdefault("authors", []).append({})


def name(state: State, _: Attributes, text: str) -> None:
    """Keep an author's name."""
    state.values["authors"][-1]["name"] = text


def email(state: State, _: Attributes, text: str) -> None:
    """Keep an author's mail address."""
    state.values["authors"][-1]["email"] = text


def other(state: State, _: Attributes) -> None:
    """Note that an author is no mere text."""
    state.values["authors"][-1].setdefault("href", "")


def close_author(state: State, _: Attributes, text: str) -> None:
    """End an author.

    Raises:
        Unsure: feedparser would look for a mail address in it, or in one before.
    """
    authors = state.values["authors"]
    person = authors[-1]
    if person:
        named, mail = person.get("name"), person.get("email")
        if not (named or mail) or (len(authors) > 1 and not named):
            raise Unsure("author without a name")
        if _TEXT in state.values:
            raise Unsure("person after an author who is a text")  # feedparser renames the first one
        whole = f"{named} ({mail})" if named and mail else named or mail
    else:
        whole = mended(text)
        if "@" in whole and (len(authors) > 1 or _ends_with_mail(whole)):
            raise Unsure("author with a mail address")
        if whole:
            person["name"] = whole
        state.values[_TEXT] = True
    if len(authors) > 1 and "@" in str(state.values.get("author")):
        raise Unsure("author after one with a mail address")
    state.keep("author", whole)


def _ends_with_mail(text: str) -> bool:
    """Return whether an author seems to be a name with a mail address in brackets."""
    return text.endswith(")") and "@" in text[text.find("(") + 1 :]


def close_text_author(state: State, attributes: Attributes, text: str) -> None:
    """Keep an author of a module, who is a text."""
    open_author(state, attributes)
    close_author(state, attributes, text)
