"""A paper's addresses, made safe to stand in a file or to be opened."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from readinglist.records import Entry

_WEB: Final = re.compile(r"https?://[^\s/?#\\]", re.IGNORECASE)
_DOI_PREFIX: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ARXIV_PREFIX: Final = re.compile(
    r"(?:https?://(?:www\.)?arxiv\.org/abs/|arxiv:\s*)", re.IGNORECASE
)
_ARXIV: Final = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
# Everything that a URL may hold (RFC 3986); the rest is percent-encoded.
_IN_URL: Final = "-._~:/?#[]@!$&'()*+,;=%"


def web_link(url: str) -> str | None:
    """Return an http or https URL with nothing in it that a URL may not hold, else None."""
    url = url.strip()
    return quote(url, safe=_IN_URL, errors="replace") if _WEB.match(url) else None


def bare_doi(entry: Entry) -> str | None:
    """Return the paper's DOI without `https://doi.org/` or `doi:` before it."""
    return _DOI_PREFIX.sub("", (entry.doi or "").strip(), count=1) or None


def bare_arxiv(entry: Entry) -> str | None:
    """Return the paper's arXiv identifier without `arXiv:` before it."""
    return _ARXIV_PREFIX.sub("", (entry.arxiv_id or "").strip(), count=1) or None


def first_url(entry: Entry) -> str | None:
    """Return the first of the paper's URLs that leads to the web."""
    return next(filter(None, map(web_link, entry.urls)), None)


def best_link(entry: Entry) -> str | None:
    """Return where the paper is best found: by its DOI, on arXiv, else at its first URL."""
    if (doi := bare_doi(entry)) and _DOI.fullmatch(doi):
        return f"https://doi.org/{quote(doi, safe='/:;()._-~!*,$&+=@', errors='replace')}"
    if (arxiv := bare_arxiv(entry)) and _ARXIV.fullmatch(arxiv):
        return f"https://arxiv.org/abs/{arxiv}"
    return first_url(entry)


def web_links(entry: Entry) -> list[str]:
    """The paper's own links that lead to the web, then those that its identifiers make."""
    return list(dict.fromkeys(filter(None, map(web_link, entry.links))))
