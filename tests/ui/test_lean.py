"""A start's dataclasses: made with one compiled function each, and like any others."""

from __future__ import annotations

import builtins
import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest

from termnews.ui import lean

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python makes them otherwise")


def made() -> tuple[Any, ...]:
    """Return some classes, as they are made now."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Pair:
        first: int
        second: tuple[Any, ...] = ()
        unseen: int = dataclasses.field(default=0, repr=False, compare=False)

    @dataclasses.dataclass(frozen=True)
    class Single:
        only: str

    @dataclasses.dataclass(frozen=True)
    class None_:
        pass

    @dataclasses.dataclass(order=True)
    class Ordered:
        at: int
        name: str = dataclasses.field(default="", hash=False)

    class More(Single):
        extra: int = 0

    return Pair, Single, None_, Ordered, More


def told(classes: tuple[Any, ...]) -> list[object]:
    """Return what such classes do."""
    pair, single, none, ordered, more = classes
    one, other = pair(1, (2, "x"), 5), pair(1, (2, "x"), 6)
    grown, loop = more("m"), []
    grown.extra = 3  # no field, in a class that is not frozen itself
    around = single(loop)
    loop.append(around)
    found: list[object] = [
        repr(one), repr(single("s")), repr(none()), repr(ordered(2)), repr(grown), repr(around), one == other,
        one == pair(2), one == (1, (2, "x"), 5), single("s") == more("s"), none() == none(),
        none() == single(""),
        hash(one) == hash(other), hash(single("a")) == hash(single("a")), len({one, other, none(), none()}),
        ordered(1) < ordered(2), ordered(1, "b") >= ordered(1, "a"), dataclasses.replace(one, first=7).first,
        dataclasses.asdict(other), pair.__match_args__, pair.__slots__, pair.__eq__.__qualname__,
        pair.__setattr__.__name__, ordered.__hash__, grown.extra, copy.copy(one) == one,
    ]  # fmt: skip
    for attempt in (
        lambda: setattr(one, "first", 2),
        lambda: setattr(single("s"), "new", 2),
        lambda: delattr(single("s"), "only"),
        lambda: setattr(grown, "only", "n"),
        lambda: delattr(grown, "nothing"),
        lambda: hash(ordered(1)),
    ):
        with pytest.raises((AttributeError, TypeError)) as error:
            attempt()
        found.append((type(error.value), str(error.value)))
    return found


def test_they_are_like_any_others() -> None:
    usual = told(made())
    with lean.records():
        lean_ones = made()
    assert told(lean_ones) == usual
    assert told(made()) == usual


def test_one_function_each_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    run = builtins.exec
    monkeypatch.setattr(
        dataclasses, "exec", lambda text, *rest: ran.append(text) or run(text, *rest), raising=False
    )
    with lean.records():
        made()
    quick = len(ran)
    ran.clear()
    made()
    assert quick == 4 + 4  # that of each, and four ways to order one
    assert len(ran) > 2 * quick


def test_those_of_a_start_are_pickled_and_compared() -> None:
    code = """
import pickle
from termnews.ui.garbage import held
from termnews.ui.lean import records
with records():
    from termnews.models import Term
    from termnews.ui.geometry import Break
assert pickle.loads(pickle.dumps(Term("a", prefix=True))) == Term("a", prefix=True) != Term("a")
print(repr(Break(2, ("x",))), hash(Break(2, ("x",))) == hash(Break(2, ("x",))))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "Break(before=2, lines=('x',)) True\n"
    assert pickle.dumps(ran.stdout)
