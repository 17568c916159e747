"""A paper's own words, to be compared with what was typed, and how the user favours it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from readinglist.library.index.folding import words

_CARDS: Final = """
SELECT rowid, title, author || ' ' || tag || ' ' || note FROM paper_text
WHERE rowid IN (SELECT value FROM json_each(?))
"""
_ABSTRACTS: Final = """
SELECT id, abstract FROM paper
WHERE id IN (SELECT value FROM json_each(?)) AND abstract IS NOT NULL
"""
_SIGNALS: Final = """
SELECT id, -document_id, position, 0.02 * starred + 0.01 * (status IN ('to-read', 'reading'))
FROM paper WHERE id IN (SELECT value FROM json_each(?))
"""


class Signals(NamedTuple):
    """Where a paper stands in the list, and how the user favours it: enough to settle near ties."""

    place: tuple[int, int]
    favour: float


class Card:
    """The folded words of one paper."""

    def __init__(self, title: str, body: str) -> None:
        self.title = title
        self.words = title.split()
        self.body = f" {body} "

    @cached_property
    def body_words(self) -> frozenset[str]:
        """All different words outside the title."""
        return frozenset(self.body.split())


class Cards:
    """Cards read so far, of papers that came up in searches; whole ones have the abstract too."""

    _MOST = 5000

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._front: dict[int, Card] = {}
        self._whole: dict[int, Card] = {}

    def of(self, ids: Sequence[int], *, whole: bool = False) -> list[Card]:
        """The cards of these papers, in the order given."""
        cards = self._whole if whole else self._front
        if len(cards) > self._MOST:
            cards.clear()
        missing = json.dumps([paper_id for paper_id in ids if paper_id not in cards])
        if len(missing) > len("[]"):
            abstracts = dict(self._connection.execute(_ABSTRACTS, [missing])) if whole else {}
            for paper_id, title, body in self._connection.execute(_CARDS, [missing]):
                abstract = words(abstracts.get(paper_id, ""))
                cards[paper_id] = Card(title, f"{body} {' '.join(abstract)}")
        return [cards.get(paper_id) or Card("", "") for paper_id in ids]


def signals_of(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Signals]:
    """The signals of these papers."""
    return {
        paper_id: Signals((document, position), favour)
        for paper_id, document, position, favour in connection.execute(
            _SIGNALS, [json.dumps(list(ids))]
        )
    }
