"""Semantic Scholar, by its graph of papers."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from readinglist.lookup import people
from readinglist.lookup.facts import found
from readinglist.lookup.provider import (
    ARXIV,
    DOI,
    TITLE,
    Access,
    Found,
    Provider,
    Question,
    Request,
    each,
    items,
    members,
    parse,
    text,
)

_FIELDS: Final = "title,abstract,authors,year,venue,journal,externalIds,url"
_PREFIXES: Final = {ARXIV: "ARXIV", DOI: "DOI"}
_NO_VENUE: Final = ("arxiv", "arxiv.org")


class SemanticScholar(Provider):
    """Papers of all fields; a key lifts its limits."""

    name: ClassVar[str] = "semantic-scholar"
    home: ClassVar[str] = "https://api.semanticscholar.org"
    gap: ClassVar[float] = 1.1
    direct: ClassVar[tuple[str, ...]] = (ARXIV, DOI)
    ids_at_once: ClassVar[int] = 100
    keyed: ClassVar[bool] = True

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:
        """One title, or a hundred ids."""
        headers = (("x-api-key", access.key),) if access.key else ()
        if questions[0].kind == TITLE:
            what = (("query", questions[0].words), ("limit", "5"), ("fields", _FIELDS))
            return Request("/graph/v1/paper/search", what, headers=headers, absent=frozenset({404}))
        ids = [f"{_PREFIXES[asked.kind]}:{asked.value}" for asked in questions]
        # Ids of which none is known are a bad request there.
        return Request(
            "/graph/v1/paper/batch",
            (("fields", _FIELDS),),
            headers=headers,
            body={"ids": ids},
            absent=frozenset({400, 404}),
        )

    def read(self, reply: bytes) -> list[Found]:
        """What a search found, or a list with null for what is not known."""
        said = parse(reply)
        if isinstance(said, dict):
            said = said.get("data", [] if said.get("total") == 0 else None)
        return [work for paper in each(said, what="papers") if (work := _work(paper)) is not None]


def _work(paper: dict[str, Any]) -> Found | None:
    names, journal = members(paper, "externalIds"), members(paper, "journal")
    venue = text(paper.get("venue")) or text(journal.get("name"))
    published = venue if venue.strip().lower() not in _NO_VENUE else ""
    in_journal = published and [
        ("volume", journal.get("volume")),
        ("pages", journal.get("pages")),
    ]
    return found(
        text(paper.get("paperId")),
        title=paper.get("title"),
        abstract=paper.get("abstract"),
        authors=people.listed(
            (people.flat(author.get("name")), author.get("authorId"))
            for author in map(members, items(paper.get("authors")))
        ),
        year=paper.get("year"),
        venue=published,
        dois=[names.get("DOI")],
        arxiv=names.get("ArXiv"),
        url=paper.get("url"),
        details=in_journal or (),
    )


PROVIDER: Final = SemanticScholar()
