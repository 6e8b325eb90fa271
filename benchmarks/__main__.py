"""Print all figures."""

from __future__ import annotations

import sys

from benchmarks import places, start, store, tagging


def main() -> int:
    """Measure one room after the other; each figure is printed as it is known."""
    for room in (start, store, places, tagging):
        for figure in room.measure():
            print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
