"""From what a provider says to a record: washed, in normal form, and nothing that cannot be."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from readinglist.errors import UsageError
from readinglist.identifiers import ARXIV_PREFIX, arxiv_of, normal_arxiv, normal_doi
from readinglist.library.journal.facts import checked
from readinglist.lookup.provider import Found
from readinglist.records import Record
from readinglist.text import clean, clean_line

_LONGEST_LINE: Final = 2000  # characters
_LONGEST_TEXT: Final = 50_000
_MOST_AUTHORS: Final = 10_000
_TAG: Final = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_HEADING: Final = re.compile(r"[Aa]bstract(?:[.:]\s*|\s+)(?=[A-Z])|ABSTRACT[.:]?\s*")
_PARAGRAPH: Final = re.compile(r"\n\s*\n|</(?:jats:)?(?:p|title|sec)>", re.IGNORECASE)


def line(value: object) -> str:
    """A text from outside on one line, without markup; empty if it is none."""
    return clean_line(_unmarked(value))[:_LONGEST_LINE].rstrip()


def prose(value: object) -> str:
    """A text from outside in paragraphs, wrapped lines joined, without markup."""
    paragraphs = (clean_line(_unmarked(part)) for part in _PARAGRAPH.split(_text(value)))
    whole = clean("\n\n".join(filter(None, paragraphs)))[:_LONGEST_TEXT].rstrip()
    return _HEADING.sub("", whole, count=1) if _HEADING.match(whole) else whole


def _text(value: object) -> str:
    return value[: 2 * _LONGEST_TEXT] if isinstance(value, str) else ""


def _unmarked(value: object) -> str:
    """Without the tags of HTML and JATS; a `<` that begins none stays."""
    return html.unescape(_TAG.sub("", _text(value)))


def found(
    identifier: str,
    *,
    title: object,
    abstract: object = None,
    authors: Iterable[str] = (),
    year: object = None,
    venue: object = None,
    dois: Iterable[object] = (),
    arxiv: object = None,
    url: object = None,
    details: Iterable[tuple[str, object]] = (),
) -> Found | None:
    """A work as a provider describes it; None if it has no title.

    Of several DOIs the first that arXiv did not give is the work's own; those of arXiv are arXiv
    ids. `url` is taken only where neither identifier leads to the work.
    """
    name = line(title)
    if not name:
        return None
    normal = [doi for value in dois if (doi := normal_doi(line(value)))]
    ids = [normal_arxiv(line(arxiv)), *map(arxiv_of, normal)]
    arxiv_id = next(filter(None, ids), None)
    own = next((doi for doi in normal if not doi.startswith(ARXIV_PREFIX)), None)
    record = Record(
        name,
        prose(abstract) or None,
        tuple(authors)[:_MOST_AUTHORS],
        _sound("year", year),
        line(venue) or None,
        own,
        arxiv_id,
        () if own or arxiv_id else tuple(_sound("urls", [line(url)]) or ()),
        details=tuple(sorted((key, said) for key, value in details if (said := line(value)))),
    )
    return Found(line(identifier) or name, record, frozenset(filter(None, [*normal, *ids])))


def _sound(name: str, value: object) -> Any:
    """A fact that a user could have written, or None."""
    with suppress(UsageError):
        return checked({name: value})[name]
    return None
