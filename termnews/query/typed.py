"""Read a search line that is still being typed: its last word may go on."""

from __future__ import annotations

from dataclasses import replace

from termnews.models import And, ArticleQuery, Node, Or, Term
from termnews.query.reader import ends_in_text
from termnews.query.tree import join
from termnews.sanitize import clean_line


def as_typed(query: ArticleQuery, line: str) -> ArticleQuery:
    """Return the query with its last word as a prefix, if the line ends inside that word."""
    if query.where is None or not line[-1:].isalnum() or not ends_in_text(clean_line(line)):
        return query
    return replace(query, where=_open_end(query.where))


def _open_end(node: Node) -> Node:
    match node:
        case Term(phrase=False, prefix=False):
            return replace(node, prefix=True)
        case And(nodes) | Or(nodes):
            return type(node)((*nodes[:-1], _open_end(nodes[-1])))
        case _:
            return node


def narrowed(view: ArticleQuery, typed: ArticleQuery) -> ArticleQuery:
    """Return what a line finds inside a view: the conditions of both, in the order the line asks for."""
    nodes = [each.where for each in (view, typed) if each.where is not None]
    sort = view.sort if typed.sort == "date" else typed.sort
    return ArticleQuery(join(And, nodes), sort, typed.notes)
