"""Saved views: a search line kept under a name in termnews.toml, renamed and taken out again.

They must never touch a widget; each change is made by the writing thread and brings what takes it back.
"""

from __future__ import annotations

from termnews.library import Library
from termnews.ui.cells import headline_text
from termnews.ui.feed_changes import Change, Done
from termnews.wording import tr


def keep(name: str, line: str) -> Change:
    """Keep a search line under a name; one kept there before gives way, and comes back with undo."""

    def write(library: Library) -> Done:
        before = library.views.keep(name, line)
        back = remove(name) if before is None else keep(name, before)
        said = tr("{name} is saved.", name=headline_text(name))
        if before not in (None, line):
            said = tr("{name} is saved in place of what had this name.", name=headline_text(name))
        return Done(said, back)

    return Change(tr("Not saved"), write)


def rename(old: str, new: str) -> Change:
    """Give a saved view another name."""

    def write(library: Library) -> Done:
        library.views.rename(old, new)
        return Done(tr("{name} is called {new} now.", name=headline_text(old), new=headline_text(new)),
                    rename(new, old))  # fmt: skip

    return Change(tr("Not renamed"), write)


def remove(name: str) -> Change:
    """Take a saved view out; its articles stay."""

    def write(library: Library) -> Done:
        line = library.views.remove(name)
        return Done(tr("{name} is taken out.", name=headline_text(name)), keep(name, line))

    return Change(tr("Not taken out"), write)
