"""Character encodings, where a golden feed would say too little."""

from __future__ import annotations

import pytest

from termnews.parse.charset import decode

RUSSIAN = "<rss><title>Новости Душанбе: подорожало электричество</title></rss>"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_decides_against_everything_said(name: str) -> None:
    body = f"<?xml version='1.0' encoding='koi8-r'?>{RUSSIAN}".encode(name)
    assert decode(body, "text/xml; charset=windows-1251").endswith(RUSSIAN)


def test_big_endian_marks() -> None:
    assert decode(b"\xfe\xff" + RUSSIAN.encode("utf-16-be")) == RUSSIAN
    assert decode(b"\0\0\xfe\xff" + RUSSIAN.encode("utf-32-be")) == RUSSIAN


def test_little_endian_without_a_mark() -> None:
    assert decode(RUSSIAN.encode("utf-16-le")) == RUSSIAN


def test_header_wins_over_declaration() -> None:
    body = f"<?xml version='1.0' encoding='windows-1251'?>{RUSSIAN}".encode("koi8-r")
    assert decode(body, 'application/rss+xml; charset="KOI8-R"').endswith(RUSSIAN)


def test_plain_utf8_wins_over_a_declaration_that_could_read_it() -> None:
    body = f"<?xml version='1.0' encoding='koi8-r'?>{RUSSIAN}".encode()
    assert decode(body, "text/xml; charset=koi8-r").endswith(RUSSIAN)


def test_declaration_that_does_not_fit_is_passed_over() -> None:
    body = f"<?xml version='1.0' encoding='us-ascii'?>{RUSSIAN}".encode("windows-1251")
    assert decode(body, "text/xml").endswith(RUSSIAN)


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "unicode_escape", "unicode escape", "utf-7", "u7", "hex", "x\0y", "", "ю"]
)
def test_names_that_are_no_encoding_of_documents(name: str) -> None:
    body = f"<?xml version='1.0' encoding='{name}'?><a>+ADw- \\u0041 é</a>".encode()
    assert decode(body).endswith("<a>+ADw- \\u0041 é</a>")


def test_latin1_is_read_as_the_web_reads_it() -> None:
    body = "<?xml version='1.0' encoding='ISO-8859-1'?><a>“Föhn”</a>".encode("windows-1252")
    assert decode(body).endswith("<a>“Föhn”</a>")


def test_few_letters_of_a_declared_encoding_that_happen_to_be_utf8() -> None:
    body = "<?xml version='1.0' encoding='windows-1251'?><a>Я»</a>".encode("windows-1251")
    assert decode(body).endswith("<a>Я»</a>")


def test_short_undeclared_documents() -> None:
    for name in ("windows-1251", "koi8-r"):
        assert decode("<a>Погода в Хороге</a>".encode(name)) == "<a>Погода в Хороге</a>", name


def test_bytes_of_no_encoding_become_some_text() -> None:
    assert isinstance(decode(bytes(range(128, 256)) * 3), str)


def test_document_cut_inside_a_letter() -> None:
    assert decode(RUSSIAN.encode()[:40] + "ё".encode()[:1]).startswith("<rss><title>Новости")
