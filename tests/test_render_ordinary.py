"""The pass over ordinary HTML gives what the tokens give, and ordinary HTML does take it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termnews.errors import ParseError
from termnews.parse import parse
from termnews.render import ordinary, plain
from termnews.render.texts import _spread, _tidy
from termnews.sanitize import clean_text
from tests.conftest import NOW
from tests.test_parse import URL, golden

NAMES = st.sampled_from(
    ["p", "P", "a", "br", "b", "pre", "Pre", "td", "li", "script", "Title", "head", "svg", "o:p", "x"]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " ",
        "/",
        " /",
        ' href="x"',
        " href='y'",
        " a=1",
        ' a = "2"',
        ' a="<"',
        ' a=">"',
        ' a="',
        " '",
        "=",
        '="',
    ]
)
TAGS = st.builds(
    "<{}{}{}{}".format, st.sampled_from(["", "/"]), NAMES, ATTRIBUTES, st.sampled_from([">", ""])
)
PIECES = st.sampled_from(
    [
        "word",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\f",
        "\x0b",
        "\x85",
        "\xa0",
        "\u2028",
        "&",
        "&amp;",
        "&am",
        "p;",
        "&#10;",
        "&lt;b&gt;",
        "&nbsp;",
        "<",
        ">",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x ",
        '"',
        "'",
        "=",
        "e\u0301",
        "\x1b",
    ]
)
HTML = st.lists(TAGS | PIECES | st.text(max_size=3), max_size=12).map("".join)


def told_by_tokens(html: str) -> str:
    """Return the plain text as the tokens alone say it."""
    lines = "\n".join(line.strip() for line in re.sub(r"[ \t]+", " ", clean_text(_spread(html))).split("\n"))
    return re.sub("\n{3,}", "\n\n", lines).strip()


@settings(deadline=None, database=None)
@given(HTML)
def test_any_html_says_the_same(html: str) -> None:
    assert plain(html) == told_by_tokens(html)


def test_golden_feeds_say_the_same_and_mostly_in_one_pass() -> None:
    quick = 0
    bodies: list[str] = []
    for feed in golden():
        try:
            said = parse(feed.read_bytes(), URL, now=NOW)
        except ParseError:
            continue
        bodies += [each for entry in said.entries for each in (entry.content, entry.summary) if "<" in each]
    for html in bodies:
        assert plain(html) == told_by_tokens(html)
        quick += ordinary.spread(html) is not None
    assert quick > 0.8 * len(bodies)


@pytest.mark.parametrize(
    "html",
    [
        "a < b<br>",
        "<!-- x --><p>y</p>",
        "<![CDATA[<p>y</p>]]>",
        "<p>x<script>y</script>",
        '<a title=">">x</a>',
        "<p>x</p><a hre",
        '<a "=" b>x</a>',
        "<PRE>x</PRE>",
        "<a b= c>x</a>",
        "no tag",
    ],
)
def test_what_is_out_of_the_ordinary_is_declined(html: str) -> None:
    assert ordinary.spread(html) is None


@pytest.mark.parametrize(
    "html",
    [
        '<p>x <a href="y?a=1&amp;b=2" rel=z>q</a></p>',
        "<br/><BR />",
        "<img src='x' alt=\"it's\">",
        "<o:p>x</o:p>",
        "a\n<pre>b\nc</pre>\nd<hr class>",
    ],
)
def test_what_is_ordinary_is_not(html: str) -> None:
    assert ordinary.spread(html) is not None
    assert plain(html) == told_by_tokens(html)


def test_lines_of_pre_are_kept_and_others_are_not() -> None:
    html = "a\nb<pre>c\nd<pre>e\nf</pre>g\nh</pre>i\nj</pre>k\nl"
    assert ordinary.spread(html) == "a b\n\nc\nd\n\ne\nf\n\ng\nh\n\ni j\n\nk l"
    assert plain(html) == _tidy(_spread(html))
