"""Where a paper is found: DOI, arXiv id and links, however a .bib file writes them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from readinglist.formats.bib.fields import MORE_LINKS
from readinglist.identifiers import normal_arxiv
from readinglist.latex.fields import read_field
from readinglist.text import clean_line

_RESOLVER: Final = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:\s*", re.IGNORECASE)
_ARXIV_PREFIX: Final = re.compile(
    r"(?:https?://)?(?:www\.)?arxiv\.org/abs/|arxiv\s*:\s*", re.IGNORECASE
)
_ARXIV_IN_VENUE: Final = re.compile(
    r"arxiv\s*:\s*(\S+)|\babs/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE
)
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_PUBLISHED: Final = re.compile(r"\s*\{?(?:\\url\s*\{|https?://)", re.IGNORECASE)
_MORE: Final = re.compile(r"bdsk-url-\d+|link|biburl-\d+")
_SPELT: Final = re.compile(r"[\\{]")


class Addresses(NamedTuple):
    """What tells where a paper is."""

    doi: str | None
    arxiv_id: str | None
    urls: tuple[str, ...]


def taken(fields: dict[str, str]) -> Addresses:
    """Take the addresses out of the fields."""
    doi = _RESOLVER.sub("", _address(fields.pop("doi", "")), count=1)
    arxiv = _arxiv(fields)
    urls = _urls(fields)
    if not arxiv:
        arxiv = next(filter(None, map(_arxiv_of_link, urls)), None)
    return Addresses(doi or None, arxiv, tuple(dict.fromkeys(urls)))


def arxiv_in(venue: str, volume: str) -> str | None:
    """The arXiv id that stands in a venue (`arXiv preprint arXiv:1706.03762`), or in a volume.

    As volumes, DBLP has them of `CoRR` and Semantic Scholar of `ArXiv`.
    """
    for text in (venue, volume if venue.casefold() in ("corr", "arxiv") else ""):
        if (found := _ARXIV_IN_VENUE.search(text)) and (
            arxiv := normal_arxiv(found[1] or found[2])
        ):
            return arxiv
    return None


def _arxiv(fields: dict[str, str]) -> str | None:
    """Take out an eprint of arXiv; that of another archive stays."""
    archive = fields.get("eprinttype", "").strip("{} ").casefold()
    eprint = _ARXIV_PREFIX.sub("", _address(fields.get("eprint", "")), count=1)
    known = normal_arxiv(eprint) is not None
    if archive == "arxiv" or (not archive and known):
        fields.pop("eprinttype", None)
        fields.pop("eprint", None)
    else:
        eprint = ""
    own = normal_arxiv(_address(fields.get("arxivid", "")))  # Mendeley's
    if own and (not eprint or own == normal_arxiv(eprint)):
        del fields["arxivid"]
    return eprint or own


def _arxiv_of_link(url: str) -> str | None:
    return normal_arxiv(url) if "arxiv.org/" in url.casefold() else None


def _urls(fields: dict[str, str]) -> list[str]:
    urls = _several(_address(fields.pop("url", "")))
    others = [name for name in fields if _MORE.fullmatch(name)]
    urls += [_address(fields.pop(name)) for name in others]
    more = fields.get(MORE_LINKS, "").split()
    if more and all(map(_LINK.fullmatch, more)):
        urls += more
        del fields[MORE_LINKS]
    published = fields.get("howpublished", "")
    published = _address(published) if _PUBLISHED.match(published) else ""
    if _LINK.fullmatch(published):
        urls.append(published)
        del fields["howpublished"]
    return list(filter(None, urls))


def _several(text: str) -> list[str]:
    """The links that Mendeley writes with spaces between."""
    parts = text.split()
    return parts if all(map(_LINK.fullmatch, parts)) else [text]


def _address(raw: str) -> str:
    """An address as programs write it, which may be spelt in LaTeX."""
    text = clean_line(raw)
    if not _SPELT.search(text):
        return text
    plain = re.sub(r"\\(?=[_%&#$~{}])", "", text.replace(r"{\~{}}", "~").replace(r"\~{}", "~"))
    if "\\" in plain:
        plain = read_field(text)
    return plain.replace("{", "").replace("}", "").strip()
