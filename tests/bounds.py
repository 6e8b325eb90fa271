"""The bound tests of hostile input share: work in the square of its input does not end in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SECONDS: Final = 30
"""Processor time no such test comes near: they take below a second, and would take many minutes."""


@contextmanager
def in_proportion() -> Iterator[None]:
    """Fail where the block takes as long as only work out of proportion to its input does."""
    start = time.process_time()
    yield
    assert time.process_time() - start < _SECONDS
