"""Read a response body under a hard cap, before and after inflation.

It must never trust a length the server states, nor inflate more at once than it may keep:
a few hundred bytes can become gigabytes.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Iterator

_STEP = 1 << 20
"""Bytes inflated at a time."""
_AUTO = 47
"""zlib window bits that read a gzip or a zlib header, whichever comes."""
_RAW = -15
"""zlib window bits for deflate without a header, as some servers send it."""
_GZIP = b"\x1f\x8b"
_MOST_MEMBERS = 64
"""gzip members in one body; thousands of empty ones cost time and bring nothing."""
_MOST_RATIO = 200
"""Bytes a packed byte may become: feeds come to 5 to 30, zeros to 1,030."""
_RATIO_FROM = 1 << 20
"""Bytes from which on the ratio counts; less does no harm."""
_PLAIN = {"", "identity"}
_PACKED = {"gzip", "x-gzip", "deflate"}


class BodyError(Exception):
    """The body cannot be taken; the message is the end of a sentence whose subject is the address."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the whole body.

    Args:
        chunks: the bytes as they come off the wire.
        encoding: the Content-Encoding header; may be empty.
        limit: bytes the body may have, packed as well as unpacked.

    Raises:
        BodyError: too large, packed in a way we did not ask for, damaged, or cut off.
    """
    inflater = _inflater(encoding)
    body = bytearray()
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        for piece in [chunk] if inflater is None else inflater.feed(chunk):
            body += piece
            _check(len(body), limit)
            if len(body) > max(_RATIO_FROM, _MOST_RATIO * received):
                raise BodyError(f"unpacks to more than {_MOST_RATIO} times its size; no feed does that")
        _check(received, limit)
    if inflater is not None and received and not inflater.complete:
        raise BodyError("ended half way through its compressed answer; it is tried again later")
    return bytes(body)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise BodyError(f"is larger than {size_words(limit)}; raise max_body_mb if it is a feed you trust")


def size_words(size: int) -> str:
    """Return a number of bytes in words, as MB where that is exact enough."""
    return f"{size / 1_000_000:.3g} MB" if size >= 10_000 else f"{size} bytes"


def _inflater(encoding: str) -> _Inflater | None:
    layers = [
        layer for layer in (part.strip().lower() for part in encoding.split(",")) if layer not in _PLAIN
    ]
    if not layers:
        return None
    if len(layers) > 1 or layers[0] not in _PACKED:
        named = ", ".join(layers)[:40]
        raise BodyError(f"is packed as “{named}”, which was not asked for; tell its publisher")
    return _Inflater()


class _Inflater:
    """gzip (also of several members), zlib or headless deflate → bytes, in bounded pieces."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._head = b""
        self._members = 0

    @property
    def complete(self) -> bool:
        """Whether the packed stream came to its end."""
        return self._stream is not None and self._stream.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what the chunk inflates to, at most a megabyte at a time."""
        data, self._head = self._head + chunk, b""
        piece = b""
        while data or len(piece) == _STEP:
            if self._stream is None or self._stream.eof:
                if self._stream and data[:1] != _GZIP[:1]:
                    return  # padding after the last member, which gzip allows
                if len(data) < 2:
                    self._head = data  # two bytes are needed to tell the formats apart
                    return
                self._stream = self._next_member(data)
            try:
                piece = self._stream.decompress(data, _STEP)
            except zlib.error as error:
                raise BodyError("sent a damaged compressed answer; it is tried again later") from error
            yield piece
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _next_member(self, data: bytes) -> zlib._Decompress:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise BodyError("is packed in too many pieces; tell its publisher")
        zlib_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
        return zlib.decompressobj(_AUTO if data[:2] == _GZIP or zlib_header else _RAW)
