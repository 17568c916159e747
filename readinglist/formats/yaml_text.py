"""The little YAML that front matter needs: texts, numbers, dates and lists of texts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z][\w./-]*(?: [\w./-]+)*|https?://[\w./~%+=&?-]+", re.ASCII)
# Words that some reader of YAML takes for something else than a text.
_RESERVED: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"))
# What JSON leaves as it is, and YAML takes for a line break or forbids.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPE: Final = re.compile(r"\\(?:x(..)|u(....)|U(........)|(.))", re.DOTALL)
_MEANING: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f"}
_ITEM: Final = re.compile(r"\s*-(?:\s+(?P<text>.*))?")
_FLOW: Final = re.compile(
    r"""\s*(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,\[\]{}"'#&*!|>%@`][^,\[\]{}]*?)\s*(?:,|$)"""
)
_REMARK: Final = re.compile(r"(?:^|\s)(?P<text>#[^\"']*)$")


def scalar(value: str) -> str:
    """A text on one line, which every reader of YAML reads back as that text."""
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def date(value: str) -> str:
    """The day of a time in ISO 8601, which readers of YAML know as one."""
    return value[:10] if _DATE.match(value) else scalar(value)


def field(name: str, value: str | Sequence[str]) -> list[str]:
    """The lines of a field; of a list, one line for each text."""
    if isinstance(value, str):
        return [f"{name}: {value}"]
    return [f"{name}:", *(f"  - {scalar(each)}" for each in value)]


def texts(lines: Sequence[str]) -> list[str] | None:
    """What a field's lines list, from behind the colon on; None if that is more than texts."""
    first, *rest = [parted(line)[0].strip() for line in lines]
    if first.startswith("["):
        return _flow(" ".join([first, *rest]).strip())
    rest = list(filter(None, rest))
    if first:
        return None if rest else _all([first])
    items = [_ITEM.fullmatch(line) for line in rest]
    return _all([item["text"] or "" if item else None for item in items])


def parted(line: str) -> tuple[str, str]:
    """A line without the remark that ends it, and that."""
    found = _REMARK.search(line.rstrip())
    return (line[: found.start()], found["text"]) if found else (line, "")


def _flow(text: str) -> list[str] | None:
    if not text.endswith("]"):
        return None
    inner, at, found = text[1:-1].strip(), 0, list[str | None]()
    while at < len(inner):
        item = _FLOW.match(inner, at)
        if item is None or item.end() == at:
            return None
        found.append(item["text"])
        at = item.end()
    return _all(found)


def _all(texts: Sequence[str | None]) -> list[str] | None:
    found = [None if text is None else read(text.strip()) for text in texts]
    return None if None in found else [text for text in found if text]


def read(text: str) -> str | None:
    """What a text of YAML on one line stands for; None if that is no mere text."""
    if text.startswith('"'):
        whole = len(text) > 1 and text.endswith('"')
        return _ESCAPE.sub(_meant, text[1:-1]) if whole else None
    if text.startswith("'"):
        return text[1:-1].replace("''", "'") if len(text) > 1 and text.endswith("'") else None
    if text[:1] in tuple("[{&*!|>%@`") or ": " in text:
        return None
    return text


def _meant(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _MEANING.get(match[4], match[4])
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return match.group()
