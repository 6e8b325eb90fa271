"""What the bars and an empty list say, gathered from the parts of the desk.

It must never decide how that looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from termnews.ui.bars import Status
from termnews.ui.commands import Command, hints
from termnews.ui.desk import ReaderDesk
from termnews.ui.keymap import shown
from termnews.ui.notices import Situation
from termnews.ui.trouble import failing
from termnews.ui.view import chips


def status(desk: ReaderDesk, commands: Mapping[str, Command], message: str, undoable: bool) -> Status:
    """Return all the bars say; without commands there are no keys to hint at."""
    work, outline = desk.refreshing, desk.counting.outline
    words = desk.library.config.theme.accessible
    texts = desk.full_texts
    ranked = (desk.importing.progress, work.progress, texts.progress)
    progress = next((each for each in ranked if each.of), desk.retagging.progress)
    return Status(
        chips=chips(desk.listing.asked),
        new=desk.listing.waiting,
        unread=desk.listing.unread,
        as_of=work.as_of,
        hints=hints(desk, commands) if commands else (),
        message=message,
        undoable=undoable,
        # Said in words, a refresh is one word: each step would be read aloud.
        progress=replace(progress, done=0, new=0) if words else progress,
        words=words,
        failing=sum(map(failing, outline.feeds)),
        stop=_stop(desk, commands),
        texts=texts.progress.of > 0 and not work.progress.of,
        importing=desk.importing.progress.of > 0,
        retry=desk.waking.minutes,
        trouble=desk.marks.trouble,
        mend=next(iter(commands["feeds"].keys), "") if commands else "",
        offline=work.offline,
    )


def _stop(desk: ReaderDesk, commands: Mapping[str, Command]) -> str:
    """Return the key that stops what is under way; empty when nothing is that can be stopped."""
    running = {
        "stop-import": desk.importing.running,
        "stop-refresh": desk.refreshing.running,
        "stop-download": desk.full_texts.running,
    }
    name = next((each for each, runs in running.items() if runs), "")
    return shown(next(iter(commands[name].keys), "")) if commands and name else ""


def key_names(commands: Mapping[str, Command]) -> dict[str, str]:
    """Return each command's first key as people write it; empty where it has none."""
    return {each.name: shown(each.keys[0]) if each.keys else "" for each in commands.values()}


def situation(desk: ReaderDesk) -> Situation:
    """Return what decides the words of an empty list."""
    outline = desk.counting.outline
    return Situation(
        asked=desk.listing.asked,
        feeds=len(outline.feeds),
        articles=sum(feed.count.total for feed in outline.feeds),
        wider=desk.listing.wider,
        read=desk.listing.read_too,
        progress=desk.refreshing.progress,
        as_of=desk.refreshing.as_of,
        offline=desk.refreshing.offline,
        retry=desk.waking.minutes,
        trouble=desk.listing.trouble,
    )
