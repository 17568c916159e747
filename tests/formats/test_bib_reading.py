"""A .bib file from elsewhere: every entry becomes a paper, and what cannot is a problem."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.formats import bibtex, read_document
from readinglist.formats.bib.blocks import sources
from readinglist.records import Problem, Reading, Record
from readinglist.stopping import Stopped, stoppable


def read(text: str) -> Reading:
    return read_document(text.encode(), "refs.bib", "bibtex")


def only(fields: str, kind: str = "misc") -> Record:
    reading = read(f"@{kind}{{key,\n  title = {{A title}},\n  {fields}\n}}\n")
    assert not reading.problems
    [record] = reading.records
    return record


def details(fields: str, kind: str = "misc") -> dict[str, str]:
    return dict(only(fields, kind).details)


# What entries are made of


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, title = {A Title}, year = 2020}",
        '@ARTICLE {k , Title="A Title" , Year="2020",}',
        "@Article(k, title = {A Title}, year = {2020})",
        "@article{k,\n\ttitle={{A Title}},\n\tyear={2020},\n}",
        '@string{t = "A " # {Title}}\n@article{k, title = t, year = 20 # 20}',
        "@comment{jabref-meta: databaseType:bibtex;}\n@article{k, title={A Title}, year=2020}",
        "% Encoding: UTF-8\n@preamble{{x}}\nSome words.\n@article{k, title={A Title}, year=2020}",
        "@article{k, title = {A\n   Title}, year = {2020}, publisher = {}}",
    ],
)
def test_every_way_to_write_an_entry_is_read(entry: str) -> None:
    reading = read(entry)
    assert reading.problems == []
    [record] = reading.records
    assert (record.title, record.year, record.key) == ("A Title", 2020, "k")


def test_line_ends_and_encodings_are_those_of_any_program() -> None:
    text = '@misc{k,\n title = {Über "naïve" cafés},\n author = {Müller, Jürgen},\n}\n'
    for data in (
        text.encode("utf-8-sig"),
        text.encode("latin-1"),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        [record] = read_document(data, "refs.bib").records
        assert (record.title, record.authors) == ('Über "naïve" cafés', ("Jürgen Müller",))


def test_names_come_in_every_order_and_keep_what_they_are() -> None:
    names = (
        r"Lee, Ann and van der Berg, Jan and King, Jr., Martin and {NASA} and {Meta AI}"
        r" and {Barnes and Noble} and Gabriel {Garc{\'i}a M{\'a}rquez} and Erd{\H o}s, P{\'a}l"
        " AND family=Haan, given=Ab, prefix=de and others"
    )
    assert only(f"author = {{{names}}}").authors == (
        *("Ann Lee", "Jan van der Berg", "Martin King Jr.", "NASA", "{Meta AI}"),
        *("Barnes and Noble", "García Márquez, Gabriel", "Pál Erdős", "Ab de Haan", "others"),
    )


@pytest.mark.parametrize(
    ("fields", "year", "beside"),
    [
        ("year = 2020, month = jan", 2020, {"month": "1"}),
        ("year = {2020}, month = {September}", 2020, {"month": "9"}),
        ('year = {2020}, month = "12~" # feb', 2020, {"month": "2", "day": "12"}),
        ("date = {2020-05-03}", 2020, {"month": "5", "day": "3"}),
        ("date = {2020-05}, year = 1999", 2020, {"month": "5"}),
        ("date = {2020/2021}", 2020, {"date": "2020/2021"}),
        ("year = {2020a}", 2020, {}),
        ("year = {in press}", None, {"pubstate": "in press"}),
        ("year = 2020, month = {Spring}", 2020, {"month": "Spring"}),
    ],
)
def test_dates_are_told_in_both_dialects(fields: str, year: int | None, beside: object) -> None:
    record = only(fields)
    assert (record.year, dict(record.details)) == (year, beside)


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {1706.03762}, archiveprefix = {arXiv}, primaryclass = {cs.CL}", "1706.03762"),
        ("eprint = {arXiv:1706.03762v2}, eprinttype = {arxiv}", "1706.03762v2"),
        ("eprint = {hep-th/9901001}", "hep-th/9901001"),
        ("url = {https://arxiv.org/abs/1706.03762}", "1706.03762"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "1706.03762"),
        ("journal = {ArXiv}, volume = {abs/1706.03762}", "1706.03762"),
        ("eprint = {hal-01}, eprinttype = {hal}", None),
    ],
)
def test_arxiv_is_found_wherever_programs_put_it(fields: str, arxiv: str | None) -> None:
    record = only(fields)
    assert record.arxiv_id == arxiv
    assert ("eprint" in dict(record.details)) == (arxiv is None)


def test_addresses_are_read_as_addresses() -> None:
    record = only(
        r"doi = {https://doi.org/10.1000/a\_b}, url = {http://a.example/{\~{}}me/b{\_}c\%20},"
        r" howpublished = {\url{https://b.example}}, bdsk-url-2 = {https://c.example}"
    )
    assert record.doi == "10.1000/a_b"
    assert record.urls == (
        *("http://a.example/~me/b_c%20", "https://c.example", "https://b.example"),
    )


def test_tags_notes_and_former_keys_are_the_users() -> None:
    record = only(
        "keywords = {rl, to cite; {a, b}, rl}, groups = {Thesis}, mendeley-tags = {m},"
        " ids = {old1, old2}, annote = {First.\n\n  - second},"
    )
    assert record.tags == ("rl", "to cite", "a, b", "Thesis", "m")
    assert record.note == "First.\n\n  - second"
    assert record.aliases == ("old1", "old2")


def test_abstracts_lose_the_line_breaks_of_programs_but_not_their_paragraphs() -> None:
    assert only("abstract = {One\n   two.\n\n  Three.}").abstract == "One two.\n\nThree."


def test_all_else_is_kept_by_name() -> None:
    text = (
        "journal = {Nature}, volume = 3, number = {4}, pages = {1-10}, publisher = {A {\\&} B},"
        " editor = {Ek, Bo and Lee, Ann}, address = {Ume{\\aa}},"
        " file = {:C\\:/x.pdf:PDF}, owner = me"
    )
    assert details(text, "article") == {
        "editor": "Bo Ek and Ann Lee",
        "file": ":C\\:/x.pdf:PDF",
        "location": "Umeå",
        "number": "4",
        "owner": "me",
        "pages": "1--10",
        "publisher": "A & B",
        "volume": "3",
    }


@pytest.mark.parametrize(
    ("kind", "fields", "type_"),
    [
        ("phdthesis", "school = {MIT}", "phdthesis"),
        ("thesis", "institution = {MIT}, type = {mathesis}", "mastersthesis"),
        ("report", "institution = {MIT}, type = {techreport}", "techreport"),
        ("conference", "booktitle = {Whatever}", "inproceedings"),
        ("www", "", "online"),
        ("article", "journal = {Nature}", None),
    ],
)
def test_the_kind_is_kept_unless_the_venue_tells_it(
    kind: str, fields: str, type_: str | None
) -> None:
    assert details(fields, kind).get("type") == type_


# What entries take from others


def test_an_entry_has_what_its_book_has() -> None:
    reading = read(
        "@inproceedings{a, title={Mine}, crossref={P}}\n"
        "@xdata{x, publisher={ACM}}\n"
        "@proceedings{p, title={The Proc.}, editor={Bo Ek}, year=2020,\n"
        " doi={10.1000/p}, xdata={x}}\n"
    )
    assert [record.title for record in reading.records] == ["Mine", "The Proc."]
    mine = reading.records[0]
    assert (mine.venue, mine.year, mine.doi) == ("The Proc.", 2020, None)
    assert dict(mine.details) == {"editor": "Bo Ek", "publisher": "ACM"}


def test_an_entry_that_refers_to_itself_or_to_none_is_read() -> None:
    reading = read("@misc{a, title={A}, crossref={a}}\n@misc{b, title={B}, crossref={zz}}\n")
    assert [record.title for record in reading.records] == ["A", "B"]


# What is broken


@dataclass
class Broken:
    text: str
    line: int
    reason: str
    kept: bool = False


WHOLE = "@misc{first, title = {First}}\n\n"
BROKEN = [
    Broken("@misc{k title = {x}}\n", 3, "has no comma behind its key", kept=True),
    Broken("@misc{k 2 title = {x}}\n", 3, "is a broken entry: there is no comma behind its key"),
    Broken("@misc{k, title}\n", 3, "is a broken entry: a field in it has no value"),
    Broken("@misc{k, title = {A {B}, year = {2000}\n}\n", 3, "is a broken entry: a brace or quot"),
    Broken("@misc{k,\n title = {x}\n year = 2000\n}\n", 4, "has no comma behind its title", True),
    Broken("@misc{k, title = {x}\n", 3, "is an entry without an end", True),
    Broken("@misc{k, title = {x},\n title = {y}}\n", 4, "is a second title", True),
    Broken("@misc{k, year = 2000}\n", 3, "has no title"),
    Broken("misc{k,\n title = {x}}\n", 3, "stands outside every entry"),
    Broken("@misc{first, title = {x}}\n", 3, "has the key of line 1", True),
    Broken("@misc{clé, title = {x}}\n", 3, "has a key in other letters than a to z", True),
    Broken("@misc{a(b, title = {x}}\n", 3, "has a key that cannot be kept", True),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.reason)
def test_what_is_broken_is_a_problem_and_the_rest_is_read(broken: Broken) -> None:
    reading = read(f"{WHOLE}{broken.text}@misc{{last, title = {{Last}}}}\n")
    titles = [record.title for record in reading.records]
    assert titles == ["First", *(["x"] if broken.kept else []), "Last"]
    [problem] = reading.problems
    assert problem.line == broken.line
    assert problem.reason.startswith(broken.reason)
    assert problem.text.strip()


@pytest.mark.parametrize(
    "value", [r"{C:\}", r'"a {"}b{"} c"', r'"{He said "x"} \{y"z\}"', r"{a \{ b}", r"{\\}"]
)
def test_braces_and_quotation_marks_count_as_for_bibtex_or_as_meant(value: str) -> None:
    reading = read(f"@misc{{k, note = {value}, title = {{x}}}}\n@misc{{l, title = {{y}}}}\n")
    assert [record.title for record in reading.records] == ["x", "y"]
    assert not reading.problems


# Any text, of any length

PIECES = ["@misc{k", "@string{a=", "@comment{", "title={", "}", "{", '"', ",", "=", "#", "\n", "@"]
PIECES += [
    "crossref={k}",
    "xdata={k,k}",
    "month=jan",
    "\\",
    "$",
    "author={a and {b and c}}",
    "(",
    ")",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_is_read_and_its_lines_are_told(text: str) -> None:
    reading = bibtex.read(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    assert all(1 <= record.line <= lines for record in reading.records)


def test_a_file_is_cut_where_it_makes_no_difference() -> None:
    entry = "@misc{{k{0},\n title = {{Title {0}}},\n note = {{a @misc{{x}} b}}\n}}\n\n"
    text = "".join(entry.format(number) for number in range(6_000))
    found = list(sources(text))
    assert not [each for each in found if isinstance(each, Problem)]
    assert [each.line for each in found] == list(range(1, 6_000 * 5, 5))


BOMB = "@string{a = {xxxxxxxxxx}}\n" + "@string{a = a # a # a # a}\n" * 60 + "@misc{k, title = a}\n"


def test_abbreviations_of_abbreviations_end_somewhere() -> None:
    [record] = bibtex.read(BOMB).records
    assert record.title


@pytest.mark.parametrize(
    "piece",
    [
        *("@misc{k, title = {x}}\n", "@misc{k, title = {\n", "@misc{", "{", "@string{a = a # a}\n"),
        *("@misc{k, title = {x}, crossref = {k}}\n", "}\n", '@misc{k, title = "', "a = {x},\n"),
        *("@misc{k, title = {x}, author = {\n\n\n\n\n\n\n\n", "A B, ", "A et al. ", "{A} "),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        bibtex.read(piece * (length // len(piece)))
        return time.process_time() - start

    seconds(1_000)
    # 16 times the text: 16 times the time, where quadratic reading would take 256 times.
    assert seconds(160_000) < 80 * max(min(seconds(10_000), seconds(10_000)), 0.005)


def test_a_long_reading_can_be_stopped() -> None:
    text = "@misc{k, title = {x}}\n" * 20_000
    asked = iter([False, True])
    with pytest.raises(Stopped), stoppable(lambda: next(asked, True)):
        bibtex.read(text)


# What is a bibliography


@pytest.mark.parametrize(
    "text",
    [
        "We present a method.\nSend a mail to me@example.org{x}\n" * 40,
        "Subscribe to our list\n" * 200 + "@misc{k, title = {x}}\n",
        '{"title": "x"}\n',
        "TY  - JOUR\nTI  - x\nER  - \n",
        "@ the conference (2020), we met\n",
    ],
)
def test_other_documents_are_none(text: str) -> None:
    assert not bibtex.looks_like(text)
