"""The query language: text to a tree, or an error that points at the character.

    query   = all ("OR" all)*          a space is AND, and binds tighter than OR
    all     = one*
    one     = "-"? ( "(" query ")" | '"' phrase '"' | field ":" value | word )

A colon before a space is punctuation, and so is a dash before a space or another dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from readinglist import latex
from readinglist.errors import QueryError
from readinglist.library.index.folding import words
from readinglist.library.query.conditions import Condition, Value
from readinglist.library.query.fields import FIELDS
from readinglist.library.query.lexer import MOST_TOKENS, Kind, Token, read_tokens

# Left over when a pasted `\\textit{two words}` is cut at its space.
_COMMAND: Final = re.compile(r"\\[A-Za-z]+(?=\{)")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word, fuzzy: its folded pieces (`fine-tuning` has two), perhaps in one column.

    `unfinished` marks the last word of the query, which may still be being typed.
    """

    pieces: tuple[str, ...]
    column: str
    start: int = field(compare=False)
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, exactly these in this order; the last is a beginning if `unfinished`."""

    pieces: tuple[str, ...]
    column: str
    start: int = field(compare=False)
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `part` does not find."""

    part: Tree


@dataclass(frozen=True, slots=True)
class All:
    """What every part finds; without parts, everything."""

    parts: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """What at least one part finds."""

    parts: tuple[Tree, ...]


Text = Word | Phrase
Tree = Text | Condition | Not | All | Any


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood; `complaint` says what a lenient reading had to leave out."""

    tree: Tree
    complaint: str = ""


def parse(text: str, *, lenient: bool = False) -> Query:
    """Read a query; `lenient` leaves out what is half-typed or wrong instead of raising.

    Raises `QueryError`.
    """
    tokens, complaint = read_tokens(text, lenient=lenient)
    parser = _Parser(tokens, lenient=lenient)
    tree = parser.query()
    return Query(tree, complaint or parser.complaint)


class _Parser:
    """Recursive descent over tokens whose parentheses are balanced and not too deep."""

    def __init__(self, tokens: list[Token], *, lenient: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._lenient = lenient
        self._last_text = max(
            (token.start for token in tokens if token.kind in (Kind.WORD, Kind.PHRASE, Kind.FIELD)),
            default=-1,
        )
        self.complaint = ""

    def query(self) -> Tree:
        """Read alternatives up to a closing parenthesis or the end."""
        parts = [self._all()]
        while self._kind() is Kind.OR:
            mark = self._next()
            before, after = self._tokens[self._at - 2 : self._at - 1], self._kind()
            parts.append(self._all())
            if not self._lenient and (_ends(before) or after in (None, Kind.OR, Kind.CLOSE)):
                raise QueryError(
                    "OR needs something on both sides.",
                    position=mark.start,
                    hint='Write "OR" in quotes to search for the word.',
                )
        known = [part for part in parts if part != All()]
        return _joined(Any, known)

    def _all(self) -> Tree:
        parts: list[Tree] = []
        while self._kind() not in (None, Kind.OR, Kind.CLOSE):
            part = self._one()
            if part is not None and part not in parts and part != All():
                parts.append(part)
        return _joined(All, parts)

    def _one(self) -> Tree | None:
        token = self._next()
        if token.kind is Kind.NOT:
            part = self._one() if self._kind() not in (None, Kind.OR, Kind.CLOSE) else None
            return Not(part) if part is not None and part != All() else None
        if token.kind is Kind.OPEN:
            inner = self.query()
            self._next()
            return inner
        if token.kind is Kind.FIELD:
            return self._field(token)
        return self._text(token, token.text, "", quoted=token.kind is Kind.PHRASE)

    def _field(self, token: Token) -> Tree | None:
        field = FIELDS[token.field]
        if field.condition is None:
            return self._text(token, token.text, field.column, quoted=token.quoted)
        try:
            return field.condition(Value(token.text, token.quoted, token.unfinished))
        except QueryError as error:
            if not self._lenient:
                raise QueryError(
                    error.message,
                    position=token.value_start + error.position,
                    hint=error.hint,
                ) from None
            if not token.unfinished:
                self.complaint = self.complaint or str(error)
            return None

    def _text(self, token: Token, text: str, column: str, *, quoted: bool) -> Tree | None:
        pieces = tuple(words(_COMMAND.sub("", latex.to_unicode(text))))
        if not pieces:
            return None
        if len(pieces) > MOST_TOKENS:
            self._complain(f"These are more than {MOST_TOKENS} words.", token.start)
            pieces = pieces[:MOST_TOKENS]
        if quoted:
            return Phrase(pieces, column, token.start, token.unfinished)
        word = Word(pieces, column, token.start, token.start == self._last_text)
        return word if column else _or_year(word)

    def _complain(self, message: str, position: int) -> None:
        error = QueryError(message, position=position, hint="Search for a part of it.")
        if not self._lenient:
            raise error
        self.complaint = self.complaint or str(error)

    def _kind(self) -> Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]


def _or_year(word: Word) -> Tree:
    """Let a year stand for papers of that year too: vaswani 2017."""
    year = FIELDS["year"].condition
    if year is None or len(word.pieces) > 1 or not _YEAR.fullmatch(word.pieces[0]):
        return word
    return Any((word, year(Value(word.pieces[0]))))


def _ends(before: list[Token]) -> bool:
    return not before or before[0].kind in (Kind.OR, Kind.OPEN)


def _joined(kind: type[All] | type[Any], parts: list[Tree]) -> Tree:
    if len(parts) == 1:
        return parts[0]
    return kind(tuple(parts)) if parts else All()
