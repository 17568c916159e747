"""What is no document: too large, or evidently something else, which is called by its name."""

from __future__ import annotations

import re
from typing import Final

from readinglist.errors import ImportFailed

LARGEST: Final = 200 << 20  # bytes; a capture of 100 000 papers has about 150 MB
LONGEST_LINE: Final = 32 << 20  # bytes; some programs write a whole library on one line
_SAMPLE: Final = 65_536
_STRAY: Final = 4  # NUL characters in a text that something went wrong with

_AS_TEXT: Final = "Save the listing as plain text."
_UNPACK: Final = "Unpack it, and import what is inside."
_MAGIC: Final = (
    (b"\x89PNG", "a PNG picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a JPEG picture", _AS_TEXT),
    (b"GIF8", "a GIF picture", _AS_TEXT),
    (b"II*\x00", "a TIFF picture", _AS_TEXT),
    (b"RIFF", "a picture, sound or film", _AS_TEXT),
    (b"%PDF-", "a PDF file", _AS_TEXT),
    (b"%!PS", "a PostScript file", _AS_TEXT),
    (b"{\\rtf", "a Rich Text file", _AS_TEXT),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save it as plain text."),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", _AS_TEXT),
    (b"\x7fELF", "a program", _AS_TEXT),
)
_HTML: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CONTROL: Final = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")


def refuse_unreadable(data: bytes, body: bytes, encoding: str, name: str) -> None:
    """Raise `ImportFailed` for what is too large or evidently not text."""
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    for magic, kind, hint in _MAGIC:
        if data.startswith(magic):
            raise ImportFailed(f"{name} is {kind} from its first byte on, not text.", hint=hint)
    if _HTML.match(body[:_SAMPLE]):
        raise ImportFailed(
            f"{name} is a web page's source, not its text.",
            hint="Select all on the page, copy, and save that as a text file.",
        )
    if encoding == "utf-8" and _is_binary(body):
        strange = _CONTROL.search(body)
        raise not_text(name, body.count(b"\n", 0, strange.start()) + 1 if strange else 1)


def too_large(name: str, size: int) -> ImportFailed:
    """Say that so many bytes cannot be read at once."""
    return ImportFailed(
        f"{name} has {-(-size >> 20):,} MB; the largest document read is {LARGEST >> 20} MB.",
        hint="Split it into smaller files.",
    )


def line_too_long(name: str) -> ImportFailed:
    """Say that a line is longer than `LONGEST_LINE`."""
    return ImportFailed(
        f"{name} has a line of more than {LONGEST_LINE >> 20} MB, so it is no list of papers.",
        hint="If it is one that has lost its line breaks, save it again with them.",
    )


def not_text(name: str, line: int) -> ImportFailed:
    """Say that the bytes are no text in any encoding we read, and where that shows first."""
    return ImportFailed(
        f"{name} is a binary file or in an unknown encoding, from line {line} on.",
        hint="Save it as UTF-8 text.",
    )


def _is_binary(body: bytes) -> bool:
    sample = body[:_SAMPLE]
    strange = len(_CONTROL.findall(sample))
    return body.count(0) > max(_STRAY, len(body) // 1000) or strange * 50 > len(sample)
