"""Tags over the whole library: renamed, merged, split and coloured, each in one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from readinglist.errors import UnknownTag, UsageError
from readinglist.library.journal.recording import Alteration, record_all
from readinglist.library.journal.tags import COLOURS, below, tag_names
from readinglist.library.journal.values import COLOUR, TAGS, read_values, tags_by_name
from readinglist.library.storage.writer import chunks
from readinglist.models import Paper, PaperTag, Tag
from readinglist.nearest import nearest
from readinglist.outcomes import Done


def rename(session: Session, old: str, new: str, *, branch: bool) -> Done | None:
    """Rename a tag, and with `branch` those below it; into an existing one, they become one."""
    known = tags_by_name(session)
    source, target = one_name(old), one_name(new)
    names = [tag.name for tag in known.values()]
    under = below(source, names) if branch else []
    if source.casefold() not in known and not under:
        raise _unknown(source, names)
    renamed = {name: [target + name[len(source) :]] for name in under}
    if source.casefold() in known:
        renamed = {known[source.casefold()].name: [target], **renamed}
    shown = known[source.casefold()].name if source.casefold() in known else source
    more = f" and {len(under)} below it" if under else ""
    label = f"renamed the tag {shown}{more} to {spelling(known, target, source)}"
    return replace(session, renamed, label)


def replace(session: Session, replaced: Mapping[str, Sequence[str]], label: str) -> Done | None:
    """Put other tags in the place of some, none in that of those to be removed.

    A tag that is new takes the colour of the one it stands for. `UnknownTag` when no paper has
    any of them.
    """
    known = tags_by_name(session)
    sources = {old.casefold(): tag_names(new) if new else [] for old, new in replaced.items()}
    wanted = {
        old: [spelling(known, name, *replaced) for name in new] for old, new in sources.items()
    }
    tags = [tag.id for old in wanted if (tag := known.get(old)) is not None]
    carriers = _carriers(session, [number for number in tags if number is not None])
    if not carriers:
        raise _unknown(next(iter(replaced), ""), [])

    def after(names: list[str]) -> list[str]:
        kept = {new: None for name in names for new in wanted.get(name.casefold(), [name])}
        return sorted(kept, key=str.casefold)

    before = read_values(session, TAGS, carriers)
    altered = [
        Alteration(paper, TAGS, names, new)
        for paper, names in before.items()
        if (new := after(names)) != names
    ]
    if not altered:
        return None
    return record_all(session, label, [*altered, *_colours(known, wanted, carriers[0])])


def _colours(
    known: Mapping[str, Tag], wanted: Mapping[str, Sequence[str]], paper: int
) -> Iterator[Alteration]:
    """The colours that go over to tags which are new."""
    given: set[str] = set()
    for old, new in wanted.items():
        colour = known[old].colour if old in known else None
        for name in new:
            if colour is not None and name.casefold() not in {*known, *given}:
                given.add(name.casefold())
                yield Alteration(paper, f"{COLOUR}{name}", None, colour)


def spelling(known: Mapping[str, Tag], name: str, *sources: str) -> str:
    """A name as it will be spelt: that of a tag which exists, unless it is to be spelt anew."""
    anew = {source.casefold() for source in sources}
    tag = known.get(name.casefold())
    return name if tag is None or name.casefold() in anew else tag.name


def _carriers(session: Session, tags: Sequence[int]) -> list[int]:
    papers = select(PaperTag.paper_id).join(Paper).where(col(Paper.trashed).is_(None))
    found: set[int] = set()
    for chunk in chunks(tags):
        found.update(session.exec(papers.where(col(PaperTag.tag_id).in_(chunk))))
    return sorted(found)


def colour(session: Session, name: str, chosen: str | None) -> Done | None:
    """Give a tag a colour, or none; `UsageError` for one that is not among `COLOURS`.

    The journal holds edits of papers: this one is kept with the first paper that has the tag.
    """
    if chosen is not None and chosen not in COLOURS:
        raise UsageError(
            f"There is no colour {chosen!r}.", hint=f"Choose from {', '.join(COLOURS)}."
        )
    known = tags_by_name(session)
    tag = known.get(one_name(name).casefold())
    carriers = [] if tag is None or tag.id is None else _carriers(session, [tag.id])
    if tag is None or not carriers:
        raise _unknown(name, [each.name for each in known.values()])
    if tag.colour == chosen:
        return None
    said = f"coloured the tag {tag.name} {chosen}" if chosen else f"took the colour of {tag.name}"
    field = f"{COLOUR}{tag.name}"
    return record_all(session, said, [Alteration(carriers[0], field, tag.colour, chosen)])


def one_name(text: str) -> str:
    """One tag's name; `UsageError` for several."""
    names = tag_names([text])
    if len(names) > 1:
        raise UsageError(f"{text!r} is more than one tag: a comma separates tags.")
    return names[0]


def _unknown(name: str, known: list[str]) -> UnknownTag:
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else "`readinglist tags` shows the tags."
    return UnknownTag(f"No paper has the tag {name!r}.", hint=hint)
