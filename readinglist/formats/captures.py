"""Captures: the saved text of a trending-papers page, titles and abstracts under a banner."""

from __future__ import annotations

import re
from statistics import median

from readinglist.formats.capture.blocks import blocks_of, stops
from readinglist.formats.capture.lines import Page, page_of
from readinglist.formats.capture.papers import papers_of
from readinglist.formats.capture.roles import roles_of
from readinglist.records import Problem, Reading, Record

KIND = "capture"

_SAMPLE = 60_000
"""How many characters are enough to recognise a capture."""

_COVER, _COVER_UNDER_BANNER = 0.85, 0.5
"""Good pairs must make up this much of the text, less where a line of a banner was
seen, and then any pairs if it was the one that asks to subscribe."""

_FEWEST, _PROBLEMS, _USUAL_ABSTRACT, _MOST_SYMBOLS = 2, 0.25, 60, 0.03
"""Without a banner there are also so many good pairs, so few problems a pair after the first,
abstracts of so many characters, and no more symbols to a letter than prose has."""

_SYMBOL, _LINK = re.compile(r"[{}<>=$@\\/|;_#*~^+:]"), re.compile(r"\S+://\S+")

_NOT_A_TITLE = re.compile(
    r"[#>|*+\-=<{}\[\]\\@/%$`~•]|\d+(?:\.\d+)*[.)] |\d{4}-\d\d|\w+\(|[a-z]+ ?=|[^ ,]*,[^ ]"
    r"|[A-Z][A-Z0-9_]{5,}$|.*(?::\S*:|[{};]$)"
    r"|(?:import|from|def|class|return|copyright|license|files)\b(?!.* .* )|.*[.,;:]$|.*  ",
    re.IGNORECASE,
)
_LONGEST_TITLE, _LONG_ABSTRACT = 250, 120


def read(text: str) -> Reading:
    """All papers of a capture, and a problem for each line that is in none of them."""
    return _reading(page_of(text))


def looks_like(text: str) -> bool:
    """Whether this is plausibly a capture: a banner we know, or hardly anything but good pairs."""
    sample = text[:_SAMPLE]
    page = page_of(sample)
    kinds = page.banner & {"call", "subscribe", "glued", "byline", "date"}
    if "call" in kinds or len(kinds) > 1 or (kinds and not page.lines):
        return True
    reading = _reading(page)
    asks = not kinds.isdisjoint({"subscribe", "glued"})
    papers = [record for record in reading.records if asks or _is_good(record)]
    if not papers or (not kinds and not _is_convincing(papers, reading)):
        return False
    covered = sum(len(record.title) + len(record.abstract or "") for record in papers)
    whole = sum(len(line.text) for line in page.lines if line.number >= reading.records[0].line)
    return covered > (_COVER_UNDER_BANNER if kinds else _COVER) * whole


def _reading(page: Page) -> Reading:
    blocks = blocks_of(page.lines)
    records, problems = papers_of(blocks, roles_of(blocks))
    problems += [Problem(line.number, reason, line.text) for line, reason in page.overlong]
    return Reading(KIND, records, sorted(problems, key=lambda problem: problem.line))


def _is_convincing(good: list[Record], reading: Reading) -> bool:
    """Whether pairs that stand under no banner are papers all the same."""
    later = [problem for problem in reading.problems if problem.line > reading.records[0].line]
    usual = median(len(record.abstract or "") for record in good)
    prose = _LINK.sub("", " ".join(f"{record.title} {record.abstract}" for record in good))
    return (
        len(good) >= _FEWEST
        and len(later) <= _PROBLEMS * len(reading.records)
        and usual >= _USUAL_ABSTRACT
        and len(_SYMBOL.findall(prose)) <= _MOST_SYMBOLS * len(prose)
    )


def _is_good(record: Record) -> bool:
    """Whether nobody would take this pair for anything but a paper."""
    title, abstract = record.title, record.abstract or ""
    return (
        len(title) < min(_LONGEST_TITLE, len(abstract))
        and not _NOT_A_TITLE.match(title)
        and not _NOT_A_TITLE.match(abstract.rstrip(".,;:"))
        and (stops(abstract) or len(abstract) > _LONG_ABSTRACT)
    )
