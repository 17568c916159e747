"""Hugging Face, by its papers: preprints of arXiv that somebody has presented there."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from urllib.parse import quote

from readinglist.lookup import people
from readinglist.lookup.facts import found
from readinglist.lookup.provider import (
    ARXIV,
    TITLE,
    Access,
    Found,
    Garbled,
    Provider,
    Question,
    Request,
    each,
    items,
    members,
    parse,
    text,
)

_NO_SUCH: Final = frozenset({404})


class HuggingFace(Provider):
    """Papers by search and by arXiv id."""

    name: ClassVar[str] = "huggingface"
    home: ClassVar[str] = "https://huggingface.co"
    gap: ClassVar[float] = 0.5
    direct: ClassVar[tuple[str, ...]] = (ARXIV,)

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:  # noqa: ARG002 (no key)
        """One title, or one id."""
        (asked,) = questions
        if asked.kind == TITLE:
            return Request("/api/papers/search", (("q", asked.words),), absent=_NO_SUCH)
        return Request(f"/api/papers/{quote(asked.value, safe='/')}", absent=_NO_SUCH)

    def read(self, reply: bytes) -> list[Found]:
        """A list with a paper in each, or one paper."""
        said = parse(reply)
        if isinstance(said, list):
            papers = [members(one, "paper") or one for one in each(said, what="papers")]
        elif isinstance(said, dict) and "title" in said:
            papers = [said]
        else:
            raise Garbled("it is no paper")
        return [work for paper in papers if (work := _work(paper)) is not None]


def _work(paper: dict[str, Any]) -> Found | None:
    authors = map(members, items(paper.get("authors")))  # `hidden` is only what a profile shows
    arxiv = text(paper.get("id"))
    return found(
        arxiv,
        title=paper.get("title"),
        abstract=paper.get("summary"),
        authors=people.listed((people.flat(author.get("name")), None) for author in authors),
        year=text(paper.get("publishedAt"))[:4],
        arxiv=arxiv,
    )


PROVIDER: Final = HuggingFace()
