"""The ground of the terminal: asked for, understood, and the terminal as it was."""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
from collections.abc import Iterator

import pytest

from termnews.ui import late_ground
from termnews.ui.ground import asked, is_light
from termnews.ui.late_ground import Ears, Parser
from termnews.ui.messages import GroundTold

DEVICE = b"\x1b[?62;22c"
WHITE, BLACK = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;rgb:0000/0000/0000\x07"


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: that of whoever sits there, and that of the program."""
    there, here = pty.openpty()
    yield there, here
    os.close(there)
    os.close(here)


def answering(there: int, answer: bytes, heard: list[bytes]) -> threading.Thread:
    """Return a terminal that answers once it has been asked what it is."""

    def run() -> None:
        said = b""
        while b"\x1b[c" not in said:
            said += os.read(there, 256)
        heard.append(said)
        os.write(there, answer)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "passed_on", "told"),
    [
        (WHITE + DEVICE, "15;0", "0;15"),
        (BLACK + DEVICE, "", "15;0"),
        (b"jj" + WHITE + DEVICE, "", "0;15"),  # keys typed meanwhile
        (DEVICE, "0;15", "0;15"),  # it does not know: what the shell passed on holds
        (DEVICE, "", ""),
    ],
)
def test_what_the_terminal_says_of_its_ground(
    terminal: tuple[int, int], answer: bytes, passed_on: str, told: str
) -> None:
    there, here = terminal
    before = termios.tcgetattr(here)
    environ = {"TERM": "xterm", **({"COLORFGBG": passed_on} if passed_on else {})}
    heard: list[bytes] = []
    thread = answering(there, answer, heard)
    with asked(environ, here) as late:
        thread.join()
        assert late() is None
        assert termios.tcgetattr(here) == before  # for the screen, which leaves it as it finds it
    assert environ.get("COLORFGBG", "") == told
    assert termios.tcgetattr(here) == before
    assert heard == [b"\x1b]11;?\x1b\\\x1b[c"]


def test_a_silent_terminal_is_not_waited_for(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    environ, waits = {"TERM": "xterm"}, []
    before = termios.tcgetattr(terminal[1])
    monkeypatch.setattr(select, "select", lambda *asked: waits.append(asked[3]) or ([], [], []))
    with asked(environ, terminal[1]) as late:
        assert late() == before
        assert not termios.tcgetattr(terminal[1])[3] & termios.ECHO  # or a late answer would be written
    assert waits == [0]
    assert environ == {"TERM": "xterm"}
    assert termios.tcgetattr(terminal[1]) == before


def test_the_terminal_is_as_it_was_when_loading_fails(terminal: tuple[int, int]) -> None:
    before = termios.tcgetattr(terminal[1])
    with pytest.raises(ImportError), asked({"TERM": "xterm"}, terminal[1]):
        raise ImportError
    assert termios.tcgetattr(terminal[1]) == before


@pytest.mark.parametrize("term", ["linux", "dumb", ""])
def test_what_knows_no_such_question_is_not_asked(terminal: tuple[int, int], term: str) -> None:
    there, here = terminal
    with asked({"TERM": term}, here) as late:
        assert late() is None
        os.write(here, b"nothing before")
    assert os.read(there, 256) == b"nothing before"


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        (b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07", True),  # Solarized light
        (b"\x1b]11;rgb:0000/2b2b/3636\x07", False),  # Solarized dark
        (b"\x1b]11;rgb:f/f/f\x07", True),
        (b"\x1b]11;rgba:2828/2828/2828/ffff\x07", False),
        (b"\x1b]11;rgb:77/77/77\x07", True),  # black is easier to read on it than white
        (b"\x1b]10;rgb:ffff/ffff/ffff\x07", None),
        (b"", None),
    ],
)
def test_light_or_dark(answer: bytes, light: bool | None) -> None:
    assert is_light(answer) is light


OF_LIGHT = WHITE.decode()
WHAT = DEVICE.decode()


@pytest.mark.parametrize(
    ("sent", "keys", "light"),
    [
        ((f"{OF_LIGHT}{WHAT}",), "", True),
        ((BLACK.decode(), WHAT), "", False),
        ((f"jj{OF_LIGHT}k", f"g{WHAT}G"), "jjkgG", True),
        ((f"j{OF_LIGHT[:2]}", *OF_LIGHT[2:-1], f"{OF_LIGHT[-1]}{WHAT}"), "j", True),
        ((WHAT, "j"), "j", None),
        ((WHAT, OF_LIGHT), OF_LIGHT, None),  # all was said before
        (("\x1b[A", "\x1b", "[B", "\x1b[<0;1;1M"), "\x1b[A\x1b[B\x1b[<0;1;1M", None),
        (("\x1b]11;rgb:ffff", "/ffff/ffff\x1b", "\\", WHAT[:5], WHAT[5:]), "", True),
        (("\x1b[?2026;2$y",), "\x1b[?2026;2$y", None),
    ],
)
def test_a_late_answer_is_no_key(sent: tuple[str, ...], keys: str, light: bool | None) -> None:
    ears = Ears()
    heard = [ears.hear(each) for each in sent]
    assert "".join(each for each, _ in heard) == keys
    assert next((told for _, told in heard if told is not None), None) is light


def test_what_only_began_like_one_comes_as_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 5.0
    monkeypatch.setattr(late_ground, "monotonic", lambda: now)
    ears = Ears()
    assert ears.hear("j\x1b]11") == ("j", None)
    assert ears.overdue() == ""
    now = 6.0
    assert ears.overdue() == "\x1b]11"
    assert ears.overdue() == ""


def test_the_parser_tells_keys_and_ground_apart() -> None:
    parser = Parser()
    told = [*parser.feed(f"j{OF_LIGHT}{WHAT}k"), *parser.tick()]
    assert [getattr(each, "key", None) or type(each) for each in told] == [GroundTold, "j", "k"]
    assert list(parser.feed("")) == []  # the end
