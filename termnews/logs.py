"""Where warnings of the libraries go, made safe to look at in a terminal.

It must never write a control character or a password: what is logged may quote a feed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from termnews.sanitize import log_text


class Clean(logging.Formatter):
    """Writes records as text without what could steer a terminal, and without credentials."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with its traceback, if it has one."""
        return log_text(super().format(record))


def begin(path: Path | None) -> None:
    """Log warnings to a file, which exists, or to standard error; a second time does nothing."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler() if path is None else logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(Clean("%(asctime)s %(message)s" if path else "termnews: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
