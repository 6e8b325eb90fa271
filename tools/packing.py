"""Write a packed data file with its manifest: sections of text, each compressed, and their sums beside them.

It must never know what a section means. `termnews.regions.pack` reads what is written here.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path


def write_pack(path: Path, sections: Mapping[str, str], inputs: Mapping[str, str]) -> None:
    """Write sections to a pack and, beside it, the manifest.

    Args:
        path: The pack; the manifest has the same name and ends in .json.
        sections: Name → text of lines.
        inputs: Package → version, for the manifest.
    """
    body, head = b"", {}
    for name, text in sections.items():
        packed = zlib.compress(text.encode(), 9)
        head[name] = [len(body), len(packed)]
        body += packed
    whole = json.dumps(head, separators=(",", ":")).encode() + b"\n" + body
    path.write_bytes(whole)
    manifest = {
        "file": path.name,
        "sha256": hashlib.sha256(whole).hexdigest(),
        "inputs": dict(inputs),
        # Sums of the plain text: another zlib packs the same text into other bytes.
        "sections": {
            name: {"lines": text.count("\n"), "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for name, text in sections.items()
        },
    }
    path.with_suffix(".json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
