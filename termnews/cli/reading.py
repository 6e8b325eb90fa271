"""Commands that read: list, search, show, open, regions."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import click

from termnews import browser, output, printed
from termnews.cli.session import Session, pass_session, say
from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.models import Article, ArticleQuery, Sort

_PAGE: Final = 200  # headlines read at once; the list may be long, memory stays small
_QUERY: Final[dict[str, Any]] = {"ignore_unknown_options": True}  # -word is a condition, not an option

Formatted = Callable[[Library, list[int], datetime], Iterable[str]]


def _json_lines(library: Library, ids: list[int], now: datetime) -> Iterator[str]:
    for number in ids:
        yield printed.json_line(library.article(number))


def _tsv_lines(library: Library, ids: list[int], now: datetime) -> Iterator[str]:
    return (output.headline_tsv(each) for each in library.headlines(ids))


def _plain_lines(library: Library, ids: list[int], now: datetime) -> Iterator[str]:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    return (output.headline_line(each, width, now) for each in library.headlines(ids))


def _print(session: Session, asked: ArticleQuery, lines: Formatted, limit: int | None) -> None:
    ids = session.library.ids(asked, limit)
    now = session.library.clock()
    for start in range(0, len(ids), _PAGE):
        for line in lines(session.library, list(ids[start : start + _PAGE]), now):
            print(line)


def _listing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that list and search share."""
    options = (
        click.option("--json", "form", flag_value="json", help="One JSON object a line, with the text."),
        click.option("--tsv", "form", flag_value="tsv", help="Tab-separated fields; docs/cli.md names them."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N articles."),
        click.option(
            "--sort",
            type=click.Choice(["date", "title", "feed", "region"]),
            help="Order; newest first by default.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _list(
    session: Session, words: tuple[str, ...], form: str | None, limit: int | None, sort: Sort | None
) -> None:
    asked = session.query(words)
    if sort is not None:
        asked = replace(asked, sort=sort)
    _print(session, asked, {"json": _json_lines, "tsv": _tsv_lines}.get(form or "", _plain_lines), limit)


@click.command("list", context_settings=_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@_listing
@pass_session
def list_(session: Session, /, **options: Any) -> None:
    """List headlines, newest first; QUERY is the language of the search line (docs/query.md)."""
    _list(session, **options)


@click.command(context_settings=_QUERY)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@_listing
@pass_session
def search(session: Session, /, **options: Any) -> None:
    """Search headlines and texts; the same as list with a QUERY."""
    _list(session, **options)


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--full", is_flag=True, help="The full text, fetched where it is not kept yet.")
@click.option(
    "--width",
    type=click.IntRange(20, 500),
    default=printed.WIDTH,
    show_default=True,
    metavar="N",
    help="Line width of text.",
)
@pass_session
def show(session: Session, number: int, form: str, full: bool, width: int) -> None:
    """Print one article; its number is the first column of `termnews list`."""
    article = _with_full(session, number) if full else session.library.article(number)
    if form == "json":
        print(printed.json_line(article))
    elif form == "html":
        print(article.entry.content or article.entry.summary)
    elif form == "markdown":
        print(printed.markdown(article))
    else:
        print(printed.text(article, width))


def _with_full(session: Session, number: int) -> Article:
    """Return an article as if its feed had said all that is on the page; why it cannot be had is said."""
    library = session.library
    article = library.article(number)
    if article.full is None and not library.readonly:
        from termnews.cli.downloading import quietly, run

        came: list[str] = []
        run(library.full_texts.download([number], beyond=True), quietly(came))
        for each in came:
            say(each)
        article = library.article(number)
    return printed.as_if_fed(article)


@click.command("open")
@click.argument("number", type=int, metavar="ID")
@click.option(
    "--link", type=click.IntRange(1), metavar="N", help="Open link N of the article instead of its page."
)
@pass_session
def open_(session: Session, number: int, link: int | None) -> None:
    """Open an article in the browser and mark it read."""
    article = session.library.article(number)
    url = article.entry.link
    if link is not None:
        links = session.library.document(article).links
        if link > len(links):
            raise TermnewsError(f"article {number} has {len(links)} links, not {link}")
        url = links[link - 1].url
    elif not url:
        raise TermnewsError(f"article {number} names no page of its own")
    browser.open_url(url, session.config.open.browser)
    session.library.mark([number], read=True)


@click.command(context_settings=_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_session
def regions(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Print the tree of regions with the number of matching articles, unread first."""
    counts = session.library.regions(session.query(words))
    for line in map(output.region_json, counts) if as_json else output.region_lines(counts):
        print(line)


COMMANDS: Final = (list_, search, show, open_, regions)
