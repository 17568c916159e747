"""What a venue says of the kind of a paper."""

from __future__ import annotations

import re
from typing import Final

_PROCEEDINGS: Final = (
    r"\bproc(?:eedings|\.)|\bconf(?:erence|\.)|\bworkshops?\b|\bsymposium\b|\bcongress\b"
    r"|\badvances in neural\b|\b(?:NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|ACL|EMNLP"
    r"|NAACL|EACL|COLING|AAAI|IJCAI|KDD|SIGIR|SIGMOD|SIGGRAPH|ICRA|IROS|CoRL|COLT|COLM"
    r"|AISTATS|UAI|INTERSPEECH|ICASSP|MICCAI|RecSys|WSDM|CIKM|OSDI|SOSP|NSDI)\b"
)
_JOURNAL: Final = (
    r"\bjournal\b|\btrans(?:actions\b|\.)|\bletters\b|\bannals\b|\bmagazine\b|\bquarterly\b"
    r"|\bbulletin\b|\breviews?\b|\bsurveys\b|\bcommunications of\b|\bfrontiers in\b"
    r"|^(?:nature|science|cell|plos|elife|neuron|the lancet)\b"
    r"|\b(?:JMLR|TMLR|TACL|TPAMI|IJCV|JAIR|CACM)\b"
)
_JOURNAL_PROCEEDINGS: Final = r"\bproceedings of the (?:national academy|IEEE$|VLDB)|\bPNAS\b"
# The first row that matches a venue decides: what kind of entry, and where the venue stands.
_VENUES: Final = tuple(
    (re.compile(words, re.IGNORECASE), kind, field)
    for words, kind, field in (
        (_JOURNAL_PROCEEDINGS, "article", "journal"),
        (_PROCEEDINGS, "inproceedings", "booktitle"),
        (_JOURNAL, "article", "journal"),
        ("", "misc", "howpublished"),
    )
)


def kind_of(venue: str | None) -> tuple[str, str]:
    """Return the kind of BibTeX entry that a venue makes, and the field that it stands in."""
    return next((kind, field) for words, kind, field in _VENUES if words.search(venue or ""))
