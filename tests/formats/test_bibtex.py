"""BibTeX exports, as two other programs read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

import pytest
from bibtexparser.entrypoint import parse_string as parse
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from readinglist.citekeys import make_key
from readinglist.formats import bibtex, read_document
from readinglist.formats.links import web_link
from readinglist.latex import to_unicode
from readinglist.latex.fields import read_field
from readinglist.records import Entry
from readinglist.text import clean, clean_line, identity
from tests.formats.nasty import ENTRIES, FRAGMENTS

PRINTED = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
}
NOT_DECODED = re.compile(r"\{\$[^$]*(?:_|\\[^A-Za-z])")  # what it makes nothing of in a formula
PIECE = re.compile(
    r"\{(?P<latex>\$.+?\$|\\[^\sA-Za-z{}]\{\w\}|\\[a-z]\{\w\})\}"
    r"|\\(?P<name>[a-z]+)\{\}|\\(?P<escaped>[$&%#_{}])|[{}]"
)


def printed(value: str) -> str:
    """What LaTeX would print of a field; it has no way to meet a command we do not write."""

    def character(match: re.Match[str]) -> str:
        if match["latex"]:
            return to_unicode(read_field(match["latex"]))
        if match["name"]:
            return PRINTED[match["name"]]
        return match["escaped"] or ""

    return normalize("NFC", PIECE.sub(character, value))


def read_twice(text: str) -> tuple[list[dict[str, str]], BibliographyData]:
    """Read by bibtexparser and by pybtex, both without a complaint."""
    library = parse(text)
    assert library.failed_blocks == []
    assert library.comments == []
    entries = [
        {"": entry.key, **{field.key: str(field.value) for field in entry.fields}}
        for entry in library.entries
    ]
    return entries, parse_string(text, "bibtex")


def source(*entries: Entry) -> str:
    return "".join(bibtex.write(entries))


def fields_of(entry: Entry) -> dict[str, str]:
    """The only paper's fields, read back."""
    ((fields, *more), _) = read_twice(source(entry))
    assert not more
    return fields


def meant(text: str | None) -> str:
    """A text as the library shows it, with the dashes that LaTeX prints in running text."""
    shown = normalize("NFC", clean_line(to_unicode(clean_line(text or ""))))
    spaced = re.sub(r"(?<=\w)--(?=\w)|(?<=\s)--(?=\s)", "–", shown)
    return normalize("NFC", re.sub(r"(?<=\w)---(?=\w)|(?<=\s)---(?=\s)", "—", spaced))


def as_written(text: str | None) -> str:
    return normalize("NFC", clean_line(text or ""))


def expected(entry: Entry) -> dict[str, str]:
    return {
        "title": meant(entry.title),
        "abstract": meant(entry.abstract),
        "annote": as_written(entry.note),
        "year": str(entry.year or ""),
        "keywords": ", ".join(filter(None, map(as_written, entry.tags))),
    }


@given(ENTRIES)
@settings(max_examples=100)
@example((Entry(1, "a", "".join(FRAGMENTS), note="".join(FRAGMENTS)),))
@example((Entry(1, "a", "e\u0301--e\u0301"),))
@example((Entry(1, "a", "b", venue="http://a.example/b_c"),))
@example((Entry(1, "a", "}"), Entry(2, "b", "{"), Entry(3, "c", "\\"), Entry(4, "d", "@comment{")))
def test_whatever_goes_in_comes_back_from_both_parsers(entries: tuple[Entry, ...]) -> None:
    first, second = read_twice(source(*entries))
    assert [fields[""] for fields in first] == [entry.key for entry in entries]
    assert list(second.entries) == [entry.key for entry in entries]
    for entry, fields in zip(entries, first, strict=True):
        other = dict(second.entries[entry.key].fields)
        for name, value in expected(entry).items():
            assert clean_line(printed(fields.get(name, ""))) == value
            assert clean_line(printed(other.get(name, ""))) == value
        venue = {"journal", "booktitle", "howpublished"} & fields.keys()
        assert [printed(fields[name]) for name in venue] == [meant(entry.venue)] * len(venue)
        if web_link(clean_line(entry.venue or "")):  # it would be read as one of the links
            assert not venue
            assert f"container: {meant(entry.venue)}" in printed(fields["userf"])
        else:
            assert bool(venue) == bool(meant(entry.venue))


@given(ENTRIES)
@settings(max_examples=100)
def test_every_author_is_one_author(entries: tuple[Entry, ...]) -> None:
    text = source(*entries)
    library = parse(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    people = parse_string(text, "bibtex").entries
    for entry, block in zip(entries, library.entries, strict=True):
        count = sum(1 for author in entry.authors if meant(author))
        assert len(block.fields_dict["author"].value if count else []) == count
        assert len(people[entry.key].persons.get("author", [])) == count


@given(st.text(st.sampled_from('abcXYZ é漢 %&#_$\\~@<>|",=.:;()[]!+*/'), max_size=40))
@settings(max_examples=100)
@example(r'50% of #1_x {a} "q" <b> $5 C:\new')
@example("é~(b)")
def test_a_third_decoder_reads_the_same(title: str) -> None:
    decoding = LatexDecodingMiddleware(keep_braced_groups=False, keep_math_mode=False)
    written = source(Entry(1, "key", f"x {title}"))
    assume(not NOT_DECODED.search(written))
    library = parse(written, append_middleware=[decoding])
    assert library.failed_blocks == []
    assert library.entries[0]["title"] == meant(f"x {title}")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("MindBridge: A Cross-Subject Framework", "{MindBridge}: A Cross-Subject Framework"),
        ("Why LLMs and fMRI need GPT-4 in 3D", "Why {LLMs} and {fMRI} need {GPT}-4 in {3D}"),
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("A category theory for Bayesian learning", "A category theory for {Bayesian} learning"),
        (
            "What nobody ever knew. Paris is near Rome",
            "What nobody ever knew. Paris is near {Rome}",
        ),
        ("Hepatitis B and Vitamin A", "Hepatitis {B} and Vitamin {A}"),
        ("Uni-Perceiver v2: One for All", "Uni-{Perceiver} v2: One for All"),
        ("O(N^2): The #AI of O'Reilly", r"O({N}\textasciicircum{}2): The \#{AI} of {O'Reilly}"),
        ("“Why Should I Trust You?”", "“{Why} Should {I} Trust You?”"),
        ("ATTENTION", "{ATTENTION}"),
    ],
)
def test_capitals_that_a_style_would_lower_wrongly_are_in_braces(title: str, written: str) -> None:
    assert fields_of(Entry(1, "key", title))["title"] == written


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Ann Lee", "Ann Lee"),
        ("van der Berg, Jan-Willem", "van der Berg, Jan-Willem"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        (r"Erd\H{o}s P\'al", "Erdős Pál"),
        ("Simon and Schuster", "{Simon and Schuster}"),
        ("The LIGO Collaboration", "{The LIGO Collaboration}"),
        ("AT&T", r"{AT\&T}"),
        ("Google, Inc.", "{Google, Inc.}"),
        ("#1 Group", r"{{\#1 Group}}"),
        ("a, b, c, d", "{a, b, c, d}"),
        (", Ann", "{, Ann}"),
    ],
)
def test_a_name_that_is_no_persons_is_in_braces(author: str, written: str) -> None:
    fields = fields_of(Entry(1, "key", "Title", authors=("Ann Lee", author)))
    assert fields["author"] == f"Ann Lee and {written}"


@pytest.mark.parametrize(
    ("venue", "kind", "field"),
    [
        (None, "misc", ""),
        ("Journal of Machine Learning Research", "article", "journal"),
        ("Proceedings of the National Academy of Sciences", "article", "journal"),
        ("Nature", "article", "journal"),
        ("NeurIPS 2023", "inproceedings", "booktitle"),
        ("Proc. of the 3rd Workshop on Letters & Science", "inproceedings", "booktitle"),
        ("A blog", "misc", "howpublished"),
        ("https://openreview.net", "misc", ""),
    ],
)
def test_the_venue_decides_the_kind_of_entry(venue: str | None, kind: str, field: str) -> None:
    text = source(Entry(1, "key", "Title", venue=venue))
    assert text.startswith(f"@{kind}{{key,\n")
    assert (f"\n  {field} = {{" in text) == bool(field)


def test_identifiers_and_addresses_are_written_for_programs_not_for_print() -> None:
    entry = Entry(
        1,
        "key",
        "Title",
        doi="https://doi.org/10.1000/a_b(1)<2>",
        arxiv_id="arXiv:2401.01234",
        urls=("javascript:alert(1)", "https://a.example/~me/b_c?d=%20&e#f{g}\\h é"),
    )
    fields = fields_of(entry)
    assert fields["doi"] == "10.1000/a_b(1)<2>"
    assert (fields["eprint"], fields["archiveprefix"]) == ("2401.01234", "arXiv")
    assert fields["url"] == "https://a.example/~me/b_c?d=%20&e#f%7Bg%7D%5Ch%20%C3%A9"


def test_notes_tags_and_nothing_else_of_the_users_leave_the_library() -> None:
    plain = fields_of(Entry(1, "key", "Title", starred=True, sources=("my capture.txt",)))
    assert plain == {"": "key", "title": "Title", "key": "key", "relevance": "relevant"}
    mine = fields_of(Entry(1, "key", "Title", note="one\n\ntwo", tags=("rl/x", "a, b")))
    words = {"keywords": "rl/x, {a, b}", "annote": "one\n\ntwo"}
    assert mine == {"": "key", "title": "Title", "key": "key", **words}


def test_a_paper_without_authors_says_what_styles_sort_it_by() -> None:
    assert fields_of(Entry(1, "bridge-1", "Title"))["key"] == "bridge-1"
    assert fields_of(Entry(1, "bridge-1", "Title", authors=(" ",)))["key"] == "bridge-1"
    assert "key" not in fields_of(Entry(1, "bridge-1", "Title", authors=("Ann Lee",)))


@pytest.mark.skipif(not shutil.which("bibtex"), reason="there is no BibTeX on this machine")
@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt"])
def test_bibtex_itself_has_nothing_to_complain_of(tmp_path: Path, style: str) -> None:
    nasty = ["".join(FRAGMENTS), *FRAGMENTS, "}{", "\\textbf{x"]
    entries = [Entry(n, f"k{n}", f"{t}x", t, note=t, tags=("x",)) for n, t in enumerate(nasty)]
    (tmp_path / "refs.bib").write_text(source(*entries), "utf-8")
    (tmp_path / "paper.aux").write_text(
        f"\\citation{{*}}\n\\bibdata{{refs}}\n\\bibstyle{{{style}}}\n"
    )
    done = subprocess.run(["bibtex", "paper"], cwd=tmp_path, capture_output=True, text=True)
    if "couldn't open style file" in done.stdout:
        pytest.skip(f"BibTeX has no style {style} here")
    assert (done.returncode, re.findall("Warning.*|.*error.*", done.stdout)) == (0, [])
    assert (tmp_path / "paper.bbl").read_text("utf-8").count("\\bibitem") == len(entries)


def test_an_export_of_nothing_is_empty() -> None:
    assert source() == ""


def papers(paths: Iterable[Path]) -> list[Entry]:
    distinct = {
        identity(record.title): record
        for path in paths
        for record in read_document(path.read_bytes(), path.name).records
    }
    return [
        Entry(number, make_key(record.title), record.title, record.abstract)
        for number, record in enumerate(distinct.values())
    ]


def test_every_real_paper_comes_back_whole(corpus: list[Path]) -> None:
    entries = papers(corpus)
    first, second = read_twice(source(*entries))
    assert len(entries) == len(first) == len(second.entries) == 364
    assert {clean(value) for fields in first for value in fields.values()}
    for entry, fields in zip(entries, first, strict=True):
        assert printed(fields["title"]) == meant(entry.title)
        assert printed(fields["abstract"]) == meant(entry.abstract)
        assert dict(second.entries[entry.key].fields) == {
            name: value for name, value in fields.items() if name
        }
