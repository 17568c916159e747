"""The papers most like one: by what they say, explained by the words they share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.similar.empty_words import is_empty
from readinglist.library.similar.terms import terms_of
from readinglist.records import Record
from readinglist.stopping import Stopped, stoppable
from tests.library.shelves import put

# Ten about each of five things, each in words of its own beside those of its subject.
SUBJECTS = {
    "protein folding": "amino acids residues structures biology enzymes",
    "robot grasping": "grippers objects cameras cups manipulation arms",
    "weather forecasting": "storms rain pressure satellites climate atmosphere",
    "music generation": "melodies chords instruments singers rhythm audio",
    "theorem proving": "lemmas proofs tactics logic formal mathematics",
}
OWN = ("amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet", "harbour", "indigo", "jade")


@pytest.fixture
def subjects(library: Library) -> dict[str, list[int]]:
    """The ids of the papers about each subject."""
    records, groups = [], []
    for subject, words in SUBJECTS.items():
        said = words.split()
        for number, name in enumerate(OWN):
            own = f"{name}{subject.split()[0]}"
            text = " ".join([said[number % 6], own, said[(number + 1) % 6], own, said[number % 5]])
            abstract = f"We propose a novel approach. It says {text} of {subject}."
            records.append(Record(f"The {own} method for {subject} {number}", abstract))
            groups.append(subject)
    found = put(library, *records)
    return {s: [i for i, g in zip(found, groups, strict=True) if g == s] for s in SUBJECTS}


def test_papers_about_the_same_come_first(library: Library, subjects: dict[str, list[int]]) -> None:
    for ids in subjects.values():
        for paper in ids:
            found = library.similar(paper)
            best = [each.id for each in found[:5]]
            assert {*best} <= {*ids} - {paper}
            assert [each.score for each in found] == sorted(
                (each.score for each in found), reverse=True
            )
            assert 0 < found[-1].score <= found[0].score < 1


def test_shared_words_explain_and_empty_ones_do_not(
    library: Library, subjects: dict[str, list[int]]
) -> None:
    for each in library.similar(subjects["robot grasping"][0])[:5]:
        assert "robot grasping" in each.terms
        assert not {"propose", "novel", "approach", "method", "the", "robot"} & {*each.terms}


def test_words_in_passing_make_no_like(library: Library, subjects: dict[str, list[int]]) -> None:
    """What those most like it have in common tells a paper's subject from how it was made."""
    ward = "Patients in hospitals get a diagnosis from doctors"
    made = "quartz, onyx, opal, beryl and topaz"
    paper, *_ = put(
        library,
        Record("Heron: clinical notes", f"Tuned with {made}. It reads clinical notes of patients."),
        *(
            Record(f"Clinical {name} {number}", f"{ward} with {name}. Clinical {name} is checked.")
            for number, name in enumerate(("triage", "radiology", "surgery", "nursing", "dosage"))
        ),
        *(
            Record(f"{name} at sea", f"Tuned with {made}, {name} finds {name} of {other}.")
            for name, other in (("Sonar", "wrecks"), ("Radar", "harbours"), ("Anchors", "reefs"))
        ),
    )
    clinical = {paper + step for step in range(1, 6)}
    assert {each.id for each in library.similar(paper)[:5]} == clinical


def test_terms_that_say_little_by_themselves_explain_only_where_nothing_else_does(
    library: Library,
) -> None:
    first, second, third = put(
        library,
        Record("Learning glaciers", "A learning system of glaciers."),
        Record("Learning of winds", "A learning that listens."),
        Record("Learning about glaciers", "Learning, and glaciers."),
    )
    terms = {each.id: each.terms for each in library.similar(first)}
    assert terms[second] == ("learning",)
    assert "glaciers" in terms[third]
    assert "learning" not in terms[third]


def test_plurals_and_hyphens_make_no_other_word(library: Library) -> None:
    first, second, _ = put(
        library,
        Record("Pre-training of glaciers"),
        Record("Glacier pretraining"),
        Record("Volcanoes in winter"),
    )
    (found,) = library.similar(first)
    assert (found.id, found.terms) == (second, ("pre training", "glaciers"))
    assert found.score == pytest.approx(library.similar(second)[0].score, rel=0.5)


def test_what_is_in_the_trash_is_not_listed(
    library: Library, subjects: dict[str, list[int]]
) -> None:
    paper, other, *_ = subjects["music generation"]
    assert other in {each.id for each in library.similar(paper)}
    library.set_trashed([other], True)
    assert other not in {each.id for each in library.similar(paper)}
    assert library.similar(other), "one that is in the trash itself has its like outside"


def test_there_may_be_none(library: Library) -> None:
    alone, _ = put(library, Record("Volcanoes"), Record("The and of"))
    assert library.similar(alone) == []
    assert library.similar(alone + 100) == []


def test_no_more_than_wanted(library: Library, subjects: dict[str, list[int]]) -> None:
    paper = subjects["theorem proving"][3]
    assert library.similar(paper, 3) == library.similar(paper)[:3]
    assert library.similar(paper, 0) == []


def test_the_text_as_it_is_now_counts(library: Library, subjects: dict[str, list[int]]) -> None:
    paper = subjects["theorem proving"][0]
    library.set_facts(paper, {"title": "Weather forecasting", "abstract": "Storms and rain."})
    best = {each.id for each in library.similar(paper)[:5]}
    assert best <= {*subjects["weather forecasting"]}


def test_it_can_be_stopped(library: Library, subjects: dict[str, list[int]]) -> None:
    with stoppable(lambda: True), pytest.raises(Stopped):
        library.similar(subjects["theorem proving"][0])


@given(st.text(), st.none() | st.text())
def test_any_text_has_terms(title: str, abstract: str | None) -> None:
    terms = terms_of(title, abstract)
    assert {*terms.counts} == {*terms.terms}
    assert all(term.spelt and all(term.roots) for term in terms.terms.values())
    assert terms.length >= 0


@pytest.mark.parametrize(
    ("word", "empty"),
    [
        *(
            (word, True)
            for word in ["the", "proposes", "proposing", "proposed", "significantly", "2024"]
        ),
        *(
            (word, False)
            for word in ["reasoning", "tools", "family", "anomaly", "meaning", "learning"]
        ),
    ],
)
def test_what_every_abstract_says_is_empty(word: str, empty: bool) -> None:
    assert is_empty(word) is empty
