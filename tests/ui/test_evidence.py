"""Why an article stands where it stands, in words."""

from __future__ import annotations

from termnews.models import Article, Entry, Feed, Place, Subscription
from termnews.ui.evidence import lights, reasons

FEED = Feed(1, Subscription("https://spree.example/rss", name="Spree Courier", region="DE-BE"))


def article(*places: Place) -> Article:
    return Article(1, FEED, Entry("1", title="T"), places=(*places, Place("DE-BE", "from", rule="feed")))


def test_places_stand_main_first_with_words_and_rule() -> None:
    found = reasons(
        article(
            Place("RU-MOW", "mentions", "Moscow", "city", "text"),
            Place("TJ-GB", "about", "GBAO", "subdivision", "title"),
            Place("UZ", "about", "Uzbek", "demonym", "title"),
        )
    )
    assert [(each.role, each.code, each.name, each.why) for each in found] == [
        ("about", "TJ-GB", "Gorno-Badakhshan", '"GBAO" in the title: a name of the place'),
        ("about", "UZ", "Uzbekistan", '"Uzbek" in the title: the word for its people or language'),
        ("mentions", "RU-MOW", "Moscow", '"Moscow" in the text: a town there'),
        ("from", "DE-BE", "Berlin", "where the publisher sits"),
    ]


def test_what_has_no_words_says_who_said_so() -> None:
    assert reasons(article(Place("TJ", "about", rule="feed")))[0].why == "assumed from the feed"
    assert reasons(article(Place("TJ", "about", rule="fixed")))[0].why == "you said so of this article"
    assert (
        reasons(article(Place("TJ", "about", "x", "newrule", "title")))[0].why == '"x" in the title: newrule'
    )
    nowhere = reasons(article())[0]
    assert (nowhere.code, nowhere.role) == ("", "about")
    assert nowhere.why.startswith("no place")


def test_foreign_words_are_made_safe() -> None:
    found = reasons(article(Place("TJ", "about", "\x1b]0;x\x07GB\u202eAO", "name", "title")))[0]
    assert found.words == "]0;xGBAO"
    assert not set(found.why) & {"\x1b", "\x07", "\u202e"}


def test_words_of_the_place_looked_at_are_lit_before_all_others() -> None:
    found = reasons(
        article(
            Place("US", "about", "York", "name", "title"),
            Place("US-NY", "about", "New York", "name", "title"),
            Place("GB", "about", rule="feed"),
        )
    )
    assert lights(found, 0) == [("York", "lit"), ("New York", "named")]
    assert lights(found, 1) == [("New York", "lit"), ("York", "named")]
    assert lights(found, 2) == [("New York", "named"), ("York", "named")]
