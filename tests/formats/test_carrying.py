"""What each format says that it has no place for is what it leaves out, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from readinglist.formats import Format, exporters
from readinglist.formats.carrying import LISTED_AUTHORS, PARTS, Place, Shortfall, place
from readinglist.records import Entry, Record, Status
from readinglist.vault import note

BARE = Entry(1, "lee2024", "A Title", year=2024)
# What a paper is given of each part, and what shows in a text that has it.
HAS: dict[str, tuple[dict[str, Any], str]] = {
    "note": ({"note": "Read section three."}, "Read section three."),
    "tags": ({"tags": ("robots",)}, "robots"),
    "status": ({"status": Status.READ}, "ead"),
    "starred": ({"starred": True}, "★"),
    "aliases": ({"aliases": ("elder2001",)}, "elder2001"),
    "abstract": ({"abstract": "We measure it."}, "We measure it."),
    "authors": ({"authors": ("Ann Lee",)}, "Ann Lee"),
    "more_authors": (
        {"authors": tuple(f"Ann Lee{n:03}" for n in range(LISTED_AUTHORS + 1))},
        f"Ann Lee{LISTED_AUTHORS:03}",
    ),
    "year": ({"year": 1987}, "1987"),
    "venue": ({"venue": "Nature"}, "Nature"),
    "doi": ({"doi": "10.1000/182"}, "10.1000/182"),
    "arxiv_id": ({"arxiv_id": "2401.01234"}, "2401.01234"),
    "urls": ({"urls": ("https://a.example/x",)}, "https://a.example/x"),
    "more_links": (
        {"urls": ("https://a.example/x", "https://b.example/y")},
        "https://b.example/y",
    ),
}
FACTS = {
    "type": "thesis", "volume": "3", "number": "4", "pages": "1--10", "publisher": "ACM",
    "location": "Rome", "series": "LNCS", "editor": "Bo Ek", "translator": "Bo Ek", "month": "5",
    "isbn": "978-3-16-148410-0", "issn": "0378-5955", "edition": "2", "language": "en",
    "shorttitle": "Short", "shortjournal": "J. X", "chapter": "3", "volumes": "4",
    "urldate": "2024-05-03", "institution": "MIT", "organization": "ACL", "genre": "White paper",
    "eventtitle": "A Conference", "howpublished": "Web", "note": "Extra", "pagetotal": "300",
    "pmid": "123", "version": "2", "subtitle": "More", "weird": "zz",
}  # fmt: skip
WRITERS = [pytest.param(row, id=row.name) for row in exporters()]
BOTH = [pytest.param(row, id=row.name) for row in exporters() if row.read]


def written(row: Format, entry: Entry) -> str:
    """With all that can be chosen."""
    assert row.write is not None
    chosen = {each.name: each.choices[0] if each.choices else True for each in row.options}
    return "".join(row.write([entry], **chosen))


def read_back(row: Format, entry: Entry) -> Record:
    assert row.read is not None
    [record] = row.read(written(row, entry)).records
    return record


def lacks(shown: Place, entry: Entry) -> bool:
    return bool([*shown.left_out(entry)])


def test_the_table_has_an_example_of_every_part() -> None:
    assert HAS.keys() == PARTS.keys()
    for name, (given, _) in HAS.items():
        assert PARTS[name].has(BARE._replace(**{"year": None, **given}))
        assert name == "year" or not PARTS[name].has(BARE)


@pytest.mark.parametrize("row", BOTH)
@pytest.mark.parametrize("part", HAS)
def test_a_part_is_left_out_if_it_is_not_read_back(row: Format, part: str) -> None:
    entry = BARE._replace(**HAS[part][0])
    record = read_back(row, entry)
    kept = all(getattr(record, name) == getattr(entry, name) for name in HAS[part][0])
    assert (part in row.place.lacks) is not kept


@pytest.mark.parametrize("row", BOTH)
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_left_out_if_it_is_not_read_back(row: Format, fact: str) -> None:
    entry = BARE._replace(venue="Nature", details=((fact, FACTS[fact]),))
    kept = FACTS[fact] in dict(read_back(row, entry).details).values()
    assert lacks(row.place, entry) is not kept


@pytest.mark.parametrize("part", HAS)
def test_a_part_that_a_note_or_list_has_shows_in_it(part: str) -> None:
    given, shown = HAS[part]
    entry = BARE._replace(**given)
    [row] = [row for row in exporters() if row.name == "markdown"]
    assert (shown in written(row, entry)) is (part not in row.place.lacks)
    in_a_note = "starred: true" if part == "starred" else shown
    assert (in_a_note in note.new(entry)) is (part not in note.PLACE.lacks)


@pytest.mark.parametrize("row", WRITERS)
def test_a_paper_that_has_nothing_loses_nothing(row: Format) -> None:
    assert not lacks(row.place, BARE)


# What is said of it


def said(shown: Place, papers: list[Entry], *, cites: bool = False) -> list[str]:
    shortfall = Shortfall("RIS", shown, cites=cites)
    assert [*shortfall.watched(iter(papers))] == papers
    return shortfall.sentences()


def test_what_is_left_out_is_counted_the_users_own_words_first() -> None:
    papers = [
        BARE._replace(status=Status.READ, note="x", details=(("pmid", "1"), ("note", "2"))),
        BARE._replace(status=Status.TO_READ, starred=True, details=(("pmid", "1"),)),
        BARE,
    ]
    shown = place("starred", "status", "note", facts=["volume"])
    assert said(shown, papers) == [
        "RIS leaves out: note (1), status (2), star (1), pmid (2), note (1)."
    ]
    assert said(shown, papers[1:2]) == ["RIS leaves out: status, star, pmid."]
    assert said(place(), papers) == []


def test_a_sentence_stays_one() -> None:
    many = BARE._replace(details=tuple((f"fact{n}" + "x" * 99, "1") for n in range(9)))
    [sentence] = said(place(facts=()), [many, BARE])
    assert sentence.endswith(", 3 more.")
    assert len(sentence) < 300


def test_who_lacks_what_a_citation_wants_is_counted() -> None:
    whole = BARE._replace(authors=("Ann Lee",))
    assert said(place(), [BARE, whole, whole], cites=True) == ["1 of 3 has no author or no year."]
    assert said(place(), [BARE, BARE, whole], cites=True) == ["2 of 3 have no author or no year."]
    assert said(place(), [BARE, BARE], cites=True) == ["All 2 have no author or no year."]
    assert said(place(), [BARE], cites=True) == ["It has no author or no year."]
    assert said(place(), [BARE]) == said(place(), [whole], cites=True) == []
