"""What is logged may be looked at in a terminal, wherever it was logged."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from termnews import logs

HARM = "\x1b]0;31337\x07\x9b31m https://me:hunter2@a.example/"
CLEAN = "]0;3133731m https://a.example/"


def test_records_and_tracebacks_are_cleaned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])  # those of pytest
    logs.begin(path)
    logs.begin(tmp_path / "a second time")
    try:
        raise ValueError(HARM)
    except ValueError:
        logging.getLogger("asyncio").exception("failed on %s", HARM)
    for handler in root.handlers:
        handler.close()
    written = path.read_text(encoding="utf-8")
    assert written.count(CLEAN) >= 2
    assert "Traceback" in written
    assert not set(written) & {"\x1b", "\x07", "\x9b"}
    assert "hunter2" not in written
    assert list(tmp_path.iterdir()) == [path]


def test_what_kills_the_worker_is_logged_clean() -> None:
    program = (
        "import sys\nfrom termnews import worker\n"
        f"def broken(*_): raise ValueError({HARM!r})\n"
        "worker.serve = broken\nworker.main([str(1 << 30), '5'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert CLEAN in done.stderr
    assert "\x1b" not in done.stderr
    assert "hunter2" not in done.stderr
