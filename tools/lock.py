"""Write requirements.txt and requirements-dev.txt: every dependency pinned, with hashes, no hosts.

Run by hand (`make lock`) after a change of the dependencies in pyproject.toml; needs pip-tools,
which it installs into a temporary environment of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Made by tools/lock.py from pyproject.toml; do not edit.\n"


def _compile(python: Path, wanted: list[str], target: Path, constraint: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, pinned = Path(folder, "wanted.in"), Path(folder, "pinned.txt")
        lines = [*wanted, *([f"-c {constraint}"] if constraint else [])]
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        options = (
            "--generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --quiet"
            " --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --resolver=backtracking"
        )
        command = [str(python), "-m", "piptools", "compile", *options.split(), "-o", str(pinned), str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        kept = [
            line
            for line in pinned.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith(("--", "#", "-c"))
        ]
        target.write_text(HEAD + "\n".join(kept) + "\n", encoding="utf-8")


def main() -> int:
    """Compile both files from pyproject.toml."""
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))
    # Full text is an extra for packagers; whoever runs termnews from its folder has it. Pictures are tested.
    # Notices of the desktop need a desktop, which no test has: what sends them is not pinned.
    extras = project["project"]["optional-dependencies"]
    runtime = [
        *project["project"]["dependencies"],
        *extras["fulltext"],
        *project["build-system"]["requires"],
    ]
    everything = [*runtime, *extras["images"], *project["dependency-groups"]["dev"]]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin", "python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "pip-tools>=7.5"], check=True)
        _compile(python, runtime, ROOT / "requirements.txt", None)
        _compile(python, everything, ROOT / "requirements-dev.txt", ROOT / "requirements.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
