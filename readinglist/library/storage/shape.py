"""The tables that a library of today has, with their columns: what is missing is damage."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

# As in `models`, which reading a library does without.
COLUMNS: Final = {
    "paper": (
        "id key key_pinned identity title abstract authors year venue doi arxiv_id urls status "
        "starred note added trashed document_id position merged_into retitled "
        "details"
    ),
    "document": "id name path digest kind imported",
    "tag": "id name colour",
    "paper_tag": "paper_id tag_id",
    "sighting": "document_id position paper_id line title abstract filled",
    "problem": "id document_id line reason text",
    "lookalike": "first_id second_id likeness overlap distinct",
    "mark": "name value",
    "change": "id made label state",
    "edit": "change_id paper_id field before after",
    "alias": "key paper_id",
    "dispute": "document_id paper_id field value state",
    "origin": "paper_id field provider found score value",
    "suggestion": "paper_id provider identifier found score record state",
    "awaited": "paper_id provider asked",
    "saved_search": "id name query sort reverse start",
}
NO_PAPERS: Final = "it has no papers"
_ALL: Final = """
SELECT it.name, part.name FROM sqlite_master AS it, pragma_table_info(it.name) AS part
WHERE it.type = 'table' AND it.sql NOT LIKE 'CREATE VIRTUAL%'
"""


def missing(connection: sqlite3.Connection) -> list[str]:
    """What a library of today's schema lacks, each as a sentence without its full stop."""
    there: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in connection.execute(_ALL):
        there[table].add(column)
    return [
        _sentence(table, columns, there)
        for table, names in COLUMNS.items()
        if (columns := {*names.split()} - there[table])
    ]


def _sentence(table: str, columns: set[str], there: Mapping[str, set[str]]) -> str:
    if there[table]:
        return f"its table {table} lacks {', '.join(sorted(columns))}"
    return NO_PAPERS if table == "paper" else f"its table {table} is missing"
