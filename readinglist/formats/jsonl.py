"""JSON Lines: each paper as the command line's JSON contract shows it, one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist.records import Entry

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one line per paper; a lone surrogate, which UTF-8 cannot carry, is escaped."""
    for entry in entries:
        line = json.dumps(entry.to_json(), ensure_ascii=False)
        yield _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", line) + "\n"
