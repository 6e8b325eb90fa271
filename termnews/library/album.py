"""The pictures kept beside the cache of articles, as the configuration has them.

It must never fetch or draw one.
"""

from __future__ import annotations

from termnews.config import Config
from termnews.image_cache import ImageCache


def album(settings: Config) -> ImageCache:
    """Return the pictures kept in the folder and under the budget of the configuration."""
    return ImageCache(settings.data_dir, settings.images.budget_mb * 1_000_000)
