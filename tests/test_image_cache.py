"""Pictures on disk: whole or not at all, for their owner alone, and never more than the budget."""

from __future__ import annotations

import os
from pathlib import Path

from termnews.image_cache import FOLDER, ImageCache


def test_what_is_kept_comes_back_and_is_its_owners_alone(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, 100)
    assert cache.take("https://a.example/1.png") is None
    cache.keep("https://a.example/1.png", b"one")
    assert cache.take("https://a.example/1.png") == b"one"
    cache.keep("https://a.example/../../1.png", b"other")
    assert cache.take("https://a.example/1.png") == b"one"
    folder = tmp_path / FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [each.stat().st_mode & 0o777 for each in folder.iterdir()] == [0o600, 0o600]


def test_those_looked_at_longest_ago_make_room(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, 30)
    for at, name in enumerate("abc"):
        cache.keep(name, name.encode() * 10)
        os.utime(cache._path(name), (at, at))
    cache.take("a")
    cache.keep("d", b"d" * 10)
    assert [cache.take(each) is not None for each in "abcd"] == [True, False, True, True]
    cache.keep("e", b"e" * 31)
    assert cache.take("e") is None
    assert sum(each.stat().st_size for each in (tmp_path / FOLDER).iterdir()) <= 30


def test_a_folder_that_cannot_be_used_is_nobodys_trouble(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    cache = ImageCache(tmp_path, 100)
    cache.keep("a", b"a")
    assert cache.take("a") is None


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, 100)
    cache.keep("a", b"a")
    (tmp_path / "secret").write_bytes(b"secret")
    cache._path("b").symlink_to(tmp_path / "secret")
    assert cache.take("b") is None


def test_what_is_held_stays_until_nothing_else_is_left_and_is_not_given_up_for_its_like(
    tmp_path: Path,
) -> None:
    for name in "abc":
        ImageCache(tmp_path, 30).keep(name, name.encode() * 10)
    cache = ImageCache(tmp_path, 30)
    assert cache.hold("a") and not cache.hold("d")
    os.utime(cache._path("a"), (0, 0))
    assert cache.keep_beside("d", b"d" * 20)  # b and c leave for it
    assert not cache.keep_beside("e", b"e")
    assert [cache.take(each) is not None for each in "abcde"] == [True, False, False, True, False]
    cache.keep("e", b"e")  # who looks at it has it all the same, and the budget holds
    assert [cache.take(each) is not None for each in "ade"] == [False, True, True]
