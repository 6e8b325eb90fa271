"""The packed gazetteer: its manifest, its lines and the hand-kept files it is built from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from termnews import regions
from termnews.regions import pack
from termnews.regions.keys import key
from termnews.regions.lexicon import lexicon
from termnews.regions.table import known

HAND = Path(__file__).resolve().parents[2] / "tools" / "gazetteer"
KINDS = {
    "admin", "aliases", "cues", "demonyms", "districts", "districts-guards", "guards", "hints", "known",
    "leaders", "metonyms", "places", "stops",
}  # fmt: skip
FILES = sorted(path for path in HAND.glob("*.*.txt"))


def hand_rows(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def test_manifest_names_these_bytes() -> None:
    manifest = json.loads(pack.GAZETTEER.with_suffix(".json").read_text(encoding="utf-8"))
    whole = pack.GAZETTEER.read_bytes()
    assert manifest["sha256"] == hashlib.sha256(whole).hexdigest()
    assert regions.edition() == manifest["sha256"][:8]
    assert len(whole) + pack.PACK.stat().st_size <= 3_000_000
    assert list(manifest["sections"]) == list(pack.sections(pack.GAZETTEER))
    for name, entry in manifest["sections"].items():
        text = pack.section(name, pack.GAZETTEER)
        assert entry == {"lines": text.count("\n"), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def test_every_language_of_cldr_that_names_the_world_is_packed() -> None:
    languages = [name[6:] for name in pack.sections(pack.GAZETTEER) if name.startswith("words.")]
    assert len(languages) >= 200
    for lang in languages:
        found = {
            code
            for line in pack.section(f"words.{lang}", pack.GAZETTEER).splitlines()
            for entry in line.split("\t")[1].split(";")
            for code in entry.partition(",")[0].split()
        }
        assert {"FR", "BR"} <= found, lang


@pytest.mark.parametrize("name", pack.sections(pack.GAZETTEER))
def test_lines_are_sorted_and_well_formed(name: str) -> None:
    lines = pack.section(name, pack.GAZETTEER).splitlines()
    assert lines == sorted(lines)
    for line in lines:
        folded, entries, *flags = line.split("\t")
        assert key(folded) == folded
        assert len(flags) <= 1
        if not name.startswith("cues."):
            for entry in entries.split(";"):
                codes, _, rest = entry.rpartition(",")
                assert re.fullmatch(r"[a-z]\d*[A-Z]*", rest), line
                assert all(map(known, codes.split())), line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_hand_kept_file_is_sorted_says_what_it_holds_and_is_packed(path: Path) -> None:
    kind, lang = path.stem.rsplit(".", 1)
    assert kind in KINDS
    assert path.read_text(encoding="utf-8").startswith("# ")
    rows = hand_rows(path)
    assert rows == sorted(rows)
    forms: list[str] = []
    for row in rows:
        first, tab, rest = row.partition("\t")
        assert bool(tab) == (kind != "stops"), row
        forms += (rest if tab else first).split(" | ")
    assert [form for form in forms if form != form.strip() or not form] == []
    if kind not in ("cues", "admin", "hints") and not kind.endswith("guards"):
        text = "\n" + pack.section(f"words.{lang}", pack.GAZETTEER)
        assert [form for form in forms if len(key(form)) > 2 and f"\n{key(form)}\t" not in text] == []


@pytest.mark.parametrize(
    ("lang", "word", "code"),
    [
        ("en", "dushanbe", "TJ-DU"),
        ("ru", "душанбе", "TJ-DU"),
        ("fa", "کابل", "AF-KAB"),
        ("tg", "хоруг", "TJ-GB"),
    ],
)
def test_a_lexicon_knows_the_names_of_its_language(lang: str, word: str, code: str) -> None:
    node = lexicon(lang).node(word)
    assert node is not None
    assert code in {each for entry in node.entries for each in entry.codes}


def test_a_lexicon_finds_longer_names_behind_a_word_and_nothing_for_a_part_of_one() -> None:
    node = lexicon("en").node("papua")
    assert node is not None
    guinea = node.next["new"].next["guinea"]
    assert {"PG"} <= {code for entry in guinea.entries for code in entry.codes}
    assert lexicon("en").node("dushanb") is None
    assert lexicon("en").node("zzzzz") is None
    assert lexicon("en").node("") is None


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("asiaplus.tj", "TJ"), ("https://www.bbc.co.uk/news", "GB"), ("lenta.ru", "RU"),
        ("kun.uz/feed", "UZ"),
        ("example.com", ""), ("coolstuff.io", ""), ("some.tv", ""), ("europa.eu", "EU"), ("tj", ""), ("", ""),
        ("http://127.0.0.1:8000/feed", ""), ("news.zz", ""),
    ],
)  # fmt: skip
def test_an_address_may_say_where_its_publisher_sits(address: str, code: str) -> None:
    assert regions.domain_region(address) == code
