"""Each command: what it prints, where, and how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from termnews import cli
from termnews.__main__ import main
from tests.cli.conftest import Run, rss

Capture = pytest.CaptureFixture[str]


def lines(capsys: Capture) -> list[str]:
    """Return what was printed on stdout."""
    return capsys.readouterr().out.splitlines()


def records(capsys: Capture) -> list[dict[str, object]]:
    """Return what was printed as JSON lines."""
    return [json.loads(line) for line in lines(capsys)]


def ids(run: Run, capsys: Capture, *query: str) -> list[str]:
    """Return the numbers of the articles a query lists."""
    assert run("list", "--tsv", *query) == 0
    return [line.split("\t")[0] for line in lines(capsys)]


def test_refresh_says_what_came(run: Run, capsys: Capture) -> None:
    assert run("refresh") == 0
    assert "3 new articles" in capsys.readouterr().err
    assert run("refresh", "--json") == 0
    (update,) = records(capsys)
    assert (update["status"], update["new"], update["done"], update["of"]) == ("not_modified", 0, 1, 1)


def test_refresh_with_a_missing_feed_stores_the_rest(run: Run, home: Path, capsys: Capture) -> None:
    with (home / "termnews.toml").open("a") as file:
        file.write('[[feeds]]\nurl = "gone.xml"\nname = "Gone"\n')
    assert run("refresh") == 3
    said = capsys.readouterr().err
    assert "Gone: " in said
    assert "is not there" in said
    assert "3 new articles" in said
    assert run("feeds", "check") == 0
    assert lines(capsys)[0].startswith("Gone: failed")


def test_refresh_of_one_feed_by_name(filled: Run, capsys: Capture) -> None:
    assert filled("refresh", "pamir post", "--json") == 0
    assert len(records(capsys)) == 1
    assert filled("refresh", "nobody") == 1
    assert "no feed is called 'nobody'" in capsys.readouterr().err


def test_list_for_people_programs_and_tables(filled: Run, capsys: Capture) -> None:
    assert filled("list") == 0
    plain = lines(capsys)
    assert "Electricity tariffs rise" in plain[0]
    assert "Earthquake in Murgab ]0;evil" in plain[1]
    assert filled("list", "--tsv", "--sort", "title") == 0
    assert [line.split("\t")[6][:8] for line in lines(capsys)][:2] == ["Earthqua", "Electric"]
    assert filled("list", "--json", "--limit", "1") == 0
    (article,) = records(capsys)
    assert (article["v"], article["title"], article["feed"]) == (1, "Electricity tariffs rise", "Pamir Post")
    assert article["text"] == "Rates go up."
    assert article["published"] == "2026-11-24T10:00:00Z"
    assert (article["regions"], article["from"], article["read"]) == (["TJ-GB"], ["TJ-GB"], False)


def test_search_and_its_mistakes(filled: Run, capsys: Capture) -> None:
    assert filled("search", "tariff", "-earthquake") == 0
    assert len(lines(capsys)) == 1
    assert filled("search", "хучанд") == 0
    assert len(lines(capsys)) == 1
    assert filled("search", "region:Tajikistam") == 2
    assert "nearest: Tajikistan (TJ)" in capsys.readouterr().err
    assert filled("search", "regoin:TJ") == 0
    assert 'did you mean "region"' in capsys.readouterr().err
    assert filled("search") == 2


def test_show_in_every_form(filled: Run, capsys: Capture) -> None:
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("show", number, "--width", "40") == 0
    text = capsys.readouterr().out
    assert "Rates go up [1]." in text
    assert "[1] https://pamir.example/rates" in text
    assert filled("show", number, "--as", "markdown") == 0
    assert "[go up](https://pamir.example/rates)" in capsys.readouterr().out
    assert filled("show", number, "--as", "html") == 0
    assert "<a href=" in capsys.readouterr().out
    assert filled("show", number, "--as", "json") == 0
    assert records(capsys)[0]["id"] == int(number)
    assert filled("show", "999") == 1
    assert "no article has the number 999" in capsys.readouterr().err


def test_marks_are_kept_undone_and_listed(filled: Run, capsys: Capture) -> None:
    first, second, _ = ids(filled, capsys)
    assert filled("mark", "star", first) == 0
    assert ids(filled, capsys, "is:starred") == [first]
    assert filled("mark", "read", "--query", "region:TJ") == 0
    assert ids(filled, capsys, "is:unread") == []
    assert filled("undo") == 0
    assert "undone: 3 articles marked read" in capsys.readouterr().err
    assert len(ids(filled, capsys, "is:unread")) == 3
    assert filled("history") == 0
    assert [("starred" in line or "marked read" in line) for line in lines(capsys)] == [True, True]
    assert filled("mark", "unstar", first, second) == 0
    assert ids(filled, capsys, "is:starred") == []
    assert filled("undo", "9") == 0
    assert filled("undo") == 0
    assert "nothing to undo" in capsys.readouterr().err


def test_marks_that_cannot_be(filled: Run, capsys: Capture) -> None:
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("mark", "star", number, "999") == 1
    assert ids(filled, capsys, "is:starred") == []
    assert filled("mark", "star") == 2
    assert filled("mark", "star", number, "--query", "x") == 2


def test_open_hands_web_addresses_to_the_browser(
    filled: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("open", number) == 0
    assert filled("open", number, "--link", "1") == 0
    assert opened == ["https://pamir.example/1", "https://pamir.example/rates"]
    assert ids(filled, capsys, "is:read") == [number]
    assert filled("open", number, "--link", "2") == 1
    assert "has 1 links" in capsys.readouterr().err


def test_open_without_a_page(run: Run, home: Path, capsys: Capture) -> None:
    (home / "pamir.xml").write_text(
        rss().replace("<link>https://pamir.example/1</link>", ""), encoding="utf-8"
    )
    run("refresh")
    (number,) = ids(run, capsys, "tariffs")
    assert run("open", number) == 1
    assert "names no page" in capsys.readouterr().err


def test_regions_with_counts(filled: Run, capsys: Capture) -> None:
    assert filled("regions") == 0
    assert any("Tajikistan (TJ)" in line for line in lines(capsys))
    assert filled("regions", "tariff", "--json") == 0
    assert {each["code"]: each["total"] for each in records(capsys)}["TJ"] == 1


def test_feeds_are_added_changed_and_removed(filled: Run, home: Path, capsys: Capture) -> None:
    (home / "other.xml").write_text(rss().replace("Pamir Post", "Other"), encoding="utf-8")
    address = str(home / "other.xml")
    assert filled("feeds", "add", address, "--folder", "Home", "--region", "Таджикистан") == 0
    out, err = capsys.readouterr()
    assert out.strip() == (home / "other.xml").as_uri()
    assert "3 articles came in" in err
    assert filled("feeds", "add", address) == 1
    assert "followed already" in capsys.readouterr().err
    assert filled("feeds", "rename", "Other", "Second") == 0
    assert filled("feeds", "move", "Second", "Away") == 0
    assert filled("feeds", "pause", "second") == 0
    assert filled("feeds", "--json") == 0
    feed = records(capsys)[1]
    assert (feed["name"], feed["folder"], feed["region"], feed["paused"]) == ("Second", "Away", "TJ", True)
    assert filled("feeds", "resume", "Second") == 0
    assert filled("feeds", "remove", "Second") == 0
    assert filled("feeds", "list") == 0
    assert len(lines(capsys)) == 2
    assert "# the local paper" in (home / "termnews.toml").read_text()


def test_feeds_that_cannot_be(filled: Run, home: Path, capsys: Capture) -> None:
    (home / "page.html").write_text("<html><body>Hi</body></html>")
    assert filled("feeds", "add", str(home / "page.html")) == 1
    assert "web page" in capsys.readouterr().err
    assert filled("feeds", "add", str(home / "pamir.xml"), "--region", "Nowhereland") == 1
    assert "no place is called" in capsys.readouterr().err
    assert filled("feeds", "remove", "nobody") == 1


def test_opml_goes_out_and_comes_in(filled: Run, home: Path, capsys: Capture) -> None:
    assert filled("export", "opml") == 0
    exported = capsys.readouterr().out
    assert "pamir.xml" in exported
    assert filled("export", "opml", str(home / "out.opml")) == 0
    assert filled("export", "opml", str(home / "out.opml")) == 1
    assert filled("export", "opml", str(home / "no" / "out.opml")) == 1
    (home / "in.opml").write_text(exported.replace("pamir.xml", "other.xml"), encoding="utf-8")
    capsys.readouterr()
    assert filled("import", str(home / "in.opml")) == 0
    assert "1 feed added, 0 followed already" in capsys.readouterr().err
    assert filled("import", str(home / "in.opml")) == 0
    assert "0 feeds added, 1 followed already" in capsys.readouterr().err
    (home / "bad.opml").write_text("nothing here")
    assert filled("import", str(home / "bad.opml")) == 1
    assert "no feeds were found" in capsys.readouterr().err


def test_cache_is_described_checked_and_copied(filled: Run, home: Path, capsys: Capture) -> None:
    assert filled("cache", "info") == 0
    shown = lines(capsys)
    assert any(line.split() == ["articles", "3"] for line in shown)
    ends = {line.rfind("  ") for line in shown}  # names are as wide as the longest of them
    assert len(ends) == 1
    pictures = home / "cache" / "pictures"
    pictures.mkdir()
    (pictures / "one.jpg").write_bytes(b"x" * 700)
    (pictures / "half.17").write_bytes(b"y")  # one that is being written
    assert filled("cache", "info", "--json") == 0
    said = json.loads(lines(capsys)[0])
    assert (said["pictures"], said["picture_bytes"]) == (1, 700)
    assert (said["articles"], said["waiting"], said["to_tag"]) == (3, 0, 0)
    assert sum(said["tagged_by"].values()) == 3
    assert filled("cache", "check") == 0
    assert filled("cache", "backup", str(home / "copy.db")) == 0
    assert filled("cache", "backup", str(home / "copy.db")) == 1
    (home / "cache" / "termnews.db").write_bytes(b"damaged" * 1000)
    assert filled("cache", "check") == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "was damaged: it is kept as termnews.db.damaged-" in said
    assert filled("cache", "check") == 0


def test_what_feeds_still_carry_comes_back_after_damage(filled: Run, home: Path, capsys: Capture) -> None:
    (home / "cache" / "termnews.db").write_bytes(b"damaged" * 1000)
    assert filled("refresh") == 0
    capsys.readouterr()
    assert filled("list", "--tsv") == 0
    assert len(lines(capsys)) == 3


def test_damage_met_in_use_is_mended_and_the_command_can_be_repeated(
    filled: Run, home: Path, capsys: Capture
) -> None:
    import sqlite3

    assert filled("mark", "star", "2") == 0
    raw = sqlite3.connect(home / "cache" / "termnews.db")
    raw.execute("UPDATE bodies SET packed = x'00112233' WHERE id = 3")
    raw.commit()
    raw.close()
    assert filled("cache", "check") == 1
    assert "the text of 1 articles is damaged" in capsys.readouterr().out
    assert filled("show", "3") == 1
    assert "2 articles and the state of 3 could be read" in capsys.readouterr().err
    assert filled("list", "--tsv", "is:starred") == 0
    assert len(lines(capsys)) == 1
    assert filled("refresh", "--force") == 0
    assert filled("show", "3") == 0
    assert filled("cache", "repair") == 0


def test_the_cache_is_pruned_and_compacted(filled: Run, home: Path, capsys: Capture) -> None:
    toml = home / "termnews.toml"
    toml.write_text("keep_articles = 1\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    assert filled("mark", "read", "--query", "") == 0
    assert filled("refresh", "--force") == 0
    capsys.readouterr()
    assert filled("list", "--tsv") == 0
    assert len(lines(capsys)) == 1
    assert filled("cache", "prune") == 0
    assert "0 articles taken out" in capsys.readouterr().err
    assert filled("cache", "compact") == 0
    assert filled("cache", "check") == 0


def test_damage_is_listed(filled: Run, home: Path, capsys: Capture) -> None:
    import sqlite3

    raw = sqlite3.connect(home / "cache" / "termnews.db")
    raw.execute("DELETE FROM bodies")
    raw.commit()
    raw.close()
    assert filled("cache", "check") == 1
    assert "3 articles have no body" in capsys.readouterr().out


def test_config_is_shown_and_checked(run: Run, home: Path, capsys: Capture) -> None:
    assert run("config", "path") == 0
    assert lines(capsys) == [str(home / "termnews.toml")]
    assert run("config", "check") == 0
    assert run("config", "example") == 0
    assert "refresh_minutes" in capsys.readouterr().out
    with (home / "termnews.toml").open("a") as file:
        file.write("\nrefersh_minutes = 3\n")
    assert run("config", "check") == 1
    said = capsys.readouterr().err
    assert "refersh_minutes" in said
    assert "refresh_minutes" in said


def test_config_is_edited(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited: list[str] = []
    monkeypatch.setattr("click.edit", lambda filename: edited.append(filename))
    assert run("config", "edit") == 0
    assert edited == [str(home / "termnews.toml")]


def test_a_broken_configuration_is_said_and_the_rest_works(filled: Run, home: Path, capsys: Capture) -> None:
    with (home / "termnews.toml").open("a") as file:
        file.write("\n[theme\nname = 3\n")
    assert filled("list") == 0
    out, err = capsys.readouterr()
    assert "termnews.toml" in err
    assert "Traceback" not in err
    assert len(out.splitlines()) == 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, capsys: Capture, shell: str) -> None:
    assert run("completion", shell) == 0
    assert "_TERMNEWS_COMPLETE" in capsys.readouterr().out


def test_usage(run: Run, capsys: Capture) -> None:
    assert run("--help") == 0
    assert run("nonsense") == 2
    assert run("list", "--sort", "nonsense") == 2
    assert run("--version") == 0
    assert "termnews" in capsys.readouterr().out


def test_demo_touches_nothing(capsys: Capture) -> None:
    from termnews.__main__ import main

    assert main(["--demo", "list", "earthquake region:TJ"]) == 0
    assert capsys.readouterr().out
    assert main(["--demo", "config", "path"]) == 0
    assert not Path(capsys.readouterr().out.strip()).exists()


# --- a configuration that is not there -------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["refresh"], ["feeds"], ["config", "check"], ["cache", "info"], ["export", "opml"]],
)
def test_a_named_configuration_that_is_missing_is_an_error(
    home: Path, capsys: Capture, arguments: list[str]
) -> None:
    missing = home / "misspelt.toml"
    assert main(["--config", str(missing), *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"termnews: the configuration {missing} does not exist; check its name,"
        f" or begin it with `termnews --config {missing} feeds add URL`\n"
    )
    assert not missing.exists()


def test_commands_that_begin_a_configuration_take_one_that_is_missing(home: Path, capsys: Capture) -> None:
    fresh = home / "fresh.toml"
    assert main(["--config", str(fresh), "config", "path"]) == 0
    assert lines(capsys) == [str(fresh)]
    assert main(["--config", str(fresh), "config", "example"]) == 0
    assert main(["--config", str(fresh), "feeds", "add", str(home / "pamir.xml")]) == 0
    assert "does not exist" not in capsys.readouterr().err
    assert "pamir.xml" in fresh.read_text(encoding="utf-8")
    assert main(["--config", str(fresh), "list"]) == 0


def test_an_import_may_begin_a_configuration(home: Path, capsys: Capture) -> None:
    opml = home / "feeds.opml"
    opml.write_text('<opml><body><outline xmlUrl="https://a.example/"/></body></opml>', encoding="utf-8")
    assert main(["--config", str(home / "fresh.toml"), "import", str(opml)]) == 0
    assert "https://a.example/" in (home / "fresh.toml").read_text(encoding="utf-8")


# --- the first refresh, and feeds added by programs ------------------------------------------


def test_a_refresh_makes_the_folder_of_the_cache(run: Run, home: Path, capsys: Capture) -> None:
    text = (home / "termnews.toml").read_text(encoding="utf-8")
    (home / "termnews.toml").write_text(text.replace('"cache"', '"not/there/yet"'), encoding="utf-8")
    assert run("refresh") == 0
    assert "3 new articles" in capsys.readouterr().err
    assert (home / "not/there/yet").stat().st_mode & 0o777 == 0o700


def test_feeds_add_as_json(filled: Run, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "other.xml").write_text(rss().replace("Pamir Post", "Other"), encoding="utf-8")
    assert filled("feeds", "add", str(home / "other.xml"), "--json") == 0
    captured = capsys.readouterr()
    added = json.loads(captured.out)
    assert (added["status"], added["new"], added["error"], captured.err) == ("ok", 3, None, "")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{home}/gone.xml\n"))
    assert filled("feeds", "add", "-", "--json") == 1
    captured = capsys.readouterr()
    failed = json.loads(captured.out)
    assert failed["status"] == "failed"
    assert "is not there" in failed["error"]
    assert captured.err == f"termnews: {failed['error']}\n"


def test_every_command_is_found_by_its_name() -> None:
    modules = [import_module(f"termnews.cli.{room}") for room in sorted(set(cli.ROOMS.values()))]
    assert {each.name: room.__name__.rpartition(".")[2] for room in modules for each in room.COMMANDS} == (
        dict(cli.ROOMS)
    )
    rooms = {path.stem for path in Path(cli.__file__).parent.glob("*.py")}
    assert rooms - {"__init__", "bar", "newfile", "session", "stopping"} == set(cli.ROOMS.values())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("options", [(), ("-u",)], ids=["at the end", "at once"])
def test_output_that_cannot_be_written_is_one_sentence(home: Path, options: tuple[str, ...]) -> None:
    command = [sys.executable, *options, "-m", "termnews", "config", "example"]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environ
        )
    assert done.returncode == 1
    assert done.stderr == (
        "termnews: the output cannot be written (No space left on device); make room for it\n"
    )


def test_views_are_listed_with_their_counts(filled: Run, home: Path, capsys: Capture) -> None:
    with (home / "termnews.toml").open("a") as file:
        file.write('[views]\n"The \\u001b[1m port" = "tariffs"\nbad = "region:Nowhereland"\n')
    assert filled("views") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == ["unread   total  view", "     1       1  The [1m port  (tariffs)"]
    assert "bad: " in err
    assert filled("views", "--json") == 0
    good, bad = records(capsys)
    assert (good["query"], good["unread"], good["total"], good["error"]) == ("tariffs", 1, 1, None)
    assert "Nowhereland" in str(bad["error"])
