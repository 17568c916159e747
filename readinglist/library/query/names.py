"""Names of tags, documents and papers in queries: compared without case, `*` for anything."""

from __future__ import annotations

import unicodedata
from typing import Final

from readinglist.library.query.conditions import Condition, Value, combined

# The only character that no name holds, so it can stand for "anything" in a pattern.
_ANYTHING: Final = "\0"
_TAGGED: Final = (
    "paper.id IN (SELECT paper_id FROM paper_tag"
    " WHERE tag_id IN (SELECT id FROM tag WHERE matches(?, name)))"
)
_KEYED: Final = (
    "paper.id IN (SELECT coalesce(merged_into, id) FROM (SELECT id, merged_into, key FROM paper"
    " UNION ALL SELECT id, merged_into, alias.key FROM alias JOIN paper ON paper.id = paper_id)"
    " WHERE matches(?, key))"
)
_SEEN_IN: Final = (
    "paper.id IN (SELECT paper_id FROM sighting"
    " WHERE document_id IN (SELECT id FROM document WHERE {}))"
)


def matches(pattern: str, name: str) -> bool:
    """Whether a name is as a pattern asks; SQLite calls this once per name."""
    first, *others = pattern.split(_ANYTHING)
    name = _folded(name)
    if not others:
        return name == first
    last = others.pop()
    at, end = len(first), len(name) - len(last)
    if at > end or not name.startswith(first) or not name.endswith(last):
        return False
    for part in others:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def tag(value: Value) -> Condition:
    """Read a tag, or a branch such as `rl/*`: what hangs from a tag, and the tag itself."""
    found = Condition(_TAGGED, (_pattern(value),))
    if value.text.endswith("/*") and not value.quoted:
        return combined("OR", [found, Condition(_TAGGED, (_pattern(Value(value.text[:-2])),))])
    return _or_begun(value, found, "tag WHERE matches(?, name)", _TAGGED)


def tag_exactly(value: str) -> Condition:
    """Take a tag by its name, or a branch by its stem and `/*`."""
    literal = tag(Value(value, quoted=True))
    return combined("OR", [literal, tag(Value(value))]) if value.endswith("/*") else literal


def source(value: Value) -> Condition:
    """Read a document's name, or a part of it."""
    pattern = _pattern(value)
    if value.quoted or "*" not in value.text:
        pattern = f"{_ANYTHING}{pattern}{_ANYTHING}"
    return Condition(_SEEN_IN.format("matches(?, name)"), (pattern,))


def source_exactly(value: str) -> Condition:
    """Take a document by its name."""
    return Condition(_SEEN_IN.format("name = ?"), (value,))


def key(value: Value) -> Condition:
    """Read a citation key."""
    found = Condition(_KEYED, (_pattern(value),))
    return _or_begun(value, found, "paper WHERE matches(?, key)", _KEYED)


def _or_begun(value: Value, found: Condition, known: str, begun: str) -> Condition:
    """Let an unfinished value stand for every name that begins so, unless it is one itself."""
    if not value.unfinished:
        return found
    sql = f"NOT EXISTS (SELECT 1 FROM {known})"  # noqa: S608 (written here; values are bound)
    none = Condition(sql, found.parameters)
    longer = Condition(begun, (f"{found.parameters[0]}{_ANYTHING}",))
    return combined("OR", [found, combined("AND", [none, longer])])


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _pattern(value: Value) -> str:
    text = _folded(value.text.replace(_ANYTHING, ""))
    if not value.quoted:
        text = text.replace("*", _ANYTHING)
    return text
