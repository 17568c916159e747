"""What people write by hand into .bib files, though no style would take it."""

from __future__ import annotations

import pytest

from readinglist.formats import bibtex
from readinglist.formats.bib.persons import read_names, write_names
from readinglist.latex.fields import read_field


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Lee, A. et al.", ["A. Lee", "others"]),
        ("Ann Lee, et al", ["Ann Lee", "others"]),
        ("Lee, A.; Chen, B.", ["A. Lee", "B. Chen"]),
        ("Ann Lee; Bo Chen and Cy Young", ["Ann Lee", "Bo Chen", "Cy Young"]),
        ("Ann Lee, Bo Chen, Cy Young", ["Ann Lee", "Bo Chen", "Cy Young"]),
        ("Lee, Jr., Ann", ["Ann Lee Jr."]),
        ("de la Cruz Lopez, Maria Ana", ["Maria Ana de la Cruz Lopez"]),
        ("{Lee; Chen} and {Etal et al.}", ["Lee; Chen", "{Etal et al.}"]),
    ],
)
def test_lists_of_names(field: str, people: list[str]) -> None:
    assert read_names(field) == people
    assert read_names(write_names(people)) == people


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"Nguy\~{\^e}n", "Nguyễn"),
        (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"Nguy{\~\^e}n", "Nguyễn"),
        (r"\'{\^{e}}", "ế"),
        (r"b\d{\^o}", "bộ"),
        (r"\'\'e", r"\'\'e"),
    ],
)
def test_letters_with_two_accents(latex: str, letters: str) -> None:
    assert read_field(latex) == letters


def test_a_comma_missing_behind_the_key_costs_no_entry() -> None:
    reading = bibtex.read(
        "@article{lee2020\n  title = {Boats},\n  year = 2020\n}\n@misc{b, title={B}}"
    )
    assert [(record.key, record.title) for record in reading.records] == [
        ("lee2020", "Boats"), ("b", "B"),
    ]  # fmt: skip
    [problem] = reading.problems
    assert (problem.line, problem.reason) == (1, "has no comma behind its key")
