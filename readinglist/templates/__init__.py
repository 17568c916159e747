"""Exports of the user's own making: a template of Jinja's, filled in with papers.

That is done in a process of its own, which can be ended at any moment: a template may loop for
ever, or fill the memory, without a single step at which this program could stop it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from readinglist import latex
from readinglist.errors import TemplateFailed
from readinglist.formats import links
from readinglist.records import Entry
from readinglist.templates.elsewhere import Filling, Wrong
from readinglist.text import clean_line, without_braces

_LARGEST: Final = 1 << 20  # bytes of a template
_LONGEST: Final = 1 << 28  # characters that one may write


class Template:
    """A template that has been read; `TemplateFailed` says what is wrong with it, and where.

    It sees `papers`, each with the members of the JSON contract and `links`, and can use the
    filters `latex`, `markdown` and `yaml` beside Jinja's own.
    """

    def __init__(self, path: Path) -> None:
        if find_spec("jinja2") is None:
            raise TemplateFailed(
                "Templates need Jinja2, which is not installed.",
                hint="Install readinglist with its extra: pip install 'readinglist[templates]'.",
            )
        self._name = clean_line(path.name)
        self._source = self._read(path)

    def write(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Yield what the template makes of the papers, piece by piece."""
        written = 0
        try:
            for piece in Filling(self._source, map(_paper, entries)).pieces():
                written += len(piece)
                if written > _LONGEST:
                    raise Wrong(0, f"it writes more than {_LONGEST >> 20} million characters")
                yield piece
        except Wrong as wrong:
            raise self._wrong(wrong.line, wrong.reason) from None

    def _read(self, path: Path) -> str:
        try:
            if path.stat().st_size > _LARGEST:
                raise self._wrong(0, f"it is larger than {_LARGEST >> 20} MB")
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise self._wrong(0, "it is no UTF-8 text") from error
        except (OSError, ValueError) as error:
            reason = str(getattr(error, "strerror", None) or error).lower()
            raise TemplateFailed(
                f"The template {clean_line(str(path))} cannot be read: {reason}.",
                hint="Check its path.",
            ) from error

    def _wrong(self, line: int, reason: str) -> TemplateFailed:
        where = f"{self._name}, line {line}" if line else self._name
        return TemplateFailed(
            f"The template does not work: {where}: {clean_line(reason).rstrip('.')}.",
            hint="It is written in Jinja; `papers` is what it is filled in with.",
        )


def _paper(entry: Entry) -> dict[str, Any]:
    """A paper as a template sees it: in its Unicode reading."""
    members = entry.to_json()
    for name in ("title", "abstract", "venue"):
        members[name] = latex.to_unicode(members[name]) if members[name] else members[name]
    people = map(latex.to_unicode, entry.authors)
    members["authors"] = list(map(without_braces, people))
    members["links"] = links.web_links(entry)
    return members
