"""The body of a reply: read piece by piece, unpacked, and never more of it than is bearable."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

LARGEST: Final = 16 << 20
"""Bytes of one reply, as they are sent and as they are unpacked; the largest real ones have two."""

_GZIP: Final = 32 + zlib.MAX_WBITS  # or zlib: whichever it begins as


class Unbearable(Exception):
    """Why a body is not read on; the message says what it is."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> bytes:
    """The whole body; `Unbearable` when it is too much, cut short, or packed in another way."""
    if encoding in ("", "identity"):
        return _joined(pieces)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unbearable("it is packed in a way that was not asked for")
    return _inflated(pieces)


def _joined(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        _bear(len(body))
    return bytes(body)


def _inflated(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    sent = 0
    inflating = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            sent += len(piece)
            body += inflating.decompress(piece, LARGEST - len(body) + 1)
            _bear(max(sent, len(body)))
    except zlib.error as error:
        raise Unbearable("it is not packed as it says") from error
    if sent and not inflating.eof:
        raise Unbearable("it was cut off")
    return bytes(body)


def _bear(size: int) -> None:
    if size > LARGEST:
        raise Unbearable(f"it is longer than {LARGEST >> 20} MB")
