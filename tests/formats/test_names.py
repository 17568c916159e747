"""The parts of names: every person has one name that every format reads back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.formats.names import Name, inverted, joined, taken_apart, usual
from readinglist.text import clean_line

WORDS = st.sampled_from(["Ann", "van", "der", "Lee", "Jr.", "III", "de", "O'Neil", "García", "E."])


@pytest.mark.parametrize(
    ("written", "name", "again"),
    [
        ("Ann Lee", Name("Lee", "Ann"), "Ann Lee"),
        ("Lee, Ann", Name("Lee", "Ann"), "Ann Lee"),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van"), "Ludwig van Beethoven"),
        ("van der Berg, Jan", Name("Berg", "Jan", "van der"), "Jan van der Berg"),
        ("García Márquez, Gabriel", Name("García Márquez", "Gabriel"), "García Márquez, Gabriel"),
        ("Lee, Jr., Ann", Name("Lee", "Ann", "", "Jr."), "Ann Lee Jr."),
        ("Ann B. Lee III", Name("Lee", "Ann B.", "", "III"), "Ann B. Lee III"),
        ("Plato", Name("Plato"), "Plato"),
        ("bell hooks", Name("hooks", "bell"), "bell hooks"),
        ("Van Dyke, Dick", Name("Van Dyke", "Dick"), "Van Dyke, Dick"),
        ("Maria da Silva e Souza", Name("Silva e Souza", "Maria", "da"), "Maria da Silva e Souza"),
        ("The ATLAS Collaboration", None, "The ATLAS Collaboration"),
        ("Acme, Inc.", None, "Acme, Inc."),
        ("others", None, "others"),
    ],
)
def test_names_are_taken_apart_and_joined(written: str, name: Name | None, again: str) -> None:
    assert taken_apart(written) == name
    assert usual(written) == again


def test_an_inverted_name_has_its_suffix_where_it_is_expected() -> None:
    name = Name("Berg", "Jan", "van der", "Jr.")
    assert inverted(name) == "van der Berg, Jan, Jr."
    assert inverted(name, middle=True) == "van der Berg, Jr., Jan"


@given(
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
    | st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=3).map(", ".join)
    | st.text(max_size=12).map(clean_line)
)
@example("Ann Jr. Jr., Ann")
def test_the_usual_form_is_the_same_name_and_stays_as_it_is(author: str) -> None:
    assert taken_apart(usual(author)) == taken_apart(author)
    assert usual(usual(author)) == usual(author)
    name = taken_apart(author)
    if name is not None:
        assert taken_apart(joined(name)) == name
        if name.given:
            assert taken_apart(inverted(name, middle=True)) == name
