"""What lookups find for the papers of a test, and what is known of these."""

from __future__ import annotations

from readinglist.findings import Finding
from readinglist.library import Library
from readinglist.records import Entry, Reading, Record

TITLE = "Tides under Recurrent Kernels"
FOUND = Record(
    TITLE, "An abstract of theirs.", ("Ada Lovelace", "Ludwig van Beethoven"), 2023,
    "Journal of Tides", "10.1234/abc", "2301.00001", (), details=(("volume", "12"),),
)  # fmt: skip


def finding(paper: int, record: Record = FOUND, *, sure: bool = True, name: str = "x") -> Finding:
    return Finding(paper, "arxiv", name, 0.97, record, sure)


def put(library: Library, *records: Record) -> list[int]:
    name = " ".join(record.title for record in records)
    library.ingest(Reading("jsonl", [*records]), name="a.jsonl", path="a.jsonl", digest=name)
    by_title = {entry.title: entry.id for entry in library.entries(library.search().ids)}
    return [by_title[record.title] for record in records]


def facts(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.abstract, entry.authors, entry.year, entry.venue, entry.doi, entry.arxiv_id),
        *(entry.urls, entry.details),
    )


def labels(library: Library) -> list[str]:
    return [chapter.label for chapter in library.history() if chapter.state == "done"]


def says(library: Library, record: Record) -> None:
    library.ingest(Reading("jsonl", [record]), name="b", path="b", digest=str(record))
