"""What a start imports, without what termnews has no use for, which is a fourth of the time it takes.

It must never keep a module from who asks for it afterwards, or make a record that behaves otherwise. OpenSSL:
the process that draws opens no connection. Textual's command palette: termnews has its own, and that one
brings the widgets of lists, buttons and trees with it. Dataclasses: Python writes and compiles six functions
for a frozen one, of which five can be the same for all.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from types import ModuleType
from typing import Any, Final

_SSL: Final = "ssl"
_PALETTE: Final = "textual.command"


class _Blank(ModuleType):
    """A module that has a class of any name, empty."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def _values(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what gives the values of these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _repr_fn(fields: Sequence[dataclasses.Field[Any]], globals: object) -> object:
    shown = [each.name for each in fields]

    def __repr__(self: object) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({said})"

    return _recursive(__repr__)


def _cmp_fn(name: str, sign: str, mine: str, others: str, globals: object) -> object:
    if sign != "==":
        return _compared(name, sign, mine, others, globals)
    # The fields come as source code: (self.url,self.name,).
    values = _values([each.removeprefix("self.") for each in mine.strip("()").split(",") if each])

    def __eq__(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash_fn(fields: Sequence[dataclasses.Field[Any]], globals: object) -> object:
    values = _values([each.name for each in fields])

    def __hash__(self: object) -> int:
        return hash(values(self))

    return __hash__


def _frozen_get_del_attr(
    cls: Any, fields: Sequence[dataclasses.Field[Any]], globals: object
) -> tuple[object, object]:
    held = frozenset(each.name for each in fields)

    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in held:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is cls or name in held:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


_SHARED: Final = {each.__name__: each for each in (_repr_fn, _cmp_fn, _hash_fn, _frozen_get_del_attr)}
_USUAL: Final = {name: vars(dataclasses).get(name) for name in (*_SHARED, "_recursive_repr")}
_compared: Final[Any] = _USUAL["_cmp_fn"]
_recursive: Final[Any] = _USUAL["_recursive_repr"]


@contextmanager
def records() -> Iterator[None]:
    """Let dataclasses be made quickly, where Python makes them as 3.11 and 3.12 do: 15 ms of a start."""
    if sys.version_info >= (3, 13) or None in _USUAL.values():
        yield
        return
    vars(dataclasses).update(_SHARED)
    try:
        yield
    finally:
        vars(dataclasses).update(_USUAL)


@contextmanager
def imports() -> Iterator[None]:
    """Let the application be imported lean; where Textual or asyncio are there already, nothing is done."""
    if "textual" in sys.modules or "asyncio" in sys.modules or _SSL in sys.modules:
        with records():
            yield
        return
    # asyncio goes on without, as where Python was built without OpenSSL.
    sys.modules[_SSL] = None  # type: ignore[assignment]
    sys.modules[_PALETTE] = _Blank(_PALETTE)
    try:
        with records():
            yield
    finally:
        del sys.modules[_SSL], sys.modules[_PALETTE]
        # The package would give what stood in for it otherwise.
        vars(sys.modules.get("textual", ModuleType(""))).pop("command", None)
