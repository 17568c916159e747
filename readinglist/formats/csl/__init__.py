"""CSL-JSON: what citation processors, Pandoc and Zotero exchange; notes and tags come along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from readinglist import latex
from readinglist.formats import kinds, links
from readinglist.formats.bib.titles import CAPITALS
from readinglist.formats.csl import dates as csl_dates
from readinglist.formats.csl import fields as csl_fields
from readinglist.formats.csl.fields import ARCHIVE, NOCASE, NOCASE_END, ORIGINALS, OURS
from readinglist.formats.csl.variables import ARCHIVES, DATES, PEOPLE, TEXTS
from readinglist.formats.dates import date_in
from readinglist.formats.jsonl import SURROGATE
from readinglist.formats.originals import differing, line_shown
from readinglist.records import Entry, Reading, Status
from readinglist.text import clean

_LINE_END: Final = ",\n"
_HEAD: Final = 20_000  # characters
_BEGIN: Final = re.compile(r"[\s\ufeff]*(?:(?:\{\s*\"items\"\s*:\s*)?\[\s*\{|\{)")
_TYPE: Final = re.compile(r'"type"\s*:\s*"([a-z_-]+)"')
# What is read as saying where a paper is, in Zotero's "Extra" or of a preprint.
_MISREAD: Final = re.compile(
    r"note:.*\b(?:arxiv(?: id)?|citation key|doi|pmid|pmcid)\s*:|publisher: arXiv$", re.IGNORECASE
)
_SCRIPT: Final = re.compile(r"([\^_])\{([^{}<>]{1,40})\}")
_SCRIPTS: Final = {"^": "<sup>{}</sup>", "_": "<sub>{}</sub>"}
_TELLING: Final = re.compile(r'"(?:title|issued|author|container-title|DOI|URL|citation-key)"\s*:')


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a list with one object per paper.

    Styles do not print `annote`, where the user's note is. `custom` holds what has no variable,
    and as `originals` what is written otherwise than the library has it.
    """
    begin = "[\n"
    for entry in entries:
        lines = [f"  {_json(name)}: {_json(value)}" for name, value in _whole(entry).items()]
        yield f"{begin}{{\n{_LINE_END.join(lines)}\n}}"
        begin = ",\n"
    yield "[]\n" if begin == "[\n" else "\n]\n"


def looks_like(text: str) -> bool:
    """Whether a document begins as a list of items, or with one that stands alone."""
    if not _BEGIN.match(text):
        return False
    from readinglist.formats.json_items import first  # what only writes needs none of it
    from readinglist.formats.members import is_csl

    members = first(text)
    if members:
        known = kinds.is_csl_type(members.get("type")) and "id" in members
        return is_csl(members) or known
    head = text[:_HEAD]
    return any(map(kinds.is_csl_type, _TYPE.findall(head))) and bool(_TELLING.search(head))


def read(text: str) -> Reading:
    """Read a whole document."""
    from readinglist.formats.csl.reading import records  # what only writes needs none of it

    return records(text)


def _whole(entry: Entry) -> dict[str, Any]:
    """An item that is read back as the paper is."""
    from readinglist.formats.csl.reading import as_read  # what only reads needs none of it

    item = item_of(entry)
    if originals := differing(entry, lambda: as_read(item)):
        custom = item.setdefault("custom", {OURS: {}})
        custom[OURS][ORIGINALS] = originals
    return item


def item_of(entry: Entry) -> dict[str, Any]:
    """A paper's variables, as they are read by people and processors."""
    details = dict(entry.details)
    kind = kinds.kind(entry)
    item: dict[str, Any] = {
        "id": entry.key,
        "citation-key": entry.key,
        "type": kinds.csl_type(entry),
        "title": _with_scripts(_with_capitals(line_shown(entry.title), details)),
        "author": [csl_fields.csl_name(line_shown(author)) for author in entry.authors],
        "issued": csl_dates.write(entry.year, details),
        "container-title": line_shown(entry.venue),
        "DOI": links.bare_doi(entry),
        **_archive(entry),
        "URL": entry.urls[0] if entry.urls else None,
        **_from_details(details, kind),
        **_of_archives(entry, details),
        "keyword": ", ".join(entry.tags),
        "categories": list(entry.tags) if any(";" in tag for tag in entry.tags) else None,
        "abstract": latex.to_unicode(clean(entry.abstract or "")),
        "annote": entry.note,
        "custom": _custom(entry, details),
    }
    return {name: value for name, value in item.items() if value}


def _archive(entry: Entry) -> dict[str, str]:
    """Where a paper is on arXiv: as a preprint's number, or else beside where it appeared."""
    arxiv = links.bare_arxiv(entry)
    if not arxiv:
        return {}
    if kinds.csl_type(entry) == kinds.PREPRINT and not entry.venue:
        return {"number": f"{ARCHIVE}:{arxiv}", "publisher": ARCHIVE}
    return {"archive": ARCHIVE, "archive_location": arxiv}


def _with_capitals(title: str, details: dict[str, str]) -> str:
    """A title in which processors leave those words alone that somebody has braced."""
    words = details.get(CAPITALS, "").split()
    found = [re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) for word in words]
    if not words or not all(found):
        return title
    del details[CAPITALS]
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", rf"{NOCASE}\g<0>{NOCASE_END}", title)


def _with_scripts(title: str) -> str:
    """A title in which what is raised or lowered is so where Unicode has no letters for it."""
    return _SCRIPT.sub(lambda found: _SCRIPTS[found[1]].format(found[2]), title)


def _of_archives(entry: Entry, details: dict[str, str]) -> dict[str, str]:
    """Where else a paper is kept, unless that would be taken for where it is on arXiv."""
    if links.bare_arxiv(entry) or details.get("archive") == ARCHIVE:
        return {}
    return {name: line_shown(details.pop(name)) for name in ARCHIVES if name in details}


def _from_details(details: dict[str, str], kind: str) -> dict[str, Any]:
    """Take out of the details what CSL has a variable for."""
    found: dict[str, Any] = {}
    for variable, field in TEXTS:
        if text := details.pop(field, ""):
            found[variable] = csl_fields.pages(text) if field == "pages" else line_shown(text)
            if _MISREAD.search(f"{field}: {text}"):
                details[field] = text  # it stands in `custom` too
    if (
        "institution" in details
        and kind in csl_fields.FROM_INSTITUTIONS
        and "publisher" not in found
    ):
        found["publisher"] = line_shown(details.pop("institution"))
    if number := details.pop("number", ""):
        found["issue" if kind in csl_fields.HAVE_ISSUES else "number"] = line_shown(number)
    for variable, field in PEOPLE:
        if field in details:
            people = csl_fields.listed(line_shown(details.pop(field)))
            found[variable] = list(map(csl_fields.csl_name, people))
    for variable, field in DATES:
        date = date_in(details.get(field, ""))
        if date.year is not None and date.iso() == details[field]:
            found[variable] = csl_dates.of(date)
            del details[field]
    return found


def _custom(entry: Entry, details: dict[str, str]) -> dict[str, Any]:
    """What is left of a paper that CSL has no variable for."""
    named = kinds.named(kinds.csl_type(entry)) == kinds.kind(entry)
    ours = {
        "status": str(entry.status) if entry.status != Status.INBOX else "",
        "starred": entry.starred,
        "aliases": list(entry.aliases),
        "urls": list(entry.urls[1:]),
        "details": {name: text for name, text in details.items() if name != "type" or not named},
    }
    ours = {name: value for name, value in ours.items() if value}
    return {OURS: ours} if ours else {}


def _json(value: object) -> str:
    """JSON on one line; a lone surrogate, which UTF-8 cannot carry, is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
