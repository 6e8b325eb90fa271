"""The server of generated feeds: conditional requests, and what it is told."""

from __future__ import annotations

import gzip

from benchmarks.corpus import PER_FEED
from benchmarks.documents import document
from benchmarks.serve import Site, served

MADE = served(3)


def _answer(site: Site, feed: int, more: str = "") -> tuple[str, dict[str, str], bytes]:
    head, _, body = site.answer(f"GET /{feed}.xml HTTP/1.1\r\nHost: x\r\n{more}".encode()).partition(
        b"\r\n\r\n"
    )
    status, *lines = head.decode().split("\r\n")
    return status.split()[1], dict(line.split(": ", 1) for line in lines), body


def test_a_document_comes_packed_with_its_validator_and_then_as_304() -> None:
    site = Site(MADE)
    status, headers, body = _answer(site, 1)
    assert status == "200" and int(headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == document(MADE, 1, PER_FEED)
    status, again, nothing = _answer(site, 1, f"If-None-Match: {headers['ETag']}\r\n")
    assert (status, again["ETag"], nothing) == ("304", headers["ETag"], b"")


def test_without_validators_the_same_bytes_come_again() -> None:
    site = Site(MADE)
    _, headers, body = _answer(site, 2)
    site.obey(b"validators off\n")
    status, bare, again = _answer(site, 2, f"If-None-Match: {headers['ETag']}\r\n")
    assert (status, again) == ("200", body) and "ETag" not in bare
    site.obey(b"validators on\n")
    assert "ETag" in _answer(site, 2)[1]


def test_the_newer_half_of_the_articles_comes_when_it_is_told() -> None:
    site = Site(MADE)
    site.obey(b"articles new\n")
    assert gzip.decompress(_answer(site, 0)[2]) == document(MADE, 0)
    assert document(MADE, 0) != document(MADE, 0, PER_FEED)
