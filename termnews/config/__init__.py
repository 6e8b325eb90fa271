"""The configuration: what termnews.toml says, where files live, and how the program edits it.

tomllib, tomlkit and platformdirs stop here. It must never touch the network or the cache's files;
below the library nobody sees a Config.
"""

from typing import TYPE_CHECKING

from termnews import lazy
from termnews.config.kept import load
from termnews.config.places import absence, config_path, ensure_folders, feed_address
from termnews.config.records import Config, OpenWith, OwnTheme, Regions, Theme

if TYPE_CHECKING:
    from termnews.config.adopting import adopt
    from termnews.config.editing import (
        Cut,
        append_feeds,
        change_feed,
        remove_feed,
        rename_view,
        restore_feed,
        set_option,
        set_view,
    )
    from termnews.config.here import country
    from termnews.config.meanings import Meanings, set_meanings
    from termnews.config.options import OPTIONS, TABLES, Option, example
    from termnews.config.rereading import footprint, reread

__all__ = [
    "OPTIONS",
    "TABLES",
    "Config",
    "Cut",
    "Meanings",
    "OpenWith",
    "Option",
    "OwnTheme",
    "Regions",
    "Theme",
    "absence",
    "adopt",
    "append_feeds",
    "change_feed",
    "config_path",
    "country",
    "ensure_folders",
    "example",
    "feed_address",
    "footprint",
    "load",
    "remove_feed",
    "rename_view",
    "reread",
    "restore_feed",
    "set_meanings",
    "set_option",
    "set_view",
]

# Most runs of termnews only read the file.
__getattr__ = lazy.names(
    __name__,
    {
        "adopting": "adopt",
        "editing": "Cut append_feeds change_feed remove_feed rename_view restore_feed set_option set_view",
        "here": "country",
        "meanings": "Meanings set_meanings",
        "options": "OPTIONS TABLES Option example",
        "rereading": "footprint reread",
    },
)
