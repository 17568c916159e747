"""Importing: repeats merge, re-imports change nothing, and the user's words are never touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.records import Reading, Record, Sort, Status
from readinglist.text import clean_line, find_urls, identity
from tests.conftest import put_in


def bring(library: Library, name: str, *records: Record) -> Receipt:
    return library.ingest(
        Reading("capture", list(records)),
        name=name,
        path=f"/captures/{name}",
        digest=name,
    )


def tally(receipt: Receipt) -> tuple[int, int, int, int]:
    return receipt.records, receipt.new, receipt.merged, receipt.unchanged


def test_repeats_merge_into_one_paper_that_names_both_documents(library: Library) -> None:
    first = bring(library, "a.txt", Record("One", "x."), Record("Two", "y."))
    second = bring(library, "b.txt", Record("two", "y."), Record("Three", "z."))
    assert (tally(first), tally(second)) == ((2, 2, 0, 0), (2, 1, 1, 0))
    sources = {entry.title: entry.sources for entry in library.entries(library.search().ids)}
    assert sources == {"One": ("a.txt",), "Two": ("a.txt", "b.txt"), "Three": ("b.txt",)}


def test_the_same_document_again_changes_nothing(library: Library) -> None:
    bring(library, "a.txt", Record("One", "x."), Record("One", "x."))
    before = library.entries(library.search().ids)
    assert tally(bring(library, "a.txt", Record("One", "x."), Record("One", "x."))) == (2, 0, 0, 2)
    assert library.entries(library.search().ids) == before
    assert library.history() == []


def test_a_rehearsal_tells_what_would_happen_and_does_nothing(library: Library) -> None:
    with library.rehearsal():
        assert tally(bring(library, "a.txt", Record("One", "x."))) == (1, 1, 0, 0)
        assert tally(bring(library, "b.txt", Record("One", "x."))) == (1, 0, 1, 0)
    assert len(library.search()) == 0
    assert tally(bring(library, "b.txt", Record("One", "x."))) == (1, 1, 0, 0)


def test_newest_import_first_and_within_it_the_documents_own_order(library: Library) -> None:
    bring(library, "a.txt", Record("B"), Record("A"), Record("C"))
    bring(library, "b.txt", Record("E"), Record("A"), Record("D"))
    titles = [entry.title for entry in library.entries(library.search().ids)]
    assert titles == ["E", "D", "B", "A", "C"]
    reversed_titles = [e.title for e in library.entries(library.search(sort=Sort.TITLE).ids)]
    assert reversed_titles == ["A", "B", "C", "D", "E"]


def test_importing_again_never_touches_what_the_user_wrote(library: Library) -> None:
    [paper] = put_in(library, "One")
    library.set_status([paper], Status.READ)
    library.set_starred([paper], True)
    library.edit_tags([paper], add=["rl"])
    library.set_note(paper, "mine")
    before = library.entry(paper)
    bring(library, "b.txt", Record("ONE", "Quite another abstract."))
    after = library.entry(paper)
    assert after.sources == ("capture.txt", "b.txt")
    assert (after.status, after.starred, after.tags, after.note, after.abstract, after.key) == (
        before.status,
        before.starred,
        before.tags,
        before.note,
        before.abstract,
        before.key,
    )


def test_a_whole_abstract_replaces_a_missing_or_a_cut_off_one(library: Library) -> None:
    whole = "It begins. It ends at https://example.org/code."
    bring(library, "a.txt", Record("One"), Record("Two", "It begi"))
    bring(library, "b.txt", Record("One", whole), Record("Two", whole))
    for entry in library.entries(library.search().ids):
        assert (entry.abstract, entry.urls) == (whole, ("https://example.org/code",))


SAME = [
    ("MindBridge: A Framework", "mindbridge:  a FRAMEWORK"),
    ("Poincar\u00e9 Embeddings", "Poincare\u0301 Embeddings"),
    ("Poincaré Embeddings", r"Poincar\'{e} Embeddings"),
    ("Zero\u200bWidth \u2060Title\ufeff", "ZeroWidth Title"),
    ("Un\u034fseen \u3164Marks\U000e0100", "Unseen Marks"),
    ("A\u00a0Study of\u2009Spaces", "A Study of Spaces"),
    ("ﬁne-tuning", "Fine\u2010Tuning"),
    ("What’s in a “Name”", 'What\'s in a "Name"'),
    ("Scaling to 100% Coverage", r"Scaling to 100\% Coverage"),
    ("Learning M^3 Models", "Learning $M^{3}$ Models"),
    ("An Ending", "An Ending."),
]
OTHER = [
    (
        "Emergent Abilities of Large Language Models",
        "Are Emergent Abilities of Large Language Models a Mirage?",
    ),
    ("Segment Anything", "Segment Anything 2"),
    ("C Programs", "C++ Programs"),
    ("强化学习综述", "深度学习综述"),
    ("???", "!!!"),
    ("$$$", "^^^"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_form_alone_does_not_make_a_new_paper(library: Library, one: str, other: str) -> None:
    bring(library, "a.txt", Record(clean_line(one), "x."))
    assert tally(bring(library, "b.txt", Record(clean_line(other), "x."))) == (1, 0, 1, 0)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_likeness_alone_does_not_make_the_same_paper(
    library: Library, one: str, other: str
) -> None:
    bring(library, "a.txt", Record(one, "x."))
    assert tally(bring(library, "b.txt", Record(other, "x."))) == (1, 1, 0, 0)


@example("\\'À")
@example("À" + 8 * "\u0301")
@given(st.text(min_size=1))
def test_a_title_is_the_same_in_any_case_space_and_unicode_form(title: str) -> None:
    name = identity(title)
    assert identity(f"  {title}\u200b ") == name
    assert identity(unicodedata.normalize("NFD", title)) == name
    assert name or not clean_line(title)


def test_two_papers_never_share_a_key(library: Library) -> None:
    records = [Record(f"Large Language Models {'x' * number}", "y.") for number in range(300)]
    bring(library, "a.txt", *records)
    keys = [row.key.lower() for row in library.search().rows(0, 300)]
    assert len(set(keys)) == 300


URLS = {
    "Code at https://github.com/x/y.": ["https://github.com/x/y"],
    "(see https://a.org/p_(1)) and https://a.org/q).": ["https://a.org/p_(1)", "https://a.org/q"],
    "spaced https: //github.com/x/y": ["https://github.com/x/y"],
    "bare github.com/x/y and pages x.github.io/z/": [
        "https://github.com/x/y",
        "https://x.github.io/z/",
    ],
    "at https://a.org/m{https://a.org/m}": ["https://a.org/m"],
    "URL{https://a.org/code}": ["https://a.org/code"],
    "twice http://a.org, http://a.org": ["http://a.org"],
    "none: me@github.com, javascript://x, https://": [],
}


@pytest.mark.parametrize("text", URLS)
def test_links_are_found_without_what_is_glued_to_them(text: str) -> None:
    assert find_urls(text) == URLS[text]
