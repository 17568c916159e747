"""Which citation key a paper has: its own choice, unless another paper would have the same.

The key of a paper that was not handed out yet follows from what is known of it and of those that
would be called the same, and from nothing else: neither from who came first, nor from what was
changed and taken back. So it is found anew whenever one of them changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlmodel import Session

from readinglist.citekeys import forms, keys_apart, make_key
from readinglist.library.storage.bulk import change
from readinglist.library.storage.writer import chunks, dbapi
from readinglist.models import Paper
from readinglist.stopping import checkpoint

_THESE: Final = """
SELECT id, key, key_pinned, identity, merged_into IS NOT NULL, title, authors, year FROM paper
WHERE id IN (SELECT value FROM json_each(?))
"""
# What a key begins with that stands for one, until it is found. No real key begins so.
_WAITING: Final = "-"
_WITHOUT: Final = "SELECT id FROM paper WHERE key COLLATE NOCASE BETWEEN '-' AND '-:'"
# A key and its longer forms lie before what would follow if their dash was a full stop.
LIKE: Final = """
paper.key COLLATE NOCASE >= wish.value AND paper.key COLLATE NOCASE < wish.value || '.'
"""
"""What holds of a paper whose key is a wish, or a longer form of it."""

_ALIKE: Final = f"""
SELECT paper.id, wish.value, paper.key, key_pinned, identity, merged_into IS NOT NULL
FROM json_each(?) AS wish JOIN paper ON {LIKE}
"""  # noqa: S608 (nothing in it comes from outside)
_HOLDERS: Final = """
SELECT lower(key), id, coalesce(merged_into, id), key_pinned FROM paper
WHERE key COLLATE NOCASE IN (SELECT value FROM json_each(?1))
UNION ALL
SELECT lower(alias.key), NULL, coalesce(merged_into, paper.id), 1
FROM alias JOIN paper ON paper.id = paper_id
WHERE alias.key COLLATE NOCASE IN (SELECT value FROM json_each(?1))
"""
# SQLite knows no other letters' cases; keys with such are few, and all of them former ones.
_FURTHER: Final = """
SELECT alias.key, coalesce(merged_into, paper.id) FROM alias JOIN paper ON paper.id = paper_id
WHERE alias.key GLOB '*[^ -~]*'
"""


class Holder(NamedTuple):
    """Who has a key: the paper, or None for a former key, and the one that the key leads to.

    A key that is `firm` was handed out.
    """

    paper: int | None
    leads_to: int
    firm: bool


class _Named(NamedTuple):
    """A paper as far as keys depend on it."""

    id: int
    key: str
    firm: bool
    identity: str
    merged: bool
    forms: list[str]

    @property
    def choice(self) -> str:
        """The key it would have alone; its `forms` are what it can be if others choose the same."""
        return self.forms[0]

    @property
    def fits(self) -> bool:
        """Whether its key comes from its choice."""
        return self.key.lower() in self.forms

    @property
    def wanted(self) -> list[str]:
        """The keys that it may get, of which others seldom have the second."""
        return [] if self.key.lower() in self.forms[1:] else self.forms[:2]


def holders(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Holder]:
    """Who has each of these keys, which are in lower case; those that are free are left out."""
    found: dict[str, Holder] = {}
    asked = {*keys}
    for key, paper, leads_to, firm in connection.execute(_HOLDERS, [json.dumps([*asked])]):
        found.setdefault(key, Holder(paper, leads_to, bool(firm)))
    if any(not key.isascii() for key in asked):
        for key, leads_to in connection.execute(_FURTHER):
            if key.lower() in asked:
                found.setdefault(key.lower(), Holder(None, leads_to, firm=True))
    return found


def choices(connection: sqlite3.Connection, papers: Iterable[int]) -> list[str]:
    """The keys that these papers would have, each alone."""
    return [paper.choice for paper in _read(connection, papers)]


def waiting(paper: int) -> str:
    """What stands for the key of a paper until `settle` finds it."""
    return f"{_WAITING}{paper}"


def is_waiting(key: str) -> bool:
    """Whether a key is still to be found."""
    return key.startswith(_WAITING)


def clear(session: Session, papers: Iterable[int]) -> None:
    """Take the keys of these papers away, until `settle` finds others."""
    give(session, {paper: waiting(paper) for paper in papers})


def give(session: Session, keys: Mapping[int, str]) -> None:
    """Write the keys of papers, whatever others have."""
    change(dbapi(session), Paper, ("key",), ((key, paper) for paper, key in keys.items()))


def assign(session: Session, keys: Mapping[int, str]) -> None:
    """Give papers these keys; a paper that chose one of them has to find another.

    A key that has been handed out for another paper meanwhile stays there, and this one gets a
    longer form.
    """
    connection = dbapi(session)
    named = {paper.id: paper for paper in _read(connection, keys)}
    taken = holders(connection, {key.lower() for key in keys.values()})
    loose = [holder.paper for holder in taken.values() if holder.paper and not holder.firm]
    clear(session, {*loose, *named})

    def is_taken(key: str) -> bool:
        holder = holders(connection, [key.lower()]).get(key.lower())
        return holder is not None and (holder.paper or holder.leads_to) not in keys

    found = {
        paper: keys_apart([forms(key, named[paper].identity)], is_taken)[0]
        for paper, key in keys.items()
        if paper in named
    }
    give(session, found)


def settle(session: Session, papers: Iterable[int] = (), left: Iterable[str] = ()) -> None:
    """Find the keys of papers that changed or have none, and of all that depend on them.

    `left` are choices that papers had before they changed.
    """
    session.flush()
    connection = dbapi(session)
    without = [row[0] for row in connection.execute(_WITHOUT)]
    changed: dict[str, list[_Named]] = {choice: [] for choice in left}
    for paper in _read(connection, {*papers, *without}):
        changed.setdefault(paper.choice, []).append(paper)
    every = (paper for papers in changed.values() for paper in papers)
    unfit = {paper.id for paper in every if not paper.firm and not paper.fits}
    clear(session, unfit.difference(without))
    for few in chunks(changed):
        checkpoint()
        found = _apart(connection, {choice: changed[choice] for choice in few})
        clear(session, found.keys() - unfit)
        give(session, found)


def renamed(connection: sqlite3.Connection, papers: Sequence[int]) -> dict[int, str]:
    """The keys that these papers would have if theirs had not been handed out, where others."""
    changed: dict[str, list[_Named]] = {}
    for paper in _read(connection, papers):
        changed.setdefault(paper.choice, []).append(paper._replace(firm=False))
    found = _apart(connection, changed)
    return {paper: found[paper] for paper in papers if paper in found}


def _read(connection: sqlite3.Connection, papers: Iterable[int]) -> list[_Named]:
    return [
        _Named(number, key, bool(firm), identity, bool(merged), forms(_choice(*known), identity))
        for number, key, firm, identity, merged, *known in connection.execute(
            _THESE, [json.dumps([*papers])]
        )
    ]


def _choice(title: str, authors: str, year: int | None) -> str:
    return make_key(title, authors=json.loads(authors)[:1], year=year)


def _apart(
    connection: sqlite3.Connection, changed: Mapping[str, Sequence[_Named]]
) -> dict[int, str]:
    """The keys of papers by their choices, and of those called like them, where they are new."""
    alike = _with_the_others(connection, changed)
    wanted = {form for papers in alike.values() for paper in papers for form in paper.wanted}
    taken = holders(connection, wanted)
    found: dict[int, str] = {}
    for papers in alike.values():
        loose = {paper.id for paper in papers if not paper.firm}
        kept = {paper.key.lower() for paper in papers if not paper.firm}

        def is_taken(key: str, loose: set[int] = loose, kept: set[str] = kept) -> bool:
            if key in kept:
                return False
            holder = taken.get(key) if key in wanted else holders(connection, [key]).get(key)
            return holder is not None and (holder.paper or holder.leads_to) not in loose

        keys = keys_apart(_wishes(papers), is_taken)
        found |= {
            paper.id: key
            for paper, key in zip(papers, keys, strict=True)
            if not paper.firm and paper.key != key
        }
    return found


def _wishes(papers: Sequence[_Named]) -> list[list[str]]:
    """What papers with the same choice may be called; one that was merged away gives way."""
    alone = len(papers) == 1
    return [paper.forms if alone or not paper.merged else paper.forms[1:] for paper in papers]


def _with_the_others(
    connection: sqlite3.Connection, changed: Mapping[str, Sequence[_Named]]
) -> dict[str, list[_Named]]:
    """The same, with all that have the same choices, in an order that is always the same.

    Left out are papers with a key that was handed out and does not come from their choice.
    """
    known = {paper.id: paper for papers in changed.values() for paper in papers}
    others: dict[int, _Named] = {}
    unsure: set[int] = set()
    for number, choice, key, firm, identity, merged in connection.execute(
        _ALIKE, [json.dumps([*changed])]
    ):
        if number in known:
            continue
        other = _Named(number, key, bool(firm), identity, bool(merged), forms(choice, identity))
        if not firm and key in other.forms[1:]:  # which it would not be if it chose otherwise
            others[number] = other
        else:
            unsure.add(number)
    unsure -= others.keys()
    alike: dict[str, list[_Named]] = {choice: [] for choice in changed}
    for paper in (*known.values(), *_read(connection, unsure), *others.values()):
        if paper.choice in alike and (not paper.firm or paper.fits):
            alike[paper.choice].append(paper)
    for papers in alike.values():
        papers.sort(key=lambda paper: paper.identity)
    return alike
