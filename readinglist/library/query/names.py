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
# A key is looked up in its index, and so is the beginning of one; only a pattern without is held
# against every key. A paper goes by the keys it had before, and by those of papers merged into it.
_NAMED: Final = "SELECT coalesce(named.merged_into, named.id) FROM paper AS named"
_FORMER: Final = f"{_NAMED} JOIN alias ON alias.paper_id = named.id"
_KEYED: Final = f"""paper.id IN (
    {_NAMED} WHERE named.key = ? COLLATE NOCASE UNION ALL {_FORMER} WHERE alias.key = ?)"""
_BEGUN: Final = f"""paper.id IN (
    {_NAMED} WHERE named.key >= ? COLLATE NOCASE AND named.key < ? COLLATE NOCASE
        AND matches(?, named.key)
    UNION ALL {_FORMER} WHERE matches(?, alias.key))"""
_BEGUN_PLAINLY: Final = _BEGUN.replace("AND matches(?, named.key)", "")
_LIKE: Final = f"""matches(?, paper.key) OR paper.id IN (
    {_NAMED} WHERE named.merged_into IS NOT NULL AND matches(?, named.key)
    UNION ALL {_FORMER} WHERE matches(?, alias.key))"""
_UNKNOWN: Final = "NOT EXISTS (SELECT 1 FROM paper AS named WHERE named.key = ? COLLATE NOCASE)"
_TOP: Final = "\U0010ffff"
# Most papers are told by the document that mentioned them first, which stands in their own row.
_SEEN_IN: Final = (
    "paper.document_id IN (SELECT id FROM document WHERE {0})"
    " OR paper.id IN (SELECT paper_id FROM sighting"
    " WHERE document_id IN (SELECT id FROM document WHERE {0}))"
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
    return _or_begun(value, found)


def tag_exactly(value: str) -> Condition:
    """Take a tag by its name, or a branch by its stem and `/*`."""
    literal = tag(Value(value, quoted=True))
    return combined("OR", [literal, tag(Value(value))]) if value.endswith("/*") else literal


def source(value: Value) -> Condition:
    """Read a document's name, or a part of it."""
    pattern = _pattern(value)
    if value.quoted or "*" not in value.text:
        pattern = f"{_ANYTHING}{pattern}{_ANYTHING}"
    return Condition(_SEEN_IN.format("matches(?, name)"), (pattern, pattern))


def source_exactly(value: str) -> Condition:
    """Take a document by its name."""
    return Condition(_SEEN_IN.format("name = ?"), (value, value))


def key(value: Value) -> Condition:
    """Read a citation key, of a paper or one that it had before."""
    pattern = _pattern(value)
    if _ANYTHING in pattern or not pattern.isascii():
        return _key_like(pattern)
    found = Condition(_KEYED, (pattern, pattern))
    if not value.unfinished:
        return found
    longer = combined("AND", [Condition(_UNKNOWN, (pattern,)), _key_like(pattern + _ANYTHING)])
    return combined("OR", [found, longer])


def _key_like(pattern: str) -> Condition:
    start = pattern.partition(_ANYTHING)[0]
    if not start:
        return Condition(_LIKE, (pattern, pattern, pattern))
    if start.isascii() and pattern == start + _ANYTHING:  # the index compares as well
        return Condition(_BEGUN_PLAINLY, (start, start + _TOP, pattern))
    return Condition(_BEGUN, (start, start + _TOP, pattern, pattern))


def _or_begun(value: Value, found: Condition) -> Condition:
    """Let an unfinished tag stand for every one that begins so, unless it is one itself."""
    if not value.unfinished:
        return found
    none = Condition("NOT EXISTS (SELECT 1 FROM tag WHERE matches(?, name))", found.parameters)
    longer = Condition(_TAGGED, (f"{found.parameters[0]}{_ANYTHING}",))
    return combined("OR", [found, combined("AND", [none, longer])])


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _pattern(value: Value) -> str:
    text = _folded(value.text.replace(_ANYTHING, ""))
    if not value.quoted:
        text = text.replace("*", _ANYTHING)
    return text
