"""Papers as a library has them, hostile but clean, and what a format brings back of them."""

from __future__ import annotations

from hypothesis import strategies as st

from readinglist import latex
from readinglist.formats import names
from readinglist.formats.markup import plain
from readinglist.records import Entry, Record, Status
from readinglist.text import clean, clean_line
from tests.formats.nasty import KEYS, TEXTS

LINES = TEXTS.map(clean_line)
WORDS = LINES.filter(bool)
BLOCKS = TEXTS.map(lambda text: clean(text).strip())
AUTHORS = st.one_of(
    WORDS,
    st.sampled_from(
        ["Ann Lee", "Lee, Ann", "Ludwig van Beethoven", "García Márquez, Gabriel", "Plato",
         "Lee, Jr., Ann", "The ATLAS Collaboration", "Acme, Inc.", "others", "Erdős, Paul",
         "{Deep Mind}", "OpenAI"]
    ),
)  # fmt: skip
TAGS = WORDS.filter(lambda tag: "," not in tag)
DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "volume": st.sampled_from(["3", "B 4"]),
        "number": st.sampled_from(["1", "S2", "TR-1"]),
        "pages": st.sampled_from(["7", "1--10", "e17"]),
        "publisher": st.sampled_from(["ACM", "Ä & B"]),
        "location": st.just("New York"),
        "series": st.just("LNCS"),
        "editor": st.sampled_from(["Bo Ek", "Bo Ek and {Rock and Roll}", "Ludwig van Beethoven"]),
        "month": st.sampled_from(["5", "12"]),
        "isbn": st.just("978-3-16-148410-0"),
        "edition": st.just("2"),
        "language": st.just("en"),
        "shorttitle": WORDS,
        "type": st.sampled_from(["article", "book", "thesis", "phdthesis", "online", "misc"]),
        "eventtitle": st.just("A Conference"),
        "weird": st.just("zz é"),
    },
).map(lambda found: tuple(sorted(found.items())))


@st.composite
def _entries(draw: st.DrawFn, key: str) -> Entry:
    return Entry(
        id=1,
        key=key,
        title=draw(WORDS),
        abstract=draw(st.none() | BLOCKS) or None,
        authors=tuple(draw(st.lists(AUTHORS, max_size=3, unique_by=as_author))),
        year=draw(st.none() | st.integers(1900, 2100)),
        venue=draw(st.none() | LINES | st.just("Nature") | st.just("Proceedings of ICML")) or None,
        doi=draw(st.none() | st.just("10.1000/a_b%c#d(1)<2>")),
        arxiv_id=draw(st.none() | st.sampled_from(["2401.01234", "hep-th/9901001"])),
        urls=tuple(
            draw(st.lists(st.sampled_from(["https://a.example/b_c?d=e&f#g", "http://b.example"]),
                          unique=True))
        ),
        status=draw(st.sampled_from(Status)),
        starred=draw(st.booleans()),
        tags=tuple(draw(st.lists(TAGS, max_size=3, unique=True))),
        note=draw(st.none() | BLOCKS) or None,
        aliases=tuple(draw(st.lists(KEYS.map("old-{}".format), max_size=2, unique=True))),
        details=draw(DETAILS),
    )  # fmt: skip


CLEAN_ENTRIES = st.lists(KEYS, max_size=3, unique=True).flatmap(
    lambda keys: st.tuples(*map(_entries, keys))
)


# Facts that no format foresees, and words that look like LaTeX, HTML or two in one.
STRANGE_ENTRIES = CLEAN_ENTRIES.flatmap(
    lambda entries: st.tuples(*map(_made_strange, entries)) if entries else st.just(entries)
)
_STRANGE = st.sampled_from(
    [r"\$x\$", r"$\alpha$", "M^{3} n^{th}", "<i>a</i>", "1-10", "Ek, Bo", "a;b: %3B", "<p>x</p>",
     "2024-05", "Bo Ek and others", '<span class="nocase">AI</span>', r"\textbf{}",
     "arXiv:2401.00001", "10.1000/182", "``a''", "x~(y)", "3", "may", "article",
     "--", "TY - JOUR", "&amp;", "a, b"]
)  # fmt: skip
_NAMES = st.sampled_from(
    ["pages", "editor", "note", "genre", "publisher", "institution", "type", "date", "month", "day",
     "urldate", "number", "isbn", "issn", "accession", "file", "u1", "m1", "av", "capitals",
     "series", "shortjournal", "archive", "archive_location", "pubstate", "added", "volume",
     "status", "ids", "source", "eid", "origdate", "readstatus", "language", "key",
     "issued", "original"]
)  # fmt: skip


def _made_strange(entry: Entry) -> st.SearchStrategy[Entry]:
    facts = st.dictionaries(_NAMES, _STRANGE | WORDS, max_size=3)
    return st.builds(
        lambda title, abstract, venue, author, tag, note, found: entry._replace(
            title=title,
            abstract=abstract or entry.abstract,
            venue=venue or entry.venue,
            authors=(author, *entry.authors) if author else entry.authors,
            tags=tuple(dict.fromkeys((tag, *entry.tags))) if tag else entry.tags,
            note=note or entry.note,
            arxiv_id=f"{entry.arxiv_id}v2" if note and entry.arxiv_id else entry.arxiv_id,
            details=tuple(sorted({**dict(entry.details), **found}.items())),
        ),
        _STRANGE | WORDS,
        *[st.none() | _STRANGE] * 5,
        facts,
    )


def whole(entry: Entry) -> Record:
    """The record that says all that a paper does."""
    fields = entry._asdict()
    return Record(**{name: fields[name] for name in Record._fields if name != "line"})


def as_line(text: str | None) -> str:
    """A text as every format shows it: its Unicode reading, on one line."""
    return clean_line(plain(clean_line(latex.to_unicode(clean_line(text or "")))))


def as_author(author: str) -> str:
    return names.usual(as_line(author))
