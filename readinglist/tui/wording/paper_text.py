"""A paper as paragraphs of styled text, ready to be wrapped to any width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.content import Content

from readinglist.findings import Origin
from readinglist.outcomes import Similar
from readinglist.records import Entry, Row, Status
from readinglist.text import find_urls, without_braces
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import many_lines, one_line, plain_lines
from readinglist.tui.notes.links import links
from readinglist.tui.wording.leads import Kind, leading
from readinglist.tui.wording.paragraph import GAP, MUTED, Paragraph

Marks = Callable[[str], Sequence[tuple[int, int]]]

_NO_COLOURS: Mapping[str, str] = {}
HEADING = "bold $quiet"
LINK = "$text-primary"
# Further facts that show, in this order; the form for facts has the others too.
_CITED = (
    *("type", "editor", "booktitle", "series", "volume", "number", "pages", "chapter", "edition"),
    *("publisher", "institution", "organization", "school", "location", "isbn"),
)
MATCH = "bold underline $text-accent"
STATUS_STYLES = {
    Status.INBOX: "$quiet",
    Status.TO_READ: "$text-primary",
    Status.READING: "$text-warning",
    Status.READ: "$text-success",
    Status.SKIPPED: "$faint",
}


def paragraphs(
    entry: Entry, marks: Marks, colours: Mapping[str, str] = _NO_COLOURS
) -> Iterator[Paragraph]:
    """Title, facts, abstract, links, note and sightings.

    `marks` finds what matched a search, and `colours` are those of tags.
    """
    yield Paragraph(_marked(one_line(entry.title), marks).stylize_before("bold"))
    yield from _facts(entry, marks, colours)
    yield GAP
    yield from _abstract(entry, marks)
    yield from _links(entry)
    yield from _note(entry, marks)
    yield from _sightings(entry)


def _marked(text: str, marks: Marks) -> Content:
    content = Content(text)
    for start, stop in marks(text):
        content = content.stylize(MATCH, start, stop)
    return content


def _facts(entry: Entry, marks: Marks, colours: Mapping[str, str]) -> Iterator[Paragraph]:
    if entry.authors:
        yield Paragraph(_marked(one_line("; ".join(map(without_braces, entry.authors))), marks))
    origin = [str(entry.year) if entry.year else "", one_line(entry.venue or ""), entry.key]
    yield Paragraph(Content(" · ".join(filter(None, origin))).stylize(MUTED))
    further = " · ".join(map(one_line, _further(entry)))
    if further:
        yield Paragraph(_marked(further, marks).stylize_before(MUTED))
    sign = Content.styled(glyphs.STATUS[entry.status], STATUS_STYLES[entry.status])
    parts = [sign + Content(f" {entry.status}")]
    if entry.trashed:
        parts.append(Content.styled("in the trash", "$text-error"))
    if entry.starred:
        parts.append(Content.styled(f"{glyphs.STAR} starred", "$text-warning"))
    for tag in entry.tags:
        ink = f"$tag-{colours[tag]}" if tag in colours else "$text-secondary"
        shown = _marked(one_line(tag), marks).stylize_before(ink)
        parts.append(leading(shown, Kind.TAG, tag))
    yield Paragraph(Content("   ").join(parts))


def _further(entry: Entry) -> Iterator[str]:
    """Further facts that a reader cites, and former keys."""
    details = dict(entry.details)
    for name in filter(details.__contains__, _CITED):
        yield details[name] if name == "type" else f"{name} {details[name]}"
    if entry.aliases:
        yield f"also {', '.join(entry.aliases)}"


def _abstract(entry: Entry, marks: Marks) -> Iterator[Paragraph]:
    if not entry.abstract:
        yield Paragraph(Content.styled("No abstract.", MUTED))
        return
    for number, text in enumerate(filter(None, many_lines(entry.abstract).split("\n\n"))):
        if number:
            yield GAP
        yield Paragraph(_marked(" ".join(text.split()), marks))


def _links(entry: Entry) -> Iterator[Paragraph]:
    links = entry.links
    if links:
        yield from (GAP, Paragraph(Content.styled("Links", HEADING)))
    for number, url in enumerate(links, 1):
        shown = Content.styled(one_line(url), LINK)
        yield Paragraph(leading(shown, Kind.LINK, url), f"{number} ")


def _note(entry: Entry, marks: Marks) -> Iterator[Paragraph]:
    if not entry.note:
        return
    from readinglist.tui.wording.markdown import rendered  # markdown-it, and only a note needs it

    yield from (GAP, Paragraph(Content.styled("Note", HEADING)))
    for paragraph in rendered(plain_lines(entry.note)):
        text = paragraph.text
        for start, stop, key in links(text.plain):
            text = leading(text.stylize(LINK, start, stop), Kind.KEY, key, start, stop)
        for start, stop, url in _addresses(text.plain):
            text = leading(text, Kind.LINK, url, start, stop)
        for start, stop in marks(text.plain):
            text = text.stylize(MATCH, start, stop)
        yield Paragraph(text, paragraph.lead, paragraph.lead_style)


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Where web addresses stand in a note, and what they are; some stand without their scheme."""
    for url in find_urls(text):
        written = url if url in text else url.removeprefix("https://")
        if (start := text.find(written)) >= 0:
            yield start, start + len(written), url


def _sightings(entry: Entry) -> Iterator[Paragraph]:
    if not entry.sources:
        return
    count = len(entry.sources)
    documents = "1 document" if count == 1 else f"{count} documents"
    names = ", ".join(map(one_line, entry.sources))
    yield from (GAP, Paragraph(Content.styled(f"Seen in {documents}: {names}", MUTED)))


def looked_up(origins: Mapping[str, Origin]) -> Iterator[Paragraph]:
    """From whom and since when the fields are that a lookup has filled in."""
    if not origins:
        return
    from readinglist.library.findings import by_source  # 3 ms, and few papers need it
    from readinglist.lookup import LABELS

    for provider, day, fields in by_source(origins):
        label = one_line(LABELS.get(provider, provider))
        told = f"From {label}, {one_line(day)}: {one_line(', '.join(fields))}"
        yield Paragraph(Content.styled(told, MUTED))


def mentions(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """The papers whose notes name the one that is shown."""
    if rows:
        yield from (GAP, Paragraph(Content.styled("Named in the notes on", HEADING)))
    for row in rows:
        shown = Content.styled(one_line(row.title), LINK)
        yield Paragraph(leading(shown, Kind.PAPER, row.id), "← ")


def alike(found: Sequence[tuple[Similar, Row]]) -> Iterator[Paragraph]:
    """The papers most like the one that is shown, with the words that they share."""
    if found:
        yield from (GAP, Paragraph(Content.styled("More like this: m", HEADING)))
    for each, row in found:
        yield Paragraph(leading(Content(one_line(row.title)), Kind.PAPER, row.id), "~ ")
        yield Paragraph(Content.styled(" · ".join(map(one_line, each.terms)), MUTED), "  ")
