"""CSL's variables by the facts of a paper that they hold, and the members that are none."""

from __future__ import annotations

from typing import Any, Final

from readinglist.formats.csl import dates as csl_dates
from readinglist.formats.csl import fields as csl_fields
from readinglist.formats.csl.fields import line

# CSL's variable and BibLaTeX's field for the same text; `issue` and `number` are apart. Those
# that BibLaTeX has no field for keep CSL's name.
_RENAMED: Final = (
    ("volume", "volume"),
    ("page", "pages"),
    ("publisher", "publisher"),
    ("publisher-place", "location"),
    ("edition", "edition"),
    ("collection-title", "series"),
    ("chapter-number", "chapter"),
    ("event-title", "eventtitle"),
    ("number-of-volumes", "volumes"),
    ("number-of-pages", "pagetotal"),
    ("title-short", "shorttitle"),
    ("container-title-short", "shortjournal"),
    ("language", "language"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("PMID", "pmid"),
    ("PMCID", "pmcid"),
    ("version", "version"),
    ("note", "note"),
    ("part-number", "part"),
    ("original-title", "origtitle"),
    ("original-publisher", "origpublisher"),
    ("original-publisher-place", "origlocation"),
    ("status", "pubstate"),
    ("genre", "genre"),
)
_SAME: Final = """
    archive-place archive_collection authority call-number collection-number dimensions division
    event-place jurisdiction license medium part-title printing-number references reviewed-genre
    reviewed-title scale section source supplement-number volume-title
"""
TEXTS: Final = (*_RENAMED, *((name, name) for name in _SAME.split()))
_ROLES: Final = """
    chair collection-editor compiler composer contributor curator director editorial-director
    executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator
"""
PEOPLE: Final = (
    ("editor", "editor"),
    ("translator", "translator"),
    ("container-author", "bookauthor"),
    *((name, name) for name in _ROLES.split()),
)
DATES: Final = (
    ("accessed", "urldate"),
    ("event-date", "eventdate"),
    ("original-date", "origdate"),
    ("available-date", "available-date"),
    ("submitted", "submitted"),
)
"""Dates beside that of the paper itself."""

ARCHIVES: Final = ("archive", "archive_location")
"""What says where an arXiv id is, or else something that is kept as it is."""

# What is read apart from these, what programs keep of an item for themselves, and what Crossref
# says of its own work.
_ELSEWHERE: Final = """
    id type title author issued container-title DOI URL keyword categories abstract annote custom
    citation-key citation-label number issue event journalAbbreviation subtitle article-number
"""
_BOOKKEEPING: Final = """
    indexed reference-count references-count reference content-domain short-container-title created
    is-referenced-by-count prefix member published published-online published-print
    published-other deposited score resource relation link alternative-id update-policy assertion
    journal-issue funder short-title issn-type isbn-type license-type update-to aliases
    _graph system_id uris uri uuid schema version-type year-suffix
"""
_NOT_KEPT: Final = frozenset(f"{_ELSEWHERE} {_BOOKKEEPING}".split())
_READ: Final = frozenset(name for row in (*TEXTS, *PEOPLE, *DATES) for name in row[:1])


def others(members: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """What members say that are no variables, by their names, and the names of those not kept."""
    found: dict[str, str] = {}
    lost: list[str] = []
    for name, value in members.items():
        if name in _READ or name in _NOT_KEPT or not value or value is True:
            continue
        text = _text_of(value)
        if text:
            found[name.lower()] = text
        else:
            lost.append(name)
    return found, lost


def _text_of(value: object) -> str:
    """Texts, people or a date as one text; "" for anything else."""
    if isinstance(value, dict):
        return csl_dates.day(value)
    if not isinstance(value, list):
        return line(value)
    if all(isinstance(each, str) for each in value):
        return "; ".join(map(line, value))
    named = all(isinstance(each, dict) and {"family", "literal"} & each.keys() for each in value)
    return csl_fields.in_one_text(csl_fields.people(value)) if named else ""
