"""Search lines: what they mean, that nothing breaks them, and that printing gives them back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.errors import QueryError
from termnews.models import And, ArticleQuery, Node, Not, Or, Term, Test, TextField
from termnews.query import (
    ALIASES,
    FIELDS,
    MAX_CONDITIONS,
    MAX_DEPTH,
    TEXT_FIELDS,
    VALUES,
    chips,
    moment,
    parse_query,
    print_query,
    with_test,
    without_last,
)
from tests.bounds import in_proportion

A, B, C, D = map(Term, "abcd")
_NOW = datetime(2026, 11, 25, 10, 30, 15, tzinfo=timezone(timedelta(hours=5)))


# --- reading -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("", None),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("NOT a b", And((Not(A), B))),
        ("NOT (a b)", Not(And((A, B)))),
        ("a NOT b OR c", Or((And((A, Not(B))), C))),
        ("-a", Not(A)),
        ("--a", A),
        ("NOT -a", A),
        ("NOT NOT a", A),
        ("-(a OR b)", Not(Or((A, B)))),
        ("-(-a)", A),
        ('-"x y"', Not(Term("x y", phrase=True))),
        ("-region:TJ", Not(Test("region", "TJ"))),
        ('-feed:"BBC World"', Not(Test("feed", "BBC World"))),
        ("a and b", And((A, Term("and"), B))),
        ("grid*", Term("grid", prefix=True)),
        ("grid**", Term("grid", prefix=True)),
        ("gr*d", Term("gr*d")),
        ('"a b"', Term("a b", phrase=True)),
        ('"  a   b "', Term("a b", phrase=True)),
        ('"green ca"*', Term("green ca", phrase=True, prefix=True)),
        ('"a"', A),
        ('"grid*"', Term("grid*")),
        ('"say ""no"" now"', Term('say "no" now', phrase=True)),
        ("well-known", Term("well-known")),
        ("(a (b (c)))", And((A, B, C))),
        ("(a OR (b OR c))", Or((A, B, C))),
        ("f(a)b", And((Term("f"), A, B))),
    ],
)
def test_words_operators_and_brackets(line: str, where: Node | None) -> None:
    assert parse_query(line) == ArticleQuery(where)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("title:grid", Term("grid", field="title")),
        ("TITLE:Grid", Term("Grid", field="title")),
        ("body:grid*", Term("grid", prefix=True, field="body")),
        ('author:"J K"', Term("J K", phrase=True, field="author")),
        ('author:"J K"*', Term("J K", phrase=True, prefix=True, field="author")),
        ("link:https://example.org/a", Term("https://example.org/a", field="link")),
        ("link:/", Term("/", field="link")),
        ("title:feed:x", Term("feed:x", field="title")),
        ("feed:BBC", Test("feed", "BBC")),
        ("folder:Asia", Test("folder", "Asia")),
        ("region:Таджикистан", Test("region", "Таджикистан")),
        ("about:TJ", Test("region", "TJ")),
        ("after:2d", Test("since", "2d")),
        ("mentions:US", Test("mentions", "US")),
        ("from:none", Test("from", "none")),
        ("lang:RU", Test("lang", "ru")),
        ("is:Unread", Test("is", "unread")),
        ("has:image", Test("has", "image")),
        ("since:24H", Test("since", "24h")),
        ("before:2026-01-31", Test("before", "2026-01-31")),
        ('feed:"say ""hi"""', Test("feed", 'say "hi"')),
    ],
)
def test_fields(line: str, where: Node) -> None:
    assert parse_query(line) == ArticleQuery(where)
    assert parse_query(line).notes == ()


@pytest.mark.parametrize("sort", VALUES["sort"])
def test_sort_is_the_order_and_no_condition(sort: str) -> None:
    assert parse_query(f"a -sort:{sort} b") == ArticleQuery(And((A, B)), sort)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('"a b', Term("a b", phrase=True)),
        ('a"', A),
        ('"', None),
        ('""', None),
        ("*", None),
        ("-", None),
        ("a - b", And((A, B))),
        ("- *", None),
        ("NEAR(a", And((Term("NEAR"), A))),
        (":", None),
        ("(", None),
        (")", None),
        ("()", None),
        (")a(", A),
        ("a (b", And((A, B))),
        ("a) b", And((A, B))),
        ("-() a", A),
        ("OR", None),
        ("AND NOT", None),
        ("a OR", A),
        ("OR a", A),
        ("a OR OR b", Or((A, B))),
        ("NOT OR a", A),
        ("(NOT) a", A),
        ("-AND", Not(Term("AND"))),
        ("🔥 &", None),
        ("a\x1b[31m\x00 b", And((Term("a[31m"), B))),
        ("title:", None),
        ("title: a", And((Term("title:"), A))),
        ('title:"', None),
        ("title:*", None),
        ('feed:""', None),
    ],
)
def test_every_line_is_legal(line: str, where: Node | None) -> None:
    assert parse_query(line) == ArticleQuery(where)


@pytest.mark.parametrize("word", ["http://x", "10:30", "Re:", "C:\\x", "a:b", "::", "x2:y", "ab:", "std::io"])
def test_colons_that_name_no_field_are_silently_text(word: str) -> None:
    expected = Term(word) if any(map(str.isalnum, word)) else None
    assert parse_query(f"{word} a") == ArticleQuery(A if expected is None else And((expected, A)))
    assert parse_query(f"{word} a").notes == ()


def test_an_unknown_field_is_text_with_a_note() -> None:
    query = parse_query("regoin:TJ")
    assert query.where == Term("regoin:TJ")
    assert query.notes == ('there is no field "regoin"; did you mean "region"? Searched as text.',)


def test_an_unknown_field_with_a_quoted_value_is_one_phrase() -> None:
    query = parse_query('-Feeed:"BBC World"')
    assert query.where == Not(Term("Feeed:BBC World", phrase=True))
    assert query.notes == ('there is no field "Feeed"; did you mean "feed"? Searched as text.',)


def test_a_name_far_from_any_field_offers_none() -> None:
    assert parse_query("Путин:да").notes == ('there is no field "Путин". Searched as text.',)


@pytest.mark.parametrize(("line", "word"), [("story:3", "stories"), ("-story:3", "stories")])
def test_what_is_not_kept_is_said(line: str, word: str) -> None:
    (note,) = parse_query(line).notes
    assert note.startswith(f"{word} ") and "not kept yet" in note and "matches nothing" in note


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("is:unred", ["is:unred", "did you mean is:unread"]),
        ("has:picture", ["has:picture", "link, enclosure, image"]),
        ("sort:tittle", ["sort:tittle", "did you mean sort:title"]),
        ("is:zzz", ["is:zzz", "did you mean is:unread"]),
        ("since:soon", ['"soon"', "2d", "2026-01-31"]),
        ("since:2y", ['"2y"']),
        ("since:999999d", ['"999999d"']),
        ("before:2026-13", ['"2026-13"', "calendar"]),
        ("before:2026-02-30", ['"2026-02-30"', "calendar"]),
        ("since:0000", ['"0000"']),
        ("since:٢d", ['"٢d"']),
    ],
)
def test_a_value_that_means_nothing_is_refused(line: str, words: list[str]) -> None:
    with pytest.raises(QueryError) as error:
        parse_query(f"a ({line})")
    assert all(word in str(error.value) for word in words)


@pytest.mark.parametrize(
    "line",
    [
        "(" * 100_000,
        "(" * 100_000 + "a" + ")" * 100_000,
        "-(" * 50_000 + "a",
        "a OR (b " * 20_000,
        "NOT " * 50_000 + "a",
        '"' * 100_001,
        "-" * 100_000,
        "x:y " * 50_000,
        "a" * 300_000,
        "ab:" + "c" * 300_000,
        "a " * 300_000,
    ],
    ids=lambda line: line[:8],
)
def test_long_lines_are_read_at_once(line: str) -> None:
    with in_proportion():
        query = parse_query(line)
        assert parse_query(print_query(query)) == query


def test_brackets_too_deep_are_ignored_with_a_note() -> None:
    query = parse_query("a (b OR " * MAX_DEPTH + "(c) d" + ")" * MAX_DEPTH + " e")
    assert print_query(query) == "a (b OR " * MAX_DEPTH + "c d" + ")" * MAX_DEPTH + " e"
    assert query.notes == (f"brackets more than {MAX_DEPTH} deep are ignored.",)


def test_brackets_as_deep_as_allowed_are_kept() -> None:
    assert parse_query("a (b OR " * MAX_DEPTH + "c").notes == ()


def test_conditions_beyond_the_limit_are_left_out_with_a_note() -> None:
    query = parse_query("a " * MAX_CONDITIONS + "-b")
    assert query.where == And((A,) * MAX_CONDITIONS)
    assert query.notes == (f"only the first {MAX_CONDITIONS} conditions are used.",)
    assert parse_query("a " * MAX_CONDITIONS).notes == ()


def test_notes_stay_few() -> None:
    assert len(parse_query("ab:x cd:x ef:x gh:x ij:x kl:x mn:x").notes) == 5


# --- printing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (ArticleQuery(), ""),
        (ArticleQuery(None, "title"), "sort:title"),
        (ArticleQuery(And((Or((A, B)), Not(C))), "best"), "(a OR b) -c sort:best"),
        (ArticleQuery(Or((And((A, B)), Not(Or((C, D)))))), "a b OR -(c OR d)"),
        (ArticleQuery(Not(And((A, B)))), "-(a b)"),
        (ArticleQuery(Term("OR")), '"OR"'),
        (ArticleQuery(Term("title:x")), '"title:x"'),
        (ArticleQuery(Term("Feed:")), '"Feed:"'),
        (ArticleQuery(Term("regoin:TJ")), '"regoin:TJ"'),
        (ArticleQuery(Term("http://x")), "http://x"),
        (ArticleQuery(Term("-a")), '"-a"'),
        (ArticleQuery(Term("a*")), '"a*"'),
        (ArticleQuery(Term("a*", prefix=True)), '"a*"*'),
        (ArticleQuery(Term("a(b)")), '"a(b)"'),
        (ArticleQuery(Term('5" pipe', phrase=True, prefix=True, field="title")), 'title:"5"" pipe"*'),
        (ArticleQuery(Test("feed", "BBC World")), 'feed:"BBC World"'),
        (ArticleQuery(Test("feed", "BBC*")), 'feed:"BBC*"'),
    ],
)
def test_print_query(query: ArticleQuery, line: str) -> None:
    assert print_query(query) == line
    assert parse_query(line) == query
    assert parse_query(line).notes == ()


_PIECES = (
    *(
        " ",
        "(",
        ")",
        '"',
        "-",
        "*",
        ":",
        "OR",
        "AND",
        "NOT",
        " OR ",
        "a",
        "b*",
        '"c d"',
        '""',
        "NEAR(",
        "🔥",
        "ё",
    ),
    *(
        "title:",
        "feed:",
        "is:unread",
        "has:link",
        "since:2d",
        "before:2026",
        "sort:title",
        "story:",
        "region:TJ",
    ),
    *("regoin:", "http://x", "lang:İ", "İ", "\u0301", "\u00a0", "\u2028", "\x1b"),
)
_LINES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3)).map("".join)


@given(_LINES | st.text())
def test_a_printed_query_reads_as_an_equal_one(line: str) -> None:
    try:
        query = parse_query(line)
    except QueryError:
        return
    again = parse_query(print_query(query))
    assert again == query
    assert print_query(again) == print_query(query)
    _assert_normal(query.where)


_TEXTS = (
    st.text('ab OR"-*():x🔥', min_size=1)
    | st.sampled_from(["OR", "NOT", "title:x", "is:", "ab:c", "-", "a*", "Re:", '"'])
    | st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1)
).map(lambda text: parse_query(f'title:"{text.replace(chr(34), chr(34) * 2)}"').where)
_FIELDS = st.sampled_from(["", *TEXT_FIELDS])
_TERMS = st.builds(
    lambda term, prefix, field: replace(term or A, prefix=prefix, field=field), _TEXTS, st.booleans(), _FIELDS
)
_VALUES = st.sampled_from(["TJ", "BBC World", 'a"b', "a*", "(", "-x", "OR", ":", "title:x"])
_TESTS = st.builds(
    Test, st.sampled_from(["feed", "folder", "region", "mentions", "from", "story"]), _VALUES
) | (st.sampled_from([Test("is", "unread"), Test("has", "image"), Test("since", "2d"), Test("lang", "ru")]))


def _group(nodes: st.SearchStrategy[Node], kind: type[And] | type[Or]) -> st.SearchStrategy[Node]:
    return st.lists(nodes.filter(lambda node: not isinstance(node, kind)), min_size=2, max_size=3).map(
        lambda each: kind(tuple(each))
    )


_TREES: st.SearchStrategy[Node] = st.recursive(
    _TERMS | _TESTS,
    lambda nodes: (
        _group(nodes, And) | _group(nodes, Or) | nodes.filter(lambda node: not isinstance(node, Not)).map(Not)
    ),
    max_leaves=8,
)


def _assert_normal(node: Node | None) -> None:
    match node:
        case And(nodes) | Or(nodes):
            assert len(nodes) > 1
            assert not any(type(each) is type(node) for each in nodes)
            for each in nodes:
                _assert_normal(each)
        case Not(inner):
            assert not isinstance(inner, Not)
            _assert_normal(inner)
        case Term(text, phrase):
            assert phrase == (" " in text)


@given(where=st.none() | _TREES, sort=st.sampled_from(VALUES["sort"]))
def test_every_tree_is_printed_so_that_it_reads_back(where: Node | None, sort: str) -> None:
    query = ArticleQuery(where, sort)  # type: ignore[arg-type]
    assert parse_query(print_query(query)) == query
    assert not any("no field" in note for note in parse_query(print_query(query)).notes)


# --- changing ------------------------------------------------------------------------------


def test_chips_are_the_top_conditions() -> None:
    query = parse_query('is:unread (region:TJ OR region:UZ) -"x y" sort:title')
    assert chips(query) == ("is:unread", "region:TJ OR region:UZ", '-"x y"')
    assert chips(parse_query("a OR b")) == ("a OR b",)
    assert chips(ArticleQuery()) == ()


def test_without_last_drops_one_condition_after_the_other() -> None:
    query = parse_query("a -(b c) is:unread sort:title")
    lines = []
    for _ in range(4):
        query = without_last(query)
        lines.append(print_query(query))
    assert lines == ["a -(b c) sort:title", "a sort:title", "sort:title", "sort:title"]


def test_without_last_keeps_no_notes() -> None:
    assert without_last(parse_query("a regoin:TJ")).notes == ()


@pytest.mark.parametrize(
    ("line", "field", "value", "after"),
    [
        ("", "region", "TJ", "region:TJ"),
        ("a OR b", "region", "TJ", "(a OR b) region:TJ"),
        ("region:UZ a region:KZ", "region", "TJ", "region:TJ a"),
        ("region:UZ a", "about", "TJ", "region:TJ a"),
        ("a -region:UZ", "region", "TJ", "a -region:UZ region:TJ"),
        ("is:read is:starred", "is", "unread", "is:unread is:starred"),
        ("is:starred is:new", "is", "starred", "is:starred is:new"),
        ("region:UZ", "is", "unread", "region:UZ is:unread"),
        ("", "feed", 'The "B" \x1b Post', 'feed:"The ""B"" Post"'),
        ("a region:UZ region:KZ", "region", "", "a"),
        ("is:read a is:new", "is", "", "a"),
        ("a sort:title", "region", "TJ", "a region:TJ sort:title"),
    ],
)
def test_with_test(line: str, field: str, value: str, after: str) -> None:
    query = with_test(parse_query(line), field, value)
    assert print_query(query) == after
    assert parse_query(after) == query


def test_with_test_refuses_and_notes_as_reading_does() -> None:
    with pytest.raises(QueryError, match="is:unread"):
        with_test(ArticleQuery(), "is", "unred")
    assert with_test(ArticleQuery(), "is", "full").notes == parse_query("is:full").notes


# --- times ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30m", "2026-11-25T10:00:15+05:00"),
        ("24h", "2026-11-24T10:30:15+05:00"),
        ("2D", "2026-11-23T10:30:15+05:00"),
        ("3w", "2026-11-04T10:30:15+05:00"),
        ("today", "2026-11-25T00:00:00+05:00"),
        (" Yesterday ", "2026-11-24T00:00:00+05:00"),
        ("2026-01-31", "2026-01-31T00:00:00+05:00"),
        ("2026-1-5", "2026-01-05T00:00:00+05:00"),
        ("2026-02", "2026-02-01T00:00:00+05:00"),
        ("2024", "2024-01-01T00:00:00+05:00"),
        ("2024-02-29", "2024-02-29T00:00:00+05:00"),
    ],
)
def test_moment(value: str, expected: str) -> None:
    assert moment(value, _NOW).isoformat() == expected


def test_days_begin_at_midnight_of_the_zone_also_across_its_clock_change() -> None:
    now = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    assert moment("2026-01-01", now).astimezone(UTC) == datetime(2025, 12, 31, 23, tzinfo=UTC)


@given(st.integers(0, 99999), st.sampled_from("mhdw"))
def test_every_age_has_a_time(number: int, unit: str) -> None:
    assert moment(f"{number}{unit}", _NOW) <= _NOW


# --- docs ----------------------------------------------------------------------------------

_DOCS = Path(__file__).parent.parent / "docs" / "query.md"


def _rows() -> dict[str, tuple[str, list[str]]]:
    """Return the field table of docs/query.md: the meaning and the examples by field."""
    rows = re.findall(r"^\| `([a-z]+):` \|(.+)\|(.+)\|$", _DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (meaning, re.findall("`([^`]+)`", examples)) for name, meaning, examples in rows}


def test_the_docs_name_every_field_and_no_other() -> None:
    assert set(_rows()) == set(FIELDS)


@pytest.mark.parametrize("field", VALUES)
def test_the_docs_name_every_value(field: str) -> None:
    named = re.findall(rf"^\| `{field}:([a-z]+)` \|", _DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(VALUES[field])


@pytest.mark.parametrize("field", FIELDS)
def test_the_examples_of_the_docs_use_their_field(field: str) -> None:
    for example in _rows()[field][1]:
        query = parse_query(example)
        assert f"{ALIASES.get(field, field)}:" in print_query(query) or query.sort != "date"
        assert not any("no field" in note for note in query.notes)


def test_the_docs_give_the_limits() -> None:
    text = _DOCS.read_text(encoding="utf-8")
    assert f"{MAX_CONDITIONS} conditions" in text and f"{MAX_DEPTH} deep" in text


def test_every_text_field_takes_phrases_and_stars() -> None:
    fields: list[TextField] = ["title", "body", "author", "link"]
    assert list(TEXT_FIELDS) == fields
    for field in fields:
        assert parse_query(f'{field}:"a b"*').where == Term("a b", phrase=True, prefix=True, field=field)
