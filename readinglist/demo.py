"""The demo: the bundled sample in a library that is thrown away when the program ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglist import sample
from readinglist.formats import read_document
from readinglist.library import Library
from readinglist.records import Status

_NOTE = """\
Presented in the seminar. **The first figure** explains the whole idea.

- ask who has run their code
- cite next to the older planners
"""

# Places in the default order of the list, so that the sample's own papers may change.
_STATUSES = (
    (Status.TO_READ, (1, 4, 6)),
    (Status.READING, (2,)),
    (Status.READ, (0, 9)),
    (Status.SKIPPED, (3, 7)),
)
_STARRED = (0, 4)
_TAGS = (("seminar", (0, 1, 2)), ("methods", (1, 4, 9)), ("to-cite", (0,)))
_NOTED = 0


@contextmanager
def demo_library() -> Iterator[Path]:
    """A library made of the sample, with a few papers triaged; deleted on the way out."""
    with TemporaryDirectory(prefix="readinglist-demo-") as folder:
        path = Path(folder) / "demo.sqlite3"
        with Library(path) as library:
            _import_sample(library)
            _triage(library)
        yield path


def _import_sample(library: Library) -> None:
    for name, text in sample.captures():
        data = text.encode()
        library.ingest(
            read_document(data, name),
            name=name,
            path=name,
            digest=hashlib.sha256(data).hexdigest(),
        )


def _triage(library: Library) -> None:
    ids = library.search().ids

    def papers(places: tuple[int, ...]) -> list[int]:
        return [ids[place] for place in places if place < len(ids)]

    for status, places in _STATUSES:
        library.set_status(papers(places), status)
    library.set_starred(papers(_STARRED), starred=True)
    for tag, places in _TAGS:
        library.edit_tags(papers(places), add=[tag])
    library.set_note(ids[_NOTED], _NOTE)
