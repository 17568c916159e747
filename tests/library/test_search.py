"""Search through the front door: what is found, in what order, and what is highlighted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.latex import to_unicode
from readinglist.library import Library, Results
from readinglist.library.index.folding import ITEM_BREAK, folded_items, spots, words
from readinglist.records import Record, Sort, Status
from tests.library.shelves import TITLES, found, put, titles


@pytest.fixture
def shelf(library: Library) -> Library:
    """A library with a title for every peculiarity."""
    put(library, *(Record(title) for title in TITLES))
    return library


# What is found


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("difusion modle", "Diffusion Model"),
        ("modle difusion", "Diffusion Model"),
        ("diffusoin", "Diffusion"),
        ("idffusion", "Diffusion"),
        ("difus", "Diffusion"),
        ("tranformer", "Transformer"),
        ("tranformr", "Transformer"),
        ("decoding brain", "MindBridge"),
        ("mind bridge", "MindBridge"),
        ("mindbrige", "MindBridge"),
        ("mind brid", "MindBridge"),
        ("layerwise ensemble", "Layer-wise"),
        ("fine tuning layer", "Fine-tuning"),
        ("gpt4", "GPT-4"),
        ("gpt-4", "GPT-4"),
        ("GROSSE naive", "Größe"),
        ("Größe", "Größe"),
        ("uber", "Über"),
        ("模型", "扩散模型"),
        ("中文", "中文"),
        ("360", "360"),
        ("360°", "360"),
        ("emile", "Capturing"),
        ("Émile", "Capturing"),
        ("reinforcment lerning", "Reinforcement Learning"),
        ("reg", "Registers"),
        ("title:tranformer", "Transformer"),
    ],
)
def test_a_half_remembered_query_finds_the_paper_first(
    shelf: Library, query: str, first: str
) -> None:
    assert any(first in title for title in titles(shelf.search(query))[:2])


@pytest.mark.parametrize("query", ["finetuning", "fine-tuning", "fine tuning"])
def test_a_compound_is_found_however_it_is_spaced(shelf: Library, query: str) -> None:
    assert found(shelf, query) == {TITLES[5], TITLES[6]}


@pytest.mark.parametrize(
    "query",
    [
        "diffusion xyzzy",
        "diffusion transformer",
        "型模",
        "gpt5",
        "dfx",
        '"diffusoin"',
        '"models for text"',
    ],
)
def test_every_word_must_be_found(shelf: Library, query: str) -> None:
    assert not len(shelf.search(query))


@pytest.mark.parametrize("query", ["", "  ", "*", "?!", "- :", "()", "{\\deg}", "🙂"])
def test_a_query_without_words_finds_all_papers(shelf: Library, query: str) -> None:
    assert len(shelf.search(query)) == len(TITLES)


def test_a_long_query_survives_a_short_word_misspelt_beyond_recognition(shelf: Library) -> None:
    assert found(shelf, "Generalizable Finetuning qqq Layerwise Ensemble") == {TITLES[6]}
    assert found(shelf, "Ensemble Layerwise vxa") == {TITLES[6]}
    assert not found(shelf, "Ensemble Layerwise qqq")


def test_a_phrase_is_exact_and_in_order(shelf: Library) -> None:
    assert found(shelf, '"diffusion model"') == {TITLES[2]}
    assert found(shelf, '"a cross subject brain"') == {TITLES[0]}
    assert not found(shelf, '"brain subject"')


def test_minus_or_and_parentheses(shelf: Library) -> None:
    assert found(shelf, "diffusion -text") == {TITLES[1]}
    assert found(shelf, "registers OR bayes") == {TITLES[4], TITLES[8]}
    assert found(shelf, "(registers OR matters) learning") == {TITLES[11]}
    assert found(shelf, "learning -(deep OR bayes)") == {TITLES[12]}
    assert len(shelf.search("-diffusion")) == len(TITLES) - 2


def test_words_are_found_in_abstract_authors_tags_and_note(library: Library) -> None:
    one, two, three, four = put(
        library,
        Record("First", "All about zebras."),
        Record("Second", authors=("Ada Quagga", "Bo Zorro")),
        Record("Third"),
        Record("Fourth"),
    )
    library.edit_tags([three], add=["animals/okapi"])
    library.set_note(four, "Compare with the *wildebeest* paper")
    for query, paper in (("zebra", one), ("quaga", two), ("okapi", three), ("wildebest", four)):
        assert list(library.search(query).ids) == [paper]
    assert list(library.search("author:zorro").ids) == [two]
    assert not len(library.search('"quagga bo"'))
    assert list(library.search("note:wildebeest").ids) == [four]
    assert not len(library.search("title:wildebeest"))
    library.set_note(four, "")
    assert not len(library.search("wildebeest"))


def test_a_word_in_no_paper_does_not_hide_behind_a_rare_misprint(library: Library) -> None:
    put(
        library,
        Record("A misprint", "about the tranformer"),
        *(Record(f"Transformer number {n}") for n in range(40)),
    )
    assert len(library.search("tranformer")) == 41


# Order


def test_exact_before_begun_before_misspelt_and_title_before_abstract(library: Library) -> None:
    put(
        library,
        Record("Something else", "On robustness."),
        Record("Robustly trained"),
        Record("Robust training"),
        Record("On robustness of many other things"),
    )
    assert titles(library.search("robust"))[0] == "Robust training"
    assert titles(library.search("robustness"))[:2] == [
        "On robustness of many other things",
        "Something else",
    ]


def test_words_side_by_side_and_in_order_come_first(library: Library) -> None:
    put(
        library,
        Record("Model for a language"),
        Record("Language and the model"),
        Record("Language model of all"),
    )
    assert titles(library.search("language model")) == [
        "Language model of all",
        "Language and the model",
        "Model for a language",
    ]


def test_a_star_settles_a_near_tie(library: Library) -> None:
    ids = put(library, Record("Alpha robots"), Record("Gamma robots"), Record("Delta robots"))
    assert list(library.search("robots").ids) == ids
    library.set_starred([ids[2]], True)
    assert next(iter(library.search("robots").ids)) == ids[2]


def test_without_words_the_newest_import_comes_first_in_its_own_order(library: Library) -> None:
    old = put(library, Record("Beta", year=2020), Record("Alpha", year=2022), name="old")
    new = put(library, Record("Delta"), Record("Gamma", year=2021), name="new")
    results = library.search()
    assert list(results.ids) == new + old
    assert not results.words
    orders = {
        Sort.ADDED: new + old,
        Sort.TITLE: [old[1], old[0], new[0], new[1]],
        Sort.YEAR: [old[1], new[1], old[0], new[0]],
        Sort.RELEVANCE: new + old,
    }
    for sort, expected in orders.items():
        assert list(library.search(sort=sort).ids) == expected
    library.set_status([new[1]], Status.READ)
    assert list(library.search(sort=Sort.STATUS).ids) == [new[0], *old, new[1]]
    assert list(library.search(sort=Sort.STATUS, reverse=True).ids) == [new[1], new[0], *old]
    assert list(library.search(reverse=True).ids) == [*reversed(old), *reversed(new)]
    assert list(library.search(sort=Sort.YEAR, reverse=True).ids) == [
        old[0], new[1], old[1], new[0],
    ]  # fmt: skip
    assert list(library.search(sort=Sort.TITLE, reverse=True).ids) == orders[Sort.TITLE][::-1]
    assert list(library.search("-omega", sort=Sort.TITLE).ids) == orders[Sort.TITLE]


def test_many_matches_are_all_there_once_titles_first(library: Library) -> None:
    filler = [Record(f"Paper {n}", "robots everywhere") for n in range(700)]
    wanted = put(library, Record("Old robots"), name="old")
    ids = put(library, *filler, name="new")
    results = library.search("robots")
    assert sorted(results.ids) == sorted(wanted + ids)
    assert results.index_of(wanted[0]) == 0
    assert results.index_of(10**6) is None
    assert [row.id for row in results.rows(690, 800)] == list(results.ids[690:])


# What is said, and where it was found


def test_a_misspelt_word_says_what_it_was_read_as(shelf: Library) -> None:
    assert shelf.search("difusion modle").corrections == {
        "difusion": "diffusion",
        "modle": "model",
    }
    assert not shelf.search("diffusion mod").corrections


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("difusion modle", "A Diffusion Model, modern", ["Diffusion", "Model"]),
        ("diff", "Diffusion", ["Diff"]),
        ("difus", "Why Diffusion", ["Diffusion"]),
        ("grosse", "Die Größe!", ["Größe"]),
        ("gro", "Die Größe!", ["Grö"]),
        ("naive", "nai\u0308ve Bayes", ["nai\u0308ve"]),
        ("istanbul", "(İstanbul)", []),
        ("模型", "扩散模型在", ["模型"]),
        ("finetuning", "Fine-tuning it", ["Fine-tuning"]),
        ("mind bridge", "The MindBridge", ["MindBridge"]),
        ('"cross subject"', "a cross-subject cross", ["cross-subject"]),
        ("-diffusion transformer", "diffusion transformer", ["transformer"]),
        ("tag:rl", "rl", []),
        ("", "anything", []),
        ("360", "Capturing 360° Video", ["360"]),
    ],
)
def test_what_matched_is_marked(shelf: Library, query: str, text: str, marked: list[str]) -> None:
    spans = shelf.search(query, lenient=True).marks(text)
    assert [text[start:end] for start, end in spans] == marked


@given(st.text(max_size=80))
@example("İİ\u0307ßﬁ\u0301 e\u0301\u0327’’a'b")
def test_marks_are_spans_in_order_and_apart(marked_by: Results, text: str) -> None:
    end = 0
    for start, stop in marked_by.marks(text):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.fixture(scope="module")
def marked_by(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    with Library(tmp_path_factory.mktemp("marks") / "library") as library:
        put(library, Record("abc ss fi i é 模型 ab"))
        yield library.search("a b i ss f e 模")


@given(st.text(max_size=60).filter(lambda text: to_unicode(text) == text))
@example("don't rock'n'roll 'a' b' 'c")
@example("x’s y''z")
def test_the_index_and_the_screen_agree_on_what_a_word_is(text: str) -> None:
    assert words(text) == [spot.word for spot in spots(text)]
    assert all(words(word) == [word] for word in words(text) if word.isascii())


@given(st.lists(st.text("abC9' -\0\1$\\{}é", max_size=8) | st.text("x", max_size=70), max_size=4))
@example(["Ann Lee", "", "Bo"])
@example(["a", "?"])
def test_several_texts_are_folded_like_each_alone(texts: list[str]) -> None:
    alone = [" ".join(words(text)) for text in texts]
    assert folded_items(texts) == f" {ITEM_BREAK} ".join(alone)
