"""One measured figure, and how figures are printed: as JSON lines and as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

COLUMNS: Final = ("figure", "termnews", "goal", "", "floor", "× floor", "newsboat", "termnews ÷ newsboat")
"""Head of the table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside its goal, the floor it cannot go below and what newsboat needs, all of one run."""

    name: str
    """What was measured."""
    value: float
    """The figure; less is better."""
    unit: str
    """Its unit."""
    goal: float | None = None
    """The most it may be; None: no goal was set."""
    floor: float | None = None
    """The floor, in the same unit; None: none was measured."""
    floor_is: str = ""
    """What the floor is."""
    peer: float | None = None
    """The same of newsboat; None: it was not measured."""
    note: str = ""
    """What is to be known beside it, such as that newsboat finds nothing."""

    @property
    def verdict(self) -> str:
        """Whether the goal is met, in words; empty without a goal."""
        if self.goal is None:
            return ""
        return "met" if self.value <= self.goal else "not met"

    def line(self) -> str:
        """Return the figure as one JSON line with its ratios and whether its goal is met."""
        ratios = {
            "floor_ratio": _ratio(self.value, self.floor),
            "peer_ratio": _ratio(self.value, self.peer),
            "verdict": self.verdict,
        }
        record = {key: _rounded(value) for key, value in (asdict(self) | ratios).items()}
        return json.dumps(record, ensure_ascii=False)

    def cells(self) -> tuple[str, ...]:
        """Return the figure as a row of the table; what is not known is empty."""
        return (
            f"{self.name}, {self.unit}" + (f" ({self.note})" if self.note else ""),
            _shown(self.value),
            f"≤ {_shown(self.goal)}" if self.goal is not None else "",
            self.verdict,
            f"{_shown(self.floor)} ({self.floor_is})" if self.floor is not None else "",
            _shown(_ratio(self.value, self.floor)),
            _shown(self.peer),
            _shown(_ratio(self.value, self.peer)),
        )


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table whose columns stand under each other."""
    rows = [COLUMNS, *(each.cells() for each in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(COLUMNS))]
    lines = [f"| {' | '.join(f'{cell:<{widths[at]}}' for at, cell in enumerate(row))} |" for row in rows]
    return "\n".join([lines[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *lines[1:]])


def _ratio(value: float, other: float | None) -> float | None:
    return value / other if other else None


def _shown(value: float | None) -> str:
    """Return three digits that count, without an exponent."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _rounded(value: object) -> object:
    return round(value, 5) if isinstance(value, float) else value
