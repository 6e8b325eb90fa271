"""One measured figure, and how it is printed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside the floor it cannot go below, measured in the same run."""

    name: str
    """What was measured."""
    value: float
    """The figure."""
    unit: str
    """Its unit."""
    floor: float
    """The floor, in the same unit."""
    floor_is: str
    """What the floor is."""

    def line(self) -> str:
        """Return the figure as one JSON line with its ratio to the floor."""
        record = asdict(self) | {"ratio": round(self.value / self.floor, 2)}
        return json.dumps(record | {"value": round(self.value, 3), "floor": round(self.floor, 3)})
