"""Identifiers as users type and paste them."""

from __future__ import annotations

import pytest

from readinglist.errors import UsageError
from readinglist.lookup.adding import split, understood

SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("arXiv:1706.03762v7 [cs.CL]", ["1706.03762"]),
        ("arXiv: 2401.01234 [math.AG] and", ["2401.01234", None]),
        ("arXiv 2401.01234, DOI 10.1000/182", ["2401.01234", "10.1000/182"]),
        ("doi: 10.1000/182; doi:10.1000/183", ["10.1000/182", "10.1000/183"]),
        ("2401.01234,2401.01235;hep-th/9901001", ["2401.01234", "2401.01235", "hep-th/9901001"]),
        (SICI, [SICI.lower()]),
        (f"{SICI},10.1000/182", [SICI.lower(), "10.1000/182"]),
        ("10.1016/j.x(y)", ["10.1016/j.x(y)"]),
        ("(10.1016/j.x(y)).", ["10.1016/j.x(y)"]),
        ("2401.01234.", ["2401.01234"]),
        ("\u201c2401.01234\u201d", ["2401.01234"]),
        ("(https://arxiv.org/abs/2401.01234v2).", ["2401.01234"]),
        ("https://hf.co/papers/2401.01234", ["2401.01234"]),
        ("alphaxiv.org/abs/2401.01234v1", ["2401.01234"]),
        ("https://ar5iv.labs.arxiv.org/html/2401.01234", ["2401.01234"]),
        ("https://scirate.com/arxiv/2401.01234", ["2401.01234"]),
        ("https://www.nature.com/articles/nature14539", ["10.1038/nature14539"]),
        ("nature.com/articles/s41586-021-03819-2.pdf", ["10.1038/s41586-021-03819-2"]),
        ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
         ["10.1101/2020.01.02.123456"]),
        ("https://www.medrxiv.org/content/10.1101/2020.01.02.123456v1",
         ["10.1101/2020.01.02.123456"]),
        ("https://aclanthology.org/2020.acl-main.1/", ["10.18653/v1/2020.acl-main.1"]),
        ("https://aclanthology.org/P18-1001.pdf", ["10.18653/v1/p18-1001"]),
        ("https://openreview.net/forum?id=abc", [None]),
        ("file:///home/x/1706.03762.pdf", [None]),
    ],
)  # fmt: skip
def test_what_is_pasted_is_taken_apart(text: str, values: list[str | None]) -> None:
    assert [value(each) for each in split(text)] == values


def value(text: str) -> str | None:
    try:
        return understood(text).value
    except UsageError:
        return None
