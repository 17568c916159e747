"""Names as providers give them, as they come out of every format that prints them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from readinglist.formats import get_exporter
from readinglist.lookup import people
from readinglist.records import Entry

# What a provider says, how the library keeps it, and what BibTeX, CSL-JSON and RIS print.
FLAT = (
    ("Ada Lovelace", "Ada Lovelace", "Ada Lovelace",
     {"family": "Lovelace", "given": "Ada"}, "Lovelace, Ada"),
    ("Ludwig van Beethoven", "Ludwig van Beethoven", "Ludwig van Beethoven",
     {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
     "van Beethoven, Ludwig"),
    ("Martin Luther King Jr.", "Martin Luther King Jr.", "King, Jr., Martin Luther",
     {"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Martin Luther, Jr."),
    ("Sammy Davis, Jr.", "Sammy Davis Jr.", "Davis, Jr., Sammy",
     {"family": "Davis", "given": "Sammy", "suffix": "Jr."}, "Davis, Sammy, Jr."),
    ("King, Martin Luther, Jr.", "Martin Luther King Jr.", "King, Jr., Martin Luther",
     {"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Martin Luther, Jr."),
    ("Øyvind  Ødegård III", "Øyvind Ødegård III", "Ødegård, III, Øyvind",
     {"family": "Ødegård", "given": "Øyvind", "suffix": "III"}, "Ødegård, Øyvind, III"),
    ("ATLAS Collaboration", "ATLAS Collaboration", "{ATLAS Collaboration}",
     {"literal": "ATLAS Collaboration"}, "ATLAS Collaboration"),
    ("O'Brien, Pat", "Pat O'Brien", "Pat O'Brien",
     {"family": "O'Brien", "given": "Pat"}, "O'Brien, Pat"),
)  # fmt: skip
PARTS: tuple[tuple[dict[str, str], str, dict[str, str]], ...] = (
    ({"family": "García Márquez", "given": "Gabriel"}, "García Márquez, Gabriel",
     {"family": "García Márquez", "given": "Gabriel"}),
    ({"family": "van der Waals", "given": "Johannes Diderik"}, "Johannes Diderik van der Waals",
     {"family": "Waals", "given": "Johannes Diderik", "non-dropping-particle": "van der"}),
    ({"family": "Beethoven", "given": "Ludwig", "particle": "van"}, "Ludwig van Beethoven",
     {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}),
    ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Jr., Martin Luther",
     {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
)  # fmt: skip


def written(format: str, *names: str) -> str:
    write = get_exporter(format).write
    assert write is not None
    return "".join(write([Entry(1, "key", "Title", authors=names, year=2020)]))


def csl(*names: str) -> Any:  # whatever stands there
    return json.loads(written("csl-json", *names))[0]["author"]


@pytest.mark.parametrize(("given", "kept", "bibtex", "parts", "ris"), FLAT)
def test_a_name_in_one_text_prints_right_everywhere(
    given: str, kept: str, bibtex: str, parts: dict[str, str], ris: str
) -> None:
    name = people.flat(given)
    assert name == kept
    assert f"author = {{{bibtex}}}" in written("bibtex", name)
    assert csl(name) == [parts]
    assert f"AU  - {ris}\n" in written("ris", name)


@pytest.mark.parametrize(("given", "bibtex", "parts"), PARTS)
def test_a_name_in_parts_keeps_them(
    given: dict[str, str], bibtex: str, parts: dict[str, str]
) -> None:
    name = people.parts(**given)
    assert f"author = {{{bibtex}}}" in written("bibtex", name)
    assert csl(name) == [parts]


def test_the_order_of_authors_stays() -> None:
    names = people.each_once(map(people.flat, ["B C", "A B", "", ":", "B C", "D E", "et al."]))
    assert names == ("B C", "A B", "D E", "others")
    assert re.findall("AU  - (.*)", written("ris", *names[:3])) == ["C, B", "B, A", "E, D"]
    assert "B C and A B and D E and others" in written("bibtex", *names)
