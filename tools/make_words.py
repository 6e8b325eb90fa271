"""Gather the sentences of the faces into data/words/LANG.po, and compile these to the .mo beside them.

Run by a maintainer after a sentence was written or translated; the results are committed::

    python -m tools.make_words

A sentence is the first argument of `tr` or `mark`, the first two of `trn` or `forms`, or the first
line of the docstring of a command. Translations are kept; those of sentences that are gone are dropped.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "termnews" / "data" / "words"
TRANSLATED = ("ru", "tg")

Sentence = str | tuple[str, str]
"""A sentence, or its forms for one and for many."""


def sentences() -> dict[Sentence, list[str]]:
    """Return all sentences, each with the files it stands in, in the order of files."""
    found: dict[Sentence, list[str]] = {}
    for path in sorted((ROOT / "termnews").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for each in _in(ast.parse(path.read_text(encoding="utf-8"))):
            places = found.setdefault(each, [])
            if where not in places:
                places.append(where)
    return found


def _in(tree: ast.AST) -> Iterator[Sentence]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if node.func.id in ("tr", "mark") and texts and isinstance(texts[0], str):
                yield texts[0]
            elif node.func.id in ("trn", "forms") and len(texts) > 1:
                yield (str(texts[0]), str(texts[1]))
        elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield (ast.get_docstring(node) or "").partition("\n")[0].rstrip(".")


def _is_command(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "command"


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language with all sentences of today and the translations there are."""
    path = WORDS / f"{language}.po"
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog()
    fresh = Catalog(
        locale=language, project="termnews", version="-", msgid_bugs_address="-", last_translator="termnews",
        language_team=language, charset="utf-8", fuzzy=False,
        header_comment=f"# The sentences of termnews in {language}; gathered by tools/make_words.py.",
    )  # fmt: skip
    fresh.revision_date = fresh.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes each time
    for sentence, places in sentences().items():
        message = known.get(sentence if isinstance(sentence, str) else sentence[0])
        # Whether braces are values is seen in the sentence itself, so no format flag is wanted.
        fresh.add(
            sentence,
            message.string if message is not None else "",
            auto_comments=places,
        )
    return fresh


def compiled(language: str) -> bytes:
    """Return the catalogue of a language as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO((WORDS / f"{language}.po").read_bytes()), locale=language))
    return out.getvalue()


def main() -> None:
    """Write the catalogues and say what is still to be translated."""
    WORDS.mkdir(exist_ok=True)
    for language in TRANSLATED:
        out = io.BytesIO()
        made = catalogue(language)
        write_po(out, made, width=110, omit_header=False, sort_output=False)
        (WORDS / f"{language}.po").write_bytes(out.getvalue())
        (WORDS / f"{language}.mo").write_bytes(compiled(language))
        open_ones = [each.id for each in made if each.id and not _said(each.string)]
        print(f"{language}: {len(made)} sentences, {len(open_ones)} to translate", file=sys.stderr)


def _said(string: object) -> bool:
    """Tell whether a translation is whole: all its forms are there."""
    return all(string) and bool(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    main()
