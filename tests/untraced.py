"""The environment of a child process that coverage does not follow."""

from __future__ import annotations

import os


def untraced() -> dict[str, str]:
    """Return this process's environment without what makes a child measure coverage."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}
