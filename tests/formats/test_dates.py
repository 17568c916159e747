"""Years as people write them, in every format: a sensible year, and nothing lost."""

from __future__ import annotations

import json

import pytest

from readinglist.formats import biblatex, bibtex, csl, ris
from readinglist.formats.dates import told
from readinglist.records import Entry

BIB = (bibtex, biblatex)
EVERY = (*BIB, csl, ris)


def entry(year: int | None, details: dict[str, str]) -> Entry:
    return Entry(1, "k", "T", year=year, details=tuple(sorted(details.items())))


@pytest.mark.parametrize(
    ("fields", "year", "beside"),
    [
        ("year = {c. 1850}", 1850, {"date": "1850~"}),
        ("year = {circa 1850}", 1850, {"date": "1850~"}),
        ("date = {1850~}", 1850, {"date": "1850~"}),
        ("year = {1850?}", 1850, {"date": "1850?"}),
        ("year = {[1850]}", 1850, {"date": "[1850]"}),
        ("year = {2001--2003}", 2001, {"date": "2001/2003"}),
        ("year = {2019/2020}", 2019, {"date": "2019/2020"}),
        ("date = {2019-05/2020-02}", 2019, {"date": "2019-05/2020-02", "month": "5"}),
        ("date = {2019/}", 2019, {"date": "2019/"}),
        ("date = {2020-21}", 2020, {"date": "2020-21"}),
        ("date = {199X}", None, {"date": "199X"}),
        ("date = {-0044}", None, {"date": "-0044"}),
        ("year = {n.d.}", None, {"date": "n.d."}),
        ("year = {Spring 2020}", 2020, {"date": "Spring 2020"}),
        ("year = {2020, to appear}", 2020, {"date": "2020, to appear"}),
        ("year = {to appear}", None, {"pubstate": "to appear"}),
        ("year = {2020}, date = {in press}", 2020, {"date": "in press"}),
        ("date = {20200305}", 2020, {"day": "5", "month": "3"}),
    ],
)
def test_a_field_tells_a_year_and_nothing_is_lost(
    fields: str, year: int | None, beside: dict[str, str]
) -> None:
    [record] = bibtex.read(f"@misc{{k, title = {{T}}, {fields}}}").records
    assert (record.year, dict(record.details)) == (year, beside)


@pytest.mark.parametrize(
    ("issued", "year", "beside"),
    [
        ({"date-parts": [[2019, 5], [2020, 2]]}, 2019, {"date": "2019-05/2020-02", "month": "5"}),
        ({"date-parts": [["2019"]], "circa": True}, 2019, {"date": "2019~"}),
        ({"date-parts": [[2020]], "season": 1}, 2020, {"date": "2020-21"}),
        ({"date-parts": [[2020]], "season": "Advent"}, 2020, {"date": "Advent 2020"}),
        ({"date-parts": [[-44, 3, 15]]}, None, {"date": "-0044-03-15"}),
        ({"raw": "c. 1850"}, 1850, {"date": "1850~"}),
        ({"literal": "n.d."}, None, {"date": "n.d."}),
        ({"raw": "3 May 2024"}, 2024, {"day": "3", "month": "5"}),
        ({"edtf": "2019/"}, 2019, {"date": "2019/"}),
        ({"date-parts": [[None]]}, None, {}),
    ],
)
def test_so_does_a_date_of_csl(issued: object, year: int | None, beside: dict[str, str]) -> None:
    item = {"id": "k", "type": "document", "title": "T", "issued": issued}
    [record] = csl.read(json.dumps([item])).records
    assert (record.year, dict(record.details)) == (year, beside)


@pytest.mark.parametrize(
    ("lines", "year", "beside"),
    [
        ("PY  - c. 1850", 1850, {"date": "1850~"}),
        ("PY  - 2001-2003", 2001, {"date": "2001/2003"}),
        ("Y1  - 2020///Spring", 2020, {"date": "2020///Spring"}),
        ("PY  - 2020\nDA  - MAY 3", 2020, {"day": "3", "month": "5"}),
        ("PY  - 2020\nDA  - SPR", 2020, {"date": "SPR"}),
        ("PY  - in press", None, {"pubstate": "in press"}),
        ("PY  - 2024///", 2024, {}),
    ],
)
def test_and_so_does_ris(lines: str, year: int | None, beside: dict[str, str]) -> None:
    [record] = ris.read(f"TY  - GEN\nTI  - T\n{lines}\nER  - \n").records
    assert (record.year, dict(record.details)) == (year, beside)


VAGUE = (
    *(
        "c. 1850",
        "1850?",
        "2001--2003",
        "2019/2020",
        "2019-05/2020-02",
        "2019/",
        "/2019",
        "2020-21",
    ),
    *("199X", "-0044", "-0044-03-15", "n.d.", "in press", "Spring 2020", "[1850]", "2021-01-00"),
    *("2020-06-07T12:00:00", "3 May 2024", "2020, to appear", "2019-02-30", "9", "0044", "2020-21"),
)


@pytest.mark.parametrize("text", VAGUE)
@pytest.mark.parametrize("module", EVERY, ids=lambda module: module.__name__)
def test_each_is_written_and_read_back(module: object, text: str) -> None:
    year, details = told(text)
    for each in EVERY:
        if each is module:
            [record] = each.read("".join(each.write([entry(year, details)]))).records
            assert (record.year, dict(record.details)) == (year, details)


def test_each_program_is_told_as_much_as_it_understands() -> None:
    year, details = told("c. 1850")
    assert "date = {1850~}" in "".join(biblatex.write([entry(year, details)]))
    assert "year = {1850}" in "".join(bibtex.write([entry(year, details)]))
    [item] = json.loads("".join(csl.write([entry(year, details)])))
    assert item["issued"] == {"date-parts": [[1850]], "circa": True}
    [item] = json.loads("".join(csl.write([entry(*told("2019-05/2020"))])))
    assert item["issued"] == {"date-parts": [[2019, 5], [2020]]}
    [item] = json.loads("".join(csl.write([entry(*told("-0044"))])))
    assert item["issued"] == {"date-parts": [[-44]]}
    [item] = json.loads("".join(csl.write([entry(*told("n.d."))])))
    assert item["issued"] == {"literal": "n.d."}
