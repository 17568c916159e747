"""Formulas in abstracts: written so that every document prints them, and read back as they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglist.formats import biblatex, bibtex
from readinglist.records import Entry
from tests.formats.test_bib_round_trips import DIALECTS, paragraphs, seen

PIECES = [
    *(r"\frac{a}{b}", r"\sqrt{T}", r"\mathbb{R}^d", r"\sum_{i=1}^{n}", r"\hat{x}", r"\tfrac{1}{2}"),
    *("x^2", "1", "=", r"\alpha", "a_{i}", "/", "(", ")", "+", r"\text{if }", r"\left("),
    r"\operatorname{f}",
]
FORMULAS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).map("${}$".format)
WORDS = st.sampled_from(["At", "5% of", "\n\n", "$5", "1/2", "and", "=", "x ="])
ABSTRACTS = st.lists(FORMULAS | WORDS, max_size=6).map(" ".join)


def read_back(dialect: object, abstract: str, old: str = "", new: str = "") -> str:
    module = bibtex if dialect is bibtex else biblatex
    text = "".join(module.write([Entry(1, "a", "T", abstract)])).replace(old or "\0", new)
    [record] = module.read(text).records
    return record.abstract or ""


@DIALECTS
@settings(max_examples=100, deadline=None)
@given(abstract=ABSTRACTS)
@example(abstract=r"Regret of $O(\sqrt{T})$ and $\frac{1}{2}$, not 1/2, but $\frac{a}{b}$.")
@example(abstract=r"1/2 or 1/2 is $\tfrac{1}{2}$ and 1/2.")
@example(abstract="One.\n\n$\\sum_{i=1}^{n} x_i$ and\n\n$a=b$.\n\nx = $y$")
def test_they_come_back_as_they_were(dialect: object, abstract: str) -> None:
    again = read_back(dialect, abstract)
    assert paragraphs(seen(again)) == paragraphs(abstract)
    assert read_back(dialect, again) == read_back(dialect, read_back(dialect, again))


@DIALECTS
def test_what_was_changed_elsewhere_stays_changed(dialect: object) -> None:
    abstract = r"Regret of $O(\sqrt{T})$ and $\frac{a}{b}$."
    assert read_back(dialect, abstract) == abstract
    assert read_back(dialect, abstract, "$a/b$", "$a/c$") == r"Regret of $O(\sqrt{T})$ and $a/c$."
    assert read_back(dialect, abstract, "Regret", "The regret") == f"The regret{abstract[6:]}"


@DIALECTS
@pytest.mark.parametrize("abstract", ["One.\n\n$a=b$ holds.", "$a=b$"])
def test_a_paragraph_that_begins_with_one_is_no_field(dialect: object, abstract: str) -> None:
    module = bibtex if dialect is bibtex else biblatex
    text = "".join(module.write([Entry(1, "a", "T", abstract)]))
    assert "$a=b$" in text
    assert not re.search(r"\n\s*[^\s={]\S*\$a=", text)
