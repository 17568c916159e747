"""Lists that are not read: a sentence says what each is, and what to try."""

from __future__ import annotations

import pytest

from readinglist.errors import ImportFailed
from readinglist.formats import read_document


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        ("%0 Journal Article\n%T Boats\n%A Lee, Ann\n", "EndNote's own form (.enw)", "RIS"),
        ("PMID- 12345678\nOWN - NLM\nTI  - Boats.\n", "PubMed's own form", "BibTeX or RIS"),
        ("FN Clarivate\nVR 1.0\nPT J\nAU Lee, A\nTI Boats\nER\n", "Web of Science", "RIS"),
        ("PT J\nAU Lee, A\nTI Boats\nER\n", "Web of Science's own form", "BibTeX or RIS"),
        ("<?xml version='1.0'?><xml><records><record/></records></xml>", "EndNote's XML", "RIS"),
        ("<modsCollection xmlns='x'><mods/></modsCollection>", "MODS", "reference manager"),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "RDF", "BibTeX or RIS"),
        ("<?xml version='1.0'?>\n<papers/>", "an XML file", "reference manager"),
        ("\\begin{thebibliography}{1}\n\\bibitem{lee} Lee.\n", "LaTeX", ".bib file"),
        ("---\nreferences:\n- id: lee2020\n  title: Boats\n", "YAML", "CSL-JSON"),
    ],
)
def test_what_is_known_is_named(text: str, kind: str, hint: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        read_document(text.encode(), "refs")
    assert kind in str(caught.value)
    assert hint in str(caught.value)
