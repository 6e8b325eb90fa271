"""`termnews download` over pages on loopback: what it keeps, in which order, how much, and how it ends."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termnews import images
from termnews.config import load
from termnews.library import Library
from termnews.library.picturing import Picturing
from termnews.models.pictures import Frame, PictureAnswer, PictureWish
from tests.cli.conftest import Run
from tests.site import Site, page

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def site() -> Iterator[Site]:
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def follow(site: Site, home: Path, run: Run, capsys: Capture) -> Callable[..., None]:
    """Follow a feed of that many articles whose pages the site has, the first the newest."""

    def write(count: int, extra: str = "") -> None:
        items = "".join(
            f"<item><guid>{at}</guid><title>Article {at}</title><link>{site.url}/{at}</link>"
            f"<pubDate>Tue, 24 Nov 2026 {23 - at:02}:00:00 GMT</pubDate>"
            "<description>A short teaser.</description></item>"
            for at in range(1, count + 1)
        )
        site.pages |= {f"/{at}": (200, page(at)) for at in range(1, count + 1)}
        feed = f"<rss version='2.0'><channel><title>Tunnels</title>{items}</channel></rss>"
        (home / "tunnels.xml").write_text(feed)
        (home / "termnews.toml").write_text(
            f'data_dir = "cache"\nrefresh_minutes = 0\n{extra}\n[[feeds]]\nurl = "tunnels.xml"\n'
        )
        assert run("refresh", "--quiet") == 0
        capsys.readouterr()

    return write


def numbers(run: Run, capsys: Capture, *query: str) -> list[str]:
    assert run("list", "--tsv", *query) == 0
    return [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]


def came(capsys: Capture) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_full_texts_are_kept_searched_tagged_and_not_fetched_twice(
    follow: Callable[..., None], site: Site, run: Run, capsys: Capture
) -> None:
    follow(3)
    assert numbers(run, capsys, "region:TJ") == []
    assert run("download", "--json") == 0
    lines = came(capsys)
    assert [(each["status"], each["done"], each["of"]) for each in lines] == [
        ("kept", 1, 3),
        ("kept", 2, 3),
        ("kept", 3, 3),
    ]
    first, *_ = listed = numbers(run, capsys)
    assert numbers(run, capsys, "is:full") == numbers(run, capsys, "region:TJ") == listed
    assert numbers(run, capsys, "marmot1") == [first]
    assert run("show", first) == 0
    assert "A short teaser." in (shown := capsys.readouterr().out) and "marmot1" not in shown
    assert run("show", first, "--full") == 0
    assert "marmot1" in capsys.readouterr().out
    assert run("download", "--json") == 0
    assert came(capsys) == [] and sorted(site.asked) == ["/1", "/2", "/3"]
    assert run("cache", "check") == 0
    assert run("cache", "compact") == 0
    assert numbers(run, capsys, "marmot2 is:full") == [listed[1]]


def test_a_budget_is_passed_by_one_article_at_most_and_unread_ones_come_first(
    follow: Callable[..., None], run: Run, capsys: Capture
) -> None:
    follow(5)
    newest, second, *_ = numbers(run, capsys)
    assert run("mark", "read", newest) == 0
    capsys.readouterr()
    assert run("download", "--json", "--budget", "0.0001", "is:unread OR is:read") == 0
    (line,) = came(capsys)
    assert (line["article"], line["status"]) == (int(second), "kept")
    assert "budget" in str(line["ends"])
    assert run("download", "--json", "--budget", "0.0001") == 0
    (none,) = came(capsys)  # no article, only why it ended
    assert (none["article"], none["done"]) == (0, 0) and "budget" in str(none["ends"])
    # What is read makes room; what was dropped for that is not fetched again by itself.
    assert run("mark", "read", second) == 0
    assert run("download", "--json", "--budget", "0.0001", "is:unread OR is:read") == 0
    assert len(kept := came(capsys)) == 1 and kept[0]["article"] != int(second)
    assert numbers(run, capsys, "is:full") == [str(kept[0]["article"])]


def test_a_page_without_an_article_leaves_what_the_feed_said(
    follow: Callable[..., None], site: Site, run: Run, capsys: Capture
) -> None:
    follow(2)
    site.pages["/1"] = (200, "<html><body><p>Subscribe now to read. Already a subscriber?</p></body></html>")
    site.pages["/2"] = (404, "gone")
    assert run("download", "--json") == 3
    said = {str(each["status"]): str(each["error"]) for each in came(capsys)}
    assert "paywall" in said["refused"] and "404" in said["failed"]
    assert run("download") == 0  # both are remembered, and asked again only where the user names them
    assert site.asked == ["/1", "/2"]
    site.pages["/1"] = (200, page(1))
    first = numbers(run, capsys)[0]
    assert run("download", "--article", first) == 0
    assert numbers(run, capsys, "is:full") == [first]


def test_without_a_network_it_ends_at_once_and_says_so(
    follow: Callable[..., None], site: Site, run: Run, capsys: Capture
) -> None:
    follow(8)
    site.close()
    assert run("download", "--json") == 3
    lines = came(capsys)
    assert len(lines) <= 5 and "network" in str(lines[-1]["ends"])
    # Nobody is to blame, so that nothing is left for later: with a network it goes on at once.
    assert run("download", "--json") == 3
    assert len(came(capsys)) == len(lines)


def test_feeds_set_to_full_text_have_it_after_a_refresh(
    follow: Callable[..., None], home: Path, run: Run, capsys: Capture
) -> None:
    follow(2)
    with (home / "termnews.toml").open("a") as file:
        file.write("full_text = true\n")
    assert run("refresh") == 0
    assert len(numbers(run, capsys, "is:full")) == 2


def test_what_was_asked_for_offline_comes_with_the_next_refresh(
    follow: Callable[..., None], site: Site, home: Path, run: Run, capsys: Capture
) -> None:
    follow(4)
    first, second, *_ = map(int, numbers(run, capsys))
    library = Library(load(home / "termnews.toml"))
    for wish in (first, "marmot OR title:3", "region:nowhere", first):
        library.full_texts.wishes.add(wish)
    assert run("mark", "read", str(first)) == 0
    site.close()
    assert run("refresh", "--quiet") == 0  # a feed that is a file
    assert library.full_texts.wishes.all() == [first, "marmot OR title:3", "region:nowhere"]
    site.open(site.port)
    assert run("refresh", "--quiet") == 0
    assert library.full_texts.wishes.all() == []
    assert library.article(first).full is not None and library.article(second).full is None
    assert sorted(site.asked) == ["/1", "/3"]
    for wish in (first, 999, "region:nowhere"):  # fetched already, gone, and nowhere
        library.full_texts.wishes.add(wish)
    assert run("refresh", "--quiet") == 0
    assert library.full_texts.wishes.all() == []
    library.upkeep.remember("full texts wished", "{damaged")
    assert library.full_texts.wishes.all() == []
    library.close()


def test_a_page_in_two_feeds_is_fetched_once_where_either_is_set_to_full_text(
    follow: Callable[..., None], site: Site, home: Path, run: Run, capsys: Capture
) -> None:
    follow(2)  # first, so that the other feed's are copies of these
    named = (home / "tunnels.xml").read_text().replace("Tunnels", "Other")
    (home / "other.xml").write_text(named.replace("</link>", "?utm_source=other</link>"))
    for at in (1, 2):
        site.pages[f"/{at}?utm_source=other"] = site.pages[f"/{at}"]
    with (home / "termnews.toml").open("a") as file:
        file.write('[[feeds]]\nurl = "other.xml"\nfull_text = true\n')
    assert run("refresh") == 0
    assert len(numbers(run, capsys, "is:full")) == len(numbers(run, capsys)) == 2
    assert (
        len(numbers(run, capsys, "feed:Other is:full"))
        == len(numbers(run, capsys, "feed:Tunnels is:full"))
        == 2
    )
    assert run("download", "is:unread") == run("download", "feed:Other") == 0
    # Asked as that feed names it.
    assert sorted(site.asked) == ["/1?utm_source=other", "/2?utm_source=other"]


def test_a_link_to_a_file_is_never_read(
    follow: Callable[..., None], home: Path, run: Run, capsys: Capture
) -> None:
    follow(1)
    secret = home / "secret.html"
    secret.write_text(page(9))
    feed = (home / "tunnels.xml").read_text()
    (home / "tunnels.xml").write_text(
        feed.replace("<link>", f"<link>{secret.as_uri()}</link><x>").replace("</link><pub", "</x><pub")
    )
    assert run("refresh", "--force", "--quiet") == 0
    assert run("download", "--json", "--article", numbers(run, capsys)[0]) == 3
    (line,) = came(capsys)
    assert line["status"] == "refused"


def test_pictures_come_behind_the_texts_and_are_drawn_without_a_network(
    follow: Callable[..., None], site: Site, home: Path, run: Run, capsys: Capture
) -> None:
    image = pytest.importorskip("PIL.Image")
    pytest.importorskip("textual_image")
    follow(3)
    out = io.BytesIO()
    image.new("RGB", (400, 200), (9, 9, 9)).save(out, "PNG")
    site.pages["/seen.png"] = (200, out.getvalue())
    for at in (1, 2):
        shown = f"<figure><img src='{site.url}/seen.png'><img src='{site.url}/lost.png'></figure>"
        site.pages[f"/{at}"] = (200, page(at).replace("<h1>", f"{shown}<h1>"))
    assert run("download", "--json", "--article", numbers(run, capsys)[2]) == 0
    assert came(capsys)[0]["pictures"] == 0
    assert run("download", "--json", "--pictures") == 0
    said = [(each["status"], each["pictures"], each["done"], each["of"]) for each in came(capsys)]
    assert said == [("kept", 1, 1, 3), ("kept", 0, 2, 3), ("pictured", 0, 3, 3)]
    assert site.asked.count("/seen.png") == site.asked.count("/lost.png") == 1
    with (home / "termnews.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write(f"{text}\n[download]\npictures = true\n")
    assert run("download") == 0
    assert "picture" not in capsys.readouterr().err
    assert site.asked.count("/seen.png") == 1  # it is there; what was lost is asked for again
    site.close()
    library = Library(load(home / "termnews.toml"))
    (first,) = library.ids(library.query("marmot1"))
    wish = PictureWish(first, f"{site.url}/seen.png", Frame(20, 8), full=True)

    async def offline() -> PictureAnswer:
        async with Picturing(library) as picturing:
            return await picturing.bring(wish)

    answer = asyncio.run(offline())
    library.close()
    assert answer.picture is not None and answer.picture.columns == 20


def test_without_the_extra_the_texts_come_and_one_sentence_says_what_pictures_need(
    follow: Callable[..., None], run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "installed", lambda: False)
    follow(2)
    assert run("download", "--json", "--pictures") == 0
    none, *kept = came(capsys)
    assert (none["article"], none["note"], none["of"]) == (0, "images", 2)
    assert [each["status"] for each in kept] == ["kept", "kept"]
    assert run("download", "--pictures") == 0
    assert capsys.readouterr().err.count("pip install 'termnews[images]'") == 1
