"""Pictures that are kept, for who writes articles elsewhere.

It must never fetch one, nor count one as looked at: a book of all articles would turn the order in which
they leave.
"""

from __future__ import annotations

from collections.abc import Callable

from termnews.config import Config
from termnews.image_cache import ImageCache


def kept(settings: Config) -> Callable[[str], bytes | None]:
    """Return what returns the picture of an address as a JPEG; None where it is not kept or not wanted."""
    if settings.images.show == "off":
        return lambda _: None
    return ImageCache(settings.data_dir, settings.images.budget_mb * 1_000_000).peek
