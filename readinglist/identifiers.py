"""DOI and arXiv id in the one form in which the same work always has the same."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

ARXIV_PREFIX: Final = "10.48550/arxiv."
"""What a DOI that arXiv itself gives begins with; its id follows."""

_RESOLVER: Final = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL: Final = re.compile(r"doi\s*:?\s*(?=10\.)", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_ARXIV_SITE: Final = re.compile(
    r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format)/|arxiv\s*:\s*", re.IGNORECASE
)
_ARXIV: Final = re.compile(
    r"(?P<new>[0-9]{4}\.[0-9]{4,5})|"
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z-]+)?/(?P<old>[0-9]{7})"
)
_BEHIND_ARXIV: Final = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?/?")


def normal_doi(text: str) -> str | None:
    """The DOI in lower case and without resolver or label; None if it has not the form of one.

    `https://doi.org/10.1000/ABC` and `doi:10.1000/abc` are `10.1000/abc`.
    """
    text = text.strip()
    bare = _RESOLVER.sub("", text, count=1) if _RESOLVER.match(text) else text
    if bare != text:
        bare = unquote(bare)
    bare = _DOI_LABEL.sub("", bare, count=1) if _DOI_LABEL.match(bare) else bare
    bare = bare.replace(r"\_", "_").rstrip(".,;").lower()
    if not _DOI.fullmatch(bare):
        return None
    arxiv = arxiv_of(bare)
    return bare if arxiv is None else f"{ARXIV_PREFIX}{arxiv}"


def normal_arxiv(text: str) -> str | None:
    """The arXiv id without version and site; None if it has not the form of one.

    `arXiv:2401.01234v2 [cs.CL]` is `2401.01234`, and `math.GT/0309136` is `math/0309136`.
    """
    text = text.strip()
    site = _ARXIV_SITE.match(text)
    bare = (text[site.end() :] if site else text).lower()
    found = _ARXIV.match(bare)
    if found is None or not _BEHIND_ARXIV.fullmatch(bare, found.end()):
        return None
    return found["new"] or f"{found['archive']}/{found['old']}"


def arxiv_of(doi: str) -> str | None:
    """The arXiv id that a normal DOI stands for, if arXiv gave it."""
    if not doi.startswith(ARXIV_PREFIX):
        return None
    return normal_arxiv(doi.removeprefix(ARXIV_PREFIX))
