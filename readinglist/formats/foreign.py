"""Bibliographies in forms that are not read: what each is, and what to try instead."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_HEAD: Final = 20_000  # characters
_RIS_OR_BIBTEX: Final = "Export it from there as BibTeX or RIS."
_ELSEWHERE: Final = "Open it in a reference manager, and export it as BibTeX or RIS."


class Foreign(NamedTuple):
    """What a text is, and what to try."""

    kind: str
    hint: str


# The first row that a text's beginning matches tells what it is.
_FOREIGN: Final = tuple(
    (re.compile(sign, re.MULTILINE), Foreign(kind, hint))
    for sign, kind, hint in (
        (r"\A\s*%0 \S.*\n(?:.*\n){0,20}?%[TA] ", "a list in EndNote's own form (.enw)",
         "Take BibTeX or RIS (RefMan) where it comes from."),
        (r"\A\s*PMID- \d", "a list in PubMed's own form (.nbib)", _ELSEWHERE),
        (r"\A\s*(?:FN .*\n)?(?:VR .*\n)?PT [A-Z]\s*$", "a list in Web of Science's own form",
         _RIS_OR_BIBTEX),
        (r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<xml>\s*<records>",
         "a list in EndNote's XML", _RIS_OR_BIBTEX),
        (r"\A\s*(?:<\?xml[^>]*>\s*)?<mods(?:Collection)?\b", "a list in MODS, which is XML",
         _ELSEWHERE),
        (r"\A\s*(?:<\?xml[^>]*>\s*)?<rdf:RDF\b", "a list in RDF, which is XML", _RIS_OR_BIBTEX),
        (r"\A\s*<\?xml\b", "an XML file", _ELSEWHERE),
        (r"^\s*\\(?:begin\{thebibliography\}|bibitem\b|documentclass\b)", "LaTeX to be typeset",
         "Import the .bib file that its references come from."),
        (r"\A\s*(?:---\s*\n)?references:\s*\n\s*- ", "a list in YAML", "Save it as CSL-JSON."),
    )
)  # fmt: skip


def foreign(text: str) -> Foreign | None:
    """Say what a bibliography is that is not read; None if it is none that is known."""
    head = text[:_HEAD].lstrip("\ufeff")
    return next((each for sign, each in _FOREIGN if sign.search(head)), None)
