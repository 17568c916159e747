"""The fields of both dialects: what each is called here, and what kind of text it holds."""

from __future__ import annotations

from typing import Final

# Classic names and other programs', and BibLaTeX's for the same.
RENAMED: Final = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "key": "sortkey",
    "primaryclass": "eprintclass",
    "school": "institution",
}
CLASSIC: Final = {
    "location": "address",
    "annotation": "annote",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "journaltitle": "journal",
    "sortkey": "key",
}
"""How the classic dialect calls fields; in a thesis, `institution` is `school`."""

KINDS: Final = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
}
TYPED: Final = {"phdthesis": "phdthesis", "mathesis": "mastersthesis", "techreport": "techreport"}
"""Kinds that BibLaTeX tells by the field `type` of a thesis or a report."""

_NAMES: Final = """
    afterword annotator bookauthor commentator editor editora editorb editorc foreword holder
    introduction shortauthor shorteditor translator
"""
NAMES: Final = frozenset(_NAMES.split())
VERBATIM: Final = frozenset(("eprint", "file", "pdf", "verba", "verbb", "verbc"))
NOTES: Final = ("annotation", "annote", "comment", "review")
COMMENT_OF: Final = "comment-"
"""What JabRef's name of a note begins with where several people write some."""

TAGS: Final = ("keywords", "groups", "mendeley-groups", "mendeley-tags")

SEVERAL: Final = {
    **dict.fromkeys(NOTES, "\n\n"),
    **dict.fromkeys(TAGS, ", "),
    **dict.fromkeys(("author", "editor"), " and "),
    "file": ";",
}
"""Fields that programs write several times over in one entry, and what goes between them."""

STASH: Final = "userf"
"""Every style ignores this field; it holds, by name, what an entry has no other field for."""

CONTAINER: Final = "container"
"""What a venue is called there, of an entry whose kind has no field for one."""

MORE_LINKS: Final = "verba"

# Facts of these names would be read as others, would name entries that may not be in this file,
# or would run as code.
_NEVER: Final = """
    title subtitle author year month date venue doi url verba keywords ids abstract annotation userf
    type crossref xref xdata related relatedtype relatedoptions entryset execute options presort
    sortname sorttitle sortyear gender
"""
NEVER: Final = frozenset(_NEVER.split()).union(RENAMED, NOTES, TAGS)

VENUE_FIELDS: Final = ("journaltitle", "booktitle", "howpublished")
_IN_BOOKS: Final = ("booktitle", "journaltitle", "howpublished")


def venue_fields(kind: str) -> tuple[str, ...]:
    """Where the venue of an entry of some kind stands, the likeliest first."""
    return _IN_BOOKS if kind.startswith(("in", "supp", "bookin")) else VENUE_FIELDS
