"""Commands of the user's own: words, what stands for the article, and that nothing of a feed is ever code."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews import config
from termnews.errors import TermnewsError
from termnews.models import Article, Feed, Subscription
from termnews.programs import Program, arguments, environment, fault, typed
from tests.builders import make_entry


def article(**fields: object) -> Article:
    """Return an article of some feed."""
    return Article(7, Feed(1, Subscription("https://x.example/f")), make_entry(**fields))


def test_a_typed_line_is_parted_into_words_and_no_shell_reads_it() -> None:
    assert typed("grep -i 'two words' ';' rm *") == Program(("grep", "-i", "two words", ";", "rm", "*"))
    assert typed(r"""grep -e"a | b" --x='; c' d\; http://x/?a&b""").words[1:] == (
        "-ea | b", "--x=; c", "d;", "http://x/?a&b",
    )  # fmt: skip
    assert typed(" ! less -R") == Program(("less", "-R"), terminal=True)
    for line in ("grep 'open", "!", "sh -c 'echo {title}'", "cat | wc -l", "cat > it", "date; ls"):
        with pytest.raises(TermnewsError):
            typed(line)


def test_what_stands_for_an_article_is_one_word_and_no_option() -> None:
    hostile = article(title="--exec={id} $(id) `id`\n;\x1b[2J x", link="https://u:pw@news.example/1")
    words = arguments(Program(("prog", "{title}", "--url={link}", "{id}", "{other}")), hostile)
    assert words == [
        "prog", "exec={id} $(id) `id` ;[2J x", "--url=https://news.example/1", "7", "{other}",
    ]  # fmt: skip
    assert arguments(Program(("prog", "{link}")), article(link="javascript:x")) is None
    assert arguments(Program(("prog", "{title}")), article(link="")) is not None
    said = environment(hostile, {"HOME": "/home"})
    assert (said["TERMNEWS_ID"], said["TERMNEWS_LINK"], said["HOME"]) == (
        "7", "https://news.example/1", "/home",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("sh", "-c", "echo {title}"), True),
        (("/usr/bin/env", "bash", "-lc", "echo {link}"), True),
        (("python3", "-c", "print('{title}')"), True),
        (("ssh", "host", "echo", "{title}"), True),
        (("sh", "-c", 'echo "$1"', "sh", "{title}"), False),
        (("sh", "-c", 'echo "$TERMNEWS_TITLE"'), False),
        (("bash", "script.sh", "{title}"), False),
        (("mail", "-s", "{title}"), False),
    ],
)
def test_a_shell_is_never_given_a_feed_as_code(words: tuple[str, ...], wrong: bool) -> None:
    assert bool(fault(words)) is wrong


def test_commands_of_the_configuration_are_read_and_wrong_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_text(
        f'data_dir = "{tmp_path}"\n[commands]\nmail = ["mail", "-s", "{{title}}"]\n'
        'pager = { run = ["less"], terminal = true }\nbad = "less"\nnone = []\n'
        'more = { run = ["less"], shell = true }\ncode = ["sh", "-c", "echo {title}"]\n'
    )
    for _ in range(2):  # the second time from the copy beside the cache
        settings = config.load(path)
        assert dict(settings.commands) == {
            "mail": Program(("mail", "-s", "{title}")), "pager": Program(("less",), terminal=True),
        }  # fmt: skip
        lines = [problem.split(": ")[0].rpartition(" ")[2] for problem in settings.problems]
        assert lines == ["5", "6", "7", "8"]
        assert "must be a list such as" in settings.problems[0]
        assert "$TERMNEWS_LINK" in settings.problems[3]
