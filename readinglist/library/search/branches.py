"""Branches of tags, such as `rl/*`: how many papers carry what hangs from a stem, or the stem."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

_PAPERS: Final = """
SELECT json_extract(pair.value, '$[0]'), count(DISTINCT paper_id)
FROM json_each(?) AS pair JOIN paper_tag ON tag_id = json_extract(pair.value, '$[1]')
JOIN paper ON paper.id = paper_id WHERE {} GROUP BY 1
"""


def stems(name: str) -> Iterator[str]:
    """What a tag hangs from: `rl` and `rl/offline` for `rl/offline/bandits`."""
    place = name.find("/", 1)
    while place > 0:
        if name[place - 1] != "/":
            yield name[:place]
        place = name.find("/", place + 1)


def branch_counts(
    connection: sqlite3.Connection, ids: Sequence[int] | None = None
) -> dict[str, int]:
    """How many papers each branch has, among these or, None, all that are not in the trash.

    A branch is named by its stem in lower case, for case does not tell tags apart.
    """
    tags = connection.execute("SELECT id, name FROM tag").fetchall()
    below = {(stem.casefold(), tag) for tag, name in tags for stem in stems(name)}
    if not below:
        return {}
    heads = {stem for stem, _ in below}
    pairs = [*below, *((name.casefold(), tag) for tag, name in tags if name.casefold() in heads)]
    if ids is None:
        asked, which = [json.dumps(pairs)], "trashed IS NULL"
    else:
        asked = [json.dumps(pairs), json.dumps(list(ids))]
        which = "paper_id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(_PAPERS.format(which), asked).fetchall())
