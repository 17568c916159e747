"""Words that a source has put in braces are braced again, whatever their titles look like."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import biblatex, bibtex, csl
from readinglist.formats.bib.capitals import braced
from readinglist.records import Entry, Record

BOTH = pytest.mark.parametrize("module", [bibtex, biblatex], ids=["bibtex", "biblatex"])


def only(title: str) -> Record:
    [record] = bibtex.read(f"@misc{{k,\n  title = {{{title}}},\n}}\n").records
    return record


def again(record: Record) -> Entry:
    return Entry(1, "k", record.title, details=record.details)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Quiet Harbours and the {Bayesian} View", ["Bayesian"]),
        ("Quiet Harbours and the {{Bayesian}} View", ["Bayesian"]),
        ("Quiet Harbours and the {B}ayesian View", ["Bayesian"]),
        ("Quiet Harbours of {New York} in {Winter}", ["New", "York", "Winter"]),
        ("Quiet {Erd{\\H{o}}s} Harbours", ["Erdős"]),
        ("{{Quiet Harbours and the Bayesian View}}", []),
        ("{Quiet Harbours and the Bayesian View}", []),
        ("Quiet \\emph{Harbours} and \\textbf {Boats}", []),
        ("Quiet {\\it Harbours} and {\\'E}cole", []),
        ("Quiet $x^{A}$ and H_{B} {boats}", []),
        ("Nets: {A} Survey", []),
        ("Quiet {Harbours", ["Harbours"]),
        ("Quiet} {Harbours}", ["Harbours"]),
    ],
)
def test_braces_around_capitals_are_seen(title: str, words: list[str]) -> None:
    assert braced(title) == words


@BOTH
def test_they_come_back_where_we_would_not_brace_them(module: object) -> None:
    record = only("Quiet Harbours and the {Bayesian} View of {GPUs}")
    assert dict(record.details) == {"capitals": "Bayesian"}  # all others show what they are
    writer = bibtex if module is bibtex else biblatex
    text = "".join(writer.write([again(record)]))
    assert "title = {Quiet Harbours and the {Bayesian} View of {GPUs}}" in text
    assert "capitals" not in text
    assert writer.read(text).records[0].details == record.details


def test_csl_has_a_mark_for_them() -> None:
    record = only("Quiet Harbours and the {Bayesian} View")
    text = "".join(csl.write([again(record)]))
    [item] = json.loads(text)
    assert item["title"] == 'Quiet Harbours and the <span class="nocase">Bayesian</span> View'
    assert "custom" not in item
    [back] = csl.read(text).records
    assert (back.title, back.details) == (record.title, record.details)


@BOTH
@pytest.mark.parametrize(
    "title", ["Of B\u0300", "0:Ae\u0301", "A\u0301e: B", "The E\u0301cole of Ae\u0301ro"]
)
def test_accents_beside_their_letters_make_no_braces(module: object, title: str) -> None:
    writer = bibtex if module is bibtex else biblatex
    assert writer.read("".join(writer.write([Entry(1, "k", title)]))).records[0].details == ()


def test_words_that_a_title_has_no_more_do_no_harm() -> None:
    entry = Entry(1, "k", "Quiet Harbours", details=(("capitals", "Bayesian [x] ("),))
    for module in (bibtex, biblatex, csl):
        [record] = module.read("".join(module.write([entry]))).records
        assert (record.title, record.details) == (entry.title, entry.details)


@given(st.text(alphabet="{}\\Ab ^_$~'\"\1\2é\u0301:", max_size=30))
def test_any_title_is_looked_through(title: str) -> None:
    assert all(word.strip() == word for word in braced(title))
