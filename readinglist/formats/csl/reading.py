"""CSL-JSON read: what Zotero, Mendeley, Better BibTeX, Pandoc and Crossref write, and we do."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from readinglist.citekeys import is_former
from readinglist.formats import csl, kinds
from readinglist.formats.bib import capitals
from readinglist.formats.bib.titles import CAPITALS
from readinglist.formats.csl import dates as csl_dates
from readinglist.formats.csl import fields as csl_fields
from readinglist.formats.csl import variables as csl_variables
from readinglist.formats.csl.fields import ARCHIVE, NOCASE, NOCASE_END, ORIGINALS, OURS, line
from readinglist.formats.csl.variables import ARCHIVES, DATES, PEOPLE, TEXTS
from readinglist.formats.json_items import Item, items
from readinglist.formats.lines import Losses, shown
from readinglist.formats.markup import note_text, plain
from readinglist.formats.members import Unfit, record_of
from readinglist.formats.originals import restored
from readinglist.identifiers import normal_arxiv
from readinglist.records import Problem, Reading, Record
from readinglist.text import clean_line

_KIND: Final = "csl-json"
_NOT_KEPT: Final = "has a member that is neither text, people nor a date, and stays out"
# Numbers that programs give to items, and that nobody cites.
_NO_KEY: Final = re.compile(
    r".*://.*|\d+|\d+/\w+|ITEM-\d+|temp_id_\d+|[0-9a-f]{8}-[0-9a-f-]{27}|10\.\d{4,}/.*",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s*[,;]\s*")
# A line of Zotero's "Extra", which comes as the note.
_EXTRA: Final = re.compile(
    r"\s*(?P<name>arxiv(?: id)?|citation key|doi|pmid|pmcid)\s*:\s*(?P<value>\S.*)", re.IGNORECASE
)
_ON_ARXIV: Final = re.compile(r"\s*arxiv\s*:\s*(\S+)(?:\s*\[[\w.-]+\])?\s*", re.IGNORECASE)


def records(text: str) -> Reading:
    """Read a whole document; an item that is no paper is a problem with its line."""
    found: list[Record] = []
    problems = Losses()
    lost: dict[str, Item] = {}
    for item in items(text):
        if isinstance(item, Problem):
            problems.note([item])
            continue
        try:
            found.append(_record(item, lost))
        except Unfit as error:
            text = json.dumps(item.members, ensure_ascii=False)
            problems.note([Problem(item.line, str(error), shown(text))])
    for name, item in lost.items():
        text = json.dumps({name: item.members[name]}, ensure_ascii=False)
        problems.note([Problem(item.line, _NOT_KEPT, shown(text))])
    return Reading(_KIND, found, problems)


def as_read(members: dict[str, Any]) -> Record:
    """What an item with these members says, without its originals."""
    return _as_told(Item(1, members), {})


def _record(item: Item, lost: dict[str, Item]) -> Record:
    """What an item says; `lost` gets the first item of each member that cannot be kept."""
    record = _as_told(item, lost)
    given = _ours(item.members).get(ORIGINALS)
    named = given.items() if isinstance(given, dict) else ()
    originals = {name: text for name, text in named if isinstance(text, str)}
    if not originals:
        return record
    return restored(record, originals, lambda entry: as_read(csl.item_of(entry)))


def _ours(members: dict[str, Any]) -> dict[str, Any]:
    """What we have written that CSL has no variable for."""
    custom = members.get("custom")
    ours = custom.get(OURS) if isinstance(custom, dict) else None
    return ours if isinstance(ours, dict) else {}


def _as_told(item: Item, lost: dict[str, Item]) -> Record:
    members = item.members
    extra = _extra(members.get("note"))
    kind = kinds.named(members.get("type"))
    year, dates = csl_dates.read(members.get("issued"))
    ours = _ours(members)
    url = line(members.get("URL"))
    told = {
        "title": _title(members),
        "abstract": plain(_text(members, "abstract")),
        "authors": csl_fields.people(members.get("author")),
        "year": year,
        "venue": line(members.get("container-title")),
        "doi": line(members.get("DOI")) or extra.get("doi"),
        "arxiv_id": _arxiv(members, extra, url),
        "urls": list(filter(None, [url, *_texts(ours.get("urls"))])),
        "key": _key(members, extra),
        "status": ours.get("status"),
        "starred": ours.get("starred"),
        "tags": _tags(members),
        "note": note_text(_text(members, "annote")),
        "aliases": ours.get("aliases"),
    }
    unknown, names = csl_variables.others(_unread(members))
    for name in names:
        lost.setdefault(name, item)
    details = {**_details(members, extra, kind), **dates, **_own_details(ours)}
    if NOCASE in str(members.get("title")):
        words = capitals.between(str(members["title"]), NOCASE, NOCASE_END)
        details[CAPITALS] = " ".join(capitals.unforeseen(_title(members), words))
    told["details"] = {**{name: text for name, text in unknown.items() if text}, **details}
    record = record_of({name: value for name, value in told.items() if value}, item.line)
    return record if "type" in dict(record.details) else kinds.with_kind(record, kind)


def _unread(members: dict[str, Any]) -> dict[str, Any]:
    """The members that may say more, and those of other programs in `custom`."""
    custom = members.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    others = {name: value for name, value in custom.items() if name != OURS}
    if line(members.get("archive")) == ARCHIVE:
        members = {name: value for name, value in members.items() if name not in ARCHIVES}
    return {**others, **members}


def _title(members: dict[str, Any]) -> str:
    """The title; Crossref has what stands under it apart."""
    title, subtitle = members.get("title"), members.get("subtitle")
    title = line(title) or clean_line(title if isinstance(title, str) else "")
    under = line(subtitle) if isinstance(subtitle, list) else ""
    return f"{title}: {under}" if title and under and under not in title else title


def _text(members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    if value is not None and not isinstance(value, str):
        raise Unfit(f"has a member {name} that is no text")
    return value or ""


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _extra(note: object) -> dict[str, str]:
    """What Zotero's users keep in "Extra", by name; `note` is the rest of it."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for each in (note if isinstance(note, str) else "").split("\n"):
        known = _EXTRA.fullmatch(each)
        name = known["name"].lower().removesuffix(" id") if known else ""
        if known and name not in found:
            found[name] = known["value"].strip()
        else:
            rest.append(each)
    return {**found, "note": "\n".join(rest).strip()}


def _arxiv(members: dict[str, Any], extra: dict[str, str], url: str) -> str | None:
    if numbered := _ON_ARXIV.fullmatch(line(members.get("number"))):
        return numbered[1]
    if line(members.get("archive")) == ARCHIVE and line(members.get("archive_location")):
        return line(members.get("archive_location")).removeprefix("arXiv:")
    return normal_arxiv(extra.get("arxiv", "")) or normal_arxiv(url)


def _key(members: dict[str, Any], extra: dict[str, str]) -> str | None:
    """The citation key; other programs' numbers for an item are none."""
    given = (line(members.get("citation-key")), extra.get("citation key", ""))
    number = line(members.get("id"))
    keys = (*given, "" if _NO_KEY.fullmatch(number) else number)
    return next(filter(is_former, keys), None)


def _tags(members: dict[str, Any]) -> list[str]:
    categories = _texts(members.get("categories"))
    return categories or list(filter(None, _SEPARATOR.split(line(members.get("keyword")))))


def _details(members: dict[str, Any], extra: dict[str, str], kind: str) -> dict[str, str]:
    found = {field: line(members.get(variable)) for variable, field in TEXTS}
    found |= {name: extra.get(name, "") for name in ("note", "pmid", "pmcid") if name in extra}
    found["pages"] = csl_fields.bib_pages(found["pages"])
    found["eventtitle"] = found["eventtitle"] or line(members.get("event"))
    found["shortjournal"] = found["shortjournal"] or line(members.get("journalAbbreviation"))
    number = line(members.get("issue")) or line(members.get("number"))
    found["number"] = "" if _ON_ARXIV.fullmatch(number) else number
    if found["publisher"] == ARCHIVE:
        found["publisher"] = ""
    if kind in csl_fields.FROM_INSTITUTIONS:
        found["institution"] = found.pop("publisher")
    for variable, field in PEOPLE:
        found[field] = csl_fields.in_one_text(csl_fields.people(members.get(variable)))
    for variable, field in DATES:
        found[field] = csl_dates.day(members.get(variable))
    found["eid"] = line(members.get("article-number"))
    return {field: text for field, text in found.items() if text}


def _own_details(ours: dict[str, Any]) -> dict[str, Any]:
    details = ours.get("details")
    return details if isinstance(details, dict) else {}
