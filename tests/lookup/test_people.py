"""Names as providers give them, as they come out of every format that prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import pytest

from readinglist.formats import get_exporter, read_document
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


# What a provider says is no person's name, and what BibTeX, CSL-JSON and RIS print.
GROUPS = (
    ("Big Data Alliance", "{Big Data Alliance}", "Big Data Alliance,"),
    ("Alpha Beta", "{Alpha Beta}", "Alpha Beta,"),
    ("CMS Experiment", "{CMS Experiment}", "CMS Experiment,"),
    ("The ATLAS Collaboration", "{The ATLAS Collaboration}", "The ATLAS Collaboration"),
    ("Food, Water and Air", "{Food, Water and Air}", "Food, Water and Air,"),
    ("Centres for Bread & Salt", r"{Centres for Bread \& Salt}", "Centres for Bread & Salt"),
)


@pytest.mark.parametrize(("group", "bibtex", "ris"), GROUPS)
def test_a_group_is_one_name_everywhere(group: str, bibtex: str, ris: str) -> None:
    name = people.group(group)
    assert f"author = {{{bibtex}}}" in written("bibtex", name)
    assert f"author = {{{bibtex}}}" in written("biblatex", name)
    assert csl(name) == [{"literal": group}]
    assert f"AU  - {ris}\n" in written("ris", name)


def test_a_family_name_of_several_words_is_not_taken_apart() -> None:
    assert people.parts("García Márquez") == "{García Márquez}"
    assert people.parts("Plato") == "Plato"
    assert people.parts("van Beethoven") == "van Beethoven"


def listed(*names: str, ids: Sequence[object] = ()) -> tuple[str, ...]:
    return people.listed(zip_longest(map(people.flat, names), ids))


def test_the_order_of_authors_stays() -> None:
    names = listed("B C", "A B", "", ":", "D E", "et al.")
    assert names == ("B C", "A B", "D E", "others")
    assert re.findall("AU  - (.*)", written("ris", *names[:3])) == ["C, B", "B, A", "E, D"]
    assert "B C and A B and D E and others" in written("bibtex", *names)
    assert listed("A B", "et al.", "C D") == ("A B", "C D", "others")
    assert listed("et al.") == ()


def test_two_authors_of_one_name_are_two() -> None:
    twins = ("Wei Wang", "Li Na", "Wei Wang")
    assert listed(*twins) == twins
    assert listed("Wei Wang", "Wei Wang") == ("Wei Wang", "Wei Wang")
    assert listed(*twins, ids=("1", "2", "3")) == twins
    assert listed(*twins, ids=("1", "2", None)) == twins
    for name in ("bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl"):
        reading = read_document(written(name, *twins).encode(), "twins", name)
        assert reading.records[0].authors == twins


def test_an_author_whom_the_provider_lists_twice_is_one() -> None:
    assert listed("Wei Wang", "Li Na", "Wei Wang", ids=("1", "2", "1")) == ("Wei Wang", "Li Na")
    assert listed("W. Wang", "Li Na", "Wang, Wei", ids=("1", "2", "1")) == ("Wei Wang", "Li Na")
    assert listed("Li Na", "Wei Wang", "Li Na", "Wei Wang") == ("Li Na", "Wei Wang")


def test_one_id_for_people_of_several_names_is_a_mistake_of_the_provider() -> None:
    assert listed("Wei Wang", "Li Na", ids=("1", "1")) == ("Wei Wang", "Li Na")
