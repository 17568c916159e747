"""What lookups leave beside a paper, as fields that the journal writes, takes back and redoes."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlmodel import Session, col, delete, insert, select

from readinglist.library.journal.pieces import Values
from readinglist.library.storage.writer import chunks
from readinglist.models import Origin, Suggestion

ORIGINS: Final = "origins"
"""By field: provider, time, score, and the value as JSON text."""
SUGGESTIONS: Final = "suggestions"
"""All suggestions for a paper, each as a list of what `Kept` names."""


class Kept(NamedTuple):
    """A suggestion as it is stored."""

    provider: str
    identifier: str
    found: str
    score: float
    record: str
    state: str

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from the others for its paper."""
        return self.provider, self.identifier


def read_origins(session: Session, _field: str, ids: list[int]) -> Values:
    """Where the fields of these papers come from."""
    values: Values = {paper: {} for paper in ids}
    query = select(Origin).where(col(Origin.paper_id).in_(ids)).order_by(Origin.field)
    for row in session.exec(query):
        values[row.paper_id][row.field] = [row.provider, row.found, row.score, row.value]
    return values


def write_origins(session: Session, _field: str, values: Values) -> None:
    """Let these be the origins of the fields, and no other."""
    for chunk in chunks(values):
        session.exec(delete(Origin).where(col(Origin.paper_id).in_(chunk)))
    names = ("provider", "found", "score", "value")
    rows = [
        {"paper_id": paper, "field": field, **dict(zip(names, origin, strict=True))}
        for paper, origins in values.items()
        for field, origin in origins.items()
    ]
    if rows:
        session.exec(insert(Origin), params=rows)


def read_suggestions(session: Session, _field: str, ids: list[int]) -> Values:
    """What has been suggested for these papers, in the order of providers and identifiers."""
    values: Values = {paper: [] for paper in ids}
    query = select(Suggestion).where(col(Suggestion.paper_id).in_(ids))
    for row in session.exec(query.order_by(Suggestion.provider, Suggestion.identifier)):
        kept = Kept(row.provider, row.identifier, row.found, row.score, row.record, row.state)
        values[row.paper_id].append(list(kept))
    return values


def write_suggestions(session: Session, _field: str, values: Values) -> None:
    """Let these be the suggestions, and no other."""
    for chunk in chunks(values):
        session.exec(delete(Suggestion).where(col(Suggestion.paper_id).in_(chunk)))
    rows = [
        {"paper_id": paper, **Kept(*each)._asdict()}
        for paper, suggestions in values.items()
        for each in suggestions
    ]
    if rows:
        session.exec(insert(Suggestion), params=rows)
