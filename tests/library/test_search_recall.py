"""Half-remembered titles find their papers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.importing import import_paths
from readinglist.latex import to_unicode
from readinglist.library import Library
from readinglist.records import Record
from tests.library.shelves import TITLES, put, titles


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("few") / "library") as library:
        put(library, *(Record(title) for title in TITLES))
        yield library


# A title finds its paper

SYLLABLES = st.sampled_from(["ka", "ro", "mi", "tel", "sun", "dor", "vex", "pli", "gra"])
TITLE_WORDS = st.lists(SYLLABLES, min_size=1, max_size=4).map("".join)


@given(st.lists(st.lists(TITLE_WORDS, min_size=1, max_size=6), min_size=1, max_size=8), st.data())
@settings(max_examples=25)
def test_a_title_s_own_words_find_it_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, made: list[list[str]], data: st.DataObject
) -> None:
    with Library(tmp_path_factory.mktemp("titles") / "library") as library:
        different = {"".join(title): title for title in made}.values()  # to the library, too
        put(library, *(Record(" ".join(title)) for title in different))
        for title in different:
            shuffled = data.draw(st.permutations(title))
            results = library.search(" ".join(shuffled))
            assert " ".join(title) in titles(results)[:10]


def misspell(word: str, rng: random.Random) -> str:
    """Return a word with one letter dropped, doubled, changed or swapped with the next."""
    at = rng.randrange(len(word) - 1)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at:],
            word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


DISTINCTIVE = ["reparameterized", "registers", "mindbridge", "interactive", "bayes"]


@given(st.randoms(use_true_random=False), st.sampled_from(DISTINCTIVE))
def test_a_distinctive_word_with_one_typo_finds_its_paper(
    few: Library, rng: random.Random, word: str
) -> None:
    typed = misspell(word, rng)
    assert any(word in title.casefold() for title in titles(few.search(typed))[:10])


# The real captures


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, corpus: list[Path]) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("real") / "library") as library:
        list(import_paths(library, corpus))
        yield library


def _typos(title: str, rng: random.Random) -> str:
    parts = title.split()
    long = [at for at, word in enumerate(parts) if len(word) >= 4 and word.isalpha()]
    for at in rng.sample(long, min(2, len(long))):
        parts[at] = misspell(parts[at], rng)
    return " ".join(parts)


def _dropped(title: str, rng: random.Random) -> str:
    parts = title.split()
    keep = sorted(rng.sample(range(len(parts)), max(len(parts) * 2 // 3, 1)))
    return " ".join(parts[at] for at in keep)


def _shuffled(title: str, rng: random.Random) -> str:
    parts = title.split()
    rng.shuffle(parts)
    return " ".join(parts)


def _cut(title: str, rng: random.Random) -> str:
    return title[: len(title) - rng.randint(1, max(len(title.split()[-1]) - 1, 1))]


@pytest.mark.parametrize("probe", [_typos, _dropped, _shuffled, _cut])
def test_half_remembered_titles_of_real_papers_are_in_the_top_ten(
    real: Library, probe: Callable[[str, random.Random], str]
) -> None:
    rng = random.Random(5)
    rows = real.search().rows(0, 400)
    hits = 0
    for row in rows:
        results = real.search(probe(to_unicode(row.title), rng), lenient=True)
        index = results.index_of(row.id)
        hits += index is not None and index < 10
    recall = hits / len(rows)
    print(f"recall@10 {probe.__name__}: {recall:.3f}")
    assert recall >= 0.97


def test_a_shared_paper_shows_both_documents(real: Library) -> None:
    assert len(real.search("seen:2")) == 10
    assert len(real.search()) == 364
