"""OpenAlex: an open catalogue of works, with abstracts turned inside out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from readinglist.identifiers import normal_arxiv
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
    as_doi,
    each,
    items,
    members,
    parse,
    text,
)

_FIELDS: Final = (
    "id,doi,title,display_name,publication_year,authorships,abstract_inverted_index,"
    "primary_location,locations,biblio,type"
)
_MOST_WORDS: Final = 20_000  # of an abstract


class OpenAlex(Provider):
    """Works of all fields; a key lifts its limits."""

    name: ClassVar[str] = "openalex"
    home: ClassVar[str] = "https://api.openalex.org"
    gap: ClassVar[float] = 0.2
    direct: ClassVar[tuple[str, ...]] = (ARXIV, DOI)
    ids_at_once: ClassVar[int] = 25
    keyed: ClassVar[bool] = True
    mailed: ClassVar[bool] = True

    def can_ask(self, question: Question) -> bool:
        """Not by a DOI with a sign in it that stands between two of them."""
        return super().can_ask(question) and (
            question.kind == TITLE or {*as_doi(question)}.isdisjoint("|,")
        )

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:
        """One title, or some ids, all of them as DOIs."""
        if questions[0].kind == TITLE:
            what, most = f"title.search:{questions[0].words}", 5
        else:
            what = "doi:" + "|".join(map(as_doi, questions))
            most = len(questions)
        wanted = (("filter", what), ("per-page", str(most)), ("select", _FIELDS))
        known = (("mailto", access.mailto), ("api_key", access.key))
        return Request("/works", (*wanted, *((name, value) for name, value in known if value)))

    def read(self, reply: bytes) -> list[Found]:
        """The results."""
        works = each(members(parse(reply)).get("results"), what="works")
        return [work for one in works if (work := _work(one)) is not None]


def _work(work: dict[str, Any]) -> Found | None:
    biblio, source = members(work, "biblio"), members(work, "primary_location", "source")
    published = text(source.get("type")) != "repository"
    pages = filter(None, (text(biblio.get(end)) for end in ("first_page", "last_page")))
    in_volume = [
        ("volume", biblio.get("volume")),
        ("number", biblio.get("issue")),
        ("pages", "-".join(dict.fromkeys(pages))),
    ]
    return found(
        text(work.get("id")).rpartition("/")[2],
        title=work.get("title") or work.get("display_name"),
        abstract=_abstract(members(work, "abstract_inverted_index")),
        authors=people.listed(_people(items(work.get("authorships")))),
        year=work.get("publication_year"),
        venue=source.get("display_name") if published else None,
        dois=[work.get("doi")],
        arxiv=_arxiv(work),
        url=members(work, "primary_location").get("landing_page_url"),
        details=in_volume if published else (),
    )


def _people(authorships: list[Any]) -> Iterator[tuple[str, object]]:
    """Names as printed on the paper, else as the catalogue has them; and its ids of the people."""
    for one in map(members, authorships):
        person = members(one, "author")
        name = people.flat(one.get("raw_author_name")) or people.flat(person.get("display_name"))
        yield name, person.get("id")


def _abstract(places: dict[str, Any]) -> str:
    """Put each word back where it stood; places that cannot be are left out."""
    at: dict[int, str] = {}
    for word, spots in places.items():
        for spot in items(spots):
            if type(spot) is int and 0 <= spot < _MOST_WORDS:
                at[spot] = word
    return " ".join(at[spot] for spot in sorted(at))


def _arxiv(work: dict[str, Any]) -> str:
    """The arXiv id that one of the places has at which the work can be read."""
    for place in map(members, items(work.get("locations"))):
        page = text(place.get("landing_page_url"))
        if "arxiv.org" in page and (found := normal_arxiv(page)):
            return found
    return ""


PROVIDER: Final = OpenAlex()
