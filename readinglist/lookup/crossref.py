"""Crossref: what publishers register with their DOIs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final
from urllib.parse import quote

from readinglist.lookup import people
from readinglist.lookup.facts import found
from readinglist.lookup.provider import (
    DOI,
    TITLE,
    Access,
    Found,
    Garbled,
    Provider,
    Question,
    Request,
    each,
    first_text,
    items,
    members,
    parse,
    text,
)

_NO_SUCH: Final = frozenset({404})
_MOST: Final = "5"
_FIELDS: Final = (
    "DOI,title,subtitle,author,editor,abstract,issued,published,published-print,"
    "published-online,container-title,publisher,volume,issue,page,type,relation,URL"
)
_DATES: Final = ("issued", "published", "published-print", "published-online", "created")
_DETAILS: Final = (
    ("volume", "volume"),
    ("number", "issue"),
    ("pages", "page"),
    ("publisher", "publisher"),
)
# The kinds of Crossref as BibLaTeX calls them; of others nothing is said.
_KINDS: Final = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "dissertation": "phdthesis",
    "report": "report",
    "dataset": "dataset",
}
_PREPRINT: Final = "posted-content"


class Crossref(Provider):
    """Journals, proceedings and books, by DOI and by title."""

    name: ClassVar[str] = "crossref"
    home: ClassVar[str] = "https://api.crossref.org"
    gap: ClassVar[float] = 1.0
    direct: ClassVar[tuple[str, ...]] = (DOI,)
    mailed: ClassVar[bool] = True
    kinds: ClassVar[tuple[str, ...]] = (
        "application/json",
        "application/vnd.crossref-api-message+json",
    )

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:
        """One DOI, or one title; with an address to write to, in the polite pool."""
        (asked,) = questions
        polite = (("mailto", access.mailto),) if access.mailto else ()
        if asked.kind == TITLE:
            what = (("query.bibliographic", asked.words), ("rows", _MOST), ("select", _FIELDS))
            return Request("/works", (*what, *polite))
        return Request(f"/works/{quote(asked.value, safe='')}", polite, absent=_NO_SUCH)

    def read(self, reply: bytes) -> list[Found]:
        """One work, or a list of them."""
        message = members(parse(reply), "message")
        if not message:
            raise Garbled("it has no message")
        works = each(message["items"], what="works") if "items" in message else [message]
        return [work for each_one in works if (work := _work(each_one)) is not None]


def _work(work: dict[str, Any]) -> Found | None:
    title, subtitle = first_text(work.get("title")), first_text(work.get("subtitle"))
    whole = f"{title}: {subtitle}" if subtitle and subtitle not in title else title
    kind = text(work.get("type"))
    details = [(name, work.get(member)) for name, member in _DETAILS if kind != _PREPRINT]
    return found(
        text(work.get("DOI")),
        title=whole if title else "",
        abstract=work.get("abstract"),
        authors=_people(items(work.get("author"))),
        year=_year(work),
        venue=first_text(work.get("container-title")),
        dois=[work.get("DOI"), *_preprints(work)],
        url=work.get("URL"),
        details=[*details, ("type", _KINDS.get(kind, ""))],
    )


def _people(authors: list[Any]) -> tuple[str, ...]:
    return people.listed((_name(one), one.get("ORCID")) for one in map(members, authors))


def _name(author: dict[str, Any]) -> str:
    """A person's name, which has parts, or that of a group, which has none."""
    person = people.parts(
        author.get("family"),
        author.get("given"),
        suffix=author.get("suffix"),
        particle=author.get("prefix") if text(author.get("prefix")).islower() else "",
    )
    return person or people.group(author.get("name"))


def _year(work: dict[str, Any]) -> Any:
    """The first year that any of the dates has: `[[null]]` is a date too."""
    for name in _DATES:
        for parts in items(members(work, name).get("date-parts"))[:1]:
            year = next(iter(items(parts)), None)
            if isinstance(year, int) and not isinstance(year, bool):
                return year
    return None


def _preprints(work: dict[str, Any]) -> Iterator[Any]:
    """The DOIs of what the publisher says was the preprint; that of arXiv has an arXiv id in it."""
    for other in map(members, items(members(work, "relation").get("has-preprint"))):
        doi = text(other.get("id"))
        if doi.lower().startswith("10.48550/arxiv."):
            yield doi


PROVIDER: Final = Crossref()
