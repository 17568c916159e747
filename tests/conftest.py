"""What every test may use: a library of its own, and the real captures where there are any."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from readinglist.library import Library
from readinglist.records import Problem, Reading, Record

# A shared machine must not fail a change for what it did not touch: there the examples are the
# same each time, and new ones are looked for wherever people work.
settings.register_profile(
    "readinglist", deadline=None, print_blob=True, derandomize="CI" in os.environ
)
settings.load_profile("readinglist")

ROOT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("READINGLIST_CORPUS", ROOT.parent / "shared" / "corpus"))

_PERSONAL = (
    *("READINGLIST_LIBRARY", "READINGLIST_CONFIG", "VISUAL", "EDITOR", "NO_COLOR", "COLORFGBG"),
    *("SSH_CONNECTION", "TMUX"),
)


@pytest.fixture(autouse=True)
def _closed_off(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the developer's own library, editor and terminal settings."""
    home = tmp_path_factory.mktemp("home")
    for name in _PERSONAL:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A new, empty library."""
    with Library(tmp_path / "library" / "papers.sqlite3") as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The real captures: one in the compact layout with 264 papers, one spaced with 110."""
    found = sorted(CORPUS.glob("*.txt"))
    if len(found) != 2:
        pytest.skip(f"the real captures are not in {CORPUS} (set READINGLIST_CORPUS)")
    return found


def put_in(library: Library, *titles: str, name: str = "capture.txt") -> list[int]:
    """Import one document with these titles; return the ids of its papers, in its order."""
    records = [
        Record(title, f"An abstract about {title}.", line=number)
        for number, title in enumerate(titles, start=1)
    ]
    content = Reading("capture", records, [Problem(99, "made for a test", "a lost line")])
    library.ingest(content, name=name, path=f"/captures/{name}", digest=f"{name}{titles}")
    by_title = {library.entry(number).title: number for number in library.search().ids}
    return [by_title[title] for title in titles]
