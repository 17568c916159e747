"""Rows, whole papers, counts and history for the screen: plain sqlite3, nothing loaded twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from readinglist.library.search.branches import branch_counts
from readinglist.library.storage.database import explained
from readinglist.outcomes import Chapter, Step
from readinglist.records import Entry, FacetCounts, Row, Saved, Sort, Status

_Built = TypeVar("_Built")

_TAGS = """(
    SELECT json_group_array(name) FROM (
        SELECT name FROM paper_tag JOIN tag ON tag.id = tag_id
        WHERE paper_id = paper.id ORDER BY name COLLATE NOCASE)
) AS tags"""

_ROWS = f"""
SELECT id, key, title, status, starred, year, added, note IS NOT NULL AS has_note, {_TAGS},
    (SELECT count(DISTINCT sighting.document_id) FROM sighting WHERE paper_id = paper.id) AS seen
FROM paper WHERE id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (nothing in it comes from outside)

_ENTRIES = f"""
SELECT paper.*, {_TAGS}, (
    SELECT json_group_array(name) FROM (
        SELECT name, min(document.id) AS first
        FROM sighting JOIN document ON document.id = sighting.document_id
        WHERE paper_id = paper.id GROUP BY name ORDER BY first)
) AS sources, (
    SELECT json_group_array(key) FROM (
        SELECT key FROM alias WHERE paper_id = paper.id
        UNION
        SELECT gone.key FROM paper AS gone WHERE gone.merged_into = paper.id AND gone.key_pinned
        UNION
        SELECT alias.key FROM paper AS gone JOIN alias ON alias.paper_id = gone.id
        WHERE gone.merged_into = paper.id
        ORDER BY key COLLATE NOCASE)
) AS aliases
FROM paper WHERE id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (nothing in it comes from outside)

_HISTORY = """
SELECT id, made, label, state, (
    SELECT json_group_array(key) FROM (
        SELECT DISTINCT key FROM edit JOIN paper ON paper.id = edit.paper_id
        WHERE change_id = change.id ORDER BY paper.id)
) AS keys
FROM change ORDER BY id DESC LIMIT ?
"""

_STEPS = """
SELECT id, made, label, state,
    (SELECT count(DISTINCT paper_id) FROM edit WHERE change_id = change.id)
FROM change WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC
"""

# Changes that a step from one state leads over, and those that all steps up to one do.
_OVER = {
    ("done", False): "id = (SELECT max(id) FROM change WHERE state = 'done')",
    ("undone", False): "id = (SELECT min(id) FROM change WHERE state = 'undone')",
    ("done", True): "id >= :change AND state = 'done'",
    ("undone", True): "id <= :change AND state = 'undone'",
}


def _named(connection: sqlite3.Connection) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor


def _sound(build: Callable[[sqlite3.Row], _Built], row: sqlite3.Row) -> _Built:
    """What a row says; one that makes no sense is damage that SQLite does not notice."""
    try:
        if bytes not in map(type, tuple(row)):
            return build(row)
    except (TypeError, ValueError):
        pass
    raise sqlite3.DatabaseError("malformed row")


@explained
def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """What the list shows of these papers, in the order given; unknown ids are left out."""
    read = _named(connection).execute(_ROWS, [json.dumps(list(ids))])
    found = {row["id"]: _sound(_row, row) for row in read}
    return [found[paper_id] for paper_id in ids if paper_id in found]


def _row(row: sqlite3.Row) -> Row:
    return Row(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        status=Status(row["status"]),
        starred=bool(row["starred"]),
        year=row["year"],
        tags=tuple(json.loads(row["tags"])),
        has_note=bool(row["has_note"]),
        seen=row["seen"],
        added=row["added"],
    )


@explained
def entries(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Entry]:
    """Everything known of these papers, in the order given; unknown ids are left out."""
    read = _named(connection).execute(_ENTRIES, [json.dumps(list(ids))])
    found = {row["id"]: _sound(_entry, row) for row in read}
    return [found[paper_id] for paper_id in ids if paper_id in found]


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        abstract=row["abstract"],
        authors=tuple(json.loads(row["authors"])),
        year=row["year"],
        venue=row["venue"],
        doi=row["doi"],
        arxiv_id=row["arxiv_id"],
        urls=tuple(json.loads(row["urls"])),
        status=Status(row["status"]),
        starred=bool(row["starred"]),
        tags=tuple(json.loads(row["tags"])),
        note=row["note"],
        added=row["added"],
        trashed=row["trashed"],
        sources=tuple(json.loads(row["sources"])),
        aliases=tuple(json.loads(row["aliases"])),
        details=tuple(sorted(json.loads(row["details"] or "{}").items())),
    )


@explained
def highest_id(connection: sqlite3.Connection) -> int:
    """The greatest id of a paper; 0 when there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM paper").fetchone()[0])


@explained
def saved_searches(connection: sqlite3.Connection) -> list[Saved]:
    """The searches that the user named, by name."""
    found = _named(connection).execute("SELECT * FROM saved_search ORDER BY name COLLATE NOCASE")
    return [_sound(_saved, row) for row in found]


def _saved(row: sqlite3.Row) -> Saved:
    sort = None if row["sort"] is None else Sort(row["sort"])
    return Saved(row["name"], row["query"], sort, bool(row["reverse"]), bool(row["start"]))


@explained
def marked(connection: sqlite3.Connection, name: str) -> int:
    """How far something has come."""
    found = connection.execute("SELECT value FROM mark WHERE name = ?", [name]).fetchone()
    return int(found[0]) if found else 0


@explained
def counts(connection: sqlite3.Connection) -> FacetCounts:
    """How many papers there are of each kind."""

    def table(sql: str) -> dict[str, int]:
        return dict(connection.execute(sql).fetchall())

    def number(condition: str) -> int:
        # The conditions stand a few lines below.
        sql = f"SELECT count(*) FROM paper WHERE trashed IS NULL AND {condition}"  # noqa: S608 (constants of ours)
        return int(connection.execute(sql).fetchone()[0])

    by_status = table("SELECT status, count(*) FROM paper WHERE trashed IS NULL GROUP BY status")
    return FacetCounts(
        total=sum(by_status.values()),
        statuses={status: by_status.get(status, 0) for status in Status},
        starred=number("starred"),
        untagged=number("id NOT IN (SELECT paper_id FROM paper_tag)"),
        tags=table(
            "SELECT name, count(*) FROM tag JOIN paper_tag ON tag_id = tag.id"
            " JOIN paper ON paper.id = paper_id WHERE trashed IS NULL"
            " GROUP BY name ORDER BY name COLLATE NOCASE"
        ),
        sources=table(
            "SELECT name, count(DISTINCT paper_id) FROM document"
            " JOIN sighting ON sighting.document_id = document.id JOIN paper ON paper.id = paper_id"
            " WHERE trashed IS NULL GROUP BY name ORDER BY min(document.id)"
        ),
        trash=table(
            "SELECT '', count(*) FROM paper WHERE trashed IS NOT NULL AND merged_into IS NULL"
        )[""],
        branches=branch_counts(connection),
    )


@explained
def history(connection: sqlite3.Connection, limit: int | None) -> list[Chapter]:
    """The journal, newest first; `limit` None is all of it."""
    found = connection.execute(_HISTORY, [-1 if limit is None else limit])
    return [
        Chapter(number, made, label, state, tuple(json.loads(keys)))
        for number, made, label, state, keys in found
    ]


@explained
def timeline(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Id and state of every change, newest first."""
    return connection.execute("SELECT id, state FROM change ORDER BY id DESC").fetchall()


@explained
def has_done(connection: sqlite3.Connection) -> bool:
    """Whether any change stands."""
    found = connection.execute("SELECT 1 FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    return found.fetchone() is not None


@explained
def has_undone(connection: sqlite3.Connection) -> bool:
    """Whether a change can be done again: then the newest is one, as a new edit drops them all."""
    found = connection.execute("SELECT state FROM change ORDER BY id DESC LIMIT 1").fetchone()
    return found is not None and found[0] == "undone"


@explained
def reach(connection: sqlite3.Connection, state: str, change: int | None) -> int:
    """How many values are written by a step from changes in this state, or by all up to one."""
    over = _OVER[state, change is not None]
    sql = f"SELECT count(*) FROM edit WHERE change_id IN (SELECT id FROM change WHERE {over})"  # noqa: S608 (constants of ours)
    return int(connection.execute(sql, {"change": change}).fetchone()[0])


@explained
def steps(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Step]:
    """These changes, newest first."""
    return [Step(*row) for row in connection.execute(_STEPS, [json.dumps(list(ids))])]


@explained
def touched(connection: sqlite3.Connection, change: int) -> list[int]:
    """Ids of the papers that a change touched and that are still there, or what they became."""
    found = connection.execute(
        "SELECT DISTINCT coalesce(merged_into, id) FROM edit JOIN paper ON paper.id = paper_id"
        " WHERE change_id = ? ORDER BY 1",
        [change],
    )
    return [row[0] for row in found]


@explained
def trashed_among(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Those of these papers that are in the trash."""
    found = connection.execute(
        "SELECT id FROM paper WHERE trashed IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0] for row in found}


@explained
def unpinned(connection: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Those of these papers whose citation key has not been handed out yet."""
    found = connection.execute(
        "SELECT id FROM paper WHERE NOT key_pinned AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return [row[0] for row in found]


@explained
def tags_of(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[str, int]:
    """The tags of these papers, each with how many of them have it."""
    found = connection.execute(
        "SELECT name, count(*) FROM paper_tag JOIN tag ON tag.id = tag_id"
        " WHERE paper_id IN (SELECT value FROM json_each(?)) GROUP BY name",
        [json.dumps(list(ids))],
    )
    return dict(found.fetchall())


@explained
def tag_colours(connection: sqlite3.Connection) -> dict[str, str]:
    """The colours of the tags that have one."""
    return dict(connection.execute("SELECT name, colour FROM tag WHERE colour IS NOT NULL"))
