"""From paths to papers: which files are documents, and what is said of those that are not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readinglist.importing import Failure, Progress, import_paths
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.stopping import Stopped, stoppable

LISTING = """Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
Subscribe{title}
We look at {title} for a long time, and report what was found there by three independent readers.
"""


def listing(path: Path, title: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LISTING.format(title=title))
    return path


def outcomes(library: Library, *paths: Path) -> tuple[list[Receipt], list[Failure]]:
    every = list(import_paths(library, paths))
    return (
        [outcome for outcome in every if isinstance(outcome, Receipt)],
        [outcome for outcome in every if isinstance(outcome, Failure)],
    )


@pytest.fixture
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder called `closed` can be listed, whoever runs the tests."""
    scan = os.scandir

    def refuse(path: Any) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)


@pytest.mark.usefixtures("_closed")
def test_a_closed_folder_does_not_keep_its_neighbours_out(library: Library, tmp_path: Path) -> None:
    first = listing(tmp_path / "in" / "a" / "first.txt", "Rivers and their Names")
    last = listing(tmp_path / "in" / "z" / "last.txt", "Mountains and their Names")
    (tmp_path / "in" / "closed").mkdir()
    receipts, failures = outcomes(library, tmp_path / "in")
    assert [receipt.path for receipt in receipts] == [str(first), str(last)]
    assert [failure.path for failure in failures] == [tmp_path / "in" / "closed"]
    assert "Permission denied" in str(failures[0].error)


@pytest.mark.usefixtures("_closed")
def test_a_folder_with_nothing_but_a_closed_one_says_only_that(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    _, failures = outcomes(library, tmp_path / "in")
    assert [failure.path for failure in failures] == [tmp_path / "in" / "closed"]


def test_a_path_that_cannot_be_looked_at_does_not_stop_the_others(
    library: Library, tmp_path: Path
) -> None:
    impossible = tmp_path / ("x" * 300)
    good = listing(tmp_path / "good.txt", "Rivers and their Names")
    receipts, failures = outcomes(library, impossible, good)
    assert [failure.path for failure in failures] == [impossible]
    assert [receipt.new for receipt in receipts] == [1]


def test_the_library_is_no_document_of_the_folder_that_it_is_in(
    library: Library, tmp_path: Path
) -> None:
    listing(library.path.parent / "page.txt", "Rivers and their Names")
    (tmp_path / "link").symlink_to(library.path.parent)
    receipts, failures = outcomes(library, library.path.parent, tmp_path / "link")
    assert [receipt.records for receipt in receipts] == [1, 1]
    assert failures == []


def test_a_bad_file_deep_in_a_folder_is_named_with_its_path(
    library: Library, tmp_path: Path
) -> None:
    listing(tmp_path / "in" / "page.txt", "Rivers and their Names")
    deep = tmp_path / "in" / "a" / "b" / "empty.txt"
    deep.parent.mkdir(parents=True)
    deep.touch()
    _, [failure] = outcomes(library, tmp_path / "in")
    assert str(failure.error).startswith(f"{deep} is empty.")


def test_what_is_done_and_what_is_left_is_told_before_each_document(
    library: Library, tmp_path: Path
) -> None:
    first = listing(tmp_path / "in" / "a.txt", "Rivers and their Names")
    last = listing(tmp_path / "in" / "b.txt", "Mountains and their Names")
    missing = tmp_path / "missing.txt"
    told: list[Progress] = []
    list(import_paths(library, [tmp_path / "in", missing], tell=told.append))
    sizes = [path.stat().st_size for path in (first, last)]
    assert told == [
        Progress(0, 3, 0, sum(sizes), first),
        Progress(1, 3, sizes[0], sum(sizes), last),
        Progress(2, 3, sum(sizes), sum(sizes), missing),
    ]


def stopped_at(limit: int, path: Path, library: Library) -> int:
    """Import, but be asked to stop at this step; how many steps were taken."""
    taken = 0

    def asked() -> bool:
        nonlocal taken
        taken += 1
        return taken >= limit

    with stoppable(asked):
        try:
            list(import_paths(library, [path]))
        except Stopped:
            return taken
    return taken


def test_a_document_that_is_stopped_anywhere_leaves_nothing(
    library: Library, tmp_path: Path
) -> None:
    first = listing(tmp_path / "first.txt", "Rivers and their Names")
    list(import_paths(library, [first]))
    pairs = "\n".join(
        f"Mountain Number {number} and its Names\nWe look at mountain {number} for a long time."
        for number in range(600)
    )
    large = tmp_path / "large.txt"
    large.write_text(f"Get trending papers in your email inbox!\nSubscribe{pairs}\n")
    with Library(tmp_path / "other" / "papers.sqlite3") as other:
        whole = stopped_at(10**9, large, other)
    assert whole > 5_000
    for limit in range(1, whole, whole // 25):
        assert stopped_at(limit, large, library) == limit
        assert len(library.search()) == 1
        assert library.counts().sources == {"first.txt": 1}
    assert stopped_at(whole, large, library) == whole
    [receipt], [] = outcomes(library, large)
    assert receipt.new == 600


def test_what_came_before_a_stop_stays_with_what_could_not_be_read(
    library: Library, tmp_path: Path
) -> None:
    listing(tmp_path / "in" / "a.txt", "Rivers and their Names")
    (tmp_path / "in" / "b.txt").touch()
    listing(tmp_path / "in" / "c.txt", "Mountains and their Names")
    reached: list[str] = []
    done: list[Receipt | Failure] = []
    outcomes = import_paths(
        library, [tmp_path / "in"], tell=lambda progress: reached.append(progress.path.name)
    )
    with pytest.raises(Stopped), stoppable(lambda: "c.txt" in reached):
        done.extend(outcomes)
    assert [type(outcome) for outcome in done] == [Receipt, Failure]
    assert library.counts().sources == {"a.txt": 1}


def test_a_large_file_without_line_breaks_is_refused_before_it_is_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.txt"
    with endless.open("wb") as file:
        file.truncate(40 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("all of it was read"))
    [], [failure] = outcomes(library, endless)
    assert "a line of more than 32 MB" in str(failure.error)
