"""The ground of the terminal: asked for, understood, and the terminal as it was."""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
from collections.abc import Iterator

import pytest

from termnews.ui import ground, late_ground
from termnews.ui.ground import Told, asked, has_colours, has_sixel, is_light
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


def answering(there: int, answer: bytes, heard: list[bytes], *more: bytes) -> threading.Thread:
    """Return a terminal that answers each time it has been asked what it is, each answer in two parts."""

    def run() -> None:
        for each in (answer, *more):
            said = b""
            while b"\x1b[c" not in said:
                said += os.read(there, 256)
            heard.append(said)
            os.write(there, each[:3])
            os.write(there, each[3:])

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def heard_of(here: int) -> None:
    """Wait until a terminal has begun to answer."""
    select.select([here], [], [], 60)


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
    with asked(environ, here) as told_of:
        thread.join()
        assert told_of() == Told()
        assert termios.tcgetattr(here) == before  # for the screen, which leaves it as it finds it
    assert environ.get("COLORFGBG", "") == told
    assert termios.tcgetattr(here) == before
    assert heard == [b"\x1b]11;?\x1b\\\x1b[c"]


SIXEL = b"\x1b[?62;4;22c"


@pytest.mark.parametrize(
    ("answer", "more", "pictures", "sixel"),
    [
        (DEVICE, b"", True, False),
        (SIXEL, b"\x1b[?1;0;1024S" + SIXEL, True, True),
        (WHITE + SIXEL, SIXEL, True, True),  # of its colours it says nothing
        (SIXEL, b"\x1b[?1;0;16S" + SIXEL, True, False),
        (SIXEL, b"", False, False),  # nobody wants to know
    ],
)
def test_sixel_is_told_where_it_is_wanted_and_has_its_colours(
    monkeypatch: pytest.MonkeyPatch,
    terminal: tuple[int, int],
    answer: bytes,
    more: bytes,
    pictures: bool,
    sixel: bool,
) -> None:
    there, here = terminal
    before = termios.tcgetattr(here)
    heard: list[bytes] = []
    thread = answering(there, answer, heard, *([more] if more else []))
    monkeypatch.setattr(ground, "_SECOND", 60)
    with asked({"TERM": "xterm"}, here, pictures=pictures) as told:
        heard_of(here)
        assert told() == Told(sixel)
    thread.join()
    assert heard == [b"\x1b]11;?\x1b\\\x1b[c"] + [b"\x1b[?1;1;0S\x1b[c"] * bool(more)
    assert termios.tcgetattr(here) == before


@pytest.mark.parametrize(
    ("answer", "sixel"),
    [
        (b"\x1b[?63;1;2;4;6;9;15;16;22;28c", True),  # xterm -ti vt340
        (b"\x1b[?62;4;22c", True),  # foot
        (b"\x1b[?1;2;4c", True),  # tmux
        (b"\x1b[?62;4c", True),
        (b"\x1b[?4;6c", False),  # a VT132
        (b"\x1b[?62;22;44;14c", False),
        (b"\x1b[?4c", False),
        (b"\x1b[?62;;;;c", False),
        (b"\x1b[>62;4;1c", False),
        (b"4;4;4;4c", False),
        (b"\x1b[?62;4", False),
        (b"\x1b[?" + b"9;" * 2000, False),
        (b"", False),
    ],
)
def test_what_a_terminal_says_it_can_do(answer: bytes, sixel: bool) -> None:
    assert has_sixel(answer) is sixel


@pytest.mark.parametrize(
    ("answer", "enough"),
    [
        (b"\x1b[?1;0;256S", True),
        (b"\x1b[?1;0;16S", False),
        (b"\x1b[?1;3;0S", True),  # it cannot say
        (b"\x1b[?1;0;99999999999999S", True),
        (b"", True),
    ],
)
def test_how_many_colours_sixel_may_have(answer: bytes, enough: bool) -> None:
    assert has_colours(answer + SIXEL) is enough and not has_colours(answer)


def test_a_terminal_that_stops_answering_is_listened_to_later(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = terminal
    before = termios.tcgetattr(here)
    heard: list[bytes] = []
    thread = answering(there, SIXEL, heard)
    monkeypatch.setattr(ground, "_SECOND", 0.01)
    with asked({"TERM": "xterm"}, here, pictures=True) as told:
        thread.join()
        assert told() == Told(late=before)


def test_a_silent_terminal_is_not_waited_for(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    environ, waits = {"TERM": "xterm"}, []
    before = termios.tcgetattr(terminal[1])
    monkeypatch.setattr(select, "select", lambda *asked: waits.append(asked[3]) or ([], [], []))
    with asked(environ, terminal[1]) as told:
        assert told() == Told(late=before)
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
    with asked({"TERM": term}, here) as told:
        assert told() == Told()
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
        (("j\x1b[?1;0;256S", SIXEL.decode(), "k"), "jk", None),
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
