"""Commands that write what is kept: feeds, articles and state, for other programs and other machines.

They must never write over a file, nor keep more than one article at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from termnews import printed, regions
from termnews.cli.bar import Bar
from termnews.cli.newfile import new_file
from termnews.cli.session import Session, pass_session, say
from termnews.errors import TermnewsError
from termnews.models import Headline

if TYPE_CHECKING:
    from termnews.library import Library
    from termnews.models import Article

_PAGE: Final = 200
_ENDINGS: Final = {
    ".md": "markdown", ".markdown": "markdown", ".epub": "epub",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
}  # fmt: skip
_target = click.argument(
    "target", required=False, metavar="[FILE]", type=click.Path(dir_okay=False, path_type=Path)
)


@click.group()
def export() -> None:
    """Write your feeds, articles or state to FILE or standard output.

    Credentials are left out. FILE must not exist, and is there whole or not at all.
    """


@export.command()
@_target
@pass_session
def opml(session: Session, target: Path | None) -> None:
    """Write your feeds as OPML, which every reader takes in; `termnews import` does, too."""
    data = session.library.subscriptions.export_opml()
    with _opened(target) as file:
        file.write(data)
    _told(target, f"{len(session.library.feeds())} feeds")


@export.command()
@_target
@pass_session
def state(session: Session, target: Path | None) -> None:
    """Write what you read, starred, tagged and corrected; `termnews import` takes it in elsewhere."""
    lines = session.library.arriving.state_lines()
    with _opened(target) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
    _told(target, f"state of {len(lines) - 1} articles")


@export.command()
@_target
@click.option("--query", "line", default="", metavar="QUERY", help="Which articles; all when left out.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["markdown", "jsonl", "epub"]),
    help="What to write; FILE's ending (.md, .jsonl, .epub) tells it too.  [default: markdown]",
)
@click.option(
    "--full/--no-full",
    default=None,
    help="Full texts where they are kept, or what feeds say.  [default: full, but for JSON lines]",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N articles.")
@click.option(
    "--by",
    type=click.Choice(["feed", "region", "day"]),
    default="feed",
    show_default=True,
    help="What the contents of a book are grouped by.",
)
@click.option(
    "--pictures/--no-pictures",
    "pictures",
    default=True,
    help="Whether pictures that are kept go into a book.  [default: pictures]",
)
@click.option("--title", default="", metavar="TEXT", help="Title of the book; else the query and the day.")
@pass_session
def articles(session: Session, /, target: Path | None, form: str | None, **options: Any) -> None:
    """Write articles: as one Markdown document, as JSON lines, or as one EPUB book for an e-reader.

    JSON lines are those of `termnews list --json`. A book has a chapter for each article, and needs
    FILE. `termnews download` fetches full texts and pictures first; nothing is fetched here.
    """
    form = form or _form_of(target)
    if form == "epub" and target is None:
        raise click.UsageError("a book is no text for a terminal; name a FILE such as news.epub")
    _articles(session, target, form, **options)


def _articles(
    session: Session,
    target: Path | None,
    form: str,
    *,
    line: str,
    full: bool | None,
    limit: int | None,
    by: str,
    pictures: bool,
    title: str,
) -> None:
    library = session.library
    ids = library.ids(session.query((line,)), limit)
    if form == "epub" and not ids:
        raise TermnewsError(f"no article matches {line or 'at all'}; there is nothing to put into a book")
    full = form != "jsonl" if full is None else full
    bar = Bar(wanted=target is not None)
    try:
        with _opened(target) as file:
            if form == "epub":
                groups = _grouped(library, ids, by)
                _book(library, file, groups, title or _title(library, line), full, pictures, bar)
            else:
                _text(library, file, ids, _FORMS[form], full, bar)
    finally:
        bar.clear()
    _told(target, f"{len(ids)} article{'' if len(ids) == 1 else 's'}")


def _form_of(target: Path | None) -> str:
    """Return the format that a file's ending tells; Markdown for standard output."""
    if target is None:
        return "markdown"
    form = _ENDINGS.get(target.suffix.lower())
    if form is None:
        raise click.UsageError(
            f"{target.name} does not end in .md, .jsonl or .epub; say what to write by --as"
        )
    return form


def _text(
    library: Library,
    file: BinaryIO,
    ids: Sequence[int],
    written: Callable[[int, Article], str],
    full: bool,
    bar: Bar,
) -> None:
    for at, number in enumerate(ids):
        bar.show(at, len(ids))
        article = library.article(number)
        file.write(written(at, printed.as_if_fed(article) if full else article).encode())


def _markdown(at: int, article: Article) -> str:
    return ("\n---\n\n" if at else "") + printed.markdown(article) + "\n"


def _json(at: int, article: Article) -> str:
    return printed.json_line(article) + "\n"


_FORMS: Final = {"markdown": _markdown, "jsonl": _json}


# --- a book ------------------------------------------------------------------------------------


def _book(
    library: Library,
    file: BinaryIO,
    groups: dict[str, list[int]],
    title: str,
    full: bool,
    pictures: bool,
    bar: Bar,
) -> None:
    from termnews.epub import Book
    from termnews.library.album import kept

    of, done = sum(map(len, groups.values())), 0
    picture = kept(library.config) if pictures else lambda _: None
    with Book(file, title, library.clock(), picture) as book:
        for group, ids in groups.items():
            for number in ids:
                bar.show(done, of)
                article = library.article(number)
                book.add(article, library.document(article, full=full), group)
                done += 1


def _title(library: Library, line: str) -> str:
    return " · ".join(filter(None, ("termnews", line, f"{library.clock().astimezone():%Y-%m-%d}")))


def _grouped(library: Library, ids: Sequence[int], by: str) -> dict[str, list[int]]:
    """Return heading → numbers; headings and numbers in the order in which the query has them."""
    groups: dict[str, list[int]] = {}
    for each in _headlines(library, ids):
        groups.setdefault(_heading(each, by), []).append(each.id)
    return groups


def _headlines(library: Library, ids: Sequence[int]) -> Iterator[Headline]:
    for start in range(0, len(ids), _PAGE):
        yield from library.headlines(list(ids[start : start + _PAGE]))


def _heading(headline: Headline, by: str) -> str:
    if by == "day":
        return f"{headline.date.astimezone():%Y-%m-%d}"
    if by == "region":
        return regions.name(headline.regions[0], "en") if headline.regions else "No place"
    return headline.feed


# --- where it goes -----------------------------------------------------------------------------


def _opened(target: Path | None) -> AbstractContextManager[BinaryIO]:
    """Open the new file, or standard output where there is none."""
    return nullcontext(sys.stdout.buffer) if target is None else new_file(target)


def _told(target: Path | None, what: str) -> None:
    if target is not None:
        say(f"{what} written to {target}")


COMMANDS: Final = (export,)
