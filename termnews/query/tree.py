"""Trees of conditions in their normal form, and the terms in them.

It must never let an And stand in an And, an Or in an Or, or a Not in a Not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termnews.models import And, Node, Not, Or, Term


def join(kind: type[And] | type[Or], nodes: Iterable[Node]) -> Node | None:
    """Return the conditions as one of that kind; a single one as it is, None when there is none."""
    flat: list[Node] = []
    for each in nodes:
        flat.extend(each.nodes if isinstance(each, kind) else (each,))
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def negate(node: Node) -> Node:
    """Return the opposite of a condition."""
    return node.node if isinstance(node, Not) else Not(node)


def wanted_terms(node: Node | None) -> Iterator[Term]:
    """Yield the terms a match may hold, from left to right; what stands under a Not is not wanted."""
    match node:
        case Term():
            yield node
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from wanted_terms(each)
