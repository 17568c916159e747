"""DOI and arXiv id: one form for each work, and nothing that is none."""

from __future__ import annotations

import pytest

from readinglist.identifiers import arxiv_of, normal_arxiv, normal_doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("http://dx.doi.org/10.1002/a%3Cb%3E", "10.1002/a<b>"),
        (" doi: 10.1000/abc. ", "10.1000/abc"),
        (r"10.1007/978-3\_12", "10.1007/978-3_12"),
        ("10.1002/(SICI)1097-4571(1998)49:8<693::AID>3.0.CO;2-O",
         "10.1002/(sici)1097-4571(1998)49:8<693::aid>3.0.co;2-o"),
        ("10.48550/arXiv.2401.01234v2", "10.48550/arxiv.2401.01234"),
        ("https://example.org/10.1000/abc", None),
        ("10.1000/", None),
        ("10.1000/a b", None),
        ("n/a", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_doi_is_lower_case_without_its_resolver(text: str, doi: str | None) -> None:
    assert normal_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2401.01234v3", "2401.01234"),
        ("arXiv:2401.01234 [cs.CL]", "2401.01234"),
        ("https://arxiv.org/pdf/2401.01234v3.pdf", "2401.01234"),
        ("0704.0001", "0704.0001"),
        ("HEP-TH/9901001v2", "hep-th/9901001"),
        ("http://export.arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("2401.0123456", None),
        ("２４０１.０１２３４", None),  # another name for it would make another work of it
        ("2401.01234 and more", None),
        ("attention", None),
        ("", None),
    ],
)
def test_an_arxiv_id_has_no_version(text: str, arxiv: str | None) -> None:
    assert normal_arxiv(text) == arxiv


def test_a_doi_that_arxiv_gave_is_an_arxiv_id() -> None:
    assert arxiv_of("10.48550/arxiv.hep-th/9901001") == "hep-th/9901001"
    assert arxiv_of("10.1000/2401.01234") is None
