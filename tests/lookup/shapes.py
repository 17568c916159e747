"""What each provider says of a work, in its own shape; and all of them as one server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from readinglist.library.index.folding import words
from tests.lookup.server import Answer, Asked, Reply, as_atom, as_json


class Known(NamedTuple):
    """A work as a provider knows it."""

    title: str
    abstract: str | None
    authors: tuple[str, ...] = ("Ada Lovelace", "Ludwig van Beethoven")
    year: int = 2023
    arxiv: str = ""
    doi: str = ""
    journal: str = ""
    number: int = 0


# arXiv

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query=x" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=x&amp;id_list=&amp;start=0&amp;max_results=10</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-01-01T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{count}\
</opensearch:totalResults>
{entries}</feed>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{arxiv}v3</id>
    <updated>{year}-09-20T00:00:00Z</updated>
    <published>{year}-06-12T17:57:34Z</published>
    <title>{title}</title>
    <summary>  {abstract}
</summary>
{authors}{more}    <link href="http://arxiv.org/abs/{arxiv}v3" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/>
  </entry>
"""
_ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_{what}</id>
    <title>Error</title>
    <summary>incorrect id format for {what}</summary>
    <updated>2026-01-01T00:00:00-05:00</updated>
    <author><name>arXiv api core</name></author>
  </entry>
"""


def atom(works: Iterable[Known]) -> str:
    entries = [_entry(work) for work in works]
    return _FEED.format(count=len(entries), entries="".join(entries))


def atom_error(what: str) -> str:
    return _FEED.format(count=1, entries=_ERROR.format(what=what))


def _entry(work: Known) -> str:
    space = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    more = f"    <arxiv:doi {space}>{work.doi}</arxiv:doi>\n" if work.doi else ""
    if work.journal:
        journal = escape(work.journal)
        more += f"    <arxiv:journal_ref {space}>{journal}</arxiv:journal_ref>\n"
    names = "".join(
        f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in work.authors
    )
    title = escape(work.title).replace(" ", "\n  ", 1)  # they wrap titles
    abstract = escape(work.abstract or "").replace(". ", ".\n")
    return _ENTRY.format(
        arxiv=work.arxiv, year=work.year, title=title, abstract=abstract, authors=names, more=more
    )


def arxiv(works: Sequence[Known]) -> Answer:
    """arXiv's search by phrases in titles, and its list of ids."""

    def answer(asked: Asked) -> Reply:
        assert asked.path == "/api/query"
        if "id_list" in asked.parameters:
            ids = asked.parameters["id_list"].split(",")
            bad = [each for each in ids if each.startswith("0000")]
            if bad:
                return as_atom(atom_error(bad[0]), status=400)
            return as_atom(atom(work for work in works if work.arxiv in ids))
        phrases = re.findall(r'ti:"([^"]*)"', asked.parameters["search_query"])
        found = [work for work in works if any(_has(work, phrase) for phrase in phrases)]
        return as_atom(atom(found[: int(asked.parameters["max_results"])]))

    return answer


def _has(work: Known, phrase: str) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(work.title))} "


# Crossref


def crossref_work(work: Known) -> dict[str, Any]:
    people = [
        {"given": " ".join(name.split()[:1]), "family": " ".join(name.split()[1:]),
         "sequence": "additional", "affiliation": []}
        for name in work.authors
    ]  # fmt: skip
    return {
        "DOI": work.doi.upper(),
        "type": "journal-article",
        "title": [work.title],
        "author": people,
        "issued": {"date-parts": [[work.year, 6]] if work.year else [[None]]},
        "container-title": [work.journal] if work.journal else [],
        "volume": "12",
        "issue": "3",
        "page": "45-67",
        "publisher": "Example Press",
        "URL": f"https://doi.org/{work.doi}",
        **({"abstract": f"<jats:p>{escape(work.abstract)}</jats:p>"} if work.abstract else {}),
        **(
            {"relation": {"has-preprint": [
                {"id-type": "doi", "id": f"10.48550/arXiv.{work.arxiv}", "asserted-by": "object"}
            ]}}
            if work.arxiv else {}
        ),
    }  # fmt: skip


def crossref(works: Sequence[Known]) -> Answer:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/works":
            found = _by_words(works, asked.parameters["query.bibliographic"])
            message = {"items": [crossref_work(work) for work in found]}
            return as_json({"status": "ok", "message-type": "work-list", "message": message})
        doi = asked.path.removeprefix("/works/").lower()
        for work in works:
            if work.doi.lower() == doi:
                message = crossref_work(work)
                return as_json({"status": "ok", "message-type": "work", "message": message})
        return Reply(b"Resource not found.", "text/plain", 404)

    return answer


def _by_words(works: Sequence[Known], query: str) -> list[Known]:
    """The works that share most words, as every search engine finds something."""
    asked = {*words(query)}
    ranked = sorted(works, key=lambda work: -len(asked & {*words(work.title)}))
    return [work for work in ranked if asked & {*words(work.title)}][:5]


# Semantic Scholar


def s2_paper(work: Known) -> dict[str, Any]:
    return {
        "paperId": f"{work.number:040x}",
        "externalIds": {
            "CorpusId": work.number,
            **({"ArXiv": work.arxiv} if work.arxiv else {}),
            **({"DOI": work.doi} if work.doi else {}),
        },
        "url": f"https://www.semanticscholar.org/paper/{work.number:040x}",
        "title": work.title,
        "abstract": work.abstract,
        "venue": work.journal or "arXiv.org",
        "year": work.year,
        "journal": {"name": work.journal, "volume": "12", "pages": "45-67"}
        if work.journal
        else None,
        "authors": [{"authorId": "1", "name": name} for name in work.authors],
    }


def semantic_scholar(works: Sequence[Known]) -> Answer:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/graph/v1/paper/batch":
            ids = json.loads(asked.body)["ids"]
            found = [
                next((s2_paper(w) for w in works if name in (f"ARXIV:{w.arxiv}", f"DOI:{w.doi}")),
                     None)
                for name in ids
            ]  # fmt: skip
            if not any(found):
                return as_json({"error": "No valid paper ids given"}, status=400)
            return as_json(found)
        papers = [s2_paper(work) for work in _by_words(works, asked.parameters["query"])]
        if not papers:
            return as_json({"total": 0, "offset": 0})
        return as_json({"total": len(papers), "offset": 0, "data": papers})

    return answer


# OpenAlex


def openalex_work(work: Known) -> dict[str, Any]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate((work.abstract or "").split()):
        places.setdefault(word, []).append(at)
    doi = work.doi or (f"10.48550/arXiv.{work.arxiv}" if work.arxiv else "")
    page = f"http://arxiv.org/abs/{work.arxiv}"
    journal = {"display_name": work.journal, "type": "journal"}
    repository = {"display_name": "arXiv (Cornell University)", "type": "repository"}
    return {
        "id": f"https://openalex.org/W{work.number}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": work.title,
        "display_name": work.title,
        "publication_year": work.year,
        "type": "article",
        "authorships": [
            {"author_position": "first", "author": {"display_name": name.upper()},
             "raw_author_name": name}
            for name in work.authors
        ],
        "primary_location": {
            "landing_page_url": f"https://doi.org/{work.doi}" if work.doi else page,
            "source": journal if work.journal else repository,
        },
        "locations": [{"landing_page_url": page, "source": repository}] if work.arxiv else [],
        "biblio": {"volume": "12", "issue": "3", "first_page": "45", "last_page": "67"},
        "abstract_inverted_index": places or None,
    }  # fmt: skip


def openalex(works: Sequence[Known]) -> Answer:
    def answer(asked: Asked) -> Reply:
        field, _, value = asked.parameters["filter"].partition(":")
        if field == "doi":
            names = {name.lower() for name in value.split("|")}
            found = [w for w in works
                     if names & {w.doi.lower(), f"10.48550/arxiv.{w.arxiv}"}]  # fmt: skip
        else:
            found = _by_words(works, value)
        results = [openalex_work(work) for work in found]
        return as_json({"meta": {"count": len(results)}, "results": results, "group_by": []})

    return answer


# Hugging Face


def hf_paper(work: Known) -> dict[str, Any]:
    people = [{"_id": "65", "name": name, "hidden": False} for name in work.authors]
    return {
        "id": work.arxiv,
        "authors": people,
        "publishedAt": f"{work.year}-06-12T17:57:34.000Z",
        "title": work.title.replace(" ", "\n  ", 1),
        "summary": work.abstract,
        "upvotes": 12,
    }


def huggingface(works: Sequence[Known]) -> Answer:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/api/papers/search":
            found = _by_words(works, asked.parameters["q"])
            return as_json([{"paper": hf_paper(work), "title": work.title} for work in found])
        for work in works:
            if asked.path == f"/api/papers/{work.arxiv}":
                return as_json(hf_paper(work))
        return as_json({"error": "Paper not found"}, status=404)

    return answer


SHAPES: dict[str, Callable[[Sequence[Known]], Answer]] = {
    "arxiv": arxiv,
    "huggingface": huggingface,
    "crossref": crossref,
    "semantic-scholar": semantic_scholar,
    "openalex": openalex,
}
