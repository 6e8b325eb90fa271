"""Finding places: a headline, 400 characters, 2 kB; the first text; the memory of four languages (Linux)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.runs import Run
from termnews import regions
from termnews.regions.tokens import tokens

_HEADLINES = Path(__file__).resolve().parent.parent / "tests" / "regions" / "headlines.txt"
_SIZES = (("headline", 0), ("title and 400 characters", 400), ("title and 2 kB", 2000))
# News are mostly words that name no place: so is the text that is measured.
_BETWEEN = (
    "Officials said on Monday that the work would take several weeks and that nobody had been told to leave. "
    "Prices have risen by a third since the spring, according to figures seen by this paper."
)
_FIRST = """
import os, time
from termnews import regions
resident = lambda: int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before, began = resident(), time.process_time()
regions.locate("Kabul airport closes", lang="en")
took = time.process_time() - began
for lang, title in (("ru", "Пожар в Бишкеке"), ("tg", "Заминларза дар Мурғоб"), ("fa", "انفجار در کابل")):
    regions.locate(title, lang=lang)
print(took, resident() - before)
"""


def measure(run: Run) -> Iterator[Figure]:
    """Yield milliseconds a text over parting it into words, and what the first text costs."""
    titles = [
        line.split("\t")[2]
        for line in _HEADLINES.read_text(encoding="utf-8").splitlines()
        if line.startswith("en\t")
    ]
    body = " ".join(f"{title}. {_BETWEEN}" for title in titles)
    for name, size in _SIZES:
        texts = [(title, (body[at : at + size] if size else "")) for at, title in enumerate(titles)]
        for title, text in texts:
            regions.locate(title, text, lang="en")  # words met once are remembered, as in a long refresh
        began = time.process_time()
        for title, text in texts:
            tokens(title), tokens(text)
        words = time.process_time() - began
        began = time.process_time()
        for title, text in texts:
            regions.locate(title, text, lang="en")
        took = time.process_time() - began
        scale = 1000 / len(texts)
        yield Figure(
            f"places of a {name}", took * scale, "ms", floor=words * scale, floor_is="its words alone"
        )
    ran = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, ran.stdout.split())
    packed = Path(regions.__file__).parent.parent / "data" / "gazetteer.pack"
    began = time.perf_counter()
    packed.read_bytes()
    read, packed_mb = time.perf_counter() - began, packed.stat().st_size / 2**20
    yield Figure("first English text", seconds, "s CPU", floor=read, floor_is="reading the packed file")
    yield Figure("memory of four languages", megabytes, "MB", floor=packed_mb, floor_is="the packed file")
