"""Open an address in the user's browser.

It must never open anything but http and https, and never pass through a shell.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from urllib.parse import urlsplit

from termnews.errors import TermnewsError
from termnews.hosts import is_host
from termnews.sanitize import honest_url


def open_url(url: str, command: Sequence[str] = ()) -> None:
    """Open the address with `command` ("{url}" in it is replaced), else with the system's browser.

    Raises:
        TermnewsError: the address is not of the web, or no browser could be started.
    """
    from termnews.links import untracked  # a start opens nothing

    url = untracked(honest_url(url))
    if not is_web(url):
        raise TermnewsError(f"only http and https addresses are opened, not {url or 'an empty one'}")
    import webbrowser  # it takes 3 ms, and the screen imports this module when it starts

    if command:
        _run([part.replace("{url}", url) for part in command])
    elif not webbrowser.open(url):
        raise TermnewsError(
            "no browser was found; set `browser` under [open] in termnews.toml, or copy the address: " + url
        )


def is_web(url: str) -> bool:
    """Return whether an address leads to a page of the web: http or https, and a host that is one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_host(parts.hostname or "")


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise TermnewsError(
            f"the browser {command[0]!r} of [open] cannot be started: {error.strerror}"
        ) from error
