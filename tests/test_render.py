"""Article HTML becomes blocks, text and Markdown; whatever it holds, nothing steers the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from termnews.render import (
    Code,
    Document,
    Figure,
    Heading,
    ListEntry,
    Paragraph,
    Rule,
    Span,
    Table,
    blocks,
    plain,
    read_minutes,
    to_markdown,
    to_text,
    wrap,
)
from tests.test_sanitize import _unsafe

BASE = "https://pamir.example/news/"


def text(html: str, width: int = 40) -> str:
    """Return HTML as wrapped text."""
    return to_text(blocks(html, BASE), width)


def only(html: str) -> object:
    """Return the one block of some HTML."""
    (block,) = blocks(html, BASE).blocks
    return block


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<p>Two  \n words</p>", Paragraph((Span("Two words"),))),
        ("<h3>Head</h3>", Heading((Span("Head"),), 3)),
        ("<blockquote><p>Said</p></blockquote>", Paragraph((Span("Said"),), quote=1)),
        ("<ul><li>One</ul>", ListEntry((Span("One"),), 1)),
        ("<ol start=4><li>Four</ol>", ListEntry((Span("Four"),), 1, 4)),
        ("<pre>a  b\n\tc\n</pre>", Code("a  b\n    c")),
        ("<hr>", Rule()),
        ("<p>a<br>b</p>", Paragraph((Span("a\nb"),))),
        ("<p>x<sup>2</sup> H<sub>2</sub>O</p>", Paragraph((Span("x² H₂O"),))),
        ("<p>1<sup>st</sup></p>", Paragraph((Span("1st"),))),
        ("<p><q>Hi</q></p>", Paragraph((Span("“Hi”"),))),
        ("<p>&amp;lt; *not* _md_ 1. #</p>", Paragraph((Span("&lt; *not* _md_ 1. #"),))),
        ("<img alt='A wall' src='/a.png'>", Figure((Span("A wall"),), "image", 1)),
        ("<figure><img src=a.png><figcaption>Cap</figcaption></figure>", Figure((Span("Cap"),), "image", 1)),
        ("<iframe src='https://v.example/1'></iframe>", Figure((), "page", 1)),
        ("<video><source src='/v.mp4'></video>", Figure((), "video", 1)),
        ("Some plain words", Paragraph((Span("Some plain words"),))),
        ("<p>Дар Душанбе <b>барқ</b></p>", Paragraph((Span("Дар Душанбе "), Span("барқ", ("bold",))))),
    ],
)
def test_html_becomes_a_block(html: str, block: object) -> None:
    assert only(html) == block


def test_marks_nest_and_unclosed_ones_end_with_their_paragraph() -> None:
    paragraphs = blocks("<p><b>a <i>b</i></b> <s>c</s> <code>d</code></p><p><b>e<p>f</p>").blocks
    assert [block.spans for block in paragraphs if isinstance(block, Paragraph)] == [
        (
            Span("a ", ("bold",)),
            Span("b", ("bold", "italic")),
            Span(" "),
            Span("c", ("strike",)),
            Span(" "),
            Span("d", ("code",)),
        ),
        (Span("e", ("bold",)),),
        (Span("f"),),
    ]


def test_links_are_numbered_resolved_and_shared() -> None:
    document = blocks(
        "<p><a href='../a'>one</a> <a href='https://me:pw@b.example/'>two</a> <a href='../a'>again</a>"
        " <a href='mailto:x@y.example'>mail</a> <a href='javascript:x()'>bad</a> <a href='#top'>up</a>"
        " <a href='http://[x'>broken</a></p>",
        BASE,
    )
    assert [(link.number, link.url, link.text, link.openable) for link in document.links] == [
        (1, "https://pamir.example/a", "one", True),
        (2, "https://b.example/", "two", True),
        (3, "mailto:x@y.example", "mail", False),
    ]
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans) == "one two again mail bad up broken"


def test_nested_lists_and_what_follows_them() -> None:
    html = (
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><p>e</p><ol><li>f</li><li>g</li></ol>"
    )
    assert text(html) == "• a\n  • b\n• c\n  d\n\ne\n\n1. f\n2. g\n"


def test_tables_of_data_and_tables_of_layout() -> None:
    table = only(
        "<table><tr><th>City</th><th align=right>Rate</th></tr><tr><td>Khorog<td align=right>9</table>"
    )
    assert isinstance(table, Table)
    assert (table.head, table.aligns) == (True, ("left", "right"))
    assert [block for block in blocks("<table><tr><td><h2>Hi</h2><p>text</p></td></tr></table>").blocks] == [
        Heading((Span("Hi"),), 2),
        Paragraph((Span("text"),)),
    ]
    assert text("<table><tr><td>only one cell</td></tr></table>") == "only one cell\n"


def test_a_table_that_is_too_wide_is_read_entry_by_entry() -> None:
    html = (
        "<table><tr><th>City</th><th>Electricity rate</th></tr>"
        "<tr><td>Dushanbe city</td><td colspan=2>26.5 dirams</td></tr></table>"
    )
    assert "Dushanbe city  26.5 dirams" in text(html, 60)
    assert text(html, 12) == "City:\nDushanbe\ncity\nElectricity\nrate: 26.5\ndirams\n"


def test_columns_share_a_narrow_width() -> None:
    row = "<tr><td>short</td><td>a rather long cell with many words in it</td><td align=center>m</td></tr>"
    lines = text(f"<table>{row}{row}</table>", 34).splitlines()
    assert all(cell_len(line) <= 34 for line in lines)
    assert len(lines) > 2


def test_quotes_code_rules_and_links_as_text() -> None:
    html = (
        "<h2>Rates</h2><ul><li>up</li></ul><blockquote><p>It deserves a lobby of its own.</p></blockquote>"
        "<pre>x = 1</pre><hr><p>See <a href='/p'>the plan</a>.</p>"
    )
    assert text(html, 20) == (
        "Rates\n• up\n\n▎ It deserves a\n▎ lobby of its own.\n\nx = 1\n\n"
        "────────────────────\n\nSee the plan [1].\n\n[1] https://pamir.example/p\n"
    )


def test_pictures_that_count_readers_and_faces_in_text() -> None:
    assert blocks("<img src=p.gif width=1 height=1>").blocks == ()
    assert only("<p>Hi <img class=wp-smiley alt=':)'></p>") == Paragraph((Span("Hi :)"),))


def test_paragraphs_of_plain_text() -> None:
    assert text("One &amp; two\nlines\n\nNext") == "One & two\nlines\n\nNext\n"


def test_cjk_breaks_anywhere_and_long_words_are_cut() -> None:
    lines = text("<p>漢字漢字漢字漢字漢字 unbreakablelongword</p>", 9).splitlines()
    assert all(cell_len(line) <= 9 for line in lines)
    assert "".join(lines).replace(" ", "") == "漢字漢字漢字漢字漢字unbreakablelongword"


def test_scripts_comments_and_heads_are_left_out() -> None:
    html = (
        "<head><title>t</title></head><!-- c --><script>x<y</script><style>p{}</style>"
        "<p>Seen</p><![CDATA[too]]>"
    )
    assert plain(html) == "Seen\n\ntoo"
    assert text(html) == "Seen\n\ntoo\n"


def test_plain_text_for_search() -> None:
    html = (
        "<h1>A</h1><p>b<br>c</p><ul><li>d</li><li>e</li></ul>"
        "<table><tr><td>f</td><td>g</td></tr></table><pre>h  i</pre>"
    )
    assert plain(html) == "A\n\nb\nc\n\nd\n\ne\n\nf g\n\nh i"
    assert plain("a < b & c") == "a < b & c"
    assert plain("a &lt; b<br>&copy &unknown;") == "a < b\n© &unknown;"


def test_markdown_for_pipes() -> None:
    html = (
        "<h2>T</h2><p>a <b>b</b> <a href='/x'>c</a></p><ul><li>d</li></ul><div>e</div><img src=i.png alt=f>"
    )
    markdown = to_markdown(html, BASE)
    assert "## T" in markdown
    assert "a **b** [c](https://pamir.example/x)" in markdown
    assert "- d" in markdown
    assert to_markdown("a\n\nb") == "a\n\nb\n"


@pytest.mark.parametrize(
    "html", ["&amp;#27;[31m", "&#27;]52;c;x&#7;", "<p>\x1b[2J\x9b\u202e</p>", "&#x9b;2J&#8238;"]
)
def test_no_reference_becomes_a_control(html: str) -> None:
    for made in (plain(html), text(html), to_markdown(html)):
        assert not any(map(_unsafe, made))


@pytest.mark.parametrize(
    "html",
    [
        "<a" * 30_000,
        "<p " * 20_000,
        "<a href='x" * 20_000,
        "&#" * 40_000,
        "<b>" * 20_000,
        "<ul><li>" * 8_000,
        "<table><tr><td>" * 10_000,
        "<blockquote>" * 20_000,
        "<!--" * 60_000,
        "<![CDATA[" * 30_000,
        "<script>" * 30_000,
        "<pre>" * 30_000 + "x",
        "a " * 100_000,
    ],
    ids=lambda html: html[:8],
)
def test_hostile_html_comes_to_an_end(html: str) -> None:
    document = blocks(html)
    for block in document.blocks[:50]:
        assert wrap(block, 40)
    plain(html)
    to_markdown(html)


_WORDS = """
<p> </p> <b> </b> <i> <ul> <ol> <li> </li> </ul> <table> <tr> <td> <th> </td> </tr> </table> <pre> </pre>
<blockquote> </blockquote> <a|href='/x'> <a|href='javascript:1'> </a> <img|src=x> <figure> <figcaption>
</figcaption> </figure> <h2> </h2> <br> <hr> <sup> </sup> <code> </code> <div> </div> <video> <source|src=y>
&amp; &#27; &#x202e; <script> </script> <!-- --> <![CDATA[ ]]> < > ' " слово тоҷикӣ 漢字 👩‍🚀
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\x1b\u202e"]).map(lambda piece: piece.replace("|", " "))
_HTML = st.lists(_PIECES | st.text(max_size=8), max_size=25).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(_HTML, st.integers(1, 90))
def test_any_html_is_drawn_safely_within_its_width(html: str, width: int) -> None:
    document = blocks(html, BASE)
    assert not any(map(_unsafe, plain(html) + to_markdown(html)))
    for block in document.blocks:
        for line in wrap(block, width):
            drawn = "".join(piece for piece, _ in line)
            assert cell_len(drawn) <= max(width, 8)
            assert not any(map(_unsafe, drawn))
            assert "\n" not in drawn


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30), min_size=1),
    st.integers(8, 60),
)
def test_words_stay_in_order(words: list[str], width: int) -> None:
    drawn = to_text(blocks(f"<p>{' '.join(words)}</p>"), width)
    assert "".join(drawn.split()) == "".join(plain(" ".join(words)).split())


def test_minutes_and_nothing() -> None:
    assert (read_minutes(0), read_minutes(440)) == (1, 2)
    assert blocks("") == Document()
    assert to_text(Document()) == ""
