"""How each dialect writes each kind of paper, and what it demands of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Shape(NamedTuple):
    """One way to write a kind: the entry's name, where its venue stands, what it cannot do without.

    Of `needs`, each is a fact, or several with `|` between of which one will do, or, behind a `!`,
    one that must not be there. `type` is what tells the kind besides the name, in BibLaTeX.
    """

    name: str
    venue: str = ""
    needs: tuple[str, ...] = ()
    type: str = ""


_JOURNAL: Final = Shape("article", "journaltitle", ("venue",))
_TALK: Final = Shape("inproceedings", "booktitle", ("venue",))
_ANYTHING: Final = Shape("misc", "howpublished")
_LEAFLET: Final = Shape("booklet", "howpublished")

_CLASSIC_BOOK: Final = Shape("book", "", ("publisher",))
_CLASSIC_PART: Final = Shape("incollection", "booktitle", ("venue", "publisher"))
_THESIS: Final = Shape("phdthesis", "", ("institution",))
_CLASSIC: Final[dict[str, tuple[Shape, ...]]] = {
    "article": (_JOURNAL,),
    "book": (_CLASSIC_BOOK,),
    "booklet": (_LEAFLET,),
    "collection": (_CLASSIC_BOOK,),
    "inbook": (_CLASSIC_PART, _TALK, Shape("inbook", "", ("publisher", "chapter|pages"))),
    "incollection": (_CLASSIC_PART, _TALK),
    "inproceedings": (_TALK,),
    "manual": (Shape("manual"),),
    "mastersthesis": (Shape("mastersthesis", "", ("institution",)),),
    "mvbook": (_CLASSIC_BOOK,),
    "phdthesis": (_THESIS,),
    "proceedings": (Shape("proceedings"),),
    "report": (Shape("techreport", "", ("institution",)),),
    "techreport": (Shape("techreport", "", ("institution",)),),
    "thesis": (_THESIS,),
    "unpublished": (Shape("unpublished", "", ("note",)),),
}

_BOOK: Final = Shape("book")
_PART: Final = Shape("inbook", "booktitle", ("venue",))
_COLLECTION: Final = Shape("collection", "", ("editor", "!author"))
_REPORT: Final = ("institution",)
_BIBLATEX: Final[dict[str, tuple[Shape, ...]]] = {
    "article": (_JOURNAL,),
    "book": (_BOOK,),
    "booklet": (_LEAFLET,),
    "collection": (_COLLECTION, _BOOK),
    "dataset": (Shape("dataset"),),
    "inbook": (_PART, _BOOK),
    "incollection": (Shape("incollection", "booktitle", ("venue", "editor")), _PART),
    "inproceedings": (_TALK,),
    "inreference": (Shape("inreference", "booktitle", ("venue", "editor")), _PART),
    "manual": (Shape("manual"),),
    "mastersthesis": (Shape("thesis", "", _REPORT, "mathesis"),),
    "mvbook": (Shape("mvbook"),),
    "online": (Shape("online", "", ("doi|eprint|url",)),),
    "patent": (Shape("patent", "", ("number",)),),
    "periodical": (Shape("periodical", "", ("editor", "!author")),),
    "phdthesis": (Shape("thesis", "", _REPORT, "phdthesis"),),
    "proceedings": (Shape("proceedings", "", ("!author",)), _BOOK),
    "report": (Shape("report", "", _REPORT, "report"),),
    "software": (Shape("software", "howpublished"),),
    "techreport": (Shape("report", "", _REPORT, "techreport"),),
    "thesis": (Shape("thesis", "", _REPORT, "thesis"),),
    "unpublished": (Shape("unpublished", "howpublished"),),
}


def shape_of(kind: str, facts: Mapping[str, object], *, classic: bool) -> Shape:
    """The first way to write a kind for which all is there; `misc` wants nothing."""
    for shape in (_CLASSIC if classic else _BIBLATEX).get(kind, ()):
        if all(_is_met(need, facts) for need in shape.needs):
            return shape
    return _ANYTHING


def _is_met(need: str, facts: Mapping[str, object]) -> bool:
    if need.startswith("!"):
        return not facts.get(need[1:])
    return any(map(facts.get, need.split("|")))


# What BibLaTeX's data model lets every entry have, of what we write as it is.
_ALL: Final = """
    eprint eprintclass eprinttype file indextitle isan ismn iswc label langid library lista listb
    listc listd liste listf nameaddon origlocation origpublisher origtitle shortauthor shorteditor
    shorthand shorthandintro shortjournal shortseries shorttitle sortkey urldate origdate usera
    userb userc userd usere verba verbb verbc addendum language note pubstate titleaddon
"""
_EVERYWHERE: Final = frozenset(_ALL.split())
_PART_OF_BOOK: Final = (
    "afterword annotator bookauthor booksubtitle booktitleaddon chapter commentator edition editor"
    " editora editorb editorc eid foreword introduction isbn location mainsubtitle maintitle"
    " maintitleaddon number origlanguage part publisher pages series translator volume volumes"
)
_WHOLE_BOOK: Final = (
    "afterword annotator chapter commentator edition editor editora editorb editorc eid foreword"
    " introduction isbn location maintitle maintitleaddon mainsubtitle number origlanguage pages"
    " pagetotal part publisher series translator volume volumes"
)
_MEETING: Final = (
    "chapter editor eid eventdate eventtitle eventtitleaddon isbn location mainsubtitle maintitle"
    " maintitleaddon number organization pages part publisher series venue volume volumes"
)
_WRITTEN_UP: Final = "chapter eid institution location pages pagetotal genre"
_ONE_OF_SOME: Final = "editor location organization genre version"
_ALLOWED: Final = {
    name: _EVERYWHERE.union(fields.split())
    for name, fields in {
        "article": "annotator commentator editor editora editorb editorc eid issn issue issuetitle"
        " issuesubtitle issuetitleaddon journalsubtitle journaltitleaddon number origlanguage pages"
        " series translator version volume",
        "book": _WHOLE_BOOK,
        "booklet": "chapter editor eid location pages pagetotal genre",
        "collection": _WHOLE_BOOK,
        "dataset": "edition editor location number organization publisher series genre version",
        "inbook": _PART_OF_BOOK,
        "incollection": _PART_OF_BOOK.replace("bookauthor ", ""),
        "inproceedings": f"{_MEETING} booksubtitle booktitleaddon",
        "inreference": _PART_OF_BOOK.replace("bookauthor ", ""),
        "manual": "chapter edition editor eid isbn location number organization pages pagetotal"
        " publisher series genre version",
        "misc": _ONE_OF_SOME,
        "mvbook": "afterword annotator commentator edition editor editora editorb editorc foreword"
        " introduction isbn location number origlanguage pagetotal publisher series translator"
        " volume volumes",
        "online": "editor organization version",
        "patent": "holder location number genre version",
        "periodical": "editor editora editorb editorc issn issue issuesubtitle issuetitle"
        " issuetitleaddon number series volume",
        "proceedings": f"{_MEETING} pagetotal",
        "report": f"{_WRITTEN_UP} isrn number version",
        "software": _ONE_OF_SOME,
        "thesis": _WRITTEN_UP,
        "unpublished": "eventdate eventtitle eventtitleaddon location genre venue",
    }.items()
}


def allows(shape: Shape, field: str) -> bool:
    """Whether BibLaTeX's data model lets an entry of this shape have a field."""
    return field in _ALLOWED[shape.name] and (shape.name, field) != ("patent", "language")
