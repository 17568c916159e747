"""What people write by hand into .bib files, though no style would take it."""

from __future__ import annotations

import pytest

from readinglist.formats import bibtex, read_document
from readinglist.formats.bib.persons import read_names, write_names
from readinglist.latex.fields import read_field
from readinglist.latex.writer import write_field


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


@pytest.mark.parametrize(
    ("letters", "latex"),
    [
        ("Nguyễn", r"Nguy{\~{\^e}}n"),
        ("Đặng", r"Đ{\d{\u a}}ng"),
        ("Phạm", r"Ph{\d{a}}m"),
        ("Dương", "Dương"),  # LaTeX has no command for it
    ],
)
def test_letters_that_no_font_of_pdftex_has_are_commands_in_texts_and_names(
    letters: str, latex: str
) -> None:
    assert (write_field(letters), write_names([letters])) == (latex, latex)
    assert (read_field(latex), read_names(latex)) == (letters, [letters])


@pytest.mark.parametrize(
    ("sign", "latex"), [("⌈", r"{$\lceil$}"), ("⊇", r"{$\supseteq$}"), ("⊥", r"{$\perp$}")]
)
def test_signs_that_every_document_has_a_command_for_are_written_as_that(
    sign: str, latex: str
) -> None:
    assert write_field(sign) == latex
    assert read_field(latex) == sign


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"${\ensuremath{\Lambda}}$CDM", "ΛCDM"),
        (r"{\ensuremath{\pm}}0.007", "±0.007"),
        (r"$x_{\ensuremath{\Omega}} = 3$", r"$x_\Omega = 3$"),
    ],
)
def test_what_ads_ensures_to_be_a_formula_within_one(latex: str, text: str) -> None:
    assert read_field(latex) == text


@pytest.mark.parametrize(
    ("field", "venue"),
    [
        (r"{\prl}", "Physical Review Letters"),
        (r"{{\aap}}", "Astronomy & Astrophysics"),
        (r"{\unheard}", r"\unheard"),
        (r"{\prl and others}", r"\prl and others"),
    ],
)
def test_journals_that_ads_names_by_commands(field: str, venue: str) -> None:
    [record] = bibtex.read(f"@article{{k, title = {{T}}, journal = {field}}}").records
    assert record.venue == venue


def test_spaces_behind_the_sign_cost_no_entry() -> None:
    text = (
        "@ string {j = {Boats}}\n @ article { a , title = {A}, journal = j }\n@misc{b, title={B}}"
    )
    reading = read_document(text.encode(), "x.bib")
    assert [(record.key, record.venue) for record in reading.records] == [
        ("a", "Boats"), ("b", None),
    ]  # fmt: skip
    assert not reading.problems


def test_a_comma_missing_behind_the_key_costs_no_entry() -> None:
    reading = bibtex.read(
        "@article{lee2020\n  title = {Boats},\n  year = 2020\n}\n@misc{b, title={B}}"
    )
    assert [(record.key, record.title) for record in reading.records] == [
        ("lee2020", "Boats"), ("b", "B"),
    ]  # fmt: skip
    [problem] = reading.problems
    assert (problem.line, problem.reason) == (1, "has no comma behind its key")
