"""Facets of what was found: how many papers there would be with each status, tag or document."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from readinglist.library.search.branches import branch_counts
from readinglist.library.search.results import Results
from readinglist.library.storage.database import explained
from readinglist.records import Facet, FacetCounts, Status
from readinglist.stopping import with_checkpoints

_THESE: Final = "(SELECT value FROM json_each(?))"
_MARKS: Final = f"""
SELECT status, starred, count(*) FROM paper WHERE id IN {_THESE} GROUP BY status, starred
"""  # noqa: S608 (nothing in these comes from outside)
_TAGGED: Final = f"SELECT count(DISTINCT paper_id) FROM paper_tag WHERE paper_id IN {_THESE}"  # noqa: S608 (constants of ours)
_TAGS: Final = f"""
SELECT name, papers FROM tag JOIN (
    SELECT tag_id, count(*) AS papers FROM paper_tag WHERE paper_id IN {_THESE} GROUP BY tag_id
) ON tag_id = tag.id
"""  # noqa: S608 (constants of ours)
_SOURCES: Final = f"""
SELECT name, count(DISTINCT paper_id) FROM sighting JOIN document ON document.id = document_id
WHERE paper_id IN {_THESE} GROUP BY name
"""  # noqa: S608 (constants of ours)
# So many papers are counted at a time, so that counting can stop in between.
_BATCH: Final = 20_000


_TRASH: Final = Facet("is", "trashed")
# Of these a paper has one, so that choosing another one replaces the first.
ONE_AT_A_TIME: Final = frozenset({"status"})

# Finds what the query asks for, beside such facets.
Find = Callable[[Sequence[Facet]], Results]


def narrowed(
    connection: sqlite3.Connection, find: Find, found: Results, where: Sequence[Facet]
) -> FacetCounts:
    """Count what would be listed if one more facet was chosen, or another status."""
    counts = counts_of(connection, found.ids)
    others = [facet for facet in where if facet.field not in ONE_AT_A_TIME]
    if others != list(where):
        counts = counts._replace(statuses=counts_of(connection, find(others).ids).statuses)
    trash = found if _TRASH in where else find([*where, _TRASH])
    return counts._replace(trash=len(trash))


@explained
def counts_of(connection: sqlite3.Connection, ids: Sequence[int]) -> FacetCounts:
    """Count these papers, no two of them the same; names without any are left out."""
    statuses = dict.fromkeys(Status, 0)
    tags: dict[str, int] = {}
    sources: dict[str, int] = {}
    branches: Counter[str] = Counter()
    starred = tagged = 0
    for start in with_checkpoints(range(0, len(ids), _BATCH)):
        batch = [json.dumps(list(ids[start : start + _BATCH]))]
        for status, is_starred, papers in connection.execute(_MARKS, batch):
            statuses[Status(status)] += papers
            starred += papers if is_starred else 0
        tagged += connection.execute(_TAGGED, batch).fetchone()[0]
        for counts, sql in ((tags, _TAGS), (sources, _SOURCES)):
            for name, papers in connection.execute(sql, batch):
                counts[name] = counts.get(name, 0) + papers
        branches.update(branch_counts(connection, ids[start : start + _BATCH]))
    untagged = len(ids) - tagged
    return FacetCounts(len(ids), statuses, starred, untagged, tags, sources, 0, branches)
