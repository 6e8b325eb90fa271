"""Values as the cache keeps them where nothing is searched in them: JSON, compressed.

It must never know what the values mean.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from termnews.errors import DamageError

T = TypeVar("T")
_LEVEL: Final = 3
"""Of zlib: above it a body takes half as long again to pack and is 2.5 % smaller (measured)."""
_encode: Final = msgspec.json.Encoder().encode


def pack(values: object) -> bytes:
    """Return values of JSON as bytes."""
    return zlib.compress(_encode(values), _LEVEL)


def unpack(packed: bytes, make: Callable[[Any], T], what: str) -> T:
    """Return what `make` makes of the values these bytes hold.

    Args:
        packed: what `pack` returned.
        make: ValueError and TypeError of it mean that the values are not the expected ones.
        what: names it in the error.

    Raises:
        DamageError: the bytes hold nothing of the kind.
    """
    try:
        return make(json.loads(zlib.decompress(packed)))
    except (zlib.error, ValueError, TypeError) as error:
        raise DamageError(f"{what} of an article is damaged; run `termnews cache repair`") from error


def sound(packed: bytes, unpack: Callable[[bytes], object]) -> bool:
    """Whether this `unpack` can read these bytes."""
    try:
        unpack(packed)
    except DamageError:
        return False
    return True
