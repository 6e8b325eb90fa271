"""Read `[rules]`: a rule that is not wholly understood does nothing, since nobody is asked before it acts.

It must never stop at a wrong rule: that one is named with its line and left out, and the others stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from termnews import regions
from termnews.config.checking import Checker
from termnews.config.options import Actions, nearest
from termnews.errors import QueryError
from termnews.models import And, Node, Not, Or, Test
from termnews.models.queries import SIGNS
from termnews.models.rules import LONGEST_TAG, TAG
from termnews.sanitize import clean_line

WORDS: Final = ("mute", "read", "star", "highlight", "notify", "full_text")
"""Actions that are one word; the other one is `tag:` and a name."""
_PLACES: Final = ("region", "mentions", "from")


def read_rules(checker: Checker) -> Mapping[str, tuple[str, ...]]:
    """Return the rules of the file in its order, search line → actions."""
    raw = checker.table("rules")
    rules: dict[str, tuple[str, ...]] = {}
    for line, written in checker.free_values("rules", raw, Actions).items():
        actions, complaint = read_actions((written,) if isinstance(written, str) else written)
        complaint = _wrong_line(line) or complaint
        if complaint:
            key = next(each for each in raw if clean_line(each) == line)
            checker.complain(("rules", key), f'rule "{line}": {complaint} (the rule is left out)')
        else:
            rules[line] = actions
    return MappingProxyType(rules)


def read_actions(written: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the actions that are understood, and one sentence on the first that is not; empty for none.

    `mark read` is read as `read`, `full text` as `full_text`, `tag: work` as `tag:work`.
    """
    actions: dict[str, None] = {}
    for each in written:
        action = clean_line(each).lower().removeprefix("mark ").replace(f"{TAG} ", TAG)
        if action in ("full text", "full-text", "fulltext"):
            action = "full_text"
        tag = action.removeprefix(TAG).lstrip(SIGNS) if action.startswith(TAG) else ""
        action = f"{TAG}{tag}" if tag else action
        if action not in WORDS and not 0 < len(tag) <= LONGEST_TAG:
            return (), _unknown(action)
        actions[action] = None
    return tuple(actions), "" if actions else f"it says nothing to do; {_CHOICE}"


_CHOICE: Final = f"an action is {', '.join(WORDS)} or {TAG}NAME"


def _unknown(action: str) -> str:
    if action.startswith(TAG):
        return f"{TAG} is followed by a name of 1 to {LONGEST_TAG} characters"
    near = nearest(action, (*WORDS, f"{TAG}NAME"))
    return f'there is no action "{action[:LONGEST_TAG]}"' + (
        f', did you mean "{near}"?' if near else f"; {_CHOICE}"
    )


def _wrong_line(line: str) -> str:
    """Return what is to be said of a search line that is not wholly understood; empty when it is."""
    from termnews.query import parse_query  # most files have no rules

    try:
        asked = parse_query(line)
    except QueryError as error:
        return str(error)
    if asked.where is None:
        return "its search line asks for nothing, so it would do this to every article"
    return next(iter(asked.notes), "") or _unknown_place(asked.where)


def _unknown_place(where: Node) -> str:
    for test in _tests(where):
        known = test.field not in _PLACES or test.value.casefold() == "none"
        if not known and regions.find(test.value) is None:
            return regions.unknown(test.value)
    return ""


def _tests(node: Node) -> Iterator[Test]:
    match node:
        case Test():
            yield node
        case Not(inner):
            yield from _tests(inner)
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from _tests(each)
