"""What a paper takes from a record: that which it lacks, and never what its user has chosen."""

from __future__ import annotations

import json
from typing import Any, Final

from readinglist.formats.venues import kind_of
from readinglist.identifiers import ARXIV_PREFIX
from readinglist.library.intake.meeting import Known, Register
from readinglist.library.intake.preparing import each_once
from readinglist.library.journal.facts import DETAIL, stored, stored_details
from readinglist.records import Details, Record

_VAGUE: Final = "misc"  # a kind of entry that says nothing
_SIMPLE: Final = ("authors", "year", "venue", "doi", "arxiv_id")
_NOTHING: Final = (None, "", "[]")
_CUT_OFF: Final = " .…"


def may_fill(paper: Known, record: Record) -> bool:
    """Whether to look closer at what a record says: seen in a tenth of the time, few need it."""
    for name in _SIMPLE:
        if getattr(record, name) and paper.facts[name] in _NOTHING:
            return True
    if record.doi and record.doi != paper.facts["doi"]:
        return True
    longer = len(record.abstract or "") > len(paper.facts["abstract"] or "")
    more = longer or record.urls or record.details or record.key or record.aliases
    return bool(more or paper.under or paper.found)


def fill(paper: Known, record: Record, register: Register) -> list[str]:
    """Give a paper what documents have not said of it and the record says.

    An abstract that is only the beginning of the record's is lacking; links are added. What the
    user has chosen stays; what is filled in lies under it then. Returns the fields that show it.
    """
    said = {name: _said(paper, name) for name in (*_SIMPLE, "abstract", "urls")}
    filled = {
        name: value
        for name in _SIMPLE
        if (value := getattr(record, name))
        and (said[name] in _NOTHING or _is_better(name, said[name], value))
        and not register.is_another((name, str(value)), paper)
    }
    if record.abstract and _is_cut_off(said["abstract"] or "", record.abstract):
        filled["abstract"] = record.abstract
    if record.urls or "abstract" in filled:
        known = json.loads(said["urls"] or "[]")
        urls = each_once([*known, *record.urls], filled.get("abstract"))
        if len(urls) > len(known):
            filled["urls"] = urls
    shown = [name for name, value in stored(filled).items() if _give(paper, name, value)]
    if record.details and _fill_details(paper, record.details):
        shown.append("details")
    return shown


def _fill_details(paper: Known, details: Details) -> bool:
    """The same of further facts, each by itself; whether the paper shows any of them."""
    shown = json.loads(paper.facts["details"] or "{}")
    before = dict(shown)
    for name, text in details:
        if name == "type" and name not in shown and kind_of(paper.facts["venue"])[0] != _VAGUE:
            continue  # the venue says it already, better than a program that calls all an article
        under = paper.under.get(f"{DETAIL}{name}")
        if _documented(paper, f"{DETAIL}{name}", shown.get(name)) not in (*_NOTHING, _VAGUE):
            continue
        if under is not None:
            under.value = text
        if under is None or not under.hidden:
            shown[name] = text
    if shown == before:
        return False
    paper.facts["details"] = stored_details(shown.items())
    return True


def _is_better(name: str, said: Any, value: Any) -> bool:
    """Whether a DOI is the publisher's, where so far there is that of the preprint."""
    return name == "doi" and said.startswith(ARXIV_PREFIX) and not value.startswith(ARXIV_PREFIX)


def _said(paper: Known, name: str) -> Any:
    return _documented(paper, name, paper.facts[name])


def _documented(paper: Known, name: str, shown: Any) -> Any:
    """What documents say of a field of which a paper shows this."""
    if name in paper.under:
        return paper.under[name].value
    return None if name in paper.found else shown


def _give(paper: Known, name: str, value: Any) -> bool:
    """Keep what documents say; whether the paper shows it."""
    under = paper.under.get(name)
    if under is not None:
        under.value = value
        if under.hidden:
            return False
    paper.facts[name] = value
    return True


def _is_cut_off(abstract: str, whole: str) -> bool:
    return len(whole) > len(abstract) and whole.startswith(abstract.rstrip(_CUT_OFF))
