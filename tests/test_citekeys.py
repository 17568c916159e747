"""Citation keys: readable, ASCII, the same everywhere, and distinct when they must be."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.citekeys import forms, keys_apart, make_key

TITLE = "MindBridge: A Cross-Subject Brain Decoding Framework"


@pytest.mark.parametrize(
    ("title", "start"),
    [
        (TITLE, "mindbridge-cross-subject-"),
        ("On the Measure of Intelligence", "measure-intelligence-"),
        ("To Be or Not to Be", "to-be-or-"),
        (r"$\beta$-VAE: Don't Panic, Søren", "beta-vae-dont-"),
        ("Überraschung: naïve Straße", "uberraschung-naive-strasse-"),
        ("扩散模型综述", "paper-"),
        ("?!?", "paper-"),
        ("", "paper-"),
    ],
)
def test_a_key_is_made_of_the_words_that_tell_a_title_from_others(title: str, start: str) -> None:
    assert re.fullmatch(f"{re.escape(start)}[0-9a-f]{{6}}", make_key(title))


@pytest.mark.parametrize(
    ("author", "key"),
    [
        ("Shizun Wang", "wang2024mindbridge"),
        ("Wang, Shizun", "wang2024mindbridge"),
        ("Martin Luther King, Jr.", "king2024mindbridge"),
        (r"Erd\H{o}s, P\'al", "erdos2024mindbridge"),
        ("Søren Ødegård", "odegard2024mindbridge"),
        ("Ludwig van der Berg", "berg2024mindbridge"),
        ("van der Berg, Ludwig", "berg2024mindbridge"),
    ],
)
def test_author_and_year_make_the_key_where_they_are_known(author: str, key: str) -> None:
    assert make_key(TITLE, authors=[author, "Somebody Else"], year=2024) == key


@pytest.mark.parametrize(
    ("authors", "year"), [(["王伟"], 2024), (["Wang"], None), ([], 2024), (["Wang"], 0)]
)
def test_without_a_writable_author_or_a_year_the_title_makes_the_key(
    authors: list[str], year: int | None
) -> None:
    assert make_key(TITLE, authors=authors, year=year) == make_key(TITLE)


def test_spellings_of_one_title_share_the_hash_and_other_titles_do_not() -> None:
    spellings = [TITLE, TITLE.upper(), f" {TITLE}. ", TITLE.replace(" ", "\u00a0")]
    assert len({make_key(title) for title in spellings}) == 1
    assert make_key("扩散模型") != make_key("扩散模型综述")


@given(st.text(), st.lists(st.text(max_size=30), max_size=2), st.none() | st.integers())
def test_any_title_gives_a_key_that_every_program_accepts(
    title: str, authors: list[str], year: int | None
) -> None:
    key = make_key(title, authors=authors, year=year)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key)
    assert len(key) <= (44 if authors and year else 36)
    assert key == make_key(title, authors=authors, year=year)


def test_a_key_does_not_depend_on_the_process() -> None:
    program = f"from readinglist.citekeys import make_key; print(make_key({TITLE!r}))"
    keys = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert keys == {make_key(TITLE)}


def test_papers_called_alike_are_all_called_otherwise_in_whatever_order_they_stand() -> None:
    wishes = [forms("wang2024mindbridge", mark) for mark in ("one", "two", "three")]
    keys = keys_apart(wishes, lambda _: False)
    assert all(re.fullmatch("wang2024mindbridge-[0-9a-f]{6}", key) for key in keys)
    assert len({*keys}) == 3
    assert keys_apart(wishes[::-1], lambda _: False) == keys[::-1]


def test_a_paper_alone_has_the_shortest_key_that_nobody_else_has() -> None:
    every = forms("wang2024mindbridge", TITLE)
    assert [len(form) for form in every] == [18, 25, 31, 51]
    assert keys_apart([every], lambda _: False) == ["wang2024mindbridge"]
    assert keys_apart([every], every[:2].__contains__) == [every[2]]
    assert keys_apart([every], every.__contains__) == [f"{every[-1]}-2"]


@given(st.lists(st.text(max_size=9), unique=True), st.data())
def test_whatever_is_called_alike_gets_keys_of_its_own(marks: list[str], data: Any) -> None:
    wishes = [forms("paper", mark) for mark in marks]
    every = [form for own in wishes for form in own]
    taken = data.draw(st.sets(st.sampled_from(every))) if every else set()
    keys = keys_apart(wishes, taken.__contains__)
    assert len({*keys} - taken) == len(marks)
