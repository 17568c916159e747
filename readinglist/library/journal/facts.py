"""What a user may write into a paper's metadata: cleaned, in normal form, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any, Final

from readinglist.citekeys import is_key
from readinglist.errors import UsageError
from readinglist.identifiers import normal_arxiv, normal_doi
from readinglist.text import clean, clean_line

_OLDEST: Final = 1000
_AHEAD: Final = 10  # years in which something announced may appear
_DETAIL: Final = re.compile(r"[a-z][a-z0-9_:+.-]{0,39}")
_LINK: Final = re.compile(r"https?://[^\s/?#:@]*[^\s/?#:@.](?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def checked(facts: Mapping[str, object]) -> dict[str, Any]:
    """The facts as plain values: text, lists, a number, or None for what is cleared.

    Raises `UsageError` for what cannot be such a fact.
    """
    unknown = facts.keys() - _EVERY.keys()
    if unknown:
        raise UsageError(
            f"A paper has no {min(unknown)} to edit.", hint=f"It has {', '.join(_EVERY)}."
        )
    return {name: check(facts[name]) for name, check in _EVERY.items() if name in facts}


def stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the columns of a paper hold them."""
    return {name: json_list(value) if name in LISTS else value for name, value in facts.items()}


def stored_details(details: Collection[tuple[str, str]]) -> str | None:
    """Details as their column holds them: in the order of their names, and NULL for none."""
    return json.dumps(dict(sorted(details)), ensure_ascii=False) if details else None


def json_list(texts: Iterable[str]) -> str:
    """What `json.dumps` would write, several times as fast."""
    return f"[{', '.join(map(encode_basestring, texts))}]"


def _title(value: object) -> str:
    title = clean_line(_text("title", value))
    if not title:
        raise UsageError("A paper needs a title.", hint="Give it words.")
    return title


def _abstract(value: object) -> str | None:
    return clean(_text("abstract", value)).strip() or None


def _line(name: str) -> Callable[[object], str | None]:
    return lambda value: clean_line(_text(name, value)) or None


def _authors(value: object) -> list[str]:
    return [*filter(None, map(clean_line, _texts("authors", value)))]  # two may be called alike


def _year(value: object) -> int | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    latest = datetime.now(UTC).year + _AHEAD
    shown = clean_line(str(value))
    if isinstance(value, bool) or not (shown.isascii() and shown.isdigit() and len(shown) == 4):
        raise UsageError(f"{shown[:40]!r} is no year.", hint=f"Years look like {latest - _AHEAD}.")
    if not _OLDEST <= int(shown) <= latest:
        raise UsageError(f"The year {shown} is not between {_OLDEST} and {latest}.")
    return int(shown)


def _identifier(
    name: str, normal: Callable[[str], str | None], example: str
) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        text = clean_line(_text(name, value))
        found = normal(text)
        if text and found is None:
            raise UsageError(f"{text[:80]!r} is no {name}.", hint=f"It looks like {example}.")
        return found

    return check


def _urls(value: object) -> list[str]:
    urls = filter(None, map(clean_line, _texts("urls", value)))
    return list(dict.fromkeys(map(_url, urls)))


def _url(text: str) -> str:
    url = text if "://" in text else f"https://{text}"
    if not _LINK.fullmatch(url):
        raise UsageError(
            f"{text[:80]!r} is no link.", hint="Links look like https://example.org/paper."
        )
    return url


def _key(value: object) -> str:
    key = clean_line(_text("key", value))
    if not is_key(key):
        raise UsageError(
            f"{key[:80]!r} can be no citation key.",
            hint="One has up to 100 letters and digits of English, and _ : . + / - between them.",
        )
    return key


def _details(value: object) -> dict[str, str | None]:
    if not isinstance(value, Mapping):
        raise UsageError("The details have to be texts by their names.")
    return {_name(name): clean_line(_text(name, text)) or None for name, text in value.items()}


def _name(name: object) -> str:
    if isinstance(name, str) and _DETAIL.fullmatch(name):
        return name
    raise UsageError(
        f"{clean_line(str(name))[:40]!r} can be no name of a detail.",
        hint="Names look like volume, pages or publisher.",
    )


def _text(name: str, value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise UsageError(f"The {name} has to be text.")


def _texts(name: str, value: object) -> Collection[str]:
    if value is None or isinstance(value, str):
        return [value or ""]
    if not isinstance(value, Collection) or not all(isinstance(text, str) for text in value):
        raise UsageError(f"The {name} have to be a list of texts.")
    return value


_CHECKS: Final[dict[str, Callable[[object], Any]]] = {
    "title": _title,
    "abstract": _abstract,
    "authors": _authors,
    "year": _year,
    "venue": _line("venue"),
    "doi": _identifier("DOI", normal_doi, "10.1000/182"),
    "arxiv_id": _identifier("arXiv id", normal_arxiv, "2401.01234 or hep-th/9901001"),
    "urls": _urls,
}
FACTS: Final = tuple(_CHECKS)
_EVERY: Final = {**_CHECKS, "key": _key, "details": _details}
LISTS: Final = frozenset({"authors", "urls"})
DETAIL: Final = "details."
"""What the name of a field begins with that is one of a paper's details, such as its volume."""
