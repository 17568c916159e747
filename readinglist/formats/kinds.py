"""What kind of work a paper is: BibLaTeX's names for it, and those of other formats."""

from __future__ import annotations

from typing import Final

from readinglist.formats.venues import kind_of
from readinglist.records import Entry, Record

# BibLaTeX, CSL, RIS. Where two rows have the same word, it is read as that of the first.
_KINDS: Final = (
    ("article", "article-journal", "JOUR"),
    ("inproceedings", "paper-conference", "CONF"),
    ("book", "book", "BOOK"),
    ("collection", "book", "EDBOOK"),
    ("mvbook", "book", "BOOK"),
    ("proceedings", "book", "CONF"),
    ("incollection", "chapter", "CHAP"),
    ("inbook", "chapter", "CHAP"),
    ("thesis", "thesis", "THES"),
    ("phdthesis", "thesis", "THES"),
    ("mastersthesis", "thesis", "THES"),
    ("report", "report", "RPRT"),
    ("techreport", "report", "RPRT"),
    ("online", "webpage", "ELEC"),
    ("unpublished", "manuscript", "UNPB"),
    ("dataset", "dataset", "DATA"),
    ("software", "software", "COMP"),
    ("patent", "patent", "PAT"),
    ("standard", "standard", "STAND"),
    ("manual", "book", "BOOK"),
    ("booklet", "pamphlet", "PAMP"),
    ("inreference", "entry-encyclopedia", "ENCYC"),
    ("misc", "document", "GEN"),
)
_FURTHER: Final = {
    **dict.fromkeys(("article-magazine", "article-newspaper", "review", "review-book"), "article"),
    **dict.fromkeys(("journal-article", "EJOUR", "JFULL", "INPR", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("proceedings-article", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("book-chapter", "ECHAP", "reference-entry"), "incollection"),
    **dict.fromkeys(("monograph", "edited-book", "EBOOK"), "book"),
    **dict.fromkeys(("post", "post-weblog", "BLOG", "ICOMM"), "online"),
    **dict.fromkeys(("dissertation",), "thesis"),
    **dict.fromkeys(("speech", "MANSCPT"), "unpublished"),
    **dict.fromkeys(("entry", "entry-dictionary", "DICT"), "inreference"),
    **dict.fromkeys(("article", "posted-content", "ABST", "PREPRINT"), "misc"),
    **dict.fromkeys(("DBASE", "AGGR"), "dataset"),
}
_CSL: Final = {kind: csl for kind, csl, _ in _KINDS}
_RIS: Final = {kind: ris for kind, _, ris in _KINDS}
_READ: Final = {
    word: kind for kind, *words in reversed(_KINDS) for word in words
} | _FURTHER  # fmt: skip
PREPRINT: Final = "article"
"""What CSL calls a paper that has not been published elsewhere."""


def kind(paper: Entry | Record) -> str:
    """The kind that a document gave a paper, or else the one that its venue makes."""
    return dict(paper.details).get("type") or kind_of(paper.venue)[0]


def csl_type(paper: Entry | Record) -> str:
    """What CSL calls a paper's kind."""
    found = _CSL.get(kind(paper), "document")
    return PREPRINT if found == "document" and paper.arxiv_id else found


def ris_type(paper: Entry | Record) -> str:
    """What RIS calls a paper's kind."""
    return _RIS.get(kind(paper), "GEN")


def is_csl_type(word: object) -> bool:
    """Whether a word is one of CSL's or Crossref's for a kind of work."""
    return isinstance(word, str) and word in _READ and not word.isupper()


def named(word: object) -> str:
    """BibLaTeX's name for what CSL, Crossref or RIS call a kind of work; "" if that means none."""
    return _READ.get(word, "") if isinstance(word, str) else ""


def with_kind(record: Record, kind: str) -> Record:
    """Give a record the kind that its document says, unless its venue says the same."""
    if not kind or kind == kind_of(record.venue)[0]:
        return record
    return record._replace(details=tuple(sorted({**dict(record.details), "type": kind}.items())))
