"""Identifiers that a user types or pastes: what they are, whom to ask, and what is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from readinglist.errors import LookupFailed, UsageError
from readinglist.findings import Work
from readinglist.identifiers import arxiv_of, normal_arxiv, normal_doi
from readinglist.lookup import get_provider
from readinglist.lookup.asking import Asker
from readinglist.lookup.provider import ARXIV, DOI, Found, Provider, Question
from readinglist.lookup.settings import LookupSettings
from readinglist.text import clean_line

_USUAL: Final = {ARXIV: "arxiv", DOI: "crossref"}
_KINDS: Final = {ARXIV: "arXiv ids", DOI: "DOIs"}
_LONGEST: Final = 2000  # characters
_MOST: Final = 200  # identifiers at once
_PAPERS: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:(?:huggingface|hf)\.co/papers|alphaxiv\.org/(?:abs|pdf|overview)"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)|scirate\.com/arxiv)/([^/?#\s]+)",
    re.IGNORECASE,
)
_STARTS: Final = r"10\.\d{4}|\d{4}\.\d{4}|[a-z]+(?:-[a-z]+)?(?:\.[a-z-]+)?/\d{7}"
_APART: Final = re.compile(rf"\s+|[,;]+(?=\s|$|https?:|arxiv|doi|{_STARTS})", re.IGNORECASE)
_LABEL: Final = re.compile(rf"\b(arxiv|doi)\s*:?\s+(?={_STARTS})", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"(?<=\S)\s+\[[a-z-]+(?:\.[a-z-]+)?\]", re.IGNORECASE)
_AROUND: Final = "<>[]\"'\u2018\u2019\u201c\u201d\u00ab\u00bb"
_DOI_INSIDE: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s?#&]+")
_BEHIND: Final = re.compile(
    r"/(?:full|pdf|epdf|abstract|meta|html|fulltext|references|figures|summary)/?$|\.pdf$",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(r"v\d+(?:\.[a-z-]+)*$", re.IGNORECASE)
# Pages whose addresses end as the DOI does, though it is not in them.
_DOIS: Final = (
    (re.compile(r"(?:https?://)?(?:www\.)?nature\.com/articles/([a-z0-9-]+)", re.IGNORECASE),
     "10.1038/"),
    (re.compile(r"(?:https?://)?(?:www\.)?aclanthology\.org/([a-z]?\d+[a-z0-9.-]*-[a-z0-9.]*\d)",
                re.IGNORECASE), "10.18653/v1/"),
)  # fmt: skip


class Outcome(NamedTuple):
    """What a user asked for, as it was typed, who was asked, and what was found or why not."""

    text: str
    question: Question
    provider: Provider
    found: Found | LookupFailed

    @property
    def is_alias(self) -> bool:
        """Whether the provider calls the work otherwise than it was asked for."""
        return isinstance(self.found, Found) and self.question.value not in self.found.names

    @property
    def remark(self) -> str:
        """What is to be said of a work that was found, if anything is."""
        if isinstance(self.found, LookupFailed) or not self.is_alias:
            return ""
        record = self.found.record
        name = record.doi or record.arxiv_id or self.found.identifier
        return f"{self.question.value} is an alias: {self.provider.label} calls it {name}."


def works(outcomes: Iterable[Outcome]) -> list[Work]:
    """Those that were found, as the library adds them."""
    return [
        Work(each.found.record, each.provider.name, each.provider.label)
        for each in outcomes
        if isinstance(each.found, Found)
    ]


def split(text: str) -> list[str]:
    """The identifiers in what was typed or pasted: they stand apart by spaces, commas, lines.

    A comma or semicolon may belong to a DOI; `arXiv: 2401.01234 [cs.CL]` is one identifier.
    """
    whole = _LABEL.sub(r"\1:", _SUBJECT.sub("", text))
    return list(dict.fromkeys(filter(None, _APART.split(whole))))


def understood(text: str) -> Question:
    """What an identifier or a link asks for; `UsageError` if it is none."""
    said = _bare(clean_line(text)[:_LONGEST])
    page = _PAPERS.match(said)
    doi = normal_doi(said)
    arxiv = normal_arxiv(page[1] if page else said) or (arxiv_of(doi) if doi else None)
    if arxiv is None and doi is None and "/" in said:
        arxiv = normal_arxiv(said.partition("?")[0].partition("#")[0])
        doi = _doi_in(said)
        arxiv = arxiv or (arxiv_of(doi) if doi else None)
    if arxiv is not None:
        return Question(ARXIV, arxiv)
    if doi is not None:
        return Question(DOI, doi)
    raise UsageError(
        f"{said[:80]!r} is neither an arXiv id nor a DOI nor a link to one.",
        hint="They look like 2401.01234, 10.1000/182 and https://arxiv.org/abs/2401.01234.",
    )


def _bare(text: str) -> str:
    """Without quotes, brackets and full stops around it; a DOI may end with its own bracket."""
    bare = text.lstrip("(" + _AROUND).rstrip(".,;" + _AROUND)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(".,;" + _AROUND)
    return bare


def _doi_in(link: str) -> str | None:
    """The DOI in the address of a publisher's page, or that belongs to it."""
    found = _DOI_INSIDE.search(unquote(link))
    if found is not None:
        doi = _BEHIND.sub("", found.group())
        return normal_doi(_VERSION.sub("", doi) if "rxiv.org/" in link.lower() else doi)
    pages = ((begin, page.match(link)) for page, begin in _DOIS)
    return next((normal_doi(f"{begin}{page[1]}") for begin, page in pages if page), None)


def provider_for(question: Question, chosen: str | None) -> Provider:
    """Who is asked: the one that was chosen, or who gives such identifiers."""
    provider = get_provider(chosen or _USUAL[question.kind])
    if question.kind not in provider.direct:
        raise UsageError(
            f"{provider.label} knows no {_KINDS[question.kind]}.",
            hint=f"Leave it to {get_provider(_USUAL[question.kind]).label}.",
        )
    return provider


def asked_for(texts: Sequence[str], chosen: str | None) -> dict[Provider, dict[Question, str]]:
    """What is asked of whom, and as what it was typed; `UsageError` for what is no identifier."""
    if len(texts) > _MOST:
        raise UsageError(
            f"These are {len(texts)} identifiers, and {_MOST} can be added at once.",
            hint="Import a list of papers instead.",
        )
    asked: dict[Provider, dict[Question, str]] = {}
    for text in texts:
        question = understood(text)
        asked.setdefault(provider_for(question, chosen), {}).setdefault(question, text)
    return asked


def find(
    provider: Provider,
    questions: dict[Question, str],
    settings: LookupSettings,
    folder: Path | None,
) -> list[Outcome]:
    """Ask one provider for works by their identifiers; `Stopped` when that is wanted."""
    answers: dict[Question, Found | LookupFailed] = {}
    failure = LookupFailed(f"{provider.label} was not asked any more.")
    with Asker(provider, settings, folder=folder, hopeful=True) as asker:
        for question, answer in asker.answers([*questions]):
            if isinstance(answer, LookupFailed):
                answers[question] = failure = answer
            elif answer:
                answers[question] = answer[0]
            else:
                elsewhere = " Not every DOI is known there." if question.kind == DOI else ""
                answers[question] = LookupFailed(
                    f"{provider.label} knows no {question.value}.",
                    hint=f"Is it typed right?{elsewhere}",
                )
    return [
        Outcome(text, question, provider, answers.get(question, failure))
        for question, text in questions.items()
    ]
