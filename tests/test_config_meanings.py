"""What the configuration says of words: read with plain sentences, written with comments kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews.config import Meanings, Regions, load, set_meanings
from termnews.errors import ConfigError

A, B = "https://a.org/", "https://b.org/"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "termnews.toml"


# --- reading -------------------------------------------------------------------------------


def test_words_are_muted_and_pinned_for_all_feeds_and_for_one(path: Path) -> None:
    path.write_text(
        '[regions]\nmute = ["Jordan"]\npin = { "Paris" = "Texas" }\n'
        f'[[feeds]]\nurl = "{A}"\nmute = ["Chad"]\npin = {{ "Badakhshan" = "AF-BDS" }}\n'
    )
    config = load(path)
    assert config.problems == config.notes == ()
    assert config.regions == Regions(("Jordan",), {"Paris": "US-TX"})
    assert (config.feeds[0].mute, config.feeds[0].pin) == (("Chad",), {"Badakhshan": "AF-BDS"})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[regions]\npin = { "Paris" = "Tajikistam", "Mali" = "ML" }', "line 2: "),
        ('[regions.pin]\nMali = "ML"\n"Paris" = "Tajikistam"', "line 3: "),
        (f'[[feeds]]\nurl = "{A}"\npin = {{ Mali = "ML", Paris = "Tajikistam" }}', "line 3: "),
    ],
)
def test_a_pin_to_an_unknown_place_costs_itself_and_offers_the_nearest(
    path: Path, text: str, line: str
) -> None:
    path.write_text(text)
    config = load(path)
    (problem,) = config.problems
    said = f"{path}, {line}pin \"Paris\": no place is called 'Tajikistam'; nearest: Tajikistan (TJ)"
    assert problem.startswith(said)
    pins = config.feeds[0].pin if config.feeds else config.regions.pin
    assert pins == {"Mali": "ML"}


# --- writing -------------------------------------------------------------------------------


def test_a_file_is_made_and_words_are_added_and_taken_out(path: Path) -> None:
    assert set_meanings(path, "Jordan", (("Jordan", None),)) == ()
    assert set_meanings(path, "Paris", (("Paris", "US-TX"),)) == ()
    assert path.read_text().endswith('\n[regions]\nmute = ["Jordan"]\npin = { Paris = "US-TX" }\n')
    assert set_meanings(path, "JORDAN", ()) == (("Jordan", None),)
    assert set_meanings(path, "paris", ()) == (("Paris", "US-TX"),)
    assert path.read_text().endswith("\n[regions]\n")


def test_words_have_one_meaning_and_what_they_had_comes_back_as_it_was_written(path: Path) -> None:
    text = '[regions]\npin = { Paris = "Texas", Mali = "ML" } # mine\n'
    path.write_text(text)
    before = set_meanings(path, "paris", (("paris", None),))
    assert before == (("Paris", "Texas"),)
    assert load(path).regions == Regions(("paris",), {"Mali": "ML"})
    assert set_meanings(path, "paris", before) == (("paris", None),)
    assert path.read_text() == '[regions]\npin = { Mali = "ML", Paris = "Texas" } # mine\n'


def test_words_of_one_feed_stand_in_its_table_and_the_others_keep_every_letter(path: Path) -> None:
    text = (
        f'[[feeds]] # a\nurl = "{A}"\n\n# the second\n[[feeds]]\nurl = "{B}" # b\n[feeds.headers]\nX = "k"\n'
    )
    path.write_text(text)
    set_meanings(path, "Paris", (("Paris", None),), B)
    added = text.replace('" # b\n', '" # b\nmute = ["Paris"]\n')
    assert path.read_text() == added
    assert [feed.mute for feed in load(path).feeds] == [(), ("Paris",)]


def test_comments_inside_a_list_stay(path: Path) -> None:
    path.write_text('[regions]\nmute = [\n  # players\n  "Jordan", # basketball\n  "Chad",\n] # end\n')
    set_meanings(path, "Paris", (("Paris", None),))
    text = path.read_text()
    assert load(path).regions.mute == ("Jordan", "Chad", "Paris")
    assert all(comment in text for comment in ("# players", "# basketball", "# end"))


def test_a_table_of_pins_is_kept_as_one(path: Path) -> None:
    path.write_text('[regions.pin] # mine\nMali = "ML" # far\n')
    set_meanings(path, "Paris", (("Paris", "US-TX"),))
    assert load(path).regions.pin == {"Mali": "ML", "Paris": "US-TX"}
    assert "# mine" in path.read_text()
    assert "# far" in path.read_text()


@pytest.mark.parametrize("text", ['[regions]\nmute = "Paris"\n', "regions = 3\n", '[regions]\npin = ["x"]\n'])
def test_a_file_with_a_mistake_there_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError, match="left as it is"):
        set_meanings(path, "Paris", (("Paris", None),))
    assert path.read_text() == text


def test_words_of_a_feed_that_is_not_there(path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no feed"):
        set_meanings(path, "Paris", (("Paris", None),), A)
    assert not path.exists()


@pytest.mark.parametrize("meanings", [(("Par\nis", None),), (("Paris", ""),), (("", None),)])
def test_what_the_file_may_not_hold_is_refused(path: Path, meanings: Meanings) -> None:
    with pytest.raises(ConfigError):
        set_meanings(path, "Paris", meanings)
    assert not path.exists()
