"""Citation keys are fixed for good when they leave the library, and no sooner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist import vault
from readinglist.errors import ExportFailed, LibraryBusy
from readinglist.export import write_atomically
from readinglist.formats import bibtex
from readinglist.handing_out import HandedOut
from readinglist.library import Library
from readinglist.records import Entry, Reading, Record


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite3") as library:
        records = [Record(f"Winds over {word} Valleys") for word in ("Green", "Deep", "Old")]
        library.ingest(Reading("bibtex", records), name="a", path="a", digest="a")
        yield library


def papers(library: Library) -> list[Entry]:
    return library.entries(library.search().ids)


def fixed(library: Library) -> list[bool]:
    """Whether each key stays when an author and a year come to be known."""
    before = {entry.id: entry.key for entry in papers(library)}
    for paper in before:
        library.set_facts(paper, {"authors": ["Ann Lee"], "year": 2024})
    return [entry.key == before[entry.id] for entry in papers(library)]


def test_a_file_that_is_there_holds_fixed_keys(library: Library, tmp_path: Path) -> None:
    out = HandedOut(library)
    text = bibtex.write(out.watched(papers(library)))
    write_atomically(tmp_path / "refs.bib", out.pinned(text), force=False)
    assert fixed(library) == [True, True, True]


def test_a_file_that_was_not_written_fixes_none(library: Library, tmp_path: Path) -> None:
    out = HandedOut(library)
    text = bibtex.write(out.watched(papers(library)))
    with pytest.raises(ExportFailed):
        write_atomically(tmp_path / "missing" / "refs.bib", out.pinned(text), force=False)
    assert fixed(library) == [False, False, False]


def test_notes_that_were_written_before_it_failed_have_fixed_keys(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_later(path: Path, *rest: object, **more: bool) -> int:
        if [*tmp_path.glob("*.md")]:
            raise ExportFailed("The disk is full.")
        return write_atomically(path, *rest, **more)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr("readinglist.vault.folder.write_atomically", fails_later)
    out = HandedOut(library)
    with pytest.raises(ExportFailed, match="The note before it is complete"), out.piecemeal():
        vault.write(tmp_path, out.watched(papers(library)))
    assert fixed(library) == [True, False, False]


def test_output_that_is_cut_off_has_fixed_keys(library: Library) -> None:
    out = HandedOut(library)
    text = bibtex.write(out.watched(papers(library)))
    with out.piecemeal():
        for _ in range(3):  # and the third does not arrive
            next(text)
    assert fixed(library) == [True, True, False]


def test_a_file_never_holds_a_key_that_has_become_another(library: Library, tmp_path: Path) -> None:
    out = HandedOut(library)

    def text() -> Iterator[str]:
        yield from bibtex.write(out.watched(papers(library)))
        library.set_facts(papers(library)[1].id, {"authors": ["Bo Ek"], "year": 1999})

    with pytest.raises(ExportFailed, match="changed while they were exported"):
        write_atomically(tmp_path / "refs.bib", out.pinned(text()), force=False)
    assert not (tmp_path / "refs.bib").exists()


def test_a_library_that_cannot_be_written_can_be_exported(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> list[int]:
        raise LibraryBusy("The library is busy.")

    monkeypatch.setattr(Library, "pin_keys", busy)
    out = HandedOut(library)
    text = bibtex.write(out.watched(papers(library)))
    write_atomically(tmp_path / "refs.bib", out.pinned(text), force=False)
    assert "could not be fixed for good. The library is busy." in out.trouble
    assert (tmp_path / "refs.bib").exists()
