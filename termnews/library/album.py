"""The pictures kept beside the cache of articles, as the configuration has them.

It must never fetch or draw one.
"""

from __future__ import annotations

from collections.abc import Callable

from termnews.config import Config
from termnews.image_cache import ImageCache


def album(settings: Config) -> ImageCache:
    """Return the pictures kept in the folder and under the budget of the configuration."""
    return ImageCache(settings.data_dir, settings.images.budget_mb * 1_000_000)


def kept(settings: Config) -> Callable[[str], bytes | None]:
    """Return what gives the picture of an address as a JPEG; None where it is not kept or not wanted.

    It does not count as looked at: a book of all articles would turn the order in which pictures leave.
    """
    return album(settings).peek if settings.images.show != "off" else lambda _: None
