"""A document's bytes become text, and what is not text is called by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import AnyStr, Final

from readinglist.errors import ImportFailed
from readinglist.formats.refusing import not_text, refuse_unreadable
from readinglist.records import Problem
from readinglist.stopping import checkpoint, with_checkpoints
from readinglist.text import MOST_MARKS, clean, piles_of_marks

_SHOWN_PROBLEMS: Final = 10
_SHOWN: Final = 10_000  # characters of a damaged line; what is left of it is also read
_SAMPLE: Final = 65_536

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark: the bytes to a character, and which of them is never zero in Latin letters.
_UNMARKED: Final = (
    ("utf-32-le", 4, 0),
    ("utf-32-be", 4, 3),
    ("utf-16-le", 2, 0),
    ("utf-16-be", 2, 1),
)
_MOST_ZEROS, _SOME_ZEROS = 0.7, 0.02
_LINE_BREAK: Final = re.compile(rb"\r\n|\r|\n")
_TEXT_BREAK: Final = re.compile(r"\r\n|\r|\n")
_SOMETHING: Final = re.compile(r"\S")
PILE: Final = f"more than {MOST_MARKS} marks on one letter; the others were left out"
_TYPOGRAPHY: Final = frozenset("€‚„…ˆ‹‘’“”•–—™›\xa0¡§©«¬®°±²³´µ¶·¹º»¼½¾¿×÷")
_FOREIGN_RUN: Final = re.compile(r"[^\x00-\x7f]{3}")


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the text of a document, and a problem for each of the first lines that is damaged.

    UTF-8 is read, and so are UTF-16 and UTF-32, which is said; these also without a byte order
    mark where most letters are Latin. A line that is not UTF-8 is read as Windows-1252 where that
    makes sense; what stays unreadable becomes U+FFFD.
    """
    encoding, body, marked = _without_mark(data)
    refuse_unreadable(data, body, encoding, name)
    checkpoint()
    text, problems = _decoded(body, encoding, name)
    if not _SOMETHING.search(text):
        raise ImportFailed(f"{name} is empty.", hint="Save the listing's text in it and try again.")
    if encoding != "utf-8":
        first = _TEXT_BREAK.split(text, maxsplit=1)[0]
        without = "" if marked else " without a byte order mark"
        reason = f"{encoding.upper()}{without}, not UTF-8; read as such"
        problems.insert(0, Problem(1, reason, _shown(first)))
    problems += _piles(text)
    return text, sorted(problems, key=lambda problem: problem.line)


def _decoded(body: bytes, encoding: str, name: str) -> tuple[str, list[Problem]]:
    try:
        text = body.decode(encoding)
        if "\0" not in text:
            return text, []
    except UnicodeDecodeError:
        pass
    checkpoint()
    if encoding == "utf-8":
        return _line_by_line(map(decode_line, _pieces(_LINE_BREAK, body)), name)
    lines = _pieces(_TEXT_BREAK, body.decode(encoding, "replace"))
    return _line_by_line((_mend_line(line, encoding.upper()) for line in lines), name)


def is_utf8(data: bytes) -> bool:
    """Whether a document that begins so is UTF-8, or nothing else that is known."""
    return _without_mark(data)[0] == "utf-8"


def _without_mark(data: bytes) -> tuple[str, bytes, bool]:
    """Return the encoding, the bytes behind its mark, and whether it needs a mark and has one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :], True
    sample = data[: _SAMPLE // 4 * 4]
    for encoding, step, letter in _UNMARKED:
        zeros = [sample[place::step].count(0) * step / (len(sample) or 1) for place in range(step)]
        others = [share for place, share in enumerate(zeros) if place != letter]
        if zeros[letter] < _SOME_ZEROS and min(others) > _MOST_ZEROS:
            return encoding, data, False
    return "utf-8", data, True


def _line_by_line(lines: Iterable[tuple[str, str]], name: str) -> tuple[str, list[Problem]]:
    """Join lines that come each with what was wrong with it.

    Raises `ImportFailed` if the most of it is lost.
    """
    kept: list[str] = []
    problems: list[Problem] = []
    lost = 0
    for number, (line, reason) in enumerate(with_checkpoints(lines), start=1):
        kept.append(line)
        if reason:
            lost += line.count("\ufffd")
            problems.append(Problem(number, reason, _shown(line)))
    text = "\n".join(kept)
    if lost * 20 > len(text):
        raise not_text(name, problems[0].line)
    return text, _shortened(problems)


def _pieces(line_break: re.Pattern[AnyStr], text: AnyStr) -> Iterator[AnyStr]:
    """Split a text without holding all of its pieces."""
    start = 0
    for found in line_break.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def decode_line(raw: bytes) -> tuple[str, str]:
    """Return a line's text, and what was wrong with it, if anything."""
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        if (windows := _as_windows(raw)) is not None:
            return windows, "not UTF-8; read as Windows-1252"
        if (joined := _with_surrogates(raw)) is not None:
            return joined, "surrogates in UTF-8; pairs were joined, lone ones are shown as \ufffd"
        line = raw.decode(errors="replace").replace("\0", "\ufffd")
        return line, "not UTF-8; unreadable characters are shown as \ufffd"
    return _without_nul(line)


def _mend_line(line: str, encoding: str) -> tuple[str, str]:
    """Return a line in which U+FFFD stands for damage, and what was wrong with it."""
    if "\ufffd" in line:
        reason = f"not {encoding}; unreadable characters are shown as \ufffd"
        return line.replace("\0", "\ufffd"), reason
    return _without_nul(line)


def _without_nul(line: str) -> tuple[str, str]:
    if "\0" in line:
        return line.replace("\0", "\ufffd"), "NUL characters are shown as \ufffd"
    return line, ""


def _with_surrogates(raw: bytes) -> str | None:
    """Return a line in which halves of characters were encoded by themselves, as UTF-8 forbids."""
    try:
        halves = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    joined = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\ufffd")


def _piles(text: str) -> list[Problem]:
    """A problem for each of the first lines in which letters carry more marks than are kept."""
    if text.isascii():
        return []
    problems: list[Problem] = []
    line, counted = 1, 0
    for place in with_checkpoints(piles_of_marks(text)):
        line += sum(1 for _ in _TEXT_BREAK.finditer(text, counted, place))
        counted = place
        if not problems or problems[-1].line != line:
            start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
            end = _TEXT_BREAK.search(text, place)
            whole = text[start : end.start() if end else None]
            problems.append(Problem(line, PILE, _shown(whole)))
    return _shortened(problems)


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


def _shown(line: str) -> str:
    return clean(line) if len(line) <= _SHOWN else f"{clean(line[:_SHOWN])}…"


def _shortened(problems: list[Problem]) -> list[Problem]:
    """Keep the first problems, and count the others in one more."""
    shown, others = problems[:_SHOWN_PROBLEMS], problems[_SHOWN_PROBLEMS:]
    if others:
        reason = f"{len(others)} more lines from here on are damaged in such ways"
        shown.append(Problem(others[0].line, reason, others[0].text))
    return shown
