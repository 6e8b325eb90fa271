"""Markdown for pipes says what the article says, also where its text looks like Markdown."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from termnews.render import plain, to_markdown

BASE = "https://pamir.example/news/"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>unb<b>eliev</b>able</p>", "unb**eliev**able"),
        ("<p>a <b> bold </b>word</p>", "a **bold** word"),
        ("<p>a<b> </b>b <i></i>c</p>", "a b c"),
        ("<p><b>one<p>two</b></p>", "**one**\n\ntwo"),
        ("<p><b><strong>x</strong></b> <del>y</del></p>", "**x** ~~y~~"),
        ("<p>*a* _b_ c_d `e` [f] C# 1 &lt; 2</p>", "\\*a\\* \\_b\\_ c_d \\`e\\` \\[f\\] C# 1 \\< 2"),
        ("<p># a</p><blockquote>&gt; b</blockquote>", "\\# a\n\n> \\> b"),
        ("<p>10<sup>2</sup> H<sub>2</sub>O 5<sup>th</sup></p>", "10² H₂O 5th"),
        ("<p><kbd>a*b_c</kbd></p>", "`a*b_c`"),
        ("<p><a href='/q?a=1&amp;b=2'>x</a></p>", "[x](https://pamir.example/q?a=1&b=2)"),
        ("<p><a href='http://[x'>a</a> <a href='javascript:b()'>b</a></p>", "a b"),
        ("<p><a href='/a'>a <p>b", "[a ](https://pamir.example/a)\n\nb"),
        ("<img src='i.png' alt='A [wall]'>", "![A \\[wall\\]](https://pamir.example/news/i.png)"),
        ("<ol start=3><li>c<li>d</ol>", "3. c\n  4. d"),
        ("<ol start=x><li>a</ol>", "1. a"),
        ("<dl><dt>T<dd>D</dl><div>e</div>f", "T\n\nD\n\ne\n\nf"),
        ("<iframe src='//v.example/1'></iframe><video></video>", "[Embedded page](https://v.example/1)"),
        (
            "<table><tr><th>a|b<th>c<tr><td>d<td>e<tr><td>f<td>g</table>",
            "a\\|b| c  \n---|---  \nd| e  \nf| g",
        ),
        ("<pre>x * <b>y</b>\n  z</pre>", "x * y\n      z"),
        ("<p>Дар <em>Хоруғ</em></p>", "Дар *Хоруғ*"),
        ("no tags *here*\n \nNext", "no tags \\*here\\*\n\nNext"),
        ("\U0010f02a<p>\U0010f200x\U0010f201</p>", "x"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html, BASE).strip() == markdown


_MARKDOWN = st.text(st.sampled_from("ab1 *_`[]()<>#|~&!\\-+.=:\"'"), max_size=40)


@settings(deadline=None)
@given(_MARKDOWN)
def test_text_that_looks_like_markdown_reads_as_written(text: str) -> None:
    html = f"<p>x {escape(text)}</p>"
    read_back = MarkdownIt("commonmark").enable("strikethrough").render(to_markdown(html))
    assert plain(read_back) == plain(html)


def test_deep_nesting_is_cut_off() -> None:
    assert to_markdown("<blockquote>" * 200 + "x").count(">") <= 120
