"""What the build scripts share: read pinned inputs, and write a packed data file with its manifest.

It must never know what a section means. `termnews.regions.pack` reads what is written here.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ALONE = 16_000
"""Bytes from which a section has a block to itself: it can be read without its neighbours."""
TOGETHER = 400_000
"""Bytes of a block that many small sections share: names of one country in many languages look alike."""
FILTERS = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "pb": 0, "dict_size": 1 << 22}
]
"""4 MiB of dictionary hold the largest section; literals of text tell more by the letter before."""


def read_json(path: Path, *inside: str) -> Any:
    """Return the value at a path of keys inside a JSON file."""
    value = json.loads(path.read_text(encoding="utf-8"))
    for step in inside:
        value = value[step]
    return value


def pins(pinned: Path, packages: Path) -> dict[str, str]:
    """Return package → version of the inputs; stop where an npm package is not the one that is pinned.

    Args:
        pinned: Folder of the build's package.json, requirements.txt and, where there is one, no-deps.txt.
        packages: The node_modules folder in use.
    """
    wanted: dict[str, str] = read_json(pinned / "package.json", "dependencies")
    for package, version in wanted.items():
        if read_json(packages / package / "package.json", "version") != version:
            raise SystemExit(f"{package} is not {version}: run npm install with {pinned / 'package.json'}")
    for path in (pinned / "requirements.txt", pinned / "no-deps.txt"):
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            package, _, version = line.partition("==")
            wanted[package] = version
    return wanted


def write_pack(path: Path, sections: Mapping[str, str], inputs: Mapping[str, str]) -> None:
    """Write sections to a pack and, beside it, the manifest.

    Args:
        path: The pack; the manifest has the same name and ends in .json.
        sections: Name → text of lines.
        inputs: Package → version, for the manifest.
    """
    body, head = b"", {}
    for names in blocks(sections):
        block = "".join(sections[name] for name in names).encode()
        packed = lzma.compress(block, check=lzma.CHECK_CRC32, filters=FILTERS)
        start = 0
        for name in names:
            length = len(sections[name].encode())
            head[name] = [len(body), len(packed), start, length]
            start += length
        body += packed
    head = {name: head[name] for name in sections}
    whole = json.dumps(head, separators=(",", ":")).encode() + b"\n" + body
    path.write_bytes(whole)
    manifest = {
        "file": path.name,
        "sha256": hashlib.sha256(whole).hexdigest(),
        "inputs": dict(inputs),
        # Sums of the plain text: another liblzma packs the same text into other bytes.
        "sections": {
            name: {"lines": text.count("\n"), "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for name, text in sections.items()
        },
    }
    path.with_suffix(".json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def blocks(sections: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the names of the sections of each block."""
    shared: list[str] = []
    size = 0
    for name, text in sections.items():
        length = len(text.encode())
        if length >= ALONE:
            yield [name]
            continue
        if size + length > TOGETHER:
            yield shared
            shared, size = [], 0
        shared.append(name)
        size += length
    if shared:
        yield shared
