"""A password in an address of the user's goes to its server and nowhere else, whatever the server does."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from contextlib import AsyncExitStack
from pathlib import Path

from tests.hostile.chaos import FEED, say, serving, whole
from tests.terminal import COMMAND

SECRET = "hunter2"
BEHAVIOURS = (
    whole(FEED, b"Content-Type: text/xml"),
    whole(b"", b"WWW-Authenticate: Basic realm=x", status=b"401 No"),
    whole(b"", status=b"410 Gone"),
    whole(b"", status=b"500 Oops"),
    whole(b"<!doctype html><p>Log in"),
    whole(b"<rss><channel><item></media:player></item>"),
    whole(b"", b"Location: http://other.example:99999/", status=b"302 Found"),
    whole(b"", b"Location: /feed", status=b"301 Moved"),
    say(b""),
    say(b"220 hello\r\n\r\n"),
    say(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000),
)
COMMANDS = (
    ["refresh", "--json", "--force"],
    ["refresh", "--force"],
    ["list", "--json"],
    ["list"],
    ["show", "1"],
    ["feeds"],
    ["feeds", "--json"],
    ["feeds", "check"],
    ["export", "opml"],
    ["config", "check"],
)


async def test_a_password_in_an_address_is_in_no_output_and_no_file(tmp_path: Path) -> None:
    config = tmp_path / "termnews.toml"
    basic = base64.b64encode(f"reader:{SECRET}".encode())
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(serving(each)) for each in BEHAVIOURS]
        urls = [each.url.replace("http://", f"http://reader:{SECRET}@") for each in servers]
        feeds = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in urls)
        config.write_text(f'data_dir = "cache"\n{feeds}', encoding="utf-8")
        config.chmod(0o600)
        said = ""
        for arguments in (*COMMANDS, ["feeds", "add", urls[0]], ["feeds", "remove", urls[4]]):
            said += await _run("--config", str(config), *arguments)
    for server in servers:
        assert b"basic " + basic.lower() in server.requests[0].lower()
    assert "Traceback" not in said
    assert SECRET not in said
    assert basic.decode() not in said
    for path in (tmp_path / "cache").rglob("*"):
        written = path.read_bytes()
        assert SECRET.encode() not in written and basic not in written, path


async def _run(*arguments: str) -> str:
    """Run a command while the servers go on; return all it printed."""
    done = await asyncio.to_thread(
        subprocess.run, [*COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    return f"{done.stdout}{done.stderr}"
