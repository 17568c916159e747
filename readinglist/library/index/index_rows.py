"""What the index has of a paper, and what it should have: folded words, column by column."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from readinglist.library.index.folding import ITEM_BREAK, folded, folded_items, words

_PAPERS: Final = """
SELECT id, title, abstract, authors, note, (
    SELECT json_group_array(name) FROM (
        SELECT name FROM paper_tag JOIN tag ON tag.id = tag_id WHERE paper_id = paper.id
        ORDER BY name COLLATE NOCASE)
) FROM paper WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
STORED: Final = """
SELECT rowid, title, author, tag, note FROM paper_text
WHERE rowid IN (SELECT value FROM json_each(?))
"""
_ABSTRACTS: Final = """
SELECT chosen.value, CASE WHEN before.paper_id IS NULL THEN paper.abstract ELSE before.abstract END
FROM json_each(?) AS chosen
LEFT JOIN abstract_before AS before ON before.paper_id = chosen.value
LEFT JOIN paper ON paper.id = chosen.value
"""


class IndexRow(NamedTuple):
    """The folded words of one paper: column by column, and as a whole with its abstract's."""

    id: int
    title: str
    author: str
    tag: str
    note: str
    whole: str

    @property
    def front(self) -> str:
        """All that stands in front of the abstract."""
        return " ".join(self[1:5])


def indexed(connection: sqlite3.Connection, chosen: str) -> Iterator[IndexRow]:
    """Yield what the index has of these papers."""
    stored = connection.execute(STORED, [chosen]).fetchall()
    if not stored:
        return
    abstracts = dict(connection.execute(_ABSTRACTS, [chosen]))
    for paper_id, title, author, tag, note in stored:
        front = (title, author, tag, note)
        yield IndexRow(paper_id, *front, _whole(front, abstracts[paper_id]))


def to_index(connection: sqlite3.Connection, chosen: str) -> Iterator[IndexRow]:
    """Yield what the index should have of these papers."""
    for paper_id, title, abstract, authors, note, tags in connection.execute(_PAPERS, [chosen]):
        names, labels = (list(map(str, json.loads(items))) for items in (authors, tags))
        yield index_row(paper_id, title, names, labels, note, abstract)


def index_row(
    paper_id: int,
    title: str,
    authors: Sequence[str],
    tags: Sequence[str],
    note: str | None,
    abstract: str | None,
) -> IndexRow:
    """What the index should have of a paper."""
    front = (
        " ".join(words(title)),
        folded_items(authors),
        folded_items(tags),
        " ".join(words(note)) if note else "",
    )
    return IndexRow(paper_id, *front, _whole(front, abstract))


def _whole(front: Sequence[str], abstract: str | None) -> str:
    """All words of a paper, of which these stand in front of its abstract, and nothing else.

    With the breaks between authors, most would no longer be ASCII, and take twice the time.
    """
    words_in_front = " ".join(front).replace(ITEM_BREAK, "")
    return f"{words_in_front} {folded(abstract or '')}"
