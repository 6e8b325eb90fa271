"""Whole articles: each `articles/NAME.html` reads as `NAME.txt` and is written as `NAME.md`.

After a wanted change, `python -m tests.test_render_articles` writes the expected files anew; read what
changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews.render import blocks, to_markdown, to_text

ARTICLES = Path(__file__).parent / "articles"
NAMES = sorted(path.stem for path in ARTICLES.glob("*.html"))
BASE = "https://pamir.example/news/1"
WIDTH = 48


def as_text(name: str) -> str:
    """Return an article as the pane and pipes show it."""
    return to_text(blocks((ARTICLES / f"{name}.html").read_text(encoding="utf-8"), BASE), WIDTH)


def as_markdown(name: str) -> str:
    """Return an article as Markdown."""
    return to_markdown((ARTICLES / f"{name}.html").read_text(encoding="utf-8"), BASE)


def test_there_are_articles() -> None:
    assert len(NAMES) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_an_article_reads_as_expected(name: str) -> None:
    assert as_text(name) == (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_written_as_expected(name: str) -> None:
    assert as_markdown(name) == (ARTICLES / f"{name}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in NAMES:
        (ARTICLES / f"{each}.txt").write_text(as_text(each), encoding="utf-8")
        (ARTICLES / f"{each}.md").write_text(as_markdown(each), encoding="utf-8")
