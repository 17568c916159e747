"""Citation keys changed on purpose: journalled, and the key before still leads to its paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from readinglist.errors import UsageError
from readinglist.library.intake.naming import holders, renamed
from readinglist.library.journal.pieces import ALIAS
from readinglist.library.journal.recording import Alteration, out_of_reach, record_all, who
from readinglist.library.journal.values import KEY, present_among, read_values
from readinglist.library.storage.writer import chunks, dbapi
from readinglist.models import Alias, Paper
from readinglist.outcomes import Done

PINNED = "key_pinned"


def rekey(session: Session, ids: Sequence[int]) -> Done | None:
    """Give papers the keys that they would choose today; None if they have them."""
    present = [paper for chunk in chunks(ids) for paper in present_among(session, chunk)]
    if ids and not present:
        raise out_of_reach(len(ids))
    new = renamed(dbapi(session), present)
    if not new:
        return None
    label = f"gave {who(session, [*new])} the key {next(iter(new.values()))}"
    if len(new) > 1:
        label = f"gave {len(new)} papers new keys"
    altered = [each for paper, key in new.items() for each in _to(session, paper, key)]
    return record_all(session, label, altered)


def given_key(session: Session, paper: int, key: str) -> list[Alteration]:
    """What giving a paper this key alters; `UsageError` if it leads to another paper."""
    holder = holders(dbapi(session), [key.lower()]).get(key.lower())
    if holder is not None and holder.firm and holder.paper != paper:
        if holder.leads_to != paper:
            taken = session.exec(select(Paper.key).where(Paper.id == holder.leads_to)).one()
            raise UsageError(
                f"The key {key} leads to another paper, {taken}.", hint="Choose another."
            )
        if holder.paper is not None:
            raise UsageError(
                f"The key {key} is that of a paper merged into this one, and leads here."
            )
    before = read_values(session, PINNED, [paper])[paper]
    pinned = [] if before else [Alteration(paper, PINNED, before, True)]
    return [*_to(session, paper, key), *pinned]


def _to(session: Session, paper: int, key: str) -> Iterator[Alteration]:
    """A key in the place of another, which becomes a former one."""
    before = read_values(session, KEY, [paper])[paper]
    if before == key:
        return
    own = select(Alias.key).where(Alias.paper_id == paper, col(Alias.key).collate("NOCASE") == key)
    for former in session.exec(own):
        yield Alteration(paper, f"{ALIAS}{former}", True, False)
    yield Alteration(paper, KEY, before, key)
    if before.lower() != key.lower():
        yield Alteration(paper, f"{ALIAS}{before}", False, True)
