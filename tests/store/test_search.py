"""Queries answered by the store: fields, places, words, order, counts, hostile lines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termnews.errors import QueryError
from termnews.models import And, ArticleQuery, Count, Enclosure, Feed, Not, Or, Place, Term, Test
from termnews.query import parse_query
from termnews.store import Store
from tests.builders import PAMIR, THAMES, VESTNIK, make_entry, save
from tests.conftest import NOW


@pytest.fixture
def full(store: Store, pamir: Feed, vestnik: Feed, thames: Feed) -> Store:
    """A store with seven articles of three feeds, the newest numbered 1."""
    save(
        store,
        pamir,
        [
            make_entry(
                1, title="Earthquake in Murgab district", author="Mavzuna Odinaeva", text="Tariffs stay."
            ),
            make_entry(4, title="Electricity tariffs rise", content="<p>x <img src='a.png'></p>"),
            make_entry(6, title="Зилзила дар Хуҷанд", lang="tg", text="Тоҷикистон"),
        ],
    )
    save(
        store,
        vestnik,
        [
            make_entry(2, title="Землетрясением разрушен мост", lang="ru", text="Всё о тарифов"),
            make_entry(
                5, title="Ёлка в Душанбе", lang="ru-RU", enclosures=(Enclosure("https://a.example/"),)
            ),
        ],
    )
    save(store, thames, [make_entry(3, title="Peace deal in Paris", link="")], tags={})
    save(
        store,
        thames,
        [make_entry(7, title="Talks", published=NOW - timedelta(days=40))],
        tags={"guid-7": (Place("FR", "about"), Place("TJ", "mentions"))},
    )
    return store


def found(store: Store, line: str) -> list[int]:
    """Return which of the numbered entries a line finds, in order."""
    ids = store.ids(parse_query(line), NOW)
    return [int(store.article(number).entry.guid.removeprefix("guid-")) for number in ids]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("tariff", [1, 4]),
        ("title:tariffs", [4]),
        ("body:tariffs", [1]),
        ("author:odinaeva", [1]),
        ("тарифы", [2]),
        ("ЗЕМЛЕТРЯСЕНИЕ", [2]),
        ("елка", [5]),
        ("хучанд", [6]),
        ("точикистон", [6]),
        ("electr*", [4]),
        ('"peace deal"', [3]),
        ('"deal peace"', []),
        ("earthquake OR peace", [1, 3]),
        ("tariffs -electricity", [1]),
        ("NOT (earthquake OR peace)", [2, 4, 5, 6, 7]),
        ("feed:pamir", [1, 4, 6]),
        ("feed:ВЕСТ", [2, 5]),
        ("folder:home", [1, 2, 4, 5, 6]),
        ("folder:russian тариф", [2]),
        ("lang:ru", [2, 5]),
        ("lang:tg", [6]),
        ("region:TJ", [1, 2, 4, 5, 6]),
        ("region:TJ-GB", [1, 4, 6]),
        ("region:143", [1, 2, 4, 5, 6]),
        ("region:Asia", [1, 2, 4, 5, 6]),
        ("region:Таджикистан", [1, 2, 4, 5, 6]),
        ("region:none", [3]),
        ("mentions:TJ", [7]),
        ("mentions:none", [1, 2, 3, 4, 5, 6]),
        ("from:GB", [3, 7]),
        ("from:none", []),
        ("-region:TJ", [3, 7]),
        ("region:FR OR earthquake", [1, 7]),
        ("is:assumed", [1, 2, 4, 5, 6]),
        ("region:TJ -is:assumed", []),
        ("is:fixed", []),
        ("has:link", [1, 2, 4, 5, 6, 7]),
        ("has:image", [4]),
        ("has:enclosure", [5]),
        ("since:2d", [1, 2, 3, 4, 5, 6]),
        ("before:2d", [7]),
        ("link:news.example/4", [4]),
        ("-link:news.example", [3]),
        ("link:/4 OR peace", [3, 4]),
        ("story:5", []),
        ("is:full", []),
        ("is:unread since:150m", [1, 2]),
        ("sort:oldest region:TJ", [6, 5, 4, 2, 1]),
        ("sort:title lang:en", [1, 4, 3, 7]),
        ("sort:feed lang:en", [1, 4, 3, 7]),
        ("sort:region", [1, 4, 6, 2, 5, 7, 3]),
        ("sort:best tariffs", [4, 1]),
        ("sort:best -tariffs", [2, 3, 5, 6, 7]),
        ("***", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_line_finds(full: Store, line: str, expected: list[int]) -> None:
    assert found(full, line) == expected


def test_groupings_hold_what_is_in_them_and_are_tags_of_their_own(full: Store, pamir: Feed) -> None:
    tags = {
        "guid-8": (Place("143", "about", "Central Asia", "grouping"),),
        "guid-9": (Place("KG-O", "about", "Osh", "city"), Place("143", "mentions")),
    }
    save(full, pamir, [make_entry(8), make_entry(9)], tags=tags)
    assert found(full, "region:143 -is:assumed") == [8, 9]
    assert found(full, "region:Asia -is:assumed") == [8, 9]
    assert found(full, "region:KG") == [9]
    assert found(full, "mentions:Asia") == [9, 7]
    assert found(full, "mentions:KG") == []


def test_fixed_articles_are_found_by_what_the_user_said(full: Store) -> None:
    first = full.ids(ArticleQuery(), NOW)[0]
    full.fix(first, ("FR",), "", NOW)
    assert found(full, "is:fixed") == [1]
    assert found(full, "region:FR") == [1, 7]
    assert found(full, "region:TJ is:assumed") == [2, 4, 5, 6]
    full.fix(first, (), "", NOW)
    assert found(full, "region:none") == [1, 3]


def test_read_starred_changed_and_new(full: Store, pamir: Feed) -> None:
    ids = list(full.ids(ArticleQuery(), NOW))
    full.mark(ids[:2], "read", True, "", NOW)
    full.mark(ids[1:3], "starred", True, "", NOW)
    save(full, pamir, changed=[make_entry(4, title="Electricity tariffs rise again")])
    assert found(full, "is:read") == [1, 2]
    assert found(full, "is:unread") == [3, 4, 5, 6, 7]
    assert found(full, "is:starred -is:read") == [3]
    assert found(full, "is:changed") == [4]
    full.upkeep.remember("visited", str(int(NOW.timestamp())))
    assert found(full, "is:new") == []
    save(full, pamir, [make_entry(9)], now=NOW + timedelta(minutes=1))
    assert found(full, "is:new") == [9]


def test_changed_article_is_found_by_its_new_words_only(full: Store, pamir: Feed) -> None:
    save(full, pamir, changed=[make_entry(1, title="Flood in Rasht", text="Water")])
    assert found(full, "earthquake") == []
    assert found(full, "flood") == [1]


def test_limit_takes_the_first(full: Store) -> None:
    assert len(full.ids(ArticleQuery(), NOW, 3)) == 3


def test_counts_of_a_query(full: Store) -> None:
    full.mark(full.ids(parse_query("tariff"), NOW)[:1], "read", True, "", NOW)
    assert full.count(parse_query("tariff"), NOW) == Count(2, 1, 0)
    assert full.count(parse_query("region:none"), NOW) == Count(1, 1, 0)
    assert full.count(parse_query("nothingness"), NOW) == Count(0, 0, 0)


def test_counts_by_region(full: Store) -> None:
    for line in ("is:unread", ""):
        counts = full.count_by_region(parse_query(line), NOW)
        assert counts["TJ-GB"] == Count(3, 3, 0)
        assert counts["TJ"] == Count(5, 5, 0)  # those of its province among them
        assert counts["142"] == Count(5, 5, 0)
        assert counts["FR"].total == 1
        assert counts[""].total == 1


def test_unknown_place_offers_the_nearest(full: Store) -> None:
    with pytest.raises(QueryError, match=r"Tadjikstan.*nearest.*Tajikistan"):
        full.ids(parse_query("region:Tadjikstan"), NOW)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One small store for the property tests."""
    store = Store(tmp_path_factory.mktemp("shared") / "termnews.db", (PAMIR, VESTNIK, THAMES))
    save(store, store.feeds()[0], [make_entry(n) for n in range(1, 4)])
    return store


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab\"'*():-^{}+~ \\NEARORTyг中_%;/\0"), max_size=30) | st.text(max_size=20))
def test_every_line_is_legal(shared: Store, line: str) -> None:
    try:
        asked = parse_query(line)
        shared.ids(asked, NOW)
        shared.count(asked, NOW)
    except QueryError:
        pass


_terms = st.builds(Term, st.text(min_size=1, max_size=8), phrase=st.booleans(), prefix=st.booleans())
_tests = st.sampled_from(
    [Test("is", "unread"), Test("region", "TJ"), Test("from", "GB"), Test("has", "link"), Test("lang", "en")]
)
_nodes = st.recursive(
    _terms | _tests,
    lambda inner: (
        st.builds(Not, inner.filter(lambda node: not isinstance(node, Not)))
        | st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(_nodes)
def test_a_condition_and_its_opposite_part_the_articles(shared: Store, node: object) -> None:
    everything = set(shared.ids(ArticleQuery(), NOW))
    yes = set(shared.ids(ArticleQuery(node), NOW))  # type: ignore[arg-type]
    inner = node.node if isinstance(node, Not) else Not(node)  # type: ignore[arg-type]
    no = set(shared.ids(ArticleQuery(inner), NOW))
    assert yes | no == everything
    assert yes & no == set()


def test_several_processes_may_read_and_write_at_once(store: Store, pamir: Feed, tmp_path: Path) -> None:
    other = Store(store.path, (PAMIR, VESTNIK, THAMES))
    save(store, pamir, [make_entry(1)])
    (number,) = other.ids(ArticleQuery(), NOW)
    other.mark([number], "read", True, "", NOW)
    save(store, pamir, [make_entry(2)], [make_entry(1, title="Edited")])
    assert other.article(number).state.read
    assert len(other.ids(ArticleQuery(), NOW)) == 2
    other.close()
