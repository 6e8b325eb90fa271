"""The search words, tried on a real FTS5 index as the store makes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews import fold
from termnews.models import And, Node, Not, Or, Term, Test, TextField
from termnews.query import MAX_DEPTH, parse_query
from termnews.remembered import EDGES

_TABLE = """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, body, author, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')
"""
_TYPED = (
    "electricity organizations universities government negotiations earthquakes economics politicians"
    " happiness announcement running stopped studies possibility trading embassy suspended"
    " conditional businesses addresses землетрясениями электроэнергии правительства"
    " экономический безопасность переговоров приостановлена пострадавшие путешествие"
    " строительства российский тарифов журналистами"
)


class Index:
    """A search index in memory, as the store has one on disk."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect(":memory:")
        self.conn.execute(_TABLE)

    def add(self, title: str, body: str = "", author: str = "") -> int:
        """Index one article and return its number."""
        columns = [fold.shadow(each) for each in (title, body, author)]
        row = self.conn.execute("INSERT INTO search (title, body, author) VALUES (?, ?, ?)", columns)
        assert row.lastrowid is not None
        return row.lastrowid

    def find(self, expression: str | None) -> list[int]:
        """Return the numbers of the articles an expression finds."""
        assert expression is not None
        found = self.conn.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,))
        return [row[0] for row in found]

    def has(self, text: str, asked: str, *, prefix: bool = False) -> bool:
        """Whether an article of this text is found by a term."""
        number = self.add(text)
        return number in self.find(fold.match_term(_term(asked, prefix=prefix)))

    def words(self) -> set[str]:
        """Return the tokens FTS5 made."""
        self.conn.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, search, row)")
        return {row[0] for row in self.conn.execute("SELECT term FROM vocabulary")}


@pytest.fixture
def index() -> Iterator[Index]:
    made = Index()
    yield made
    made.conn.close()


@pytest.fixture(scope="module")
def shared_index() -> Iterator[Index]:
    made = Index()
    made.add("Tariffs rise", "on the 3rd of May", "A. Writer")
    yield made
    made.conn.close()


def _term(text: str, *, prefix: bool = False, field: TextField = "") -> Term:
    return Term(text, " " in text, prefix, field)


# --- folding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Grid", "grid"),
        ("ЁЛКА Ёж", "елка еж"),
        ("Ғарм Қӯрғон Ҳисор Хуҷанд тоҷикӣ", "гарм кургон хисор хучанд точики"),
        ("كتاب علي", "کتاب علی"),
        ("می\u200cخواهد", "میخواهد"),
        ("كِتَابٌ", "کتاب"),
        ("Łódź Ærø Señor İzmir", "lodz aero senor izmir"),
        ("Straße STRASSE", "strasse strasse"),
        ("замо\u0301к", "замок"),
        ("йод", "йод"),
        ("Αθήνα", "αθηνα"),
        ("ＢＢＣ ﬁne", "bbc fine"),
        ("۱۴۰۳ ١٢", "1403 12"),
        ("O‘zbek O’zbek", "o'zbek o'zbek"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold.fold(text) == folded


@given(st.text("AaÉéßøЁёЙйҶҷӢӣيیكک\u0301\u200cİı’ﬁ٣"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold.fold(fold.fold(text)) == fold.fold(text)


# --- shadow --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tariffs, tariff!", "tariff tariff"),
        ("тарифы тарифов", "тариф тариф"),
        ("the U.S. and the US", "the us and the us"),
        ("и т.д., Н.Й.", "и тд нй"),
        ("x.com is not x.c", "x com is not xc"),
        ("Tajikistan's plan", "tajikistan plan"),
        ("well-known", "well known"),
        ("COVIDом омCOVID G20 3,5", "covid ом ом covid g20 3 5"),
        ("北京大学 서울 ไทย", "北 京 大 学 서 울 ไ ท ย"),
        ("snake_case", "snake case"),
        ('🔥 — * "(', ""),
        ("a" * 100, f"{'a' * 64} {'a' * 36}"),
    ],
)
def test_shadow(text: str, words: str) -> None:
    assert fold.shadow(text) == words


@given(st.lists(st.text("aÉяʼз7_中ß\u0301'’" + EDGES, max_size=8)))
def test_what_stands_around_words_makes_no_difference(pieces: list[str]) -> None:
    """A text is parted at its spaces first, and punctuation taken off; a bar parts words and nothing else."""
    assert fold.shadow(" ".join(pieces)) == fold.shadow("|".join(["", *pieces, ""]))


def test_fts5_cuts_the_shadow_into_the_same_words(index: Index) -> None:
    text = (
        "Łódź's U.S. tariffs: землетрясение в Хуҷанде, COVIDом, می‌خواهد کتاب, 北京 3,5 % O‘zbekiston 🔥 Αθήνα"
    )
    index.add(text)
    assert index.words() == set(fold.shadow(text).split())


@pytest.mark.parametrize("space", [" ", "\n", "\u3000", "\u2003", "\x1f"])
def test_white_space_of_any_kind_parts_words(space: str) -> None:
    text = space.join(["", "U.S.", "Хуҷанд", "e\u0301", "北京", "—", "\u00b4a", "Tajikistan's", ""])
    assert fold.shadow(text) == "us хучанд e 北 京 a tajikistan"


# --- finding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A new tariff", "tariffs"),
        ("Рост тарифов", "тарифы"),
        ("Пострадали землетрясением", "землетрясение"),
        ("Зелёная карта", "зеленая"),
        ("Зеленая карта", "зелёная"),
        ("Забони тоҷикӣ", "точик"),
        ("Шаҳри Хуҷанд", "хучанд"),
        ("Хучандские новости Хучанд", "Хуҷанд"),
        ("علي كتاب", "علی"),
        ("علی کتاب", "كتاب"),
        ("می‌خواهد", "میخواهد"),
        ("我在北京大学学习", "北京大学"),
        ("我在北京大学学习", "大学"),
        ("東京タワー", "タワー"),
        ("서울에서", "서울"),
        ("The U.S. embassy", "US"),
        ("The US embassy", "U.S."),
        ("J.K. Rowling", "jk"),
        ("A well-known man", "well-known"),
        ("A well known man", "well-known"),
        ("Café in Łódź", "lodz cafe"),
        ("In 2026 about 3,500 came", "3,500"),
        ("۱۴۰۳", "1403"),
        ("COVIDом болеют", "covid"),
        ("Tajikistan’s rivers", "tajikistan"),
        ("power-line fire 🔥", "🔥 fire"),
        ("peace deal declared", "deals declared"),
    ],
)
def test_finds(index: Index, text: str, asked: str) -> None:
    number = index.add(text)
    assert number in index.find(fold.match_term(Term(asked)))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("known well", "well-known"),
        ("学大京北", "北京大学"),
        ("deal for peace", "peace deal"),
        ("grids", "gri"),
    ],
)
def test_does_not_find(index: Index, text: str, asked: str) -> None:
    assert not index.has(text, asked)


def test_words_that_are_no_phrase_may_stand_anywhere(index: Index) -> None:
    number = index.add("deal for peace")
    assert index.find(fold.match_term(Term("peace deal"))) == [number]
    assert index.find(fold.match_term(Term("peace deal", phrase=True))) == []


def test_a_field_is_looked_for_in_its_column_alone(index: Index) -> None:
    title, body, author = (
        index.add("rain clouds"),
        index.add("", "rain clouds"),
        index.add("", "", "rain clouds"),
    )
    assert index.find(fold.match_term(_term("rain"))) == [title, body, author]
    assert index.find(fold.match_term(_term("rain", field="title"))) == [title]
    assert index.find(fold.match_term(Term("clouds rai", prefix=True, field="body"))) == [body]
    assert index.find(fold.match_term(_term("rain cl", prefix=True, field="author"))) == [author]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("gridlock", "grid"),
        ("peace deals", "peace dea"),
        ("readymade", "ready"),
        ("readiness", "ready"),
        ("大学", "大"),
    ],
)
def test_a_prefix_goes_on(index: Index, text: str, asked: str) -> None:
    assert index.has(text, asked, prefix=True)
    assert not index.has(f"x{text}", asked, prefix=True) or not text.isascii()


def test_only_the_last_word_of_a_prefix_goes_on(index: Index) -> None:
    number = index.add("gridlock ahead")
    assert index.find(fold.match_term(Term("gridlock ah", prefix=True))) == [number]
    assert index.find(fold.match_term(Term("grid ah", prefix=True))) == []
    assert index.find(fold.match_term(Term("grid ah", phrase=True, prefix=True))) == []


@pytest.mark.parametrize("word", _TYPED.split())
def test_a_word_is_found_at_every_letter_as_it_is_typed(index: Index, word: str) -> None:
    number = index.add(word)
    for length in range(2, len(word) + 1):
        expression = fold.match_term(Term(word[:length], prefix=True))
        assert number in index.find(expression), word[:length]


# --- expressions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "expression"),
    [
        (Term("Tariffs"), '"tariff"'),
        (Term("well-known"), '"well known"'),
        (Term("peace deal"), '("peac" AND "deal")'),
        (Term("peace deal", phrase=True), '"peac deal"'),
        (Term("gri", prefix=True, field="title"), '{title} : "gri" *'),
        (Term("electricit", prefix=True), '("electricit" * OR "electr")'),
        (Term("happy", prefix=True), '("happi" * OR "happy" *)'),
        (Term("happy's", prefix=True), '("happi" * OR "happy" *)'),
        (Term("U.S.", prefix=True), '"us" *'),
    ],
)
def test_the_expression_of_a_term_stands_beside_any_operator(term: Term, expression: str) -> None:
    assert fold.match_term(term) == expression


@pytest.mark.parametrize("text", ["🔥", "—", '"', "*", "( )", "\u200c", "_"])
def test_text_without_letters_has_no_expression(text: str) -> None:
    assert fold.match_term(Term(text)) is None


def test_links_are_not_in_the_index() -> None:
    assert fold.match_term(_term("example", field="link")) is None


@pytest.mark.parametrize(
    ("node", "expression"),
    [
        (Term("a"), '"a"'),
        (
            And((Term("a"), Not(Term("b")), Term("c"), Not(Or((Term("d"), Term("e")))))),
            '"a" AND "c" NOT "b" NOT ("d" OR "e")',
        ),
        (Or((And((Term("a"), Term("b"))), Term("c"))), '"a" AND "b" OR "c"'),
        (And((Or((Term("a"), Term("b"))), Term("c"))), '("a" OR "b") AND "c"'),
        (And((Term("x"), Not(And((Term("a"), Not(Term("b"))))))), '"x" NOT ("a" NOT "b")'),
    ],
)
def test_match_says_a_tree(node: Node, expression: str) -> None:
    assert fold.match(node) == expression


@pytest.mark.parametrize(
    "node",
    [
        Test("is", "unread"),
        Not(Term("a")),
        And((Not(Term("a")), Not(Term("b")))),
        Or((Term("a"), Not(Term("b")))),
        And((Term("a"), Test("region", "TJ"))),
        And((Term("a"), Not(Test("region", "TJ")))),
        And((Term("a"), Term("x", field="link"))),
        Or((Term("a"), Term("🔥"))),
    ],
)
def test_match_leaves_what_fts5_cannot_say(node: Node) -> None:
    assert fold.match(node) is None


_WORDS = ("rain", "sun", "wind", "hail")
_TREES = st.recursive(
    st.sampled_from(_WORDS).map(Term),
    lambda nodes: (
        st.lists(nodes, min_size=2, max_size=3).map(lambda each: And(tuple(each)))
        | st.lists(nodes, min_size=2, max_size=3).map(lambda each: Or(tuple(each)))
        | st.tuples(nodes, nodes).map(lambda each: And((each[0], Not(each[1]))))
    ),
    max_leaves=8,
)


def _holds(node: Node, words: set[str]) -> bool:
    """Whether an article of these words is what a tree asks for."""
    match node:
        case Term(text):
            return text in words
        case Not(inner):
            return not _holds(inner, words)
        case And(nodes):
            return all(_holds(each, words) for each in nodes)
        case Or(nodes):
            return any(_holds(each, words) for each in nodes)
        case _:
            raise AssertionError(node)


@pytest.fixture(scope="module")
def weather() -> Iterator[tuple[Index, dict[int, set[str]]]]:
    made = Index()
    sets = [{word for bit, word in enumerate(_WORDS) if number >> bit & 1} for number in range(16)]
    yield made, {made.add(" ".join(sorted(words))): words for words in sets}
    made.conn.close()


@given(tree=_TREES)
def test_match_finds_what_the_tree_asks_for(weather: tuple[Index, dict[int, set[str]]], tree: Node) -> None:
    index, articles = weather
    wanted = [number for number, words in articles.items() if _holds(tree, words)]
    assert index.find(fold.match(tree)) == wanted


@pytest.mark.parametrize("level", ["a OR b -(", "a OR b c -(", "-(a OR b) c OR title:electrici* ("])
def test_fts5_takes_the_deepest_query(shared_index: Index, level: str) -> None:
    node = parse_query(level * MAX_DEPTH + "x OR title:electrici* y").where
    assert node is not None
    shared_index.find(fold.match(node))


@given(
    text=st.text(min_size=1) | st.text("\"*()-:^{}+ANDORNEt.'\0 я北ß🔥", min_size=1),
    phrase=st.booleans(),
    prefix=st.booleans(),
    field=st.sampled_from(["", "title", "body", "author"]),
)
def test_no_text_makes_an_expression_fts5_rejects(
    shared_index: Index, text: str, phrase: bool, prefix: bool, field: TextField
) -> None:
    expression = fold.match_term(Term(text, phrase, prefix, field))
    if expression is not None:
        shared_index.find(expression)
        shared_index.find(f"rise AND {expression} NOT {expression}")


@given(st.text(st.characters(categories=["L", "N", "P", "Z"], max_codepoint=0x2FFF), min_size=1))
def test_every_text_finds_itself(text: str) -> None:
    index = Index()
    number = index.add(text)
    expression = fold.match_term(Term(text, phrase=True))
    # Letters younger than the Unicode of FTS5 are no words to it.
    if expression is not None and index.words():
        assert index.find(expression) == [number]
    index.conn.close()
