"""Captures: the saved text of a trending-papers page, titles and abstracts under a banner."""

from __future__ import annotations

import re

from readinglist.formats.capture_blocks import blocks_of, stops
from readinglist.formats.capture_lines import Page, page_of
from readinglist.formats.capture_papers import papers_of
from readinglist.formats.capture_roles import roles_of
from readinglist.records import Reading, Record

KIND = "capture"

_SAMPLE = 60_000
"""How many characters are enough to recognise a capture."""

_COVER, _COVER_UNDER_BANNER, _PROBLEMS = 0.85, 0.5, 0.25
"""Good pairs must make up this much of the text, less where one line of a banner was seen;
without that, there are also few problems a pair."""

_NOT_A_TITLE = re.compile(
    r"[#>|*+\-=<{}\[\]\\@/%$`~•]|\d+(?:\.\d+)*[.)] |\d{4}-\d\d|\w+\(|[a-z]+ ?=|[^ ,]*,[^ ]"
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
    if not kinds and len(reading.problems) > 1 + _PROBLEMS * len(reading.records):
        return False
    good = sum(len(r.title) + len(r.abstract or "") for r in reading.records if _is_good(r))
    cover = _COVER_UNDER_BANNER if kinds else _COVER
    return good > cover * max(1, sum(len(line.text) for line in page.lines))


def _reading(page: Page) -> Reading:
    blocks = blocks_of(page.lines)
    records, problems = papers_of(blocks, roles_of(blocks))
    return Reading(KIND, records, problems)


def _is_good(record: Record) -> bool:
    """Whether nobody would take this pair for anything but a paper."""
    title, abstract = record.title, record.abstract or ""
    return (
        len(title) < min(_LONGEST_TITLE, len(abstract))
        and not _NOT_A_TITLE.match(title)
        and not _NOT_A_TITLE.match(abstract.rstrip(".,;:"))
        and (stops(abstract) or len(abstract) > _LONG_ABSTRACT)
    )
