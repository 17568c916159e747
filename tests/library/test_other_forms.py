"""Words are found in the forms that mean the same, and first where papers have them as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.search.other_forms import other_forms
from readinglist.records import Record
from tests.library.shelves import put, titles

ALIKE = (
    ("generalisation", "generalization"), ("optimised", "optimized"), ("analysing", "analyzing"),
    ("behaviour", "behavior"), ("behavioural", "behavioral"), ("colours", "colors"),
    ("modelling", "modeling"), ("labelled", "labeled"), ("centre", "center"), ("fibres", "fibers"),
    ("centred", "centered"), ("dialogue", "dialog"), ("defence", "defense"),
    ("artefacts", "artifacts"), ("grey", "gray"), ("beta", "\u03b2"), ("networks", "network"),
)  # fmt: skip


@pytest.mark.parametrize("pair", ALIKE, ids="-".join)
def test_both_forms_find_both_the_typed_one_first(library: Library, pair: tuple[str, str]) -> None:
    put(library, *(Record(f"On the {word} of many things") for word in pair), Record("Else"))
    for typed, other in (pair, pair[::-1]):
        results = library.search(typed)
        assert [title.split()[2] for title in titles(results)] == [typed, other]
        assert not results.corrections
        assert not len(library.search(f"-{typed} many"))


def test_a_title_in_the_other_english_comes_before_abstracts_in_ours(library: Library) -> None:
    put(
        library,
        Record("Something generalization", "and rlhf"),
        Record("The effects of RLHF on generalisation"),
    )
    assert titles(library.search("rlhf generalization"))[0].startswith("The effects")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("end2end memory", "End-To-End Memory Networks"),
        ("seq2seq", "Sequence models: seq to seq"),
        ("internlm 2.5", "InternLM2.5-Prover"),
        ("beta-vae", "$\\beta$-VAE: Learning Concepts"),
        ("\u03b2-VAE", "The beta-VAE again"),
        ("uniformer v2", "UniFormerV2"),
    ],
)
def test_what_is_said_alike_is_found(library: Library, query: str, title: str) -> None:
    put(library, Record(title), Record("InternLM at 3.5"), Record("VAE of no letter"))
    assert titles(library.search(query)) == [title]


@given(st.text("abcdefghilmnorstuyz", min_size=1, max_size=14))
def test_a_word_is_no_other_form_of_itself(word: str) -> None:
    forms = other_forms(word)
    assert word not in forms
    assert len(set(forms)) == len(forms)
    assert all(form.isalpha() for form in forms)


def test_words_that_only_look_so_stay_what_they_are() -> None:
    for word, other in (
        ("four", "for"),
        ("filled", "filed"),
        ("hour", "hor"),
        ("calling", "caling"),
    ):
        assert other not in other_forms(word)
