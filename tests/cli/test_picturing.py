"""The child that brings pictures: an answer a line to a wish a line, until its standard input ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.untraced import untraced


def test_a_wish_is_answered_and_the_end_of_input_ends_it(tmp_path: Path) -> None:
    settings = tmp_path / "termnews.toml"
    settings.write_text(f'data_dir = "{tmp_path}/data"\n')
    command = [sys.executable, "-m", "termnews", "--config", str(settings), "pictures"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=untraced()) as child:
        assert child.stdin is not None and child.stdout is not None
        wish = {"article": 7, "url": "https://a.example/1.png", "frame": {"columns": 9, "rows": 9}}
        child.stdin.write(f"\n{json.dumps(wish)}\n")
        child.stdin.flush()
        answer = json.loads(child.stdout.readline())
        child.stdin.close()
        assert child.wait() == 0
    assert (answer["article"], answer["url"]) == (7, wish["url"])
    assert answer["error"] and answer.get("picture") is None
