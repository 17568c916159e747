"""Documents and libraries of made-up papers, kept so that the next run need not make them again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import readinglist
from readinglist.library import Library
from readinglist.records import Reading, Record
from tests.benchmarks import papers

FOLDER: Final = Path(
    os.environ.get("READINGLIST_BENCHMARKS", Path(tempfile.gettempdir(), "readinglist-benchmarks"))
)
# One document holds so many papers.
_DOCUMENT: Final = 20_000
# What decides how a library is stored; another index needs another library.
_STORING: Final = (
    "models.py",
    *("library/storage/schema.py", "library/intake/naming.py"),
    *(f"library/index/{name}.py" for name in ("fulltext", "index_rows", "tally", "folding")),
)


@dataclass(frozen=True, slots=True)
class Stock:
    """So many papers: documents, and a library of them."""

    papers: int

    @property
    def documents(self) -> Path:
        """A folder of JSON Lines, which is made if need be."""
        sources = [Path(papers.__file__), papers.WORDS]
        folder = FOLDER / f"{self.papers}-{_digest(sources)}"
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            unfinished.mkdir(parents=True, exist_ok=True)
            self._write(unfinished)
            unfinished.rename(folder)
        return folder

    @property
    def library(self) -> Path:
        """A library of these papers, which is made if need be."""
        code = Path(readinglist.__file__).parent
        path = self.documents / f"library-{_digest([code / name for name in _STORING])}.sqlite3"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            fill(unfinished, self.documents)
            unfinished.rename(path)
        return path

    @property
    def titles(self) -> list[str]:
        """Every title, in the order of the documents."""
        return [row["title"] for row in self.rows()]

    @property
    def title_file(self) -> Path:
        """The titles, one a line, for programs that filter lines."""
        path = self.documents / "titles.txt"
        if not path.exists():
            path.write_text("".join(f"{title}\n" for title in self.titles), encoding="utf-8")
        return path

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield what the documents say, paper by paper."""
        for document in sorted(self.documents.glob("*.jsonl")):
            with document.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)

    def _write(self, folder: Path) -> None:
        remaining = papers.Author(self.papers).papers()
        number = 0
        while batch := list(islice(remaining, _DOCUMENT)):
            text = "".join(f"{json.dumps(_as_json(record))}\n" for record in batch)
            (folder / f"list-{number:03}.jsonl").write_text(text, encoding="utf-8")
            number += 1


def fill(path: Path, documents: Path) -> None:
    """Bring documents into a library, one transaction each."""
    with Library(path) as library:
        for document in sorted(documents.glob("*.jsonl")):
            data = document.read_bytes()
            found = map(json.loads, data.splitlines())
            records = [_as_record(row, line) for line, row in enumerate(found, start=1)]
            library.ingest(
                Reading("jsonl", records),
                name=document.name,
                path=str(document),
                digest=hashlib.sha256(data).hexdigest(),
            )


def _as_record(row: dict[str, Any], line: int) -> Record:
    return Record(
        row["title"], row["abstract"], authors=tuple(row["authors"]), year=row["year"], line=line
    )


def _as_json(record: Record) -> dict[str, Any]:
    return {
        "title": record.title,
        "abstract": record.abstract,
        "authors": list(record.authors),
        "year": record.year,
    }


def _digest(files: list[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
