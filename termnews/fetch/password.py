"""Ask a command of the user's for the password of a feed.

It must never use a shell, keep the password, or say it in a message.
"""

from __future__ import annotations

import asyncio
import shlex
from asyncio.subprocess import DEVNULL, PIPE

from termnews.errors import FetchError
from termnews.fetch.address import shown
from termnews.models import Subscription

COMMAND_SECONDS = 10
"""How long a password command may take; it may have to ask a key agent."""


async def command_password(subscription: Subscription) -> str:
    """Return the first line `password_command` prints; "" when there is no command.

    Raises:
        FetchError: the command cannot be run, fails, or takes too long.
    """
    if not subscription.password_command:
        return ""
    try:
        arguments = shlex.split(subscription.password_command)
        process = await asyncio.create_subprocess_exec(*arguments, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
    except (OSError, ValueError, TypeError) as error:
        raise _failed(subscription, "could not be started") from error
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            output, _ = await process.communicate()
    except TimeoutError as error:
        raise _failed(subscription, f"took longer than {COMMAND_SECONDS} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise _failed(subscription, f"ended with status {process.returncode}")
    return output.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")


def _failed(subscription: Subscription, what: str) -> FetchError:
    return FetchError(f"the password_command of {shown(subscription.url)} {what}; run it by hand to see why")
