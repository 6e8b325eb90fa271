"""`termnews export articles`: what goes into a document, a file of lines, a book, and where it may not go."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from termnews import config
from termnews.__main__ import main
from termnews.image_cache import ImageCache
from tests.cli.conftest import Run, rss

Capture = pytest.CaptureFixture[str]
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a configuration whose one feed was fetched; nothing here changes what is kept."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "pamir.xml").write_text(rss(), encoding="utf-8")
    (folder / "termnews.toml").write_text(
        'data_dir = "cache"\nrefresh_minutes = 0\n[[feeds]]\nurl = "pamir.xml"\nregion = "TJ-GB"\n'
    )
    assert main(["--config", str(folder / "termnews.toml"), "refresh", "--quiet"]) == 0
    return folder


@pytest.fixture
def filled(library: Path) -> Run:
    """Run a command over it; returns the exit status."""
    return lambda *arguments: main(["--config", str(library / "termnews.toml"), *arguments])


def contents(path: Path) -> list[tuple[str, str]]:
    """Return heading and title of each chapter, in the order of the book's contents."""
    with ZipFile(path) as book:
        nav = ElementTree.fromstring(book.read("EPUB/nav.xhtml"))
    groups = nav.findall(f".//{HTML}nav/{HTML}ol/{HTML}li")
    return [(group[0].text or "", link.text or "") for group in groups for link in group[1].iter(f"{HTML}a")]


def test_articles_become_one_markdown_document(filled: Run, capsys: Capture) -> None:
    assert filled("export", "articles") == 0
    written = capsys.readouterr().out
    assert [line for line in written.splitlines() if line.startswith("# ")] == [
        "# Electricity tariffs rise", "# Earthquake in Murgab \\]0;evil", "# Ҳаво дар Хуҷанд",
    ]  # fmt: skip
    assert "Rates [go up](https://pamir.example/rates)." in written
    assert "<https://pamir.example/1>" in written
    assert "Pamir Post · 2026-11-2" in written
    assert written.count("\n---\n") == 2
    assert "\x1b" not in written


def test_lines_are_those_of_list(filled: Run, tmp_path: Path, capsys: Capture) -> None:
    assert filled("list", "--json", "tariffs") == 0
    listed = capsys.readouterr().out
    assert filled("export", "articles", "--as", "jsonl", "--query", "tariffs") == 0
    assert capsys.readouterr().out == listed
    assert filled("export", "articles", str(tmp_path / "out.jsonl"), "--query", "tariffs") == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == listed
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_query_becomes_a_book(
    filled: Run, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled("export", "articles", str(tmp_path / "a.epub"), "--query", "region:TJ", "--limit", "2") == 0
    assert "2 articles written to" in capsys.readouterr().err
    assert contents(tmp_path / "a.epub") == [
        ("Pamir Post", "Electricity tariffs rise"), ("Pamir Post", "Earthquake in Murgab ]0;evil"),
    ]  # fmt: skip
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert filled("export", "articles", str(tmp_path / "b.epub"), "--by", "day", "--title", "Mine") == 0
    assert [heading for heading, _ in contents(tmp_path / "b.epub")] == [
        "2026-11-24",
        "2026-11-24",
        "2026-11-23",
    ]
    assert "2/3\r\x1b[K" in terminal.getvalue()
    assert filled("export", "articles", str(tmp_path / "c.epub"), "--by", "region", "--query", "murgab") == 0
    assert len(contents(tmp_path / "c.epub")) == 1
    with ZipFile(tmp_path / "b.epub") as book:
        assert b"<dc:title>Mine</dc:title>" in book.read("EPUB/package.opf")


class Terminal(io.StringIO):
    """Takes what is said for a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_book_has_the_pictures_that_are_kept(home: Path, run: Run, tmp_path: Path) -> None:
    address, jpeg = "https://pamir.example/a.jpg", b"\xff\xd8\xff rest \xff\xd9"
    (home / "pamir.xml").write_text(rss((("1", "Wall", "", f"<img src='{address}'>"),)), encoding="utf-8")
    assert run("refresh", "--quiet") == 0
    cache = ImageCache(config.load(home / "termnews.toml").data_dir, 1_000_000)
    cache.keep(address, jpeg)
    (kept,) = (each for each in home.rglob("pictures/*.jpg"))
    os.utime(kept, (5, 5))
    for name, options in (("a", ()), ("b", ("--no-pictures",))):
        assert run("export", "articles", str(tmp_path / f"{name}.epub"), *options) == 0
        with ZipFile(tmp_path / f"{name}.epub") as book:
            held = [book.read(each) for each in book.namelist() if "pictures" in each]
        assert held == ([jpeg] if name == "a" else [])
    assert kept.stat().st_mtime == 5  # nobody looked at it


def test_what_cannot_be_exported_leaves_nothing_behind(
    filled: Run, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.epub").write_text("mine")
    assert filled("export", "articles", "--as", "epub") == 2
    assert "name a FILE such as news.epub" in capsys.readouterr().err
    assert filled("export", "articles", str(tmp_path / "news.pdf")) == 2
    assert "say what to write by --as" in capsys.readouterr().err
    assert filled("export", "articles", str(tmp_path / "a.epub"), "--query", "nothing-like-this") == 1
    assert "no article matches nothing-like-this" in capsys.readouterr().err
    assert filled("export", "articles", str(tmp_path / "mine.epub")) == 1
    assert "exists already" in capsys.readouterr().err
    assert filled("export", "articles", str(tmp_path / "no" / "a.epub")) == 1

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("termnews.epub.Book.add", interrupted)
    assert filled("export", "articles", str(tmp_path / "a.epub")) == 130
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("mine.epub", "mine")]
