"""arXiv, by its Atom interface: ten titles or fifty ids in one request."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from readinglist.identifiers import normal_arxiv
from readinglist.lookup import atom, people
from readinglist.lookup.facts import found, line
from readinglist.lookup.provider import (
    ARXIV,
    TITLE,
    Access,
    Found,
    Garbled,
    Provider,
    Question,
    Refused,
    Request,
)

_ARXIV: Final = "http://arxiv.org/schemas/atom"
_PAGE: Final = re.compile(r"https?://arxiv\.org/abs/(?P<id>.+)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST: Final = 100  # works in one reply
_LONGEST_DELAY: Final = 12  # years from a preprint to its journal


class Arxiv(Provider):
    """Preprints, most of what is read in machine learning, physics and mathematics."""

    name: ClassVar[str] = "arxiv"
    home: ClassVar[str] = "https://export.arxiv.org"
    gap: ClassVar[float] = 3.0
    direct: ClassVar[tuple[str, ...]] = (ARXIV,)
    kinds: ClassVar[tuple[str, ...]] = ("application/atom+xml", "application/xml", "text/xml")
    titles_at_once: ClassVar[int] = 10
    ids_at_once: ClassVar[int] = 50
    most_works: ClassVar[int | None] = _MOST

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:  # noqa: ARG002 (no key)
        """Titles by OR, each as a phrase; ids as a list."""
        if questions[0].kind == TITLE:
            titles = " OR ".join(f'ti:"{each.words}"' for each in questions)
            return _asked(("search_query", titles), _MOST)
        ids = ",".join(each.value for each in questions)
        return _asked(("id_list", ids), len(questions))

    def read(self, reply: bytes) -> list[Found]:
        """The entries of a feed; an error comes as a feed too, with one entry."""
        feed = atom.parse(reply)
        if feed.name != f"{atom.ATOM} feed":
            raise Garbled("it is no Atom feed")
        return [work for entry in feed.all("entry") if (work := _work(entry)) is not None]


def _asked(what: tuple[str, str], most: int) -> Request:
    parameters = (what, ("start", "0"), ("max_results", str(most)))
    return Request("/api/query", parameters, told=frozenset({400}))


def _work(entry: atom.Element) -> Found | None:
    page = _PAGE.fullmatch(entry.first("id").strip())
    if page is None:
        if "api/errors" in entry.first("id"):
            raise Refused(f"it says {line(entry.first('summary'))[:120]!r}")
        return None
    arxiv_id = normal_arxiv(page["id"])
    if arxiv_id is None:
        return None
    journal = entry.first("journal_ref", _ARXIV)
    return found(
        arxiv_id,
        title=entry.first("title"),
        abstract=entry.first("summary"),
        authors=people.listed(
            (people.flat(author.first("name")), None) for author in entry.all("author")
        ),
        year=_year(journal, entry.first("published")),
        venue=journal,
        dois=entry.first("doi", _ARXIV).split()[:1],
        arxiv=arxiv_id,
    )


def _year(journal: str, published: str) -> str:
    """The year of the journal, if its reference names one that can be it; else the preprint's."""
    first = published.strip()[:4]
    if not (first.isascii() and first.isdigit()):
        return ""
    later = {
        year
        for year in _YEAR.findall(journal)
        if int(first) <= int(year) <= int(first) + _LONGEST_DELAY
    }
    return later.pop() if len(later) == 1 else first


PROVIDER: Final = Arxiv()
