"""Commands for the screen itself: panes, help, leaving."""

from __future__ import annotations

from termnews.ui.commands.table import Desk, command

_STEP = 2
"""Cells a pane is made wider or narrower by."""


def _has_help(desk: Desk) -> bool:
    return desk.can_open("help")


def _can_turn_sidebar(desk: Desk) -> bool:
    return desk.panes.takes_sidebar


@command("b", "View", when=_can_turn_sidebar)
def sidebar(desk: Desk) -> None:
    """Sidebar on or off."""
    desk.panes.turn("sidebar")


def _resize(desk: Desk, cells: int) -> None:
    if sentence := desk.widths.change(desk.panes.focus, cells):
        desk.say(sentence)


@command("< ctrl+left", "View", counted=True)
def pane_narrower(desk: Desk) -> None:
    """Make the pane with the keys narrower."""
    _resize(desk, -_STEP)


@command("> ctrl+right", "View", counted=True)
def pane_wider(desk: Desk) -> None:
    """Make the pane with the keys wider."""
    _resize(desk, _STEP)


@command("d", "View")
def cards(desk: Desk) -> None:
    """Cards or single rows."""
    desk.panes.headlines.turn_cards()


@command("v", "View")
def peek(desk: Desk) -> None:
    """Peek at the article under a narrow list, on or off."""
    desk.panes.turn("peek")


def _has_themes(desk: Desk) -> bool:
    return desk.can_open("theme")


@command("f4", "View", when=_has_themes)
def theme(desk: Desk) -> None:
    """Choose a theme; the screen tries each on."""
    desk.open("theme")


@command("? f1", "Program", when=_has_help, name="help")
def help_screen(desk: Desk) -> None:
    """Keys and commands."""
    desk.open("help")


def _has_palette(desk: Desk) -> bool:
    return desk.can_open("palette")


@command(": ctrl+p", "Program", when=_has_palette)
def palette(desk: Desk) -> None:
    """All commands, views, feeds and regions on one line."""
    desk.open("palette")


def _has_log(desk: Desk) -> bool:
    return desk.can_open("log")


@command("M", "Program", when=_has_log)
def log(desk: Desk) -> None:
    """What termnews said since its start, and where its log is."""
    desk.open("log")


@command("ctrl+r", "Program", name="reload")
def reload_settings(desk: Desk) -> None:
    """Read termnews.toml and your themes anew; a change is noticed by itself, too."""
    desk.reloading.read()


@command("ctrl+l", "Program")
def redraw(desk: Desk) -> None:
    """Draw the screen anew."""
    desk.redraw()


@command("ctrl+z", "Program")
def suspend(desk: Desk) -> None:
    """Give the terminal back to the shell; fg comes back."""
    desk.suspend()


def _can_go_back(desk: Desk) -> bool:
    return desk.panes.focus != "list" or desk.panes.alone


@command("q escape", "Program", when=_can_go_back)
def back(desk: Desk) -> None:
    """Back towards the list."""
    desk.panes.back()


@command("q ctrl+q", "Program", name="quit")
def leave(desk: Desk) -> None:
    """Leave; q only at the list."""
    desk.leave()


@command("ctrl+c", "Program")
def interrupt(desk: Desk) -> None:
    """Copy what is selected; twice within two seconds: leave."""
    desk.interrupt()
