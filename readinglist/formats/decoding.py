"""A document's bytes become text, and what is not text is called by its name."""

from __future__ import annotations

import codecs
import re
from typing import Final

from readinglist.errors import ImportFailed
from readinglist.records import Problem

LARGEST: Final = 200 * 1024 * 1024  # bytes; a capture of 100 000 papers has about 150 MB
_SHOWN_PROBLEMS: Final = 10
_SAMPLE: Final = 65_536

_MAGIC: Final = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"%PDF-", "a PDF file"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CONTROL: Final = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_BREAK: Final = re.compile(rb"\r\n|\r|\n")
_TYPOGRAPHY: Final = frozenset("€‚„…ˆ‹‘’“”•–—™›\xa0¡§©«¬®°±²³´µ¶·¹º»¼½¾¿×÷")
_FOREIGN_RUN: Final = re.compile(r"[^\x00-\x7f]{3}")


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the text of a document, and a problem for each of the first lines that is damaged.

    UTF-8 and, behind a byte order mark, UTF-16 and UTF-32 are read. A line that is not UTF-8 is
    read as Windows-1252 where that makes sense; what stays unreadable becomes U+FFFD.
    """
    encoding, body = _without_mark(data)
    _refuse_unreadable(data, body, encoding, name)
    text, problems = _decoded(body, encoding, name)
    if not text.strip():
        raise ImportFailed(f"{name} is empty.", hint="Save the listing's text in it and try again.")
    return text, problems


def _decoded(body: bytes, encoding: str, name: str) -> tuple[str, list[Problem]]:
    try:
        text = body.decode(encoding)
        if "\0" not in text:
            return text, []
    except UnicodeDecodeError:
        pass
    if encoding != "utf-8":
        body = body.decode(encoding, "replace").encode()
    return _line_by_line(body, name)


def _without_mark(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "utf-8", data


def _refuse_unreadable(data: bytes, body: bytes, encoding: str, name: str) -> None:
    """Raise `ImportFailed` for what is too large or evidently not text."""
    if len(data) > LARGEST:
        raise ImportFailed(
            f"{name} is larger than the {LARGEST >> 20} MB that can be read at once.",
            hint="Split it into smaller files.",
        )
    if kind := next((kind for magic, kind in _MAGIC if data.startswith(magic)), None):
        raise ImportFailed(f"{name} is {kind}, not text.", hint="Save the listing as plain text.")
    if _HTML.match(body[:_SAMPLE]):
        raise ImportFailed(
            f"{name} is a web page's source, not its text.",
            hint="Select all on the page, copy, and save that as a text file.",
        )
    if encoding == "utf-8" and _is_binary(body):
        raise _not_text(name)


def _not_text(name: str) -> ImportFailed:
    return ImportFailed(
        f"{name} is a binary file or in an unknown encoding.", hint="Save it as UTF-8 text."
    )


def _is_binary(body: bytes) -> bool:
    sample = body[:_SAMPLE]
    return body.count(0) * 1000 > len(body) or len(_CONTROL.findall(sample)) * 50 > len(sample)


def _line_by_line(body: bytes, name: str) -> tuple[str, list[Problem]]:
    """Decode what can be decoded; raise `ImportFailed` if the most of it cannot."""
    lines: list[str] = []
    problems: list[Problem] = []
    lost = 0
    for number, raw in enumerate(_LINE_BREAK.split(body), start=1):
        line, reason = _decode_line(raw)
        lines.append(line)
        if reason:
            lost += line.count("\ufffd")
            problems.append(Problem(number, reason, line))
    text = "\n".join(lines)
    if lost * 20 > len(text):
        raise _not_text(name)
    return text, _shortened(problems)


def _decode_line(raw: bytes) -> tuple[str, str]:
    """Return a line's text, and what was wrong with it, if anything."""
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        if (windows := _as_windows(raw)) is not None:
            return windows, "not UTF-8; read as Windows-1252"
        line = raw.decode(errors="replace").replace("\0", "\ufffd")
        return line, "not UTF-8; unreadable characters are shown as \ufffd"
    if "\0" in line:
        return line.replace("\0", "\ufffd"), "NUL characters are shown as \ufffd"
    return line, ""


def _as_windows(raw: bytes) -> str | None:
    """Return a line read as Windows-1252, if that gives words as people write them."""
    try:
        line = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [c for c in line if not c.isascii()]
    plausible = all(c.isalpha() or c in _TYPOGRAPHY for c in foreign)
    mixed = _FOREIGN_RUN.search(line) or "Ã" in line or "â€" in line or "\0" in line
    return line if plausible and not mixed else None


def _shortened(problems: list[Problem]) -> list[Problem]:
    """Keep the first problems, and count the others in one more."""
    shown, others = problems[:_SHOWN_PROBLEMS], problems[_SHOWN_PROBLEMS:]
    if others:
        reason = f"{len(others)} more lines from here on are not clean UTF-8"
        shown.append(Problem(others[0].line, reason, others[0].text))
    return shown
