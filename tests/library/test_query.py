"""The query language: what is understood, and what is said about the rest."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.errors import QueryError
from readinglist.library.query.asking import texts
from readinglist.library.query.conditions import Condition
from readinglist.library.query.parsing import All, Any, Not, Phrase, Query, Tree, Word, parse
from tests.library.hostile import TEXTS


def outline(tree: Tree) -> str:
    """A tree in one line, for comparing."""
    if isinstance(tree, Not):
        return f"not {outline(tree.part)}"
    if isinstance(tree, (All, Any)):
        joiner = " & " if isinstance(tree, All) else " | "
        return f"({joiner.join(map(outline, tree.parts))})"
    if isinstance(tree, Condition):
        return f"{{{', '.join(map(repr, tree.parameters))}}}"
    quote = '"' if isinstance(tree, Phrase) else ""
    column = f"{tree.column}=" if tree.column else ""
    return f"{column}{quote}{'-'.join(tree.pieces)}{quote}"


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("", "()"),
        ("diffusion", "diffusion"),
        ("Diffusion MODELS", "(diffusion & models)"),
        ('"diffusion models"', '"diffusion-models"'),
        ("-video", "not video"),
        ("a b OR c", "((a & b) | c)"),
        ("a (b OR c)", "(a & (b | c))"),
        ("-(a OR b)", "not (a | b)"),
        ('-"a b"', 'not "a-b"'),
        ("-status:read", "not {'read'}"),
        ("a AND b", "(a & b)"),
        ("title:diffusion", "title=diffusion"),
        ('Title:"diffusion model"', 'title="diffusion-model"'),
        ("author:Müller", "author=muller"),
        ("fine-tuning", "fine-tuning"),
        ("vaswani 2017", "(vaswani & (2017 | {2017, 2018}))"),
        ('title:2017 "2017"', '(title=2017 & "2017")'),
        ("year:2020..2024", "{2020, 2025}"),
        ("year:>2020", "{2021}"),
        ("year:<=2020", "{2021}"),
        ("year:2020..", "{2020}"),
        ("added:2026-01", "{'2026-01-01', '2026-02-01'}"),
        ("added:>2026-01", "{'2026-02-01'}"),
        ("added:2025-12-31..2026", "{'2025-12-31', '2027-01-01'}"),
        ("seen:>3", "{4}"),
        ("status:To_Read", "{'to-read'}"),
        ("(tag:rl)", "{'rl'}"),
        ('tag:"two words"', "{'two words'}"),
    ],
)
def test_a_query_means_what_the_language_says(query: str, understood: str) -> None:
    assert outline(parse(query).tree) == understood


@pytest.mark.parametrize(
    ("title", "understood"),
    [
        ("GPT-4: a study", "(gpt-4 & a & study)"),
        ("what: how", "(what & how)"),
        ("Note: this", "(note & this)"),
        ("https://arxiv.org/abs/1", "https-arxiv-org-abs-1"),
        ("Vision -- Language", "(vision & language)"),
        ("Intelligence (AGI)-Native Systems", "(intelligence & agi & native & systems)"),
        ("a - b", "(a & b)"),
        ("well, what?!", "(well & what)"),
        ("360{\\deg} video", "(360 & video)"),
        ("a \\textit{two words} b", "(a & two & words & b)"),
        ("*", "()"),
        ("- : ) (".replace(") (", ""), "()"),
    ],
)
def test_punctuation_of_a_pasted_title_is_no_syntax(title: str, understood: str) -> None:
    assert outline(parse(title).tree) == understood


@pytest.mark.parametrize(
    ("query", "position", "said", "fix"),
    [
        ("titel:diffusion", 0, "titel", "title:"),
        ("a what:how", 2, "what", "a space"),
        ('a "b c', 2, "quote", 'Close it with "'),
        ("a (b", 2, "parenthesis", "Close it"),
        ("a) b", 1, "parenthesis", "Leave it out"),
        ("added:2026-13", 6, "2026-13", "2026-01"),
        ("added:2026-01..2026-99", 15, "2026-99", "2026-01"),
        ("year:>soon", 6, "soon", ">2020"),
        ("year:..", 5, "range", "2020..2024"),
        ("seen:many", 5, "many", ">3"),
        ("status:redd", 7, "redd", "status:read"),
        ("is:stared", 3, "stared", "is:starred"),
        ("has:notes", 4, "notes", "has:note"),
        ("a tag:", 2, "tag:", "a tag"),
        ("OR a", 0, "OR", '"OR"'),
        ("a OR", 2, "OR", '"OR"'),
        ("a (b OR) c", 5, "OR", '"OR"'),
        ("a OR OR b", 2, "OR", '"OR"'),
    ],
)
def test_a_mistake_is_pointed_at_with_its_fix(
    query: str, position: int, said: str, fix: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert said in caught.value.message
    assert fix in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ('a "b c', '(a & "b-c")'),
        ("a tag:", "a"),
        ('a tag:"', "a"),
        ("a OR", "a"),
        ("a -", "a"),
        ("a (", "a"),
        ("a (b", "(a & b)"),
        ("a)", "a"),
        ("year:20", "()"),
        ("added:20", "()"),
        ("is:st", "{}"),
        ("status:to", "{'to-read'}"),
    ],
)
def test_a_half_typed_query_is_read_as_far_as_it_goes(typed: str, understood: str) -> None:
    query = parse(typed, lenient=True)
    assert outline(query.tree) == understood
    assert not query.complaint


@pytest.mark.parametrize("typed", ["titel:x", "year:abc b", "status:redd b"])
def test_what_more_typing_will_not_mend_is_complained_of(typed: str) -> None:
    assert parse(typed, lenient=True).complaint


def test_the_last_word_may_still_be_being_typed() -> None:
    first, last = texts(parse("deep lear").tree)
    assert (first.unfinished, last.unfinished) == (False, True)


def complained_at(query: str) -> int:
    """Where a strict reading finds fault; 0 if it finds none."""
    try:
        parse(query)
    except QueryError as error:
        return error.position
    return 0


@pytest.mark.parametrize("query", TEXTS, ids=lambda query: ascii(query[:12]))
def test_hostile_text_is_a_query_or_a_query_error(query: str) -> None:
    assert isinstance(parse(query, lenient=True), Query)
    assert 0 <= complained_at(query) <= len(query)


PIECES = st.sampled_from(
    ['"', "(", ")", "-", "OR", ":", "..", ">", "*", "tag:", "year:", "added:", "is:", "x", " ", "é"]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
@example("-OR a")
@example("added:9999")
@example("added:9999-12-31")
@example("year:\u0661")
def test_any_text_is_a_query_or_a_query_error_inside_it(text: str) -> None:
    assert isinstance(parse(text, lenient=True), Query)
    assert 0 <= complained_at(text) <= len(text)


@given(st.text(max_size=60))
def test_words_have_no_character_with_a_meaning_in_full_text_queries(text: str) -> None:
    for found in texts(parse(text, lenient=True).tree):
        assert isinstance(found, (Word, Phrase))
        for piece in found.pieces:
            assert piece
            assert not set(piece) & set("\"'*^:(){} \t\n\0")
