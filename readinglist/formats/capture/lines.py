"""The physical lines of a capture: cleaned, numbered, without the page's banner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readinglist.stopping import with_checkpoints
from readinglist.text import clean_line

_HEAD = 15
"""The call to subscribe stands within this many lines of the top."""

_MOST_UNKNOWN = 3
"""It follows no more lines than this whose wording is unknown."""

_LONGEST = 140
"""No banner line has more characters."""

_OVERLONG, _SHOWN = 1_000_000, 10_000
"""Of a line with more characters than any abstract has, so many are read."""

_LINE_BREAK = re.compile("\r\n|\r|\n")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?i:(?:{_WEEKDAY},?\s*)?"
    rf"(?:{_MONTH}\s*{_DAY}(?:,?\s*\d{{4}})?|{_DAY}\.?\s*(?:of\s+)?{_MONTH}(?:,?\s*\d{{4}})?"
    rf"|{_MONTH}\s*\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    rf"|{_WEEKDAY}|today|yesterday|(?:this|last) (?:week|month))"
)
_BYLINE = (
    r"by\s?\S+(?: \S+){0,3} (?:and|&) .{0,40}\b(?:community|communities|readers|friends|team"
    r"|others|contributors|researchers|subscribers)|by[A-Z@]\S{0,20} (?:and|&) .{0,60}"
)
_CALL = (
    r"(?i:(?:get|receive)\b(?: [\w-]+){0,4} papers\b.{0,40}\b(?:inbox|mailbox|e-?mail)\b.{0,40})"
)
_SUBSCRIBE = r"(?i:subscribe(?: (?:to|now|today|here|for|by)\b.{0,60})?[.!]?)"

_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("subscribe", _SUBSCRIBE),
        ("call", _CALL),
        ("byline", _BYLINE),
        ("by", r"by .{1,80}"),
        ("date", _DATE),
        ("new", "new"),
    )
)
_PAGE_FURNITURE = re.compile(
    r"(?i:(?:\d[\d.,]*k?|an?|no) (?:up)?(?:votes?|likes?|comments?|replies|papers?|authors?|views?"
    r"|stars?)|(?:load|show|see|view|read) (?:more|all|less)(?: .{0,30})?|upvotes?"
    r"|previous(?: page)?|next(?: page)?|older|newer|back to top|share|(?:log|sign) ?(?:in|up|out)"
    r"|page \d+(?: of \d+)?|(?:©|\(c\)|copyright).{0,80}|privacy(?: policy)?|terms(?: of .{0,20})?"
    r"|all rights reserved\.?|about(?: us)?|contact(?: us)?|cookie.{0,20}|daily papers"
    r"|trending papers|submitted by .{0,40})"
)

_STRONG = frozenset({"subscribe", "glued", "call", "byline"})
"""These stand in banners only; the others are banner where they touch one of these."""

_GLUED = re.compile(r"(?!Subscrib(?:ers?|ed|es)(?![\w-]))(?!Subscribers?-)Subscribe(?=\S)")
_LOOSE = re.compile(r"Subscribe (?=[^a-z])")
_SENTENCE = re.compile(r"[.!?](?= |$)|[。！？]")


@dataclass(slots=True)
class Line:
    """A line with something on it: where it is, what it says, how many blank lines precede it.

    `section` counts the banners above it: a capture can follow another in one file.
    """

    number: int
    text: str
    gap: int = 0
    section: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A capture's lines without its banners, and which kinds of banner line there were.

    `overlong` are the lines of which only the beginning was read, each with what to say of it.
    """

    lines: list[Line]
    banner: frozenset[str]
    overlong: list[tuple[Line, str]]


def page_of(text: str) -> Page:
    """Clean and number the lines of a document, and take its banners away."""
    overlong: list[tuple[Line, str]] = []
    lines = list(_numbered(text, overlong))
    kinds = [_kind(line.text) for line in with_checkpoints(lines)]
    head = _mark_head(lines, kinds)
    for at in range(1, min(_HEAD, len(lines) - 1)):
        if kinds[at - 1] in _STRONG - {"glued"} and kinds[at : at + 2] == [None, "date"]:
            kinds[at] = "wording"
    _mark_repeats(lines, kinds, {line.text for line in lines[:head]})
    _drop_strays(kinds)
    content: list[Line] = []
    for at, (line, kind) in enumerate(with_checkpoints(zip(lines, kinds, strict=True))):
        starts = kind is not None and (at == 0 or kinds[at - 1] in (None, "glued"))
        line.section = (lines[at - 1].section if at else 0) + starts
        if kind == "glued":
            line.text = _after_subscribe(line.text)
        if kind in (None, "glued"):
            content.append(line)
    return Page(content, frozenset(kind for kind in kinds if kind), overlong)


def is_furniture(text: str) -> bool:
    """Whether a line says what such pages say around their papers, or is a date."""
    return len(text) < _LONGEST and (
        _kind(text) == "date" or _PAGE_FURNITURE.fullmatch(text) is not None
    )


def _numbered(text: str, overlong: list[tuple[Line, str]]) -> Iterator[Line]:
    gap = 0
    for number, raw in enumerate(with_checkpoints(_lines(text)), 1):
        if len(raw) > _OVERLONG:
            line = Line(number, f"{clean_line(raw[:_SHOWN])}…", gap)
            said = f"a line of {len(raw):,} characters; only the first {_SHOWN:,} were read"
            overlong.append((line, said))
            yield line
            gap = 0
        elif cleaned := clean_line(raw):
            yield Line(number, cleaned, gap)
            gap = 0
        else:
            gap += 1


def _lines(text: str) -> Iterator[str]:
    start = 0
    for found in _LINE_BREAK.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def _kind(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), None)


def _after_subscribe(text: str) -> str:
    return _LOOSE.sub("", _GLUED.sub("", text, count=1), count=1)


def _glued_kind(text: str, above: str | None) -> str | None:
    """The kind of a line that starts with `Subscribe` and goes on, given the kind above it."""
    if not (_GLUED.match(text) or (above == "call" and _LOOSE.match(text))):
        return None
    return _kind(_after_subscribe(text)) or "glued"


def _mark_head(lines: list[Line], kinds: list[str | None]) -> int:
    """Mark whatever stands before the first call to subscribe, if no paper does; count it."""
    for at, line in enumerate(lines[:_HEAD]):
        above = kinds[:at]
        kinds[at] = kinds[at] or _glued_kind(line.text, above[-1] if above else None)
        if kinds[at] in ("subscribe", "glued"):
            kinds[:at] = [kind or "wording" for kind in above]
            return at
        repeated = kinds[at] and None in above and line.text in {row.text for row in lines[:at]}
        if repeated or (kinds[at] is None and _starts_papers(line.text, above)):
            break
    return 0


def _starts_papers(text: str, above: list[str | None]) -> bool:
    """Whether an unknown line is no part of the banner that the lines above belong to."""
    return (
        len(text) > _LONGEST
        or len(_SENTENCE.findall(text)) > 2
        or not {"byline", "date"}.isdisjoint(above)
        or above.count(None) == _MOST_UNKNOWN
    )


def _mark_repeats(lines: list[Line], kinds: list[str | None], wording: set[str]) -> None:
    """Mark what a second banner says as the first did, and the title glued to its end."""
    for at, line in enumerate(with_checkpoints(lines)):
        if kinds[at] is None and line.text in wording:
            kinds[at] = "wording"
        elif kinds[at] is None and at and kinds[at - 1] in ("call", "wording"):
            kinds[at] = _glued_kind(line.text, kinds[at - 1])


def _drop_strays(kinds: list[str | None]) -> None:
    """Unmark a date or other weak line that touches no strong one and is not at the top."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] is not None:
            end += 1
            if kinds[end - 1] == "glued":
                break
        if start and _STRONG.isdisjoint(kinds[start:end]):
            kinds[start:end] = [None] * (end - start)
        start = max(end, start + 1)
