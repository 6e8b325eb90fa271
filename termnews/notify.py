"""Tell the user of something outside the program: a notice of the terminal, or of the desktop.

It must never pass on text that could steer a terminal or be read as markup.
"""

from __future__ import annotations

import logging
from typing import Final

from termnews.sanitize import clean_line

BELL: Final = "\a"
"""What lets a terminal ring, or mark its window."""
_LONGEST: Final = 200
_PLAIN: Final = str.maketrans({"<": "‹", ">": "›", "&": "＆"})


def osc9(sentence: str) -> str:
    """Return the sequence that makes a terminal show a notice, where it knows OSC 9; others pass over it."""
    # By name: text that begins with a number is something else to some terminals.
    return f"\x1b]9;termnews: {_short(sentence)}\x1b\\"


def desktop(title: str, text: str) -> bool:
    """Show a notice of the desktop; return False where that cannot be: no desktop, or no desktop-notifier.

    It may take a second, so it belongs into a thread.
    """
    try:
        from desktop_notifier.sync import DesktopNotifierSync  # an extra
    except ImportError:
        return False
    # Where there is no desktop the library raises nothing: it logs a page of traceback, to a cron job's mail.
    log, heard = logging.getLogger("desktop_notifier"), _Heard(logging.WARNING)
    before, log.propagate = log.propagate, False
    log.addHandler(heard)
    try:
        # The text may be read as markup, whatever stands in it.
        DesktopNotifierSync(app_name="termnews").send(_short(title), _short(text).translate(_PLAIN))
    except Exception:  # whatever a desktop may answer, the news are read elsewhere
        return False
    finally:
        log.removeHandler(heard)
        log.propagate = before
    return not heard.anything


class _Heard(logging.Handler):
    """Notes that something was logged, and writes nothing."""

    anything = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        self.anything = True


def _short(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
