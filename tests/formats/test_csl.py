"""CSL-JSON: our own papers come back whole, and those of other programs as these mean them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings

from readinglist.formats import csl, read_document
from readinglist.records import Entry, Reading, Record, Status
from tests.formats.carried import CLEAN_ENTRIES, STRANGE_ENTRIES, whole


def read(items: Any) -> Reading:  # whatever JSON can hold
    return read_document(json.dumps(items).encode(), "papers.json", "csl-json")


def only(**members: Any) -> Record:
    [record] = read([{"title": "A title", **members}]).records
    return record


@settings(max_examples=300, deadline=None)
@given(entries=CLEAN_ENTRIES | STRANGE_ENTRIES)
@example(entries=(Entry(1, "a", "x", tags=("a;b", "c"), details=(("day", "3"), ("month", "5"))),))
@example(entries=(Entry(1, "a", "x", year=2024, details=(("day", "3"), ("month", "5"))),))
def test_what_is_written_is_read_back(entries: tuple[Entry, ...]) -> None:
    text = "".join(csl.write(entries))
    json.loads(text)
    reading = csl.read(text)
    assert not reading.problems
    assert [record._replace(line=1) for record in reading.records] == list(map(whole, entries))


def test_a_formula_is_written_readably_and_comes_back_as_it_was() -> None:
    entry = Entry(1, "a", r"On \$x\$, $\alpha$ and n^{th}", venue="<i>Nature</i>")
    items = json.loads("".join(csl.write([entry])))
    assert items[0]["title"] == "On $x$, α and n<sup>th</sup>"
    [record] = read(items).records
    assert (record.title, record.venue) == (entry.title, entry.venue)
    items[0]["title"] = "On $y$"  # as somebody may do elsewhere
    [record] = read(items).records
    assert (record.title, record.venue) == ("On $y$", entry.venue)


@pytest.mark.parametrize(
    "originals", [17, {"title": 17}, {"title": ""}, {"year": "x"}, {"added": "title"}]
)
def test_originals_that_are_none_mean_nothing(originals: Any) -> None:
    assert only(custom={"readinglist": {"originals": originals}}).title == "A title"


def test_what_tells_of_arxiv_comes_back_whole_too() -> None:
    facts = (("note", "arXiv:2203.00001 [cs]"), ("publisher", "arXiv"))
    text = "".join(csl.write([Entry(1, "a", "T", arxiv_id="2203.00001", details=facts)]))
    [item] = json.loads(text)
    assert item["note"] == "arXiv:2203.00001 [cs]"
    [record] = csl.read(text).records
    assert (record.arxiv_id, record.details) == ("2203.00001", facts)


def test_an_item_has_the_variables_that_processors_print() -> None:
    entry = Entry(
        7, "lee2024", "On M^{3}", authors=("Ann Lee", "Bo Lee Jr.", "Google Team"), year=2024,
        venue="Proceedings of ICML", doi="10.1000/1", arxiv_id="2401.01234", status=Status.READ,
        urls=("https://a.example", "https://b.example"), tags=("rl", "to cite"), note="Mine.",
        details=(("month", "5"), ("number", "2"), ("pages", "1--10"), ("series", "PMLR")),
    )  # fmt: skip
    assert json.loads("".join(csl.write([entry]))) == [
        {
            "id": "lee2024",
            "citation-key": "lee2024",
            "type": "paper-conference",
            "title": "On M³",
            "author": [
                {"family": "Lee", "given": "Ann"},
                {"family": "Lee", "given": "Bo", "suffix": "Jr."},
                {"literal": "Google Team"},
            ],
            "issued": {"date-parts": [[2024, 5]]},
            "container-title": "Proceedings of ICML",
            "DOI": "10.1000/1",
            "archive": "arXiv",
            "archive_location": "2401.01234",
            "URL": "https://a.example",
            "page": "1-10",
            "collection-title": "PMLR",
            "issue": "2",
            "keyword": "rl, to cite",
            "annote": "Mine.",
            "custom": {
                "readinglist": {
                    "status": "read",
                    "urls": ["https://b.example"],
                    "originals": {"title": "On M^{3}"},
                }
            },
        }
    ]


def test_a_preprint_is_one() -> None:
    [item] = json.loads("".join(csl.write([Entry(1, "a", "A", arxiv_id="2401.01234")])))
    assert (item["type"], item["number"]) == ("article", "arXiv:2401.01234")


@pytest.mark.parametrize(
    ("issued", "year", "details"),
    [
        ({"date-parts": [[2024, 5, 3]]}, 2024, {"month": "5", "day": "3"}),
        ({"date-parts": [["2024", "05"]]}, 2024, {"month": "5"}),
        ({"date-parts": [["2024"]], "season": "1"}, 2024, {"date": "2024-21"}),
        ({"date-parts": [[2023, 12], [2024, 1]]}, 2023, {"date": "2023-12/2024-01", "month": "12"}),
        ({"raw": "2024-05-03"}, 2024, {"month": "5", "day": "3"}),
        ({"raw": "3 May 2024"}, 2024, {"month": "5", "day": "3"}),
        ({"literal": "in press, 2024"}, 2024, {"date": "in press, 2024"}),
        ({"date-parts": [[]]}, None, {}),
        ({"date-parts": [[None]]}, None, {}),
        ("2024-05", 2024, {"month": "5"}),
        ({"literal": "forthcoming"}, None, {"pubstate": "forthcoming"}),
        (17, 17, {}),
    ],
)
def test_dates_as_programs_write_them(issued: Any, year: int | None, details: Any) -> None:
    record = only(issued=issued)
    assert (record.year, dict(record.details)) == (year, details)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ({"family": "Lee", "given": "Ann"}, "Ann Lee"),
        ({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
         "Ludwig van Beethoven"),
        ({"family": "Gaulle", "given": "Charles", "non-dropping-particle": "de"},
         "Charles de Gaulle"),
        ({"family": "Dyke", "given": "Dick", "non-dropping-particle": "Van"}, "Van Dyke, Dick"),
        ({"family": "García Márquez", "given": "Gabriel"}, "García Márquez, Gabriel"),
        ({"family": "Lee", "given": "Ann", "suffix": "Jr.", "comma-suffix": True}, "Ann Lee Jr."),
        ({"literal": "OpenAI"}, "OpenAI"),
        ({"family": "OpenAI"}, "OpenAI"),
        ({"given": "Plato"}, "Plato"),
        ("Lee, Ann", "Ann Lee"),
        ({"family": '"van den Berg"', "given": "Jan"}, "Jan van den Berg"),
    ],
)  # fmt: skip
def test_names_as_programs_write_them(name: Any, author: str) -> None:
    assert only(author=[name]).authors == (author,)


def test_zotero_keeps_much_in_extra_which_comes_as_the_note() -> None:
    record = only(
        id="http://zotero.org/users/1/items/ABCD1234", type="article",
        publisher="arXiv", number="arXiv:1706.03762", DOI="10.48550/arXiv.1706.03762",
        note="arXiv:1706.03762 [cs]\nCitation Key: vaswani2017\nPMID: 17\n12 citations",
    )  # fmt: skip
    assert record.arxiv_id == "1706.03762"
    assert record.key == "vaswani2017"
    assert record.note is None
    assert dict(record.details) == {"note": "12 citations", "pmid": "17"}


@pytest.mark.parametrize(
    ("id", "key"),
    [
        ("lee2024", "lee2024"), ("lee:2024+b", "lee:2024+b"),
        ("ITEM-1", None), ("17", None), (17, None), ("1234/ABCD", None),
        ("http://zotero.org/users/1/items/ABCD1234", None), ("10.1000/182", None),
        ("0b9c4c0e-5d3c-4a2e-9a53-0d4c1c2f7e11", None), ("two words", None),
    ],
)  # fmt: skip
def test_only_a_key_that_people_cite_is_kept(id: Any, key: str | None) -> None:
    assert only(id=id).key == key


def test_tags_of_mendeley_and_zotero() -> None:
    assert only(keyword="rl; offline rl").tags == ("rl", "offline rl")
    assert only(keyword="rl, offline rl").tags == ("rl", "offline rl")
    assert only(categories=["a, b", "c"], keyword="d").tags == ("a, b", "c")


def test_crossref_answers_with_one_object_on_a_line() -> None:
    answer = {
        "title": "Deep <i>residual</i> H<sub>2</sub>O", "type": "journal-article",
        "container-title": "Nature", "author": [{"given": "Ann", "family": "Lee"}],
        "publisher": "Fish &amp; Co",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>Fish &amp; chips.</jats:p>",
        "issued": {"date-parts": [[2024, 5, 3]]}, "DOI": "10.1000/1", "volume": 3,
        "URL": "http://dx.doi.org/10.1000/1",
    }  # fmt: skip
    reading = read_document(json.dumps(answer).encode(), "answer.json")
    assert reading.kind == "csl-json"
    [record] = reading.records
    assert record.title == "Deep residual H_{2}O"
    assert record.abstract == "Abstract\n\nFish & chips."
    assert dict(record.details) == {
        "day": "3", "month": "5", "publisher": "Fish & Co", "volume": "3",
    }  # fmt: skip


def test_items_in_an_object_are_read_too() -> None:
    items = [{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "book", "title": "B"}]
    reading = read_document(json.dumps({"items": items}, indent=1).encode(), "papers.json")
    assert [(record.key, record.line) for record in reading.records] == [("a", 3), ("b", 8)]


def test_damage_costs_the_item_that_it_is_in() -> None:
    text = (
        '[{"id": "a", "type": "book", "title": "A"},\n'
        '{"id": "b", "author": [{"family": "x" "y"}, {"family": "z"}], "title": "B"},\n'
        '{"id": "c", "title": ""},\n17,\n'
        '{"id": "d", "type": "book", "title": "D"},\n{"id": "e", "title": "cut'
    )
    reading = read_document(text.encode(), "papers.json")
    assert [record.key for record in reading.records] == ["a", "d"]
    assert [problem.line for problem in reading.problems] == [2, 3, 4, 6]
    assert [problem.reason.partition(":")[0] for problem in reading.problems] == [
        "is no JSON", "has no title", "is no JSON object", "is no JSON",
    ]  # fmt: skip
    assert all(problem.text for problem in reading.problems)


def test_a_list_that_ends_too_soon_is_a_problem() -> None:
    reading = read_document(b'[{"id": "a", "type": "book", "title": "A"},\n', "papers.json")
    assert [record.key for record in reading.records] == ["a"]
    assert [problem.reason for problem in reading.problems] == [
        "the list ends before its closing bracket"
    ]


@pytest.mark.parametrize("members", [{"abstract": 17}, {"annote": []}])
def test_a_member_of_a_wrong_type_is_a_problem(members: Any) -> None:
    reading = read([{"title": "A", **members}, {"title": "B"}])
    assert [record.title for record in reading.records] == ["B"]
    assert len(reading.problems) == 1


def test_deep_nesting_and_endless_numbers_are_problems() -> None:
    deep = '{"title": "x", "custom": ' + "[" * 100_000 + "]" * 100_000 + "}"
    number = '{"title": "y", "volume": ' + "9" * 5_000 + "}"
    reading = csl.read(f'[{deep}, {number}, {{"title": "z"}}]')
    assert [record.title for record in reading.records] == ["z"]
    assert len(reading.problems) == 2


def test_every_variable_is_kept_and_written_again() -> None:
    members = {
        "genre": "Research article", "license": "CC-BY", "call-number": "QA76", "medium": "print",
        "archive": "Arkiv", "archive_location": "Box 3", "event-place": "Lisbon",
        "status": "in press",
        "container-author": [{"family": "Lee", "given": "Ann"}], "dimensions": "3 GB",
        "director": [{"family": "Moe", "given": "Mia"}, {"literal": "The Group"}],
        "original-date": {"date-parts": [[1999, 5]]}, "original-title": "Vorher",
    }  # fmt: skip
    record = only(type="document", **members)
    facts = dict(record.details)
    assert facts["bookauthor"] == "Ann Lee"
    assert facts["director"] == "Mia Moe and The Group"
    assert (facts["origdate"], facts["pubstate"]) == ("1999-05", "in press")
    [item] = json.loads("".join(csl.write([Entry(1, "a", "A title", details=record.details)])))
    assert {name: item[name] for name in members} == members
    assert "custom" not in item


def test_other_programs_members_are_kept_by_their_names() -> None:
    record = only(custom={"shelf": "3"}, mood="glad", subjects=["a", "b"], score=1, uris=["x"])
    assert dict(record.details) == {"mood": "glad", "shelf": "3", "subjects": "a; b"}


def test_a_member_that_cannot_be_kept_is_told_of_once() -> None:
    items = [{"title": f"Title {n}", "nested": {"a": [n]}, "reference": [{}]} for n in range(3)]
    reading = read(items)
    assert len(reading.records) == 3
    [problem] = reading.problems
    assert problem.reason == "has a member that is neither text, people nor a date, and stays out"
    assert problem.text == '{"nested": {"a": [0]}}'


def test_crossref_has_subtitles_and_numbers_of_articles_apart() -> None:
    item = {"title": ["Boats"], "subtitle": ["A Study"], "article-number": "41", "member": "320"}
    record = only(**item)
    assert (record.title, dict(record.details)) == ("Boats: A Study", {"eid": "41"})


def test_a_key_that_its_user_gave_may_be_a_number() -> None:
    assert only(**{"citation-key": "9123456", "id": "17"}).key == "9123456"
    assert only(id="9123456").key is None
