"""BibTeX and BibLaTeX: what is written is read back, and written again the same."""

from __future__ import annotations

import re
from types import ModuleType
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from readinglist.formats import biblatex, bibtex, names, read_document
from readinglist.formats.kinds import with_kind
from readinglist.latex import to_unicode
from readinglist.latex.fields import read_field, read_literal
from readinglist.latex.writer import write_field, write_literal
from readinglist.records import Entry, Record
from readinglist.text import clean, clean_line, identity
from tests.formats.carried import CLEAN_ENTRIES
from tests.formats.nasty import TEXTS

DIALECTS = pytest.mark.parametrize("dialect", [bibtex, biblatex], ids=["bibtex", "biblatex"])


def usual(text: str) -> str:
    """Unicode's usual form."""
    return normalize("NFC", text)


def shown(text: str | None) -> str:
    """What the library shows of a text, with the dashes of running text, in the usual form."""
    line = usual(clean_line(to_unicode(clean_line(text or ""))))
    line = re.sub(r"(?<=\w)---(?=\w)|(?<=\s)---(?=\s)", "—", line)
    return re.sub(r"(?<=\w)--(?=\w)|(?<=\s)--(?=\s)", "–", line)


def paragraphs(text: str | None) -> str | None:
    parts = re.split(r"\n\s*\n", clean(text or "").strip())
    return "\n\n".join(filter(None, map(shown, parts))) or None


def person(author: str) -> str:
    return names.usual(usual(clean_line(to_unicode(clean_line(author)))))


def wanted(entry: Entry) -> Record:
    details = dict(entry.details)
    kind = details.pop("type", "")
    record = Record(
        shown(entry.title),
        abstract=paragraphs(entry.abstract),
        authors=tuple(filter(None, map(person, entry.authors))),
        year=entry.year,
        venue=shown(entry.venue) or None,
        doi=entry.doi,
        arxiv_id=entry.arxiv_id,
        urls=entry.urls,
        key=entry.key,
        status=entry.status,
        starred=entry.starred,
        tags=tuple(dict.fromkeys(usual(tag) for tag in entry.tags)),
        note=usual(entry.note or "") or None,
        aliases=entry.aliases,
        details=tuple(
            (name, text if name == "pages" else shown(text)) for name, text in details.items()
        ),
    )
    return with_kind(record, kind)


def seen(text: str) -> str:
    return usual(to_unicode(text))


def as_shown(record: Record) -> Record:
    """A record with its texts as they are shown; the source's LaTeX may differ."""
    return record._replace(
        line=1,
        title=seen(record.title),
        abstract=seen(record.abstract or "") or None,
        authors=tuple(map(seen, record.authors)),
        venue=shown(record.venue) or None,
        tags=tuple(map(usual, record.tags)),
        note=usual(record.note or "") or None,
        details=tuple(
            (name, text if name == "pages" else shown(text)) for name, text in record.details
        ),
    )


@DIALECTS
@settings(max_examples=60, deadline=None)
@given(entries=CLEAN_ENTRIES)
def test_what_is_written_is_read_back(dialect: object, entries: tuple[Entry, ...]) -> None:
    assume(all(shown(entry.title) for entry in entries))
    module = bibtex if dialect is bibtex else biblatex
    text = "".join(module.write(entries))
    reading = module.read(text)
    assert not reading.problems
    assert list(map(as_shown, reading.records)) == list(map(wanted, entries))


@DIALECTS
@settings(max_examples=30, deadline=None)
@given(entries=CLEAN_ENTRIES)
def test_what_was_read_is_written_again_the_same(
    dialect: object, entries: tuple[Entry, ...]
) -> None:
    assume(all(shown(entry.title) for entry in entries))
    module = bibtex if dialect is bibtex else biblatex
    first = module.read("".join(module.write(entries))).records
    again = [
        Entry(
            number,
            record.key or "",
            **{
                name: value
                for name, value in record._asdict().items()
                if name not in ("key", "line")
            },
        )
        for number, record in enumerate(first)
    ]
    second = module.read("".join(module.write(again))).records
    assert [record._replace(line=1) for record in second] == [
        record._replace(line=1) for record in first
    ]


@DIALECTS
@pytest.mark.parametrize("number", ["TR-1", "MIT-CSAIL-TR-2003-001", "UCB/EECS-2010-1", "RFC 2616"])
def test_the_number_of_a_report_is_printed(dialect: object, number: str) -> None:
    module = bibtex if dialect is bibtex else biblatex
    details = (("institution", "MIT"), ("number", number), ("type", "techreport"))
    text = "".join(module.write([Entry(1, "key", "Title", authors=("Ann Lee",), details=details)]))
    assert f"\n  number = {{{number}}}" in text
    assert "userf" not in text
    assert module.read(text).records[0].details == details


@DIALECTS
@settings(max_examples=30, deadline=None)
@given(entries=CLEAN_ENTRIES)
def test_another_program_finds_the_same_entries(
    dialect: object, entries: tuple[Entry, ...]
) -> None:
    module = bibtex if dialect is bibtex else biblatex
    found = parse_string("".join(module.write(entries)), "bibtex").entries
    assert list(found) == [entry.key for entry in entries]
    for entry in entries:
        people = found[entry.key].persons.get("author", [])
        assert len(people) == sum(bool(shown(author)) for author in entry.authors)
        doi = entry.doi or ""
        assert found[entry.key].fields.get("doi", "") == doi


FIELD_PIECES = [
    *(
        r"{\"o}",
        r"\'e",
        r"\c{c}",
        r"{\ss}",
        r"\textit{",
        r"{\it ",
        "}",
        "{",
        r"\{",
        r"\}",
        r"\LaTeX",
    ),
    *("$x^2$", r"$\alpha$", r"\$", r"\%", r"$\mathbb{R}$", "$", "^{2}", "_{i}"),
    *("--", "---", "``", "''", "~", r"\&", r"\ ", r"\\", r"\unknown{a}", r"\textbackslash{}"),
    *(r"\url{http://a.b/c_d}", r"\href{http://a.b}{x}", r"\ensuremath{\beta}", "a", "B c", "3"),
    r"\textsuperscript{2}",
]
FIELDS = st.lists(st.sampled_from(FIELD_PIECES) | st.text(max_size=3), max_size=10).map("".join)


@settings(max_examples=200, deadline=None)
@given(field=FIELDS | TEXTS)
@example(field="e\u0301--e\u0301")
@example(field=r"$\mathbb{R}^d$ \$x\$ {\foo}")
def test_a_field_once_read_stays_what_it_is(field: str) -> None:
    text = clean_line(read_field(clean_line(field)))
    again = clean_line(read_field(write_field(text)))
    assert seen(again) == shown(text)
    assert clean_line(read_field(write_field(again))) == again


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_text_without_latex_comes_back_to_the_letter(text: str) -> None:
    plain = usual(clean(text))
    assert usual(read_literal(write_literal(plain))) == plain


@DIALECTS
def test_a_document_is_recognised(dialect: object) -> None:
    module = bibtex if dialect is bibtex else biblatex
    entry = Entry(1, "a", "A title", venue="Nature", authors=("Ann Lee",), year=2020)
    reading = read_document("".join(module.write([entry])).encode(), "refs.bib")
    assert (reading.kind, len(reading.records)) == (module.KIND, 1)


@DIALECTS
@pytest.mark.parametrize("kind", ["inproceedings", "inreference", "article", "misc"])
def test_a_venue_that_is_a_link_makes_no_entry_that_lacks_its_book(
    dialect: object, kind: str
) -> None:
    module = bibtex if dialect is bibtex else biblatex
    entry = Entry(1, "a", "T", venue="http://a.example/b_c", details=(("type", kind),))
    text = "".join(module.write([entry]))
    assert not re.match(r"@(?:in\w+|article)", text)
    assert module.read(text).records[0].venue == entry.venue


@DIALECTS
def test_a_line_of_a_note_is_taken_neither_for_a_field_nor_for_an_entry(dialect: object) -> None:
    module = bibtex if dialect is bibtex else biblatex
    note = "One\n@ = two\n@= three\n@article{x, title = {y}}"
    text = "".join(module.write([Entry(1, "a", "T", note=note)]))
    assert re.findall(r"^\s*@\w*\s*[{(]", text, re.MULTILINE) == ["@misc{"]
    assert module.read(text).records[0].note == note


@DIALECTS
@pytest.mark.parametrize(
    "title",
    [
        r"Regret of $O(\sqrt{T})$",
        r"A $\frac{1}{2}$-step",
        r"In $\mathbb{R}^d$",
        r"The \foo{x} of $5",
    ],
)
def test_a_formula_that_is_written_otherwise_makes_no_other_paper(
    dialect: object, title: str
) -> None:
    module = bibtex if dialect is bibtex else biblatex
    [record] = module.read("".join(module.write([Entry(1, "a", title)]))).records
    assert identity(record.title) == identity(title)
    [again] = module.read("".join(module.write([Entry(1, "a", record.title)]))).records
    assert again.title == record.title


@DIALECTS
@pytest.mark.parametrize(
    "sign", ["⋅", "∗", "·", "*", "⋆", "∘", "•", "−", "-", "–", "′", "'", "ϑ", "ς"]
)
def test_a_sign_that_looks_like_another_stays_itself(dialect: ModuleType, sign: str) -> None:
    entry = Entry(1, "a", f"On a {sign} b", abstract=f"x{sign}y", note=f"{sign} z")
    [record] = dialect.read("".join(dialect.write([entry]))).records
    assert (record.title, record.abstract, record.note) == (entry.title, entry.abstract, entry.note)
