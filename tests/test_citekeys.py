"""Citation keys: readable, ASCII, the same everywhere, and distinct when they must be."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.citekeys import distinct, make_key

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


@pytest.mark.parametrize("key", [make_key(TITLE), "wang2024mindbridge", "Imported:Key_1"])
def test_a_clash_is_resolved_whatever_its_case_and_always_the_same_way(key: str) -> None:
    assert distinct(key, lambda _: False, TITLE) == key
    second = distinct(key, lambda other: other.lower() == key.lower(), TITLE)
    assert second.lower() != key.lower()
    assert second == distinct(key, lambda other: other.lower() == key.lower(), TITLE)
    assert re.search(r"[0-9a-f]{6,8}$", second)


def test_distinct_finds_a_way_out_of_every_clash() -> None:
    taken: list[str] = []
    for _ in range(12):
        taken.append(distinct("wang2024mindbridge", taken.__contains__, TITLE))
    assert len({key.lower() for key in taken}) == 12
