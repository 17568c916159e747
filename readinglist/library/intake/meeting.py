"""Which paper a record is about: the one with its DOI, else its arXiv id, else its title."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from readinglist.library.findings import origins
from readinglist.library.intake.preparing import COLUMNS, Facts, Name, Prepared
from readinglist.library.journal.recording import Under, under_edits
from readinglist.library.storage.writer import dbapi
from readinglist.stopping import checkpoint

_NAMES: Final = (
    ("doi", "doi"),
    ("arxiv_id", "arxiv_id"),
    ("identity", "identity"),
    ("retitled", "identity"),
)
_EDITED: Final = """
SELECT DISTINCT paper_id FROM edit WHERE paper_id IN (SELECT value FROM json_each(?))
"""
_RETITLED: Final = "SELECT 1 FROM paper WHERE retitled IS NOT NULL LIMIT 1"
# What was merged goes before what it went into, whose names may be those of the first.
_HAVING: Final = """
SELECT {0}, id, merged_into FROM paper WHERE {0} IN (SELECT value FROM json_each(?))
ORDER BY merged_into IS NULL, id
"""
_KNOWN: Final = f"""
SELECT id, trashed, key, key_pinned, {", ".join(COLUMNS)} FROM paper
WHERE id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (the names of our columns)
_URLS: Final = COLUMNS.index("urls")
_ITS_OWN: Final = 4  # columns in front of them


_NOTHING: Final[Mapping[str, Under]] = {}


class Known:
    """What meeting records needs of a paper, already stored or on its way.

    `under` is what documents say of those facts that the user has changed. The `found` ones are
    from a lookup, and no document has said them. `key` is its citation key if it was handed out.
    """

    __slots__ = ("_facts", "_told", "found", "id", "key", "present", "under")

    def __init__(
        self, number: int, told: Facts, *, present: bool = True, key: str | None = None
    ) -> None:
        self.id = number
        self.present = present
        self.key = key
        self.under: Mapping[str, Under] = _NOTHING
        self.found: frozenset[str] = frozenset()
        self._told = told
        self._facts: dict[str, Any] | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """Those it shows, as the columns hold them."""
        if self._facts is None:
            self._facts = dict(zip(COLUMNS, self._told, strict=True))
        return self._facts

    def says(self, record: Prepared) -> bool:
        """Whether a record tells nothing that the paper does not show, seen at a glance.

        The links in an abstract count only where the abstract is taken.
        """
        if self._facts is not None or self.under:
            return False
        ours, theirs = self._told, record.facts
        same = ours[:_URLS] == theirs[:_URLS] and ours[_URLS + 1 :] == theirs[_URLS + 1 :]
        return same and (not record.urls or ours[_URLS] == theirs[_URLS])


class Encounter(NamedTuple):
    """The paper that a record is about, and the one merged into it that it goes by, if it does.

    `others` are further papers that have a name of the record.
    """

    paper: Known
    through: int | None
    others: list[Known]


class Register:
    """Every paper that some records of a document may be about, by its names."""

    def __init__(self, session: Session, records: Iterable[Prepared]) -> None:
        self._session = session
        self._connection = dbapi(session)
        self._papers: dict[int, Known] = {}
        self._names: dict[Name, list[tuple[int, int | None]]] = {}
        told = Counter(name for record in records for name in record.names)
        self._shared = {name for name, times in told.items() if times > 1}
        wanted: dict[str, list[str]] = {}
        for kind, value in told:
            wanted.setdefault(kind, []).append(value)
        anew = self._connection.execute(_RETITLED).fetchone()
        for column, kind in _NAMES if anew else _NAMES[:-1]:
            if kind in wanted:
                self._look_up(column, kind, wanted[kind])
        self._read({paper for papers in self._names.values() for paper, _ in papers})

    def knows(self, record: Prepared) -> bool:
        """Whether a paper has one of the names of a record."""
        return any(name in self._names for name in record.names)

    def meet(self, record: Prepared) -> Encounter | None:
        """Find the paper of a record: that with its first name, of those outside the trash."""
        found: dict[int, int | None] = {}
        for name in record.names:
            for paper, through in self._names.get(name, ()):
                found.setdefault(paper, through)
        if not found:
            return None
        if len(found) == 1:
            ((only, through),) = found.items()
            return Encounter(self._papers[only], through, [])
        present = [paper for paper in found if self._papers[paper].present]
        first = (present or list(found))[0]
        others = [self._papers[paper] for paper in present if paper != first]
        return Encounter(self._papers[first], found[first], others)

    def enter(self, paper: Known, names: Iterable[Name]) -> None:
        """Let a paper be found by further names, behind those that have them already.

        A name that no two of the records have need not be known.
        """
        for name in names:
            if name in self._shared:
                self._papers[paper.id] = paper
                self._names.setdefault(name, []).append((paper.id, None))

    def is_another(self, name: Name, paper: Known) -> bool:
        """Whether a name is that of another paper."""
        return any(other != paper.id for other, _ in self._names.get(name, ()))

    def _look_up(self, column: str, kind: str, values: Iterable[str]) -> None:
        checkpoint()
        having = self._connection.execute(_HAVING.format(column), [json.dumps([*values])])
        for value, paper, merged_into in having:
            target = (paper, None) if merged_into is None else (merged_into, paper)
            self._names.setdefault((kind, value), []).append(target)

    def _read(self, ids: Iterable[int]) -> None:
        ids = sorted(ids)
        for row in self._connection.execute(_KNOWN, [json.dumps(ids)]):
            paper, trashed, key, pinned = row[:_ITS_OWN]
            key = key if pinned else None
            self._papers[paper] = Known(paper, row[_ITS_OWN:], present=trashed is None, key=key)
        edited = [row[0] for row in self._connection.execute(_EDITED, [json.dumps(ids)])]
        looked_up = origins(self._connection, edited)
        lying: dict[int, dict[str, Under]] = {}
        for (paper, name), under in under_edits(self._session, edited).items():
            if name in looked_up.get(paper, ()):
                under.hidden = False  # what a document says shows instead of what a lookup found
            lying.setdefault(paper, {})[name] = under
        for paper, found in lying.items():
            self._papers[paper].under = found
        for paper, names in looked_up.items():
            self._papers[paper].found = frozenset(names)
