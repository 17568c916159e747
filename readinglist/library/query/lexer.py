"""The query's text cut into tokens, balanced and bounded, so that reading them cannot go deep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from readinglist.errors import QueryError
from readinglist.library.query.conditions import shown
from readinglist.library.query.fields import FIELDS
from readinglist.nearest import nearest

LONGEST_QUERY: Final = 4000
MOST_TOKENS: Final = 300
DEEPEST: Final = 30

# One character becomes one other, so that positions stay true.
_UNUSABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BARE: Final = re.compile(r"[^\s()]+")
_FIELD: Final = re.compile(r"([A-Za-z]{2,}):(?!//)(?=\S|$)")


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    NOT = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query: `text` is what is searched for; it stands from `start` up to `end`.

    `unfinished` (lenient reading only) marks what ends where the query ends.
    """

    kind: Kind
    text: str
    start: int
    end: int
    field: str = ""
    value_start: int = 0
    quoted: bool = False
    unfinished: bool = False


def read_tokens(text: str, *, lenient: bool) -> tuple[list[Token], str]:
    """Return the tokens with balanced parentheses, and what a lenient reading complains of.

    Raises `QueryError`, but never when lenient.
    """
    lexer = _Lexer(_UNUSABLE.sub(" ", text), lenient=lenient)
    lexer.read()
    return lexer.tokens, lexer.complaint


class _Lexer:
    """One pass over the query, from left to right."""

    def __init__(self, text: str, *, lenient: bool) -> None:
        self.text = text
        self.lenient = lenient
        self.tokens: list[Token] = []
        self.complaint = ""
        self._at = 0
        self._open: list[int] = []

    def read(self) -> None:
        if len(self.text) > LONGEST_QUERY:
            self._wrong(
                f"The query has {len(self.text)} characters, more than {LONGEST_QUERY}.",
                LONGEST_QUERY,
                "Search for a part of it.",
            )
            self.text = self.text[:LONGEST_QUERY]
        while self._at < len(self.text):
            if len(self.tokens) == MOST_TOKENS:
                self._wrong(
                    f"The query has more than {MOST_TOKENS} words.",
                    self._at,
                    "Search for a part of it.",
                )
                break
            self._step(self.text[self._at])
        if self._open:
            self._half_typed(
                "This parenthesis is never closed.", self._open[-1], "Close it with )."
            )
            end = len(self.text)
            self.tokens += [Token(Kind.CLOSE, ")", end, end)] * len(self._open)

    def _step(self, char: str) -> None:
        if char.isspace():
            self._at += 1
        elif char in "()":
            self._parenthesis(char)
        elif char == "-":
            self._dash()
        elif char == '"':
            start = self._at
            value, unfinished = self._quoted()
            self._add(Kind.PHRASE, value, start, unfinished=unfinished)
        elif field := _FIELD.match(self.text, self._at):
            self._field(field)
        else:
            self._bare()

    def _parenthesis(self, char: str) -> None:
        start = self._at
        self._at += 1
        if char == "(":
            if len(self._open) == DEEPEST:
                self._wrong(
                    f"More than {DEEPEST} parentheses are open here.",
                    start,
                    "Use fewer, or quote the text.",
                )
                return
            self._open.append(start)
            self._add(Kind.OPEN, char, start)
        elif self._open:
            self._open.pop()
            self._add(Kind.CLOSE, char, start)
        else:
            self._half_typed(
                "This parenthesis closes nothing.", start, "Leave it out, or quote the text."
            )

    def _dash(self) -> None:
        before = self.text[self._at - 1 : self._at]
        following = self.text[self._at + 1 : self._at + 2]
        begins = not before or before.isspace() or before == "("
        if begins and following and not following.isspace() and following not in "-)":
            self._at += 1
            self._add(Kind.NOT, "-", self._at - 1)
        else:
            self._bare()

    def _quoted(self) -> tuple[str, bool]:
        """Read from a quote to the next one, or to the end if there is none."""
        start = self._at
        end = self.text.find('"', start + 1)
        if end < 0:
            self._half_typed(
                "This quote is never closed.", start, 'Close it with ", or leave it out.'
            )
            self._at = len(self.text)
            return self.text[start + 1 :], True
        self._at = end + 1
        return self.text[start + 1 : end], False

    def _field(self, match: re.Match[str]) -> None:
        name, start = match[1].lower(), match.start()
        if name not in FIELDS:
            self._unknown_field(match)
            return
        self._at = match.end()
        value_start, quoted = self._at, self.text.startswith('"', self._at)
        if quoted:
            value, unfinished = self._quoted()
            value_start += 1
        else:
            bare = _BARE.match(self.text, self._at)
            value = bare.group() if bare else ""
            self._at += len(value)
            unfinished = self.lenient and self._at == len(self.text)
        if value.strip():
            self._add(
                Kind.FIELD,
                value.strip() if quoted else value,
                start,
                field=name,
                value_start=value_start,
                quoted=quoted,
                unfinished=unfinished,
            )
        else:
            self._half_typed(f"{name}: needs a value.", start, f"It takes {FIELDS[name].takes}.")

    def _unknown_field(self, match: re.Match[str]) -> None:
        name = match[1]
        if match.end() == len(self.text):  # nothing follows, so the colon is punctuation
            self._bare()
            return
        known = nearest(name, FIELDS)
        self._wrong(
            f"There is no field “{shown(name)}”.",
            match.start(),
            f"Did you mean {known}:? If not, put a space after the colon."
            if known
            else "Put a space after the colon to search for the words.",
        )
        self._bare()

    def _bare(self) -> None:
        start = self._at
        match = _BARE.match(self.text, start)
        word = match.group() if match else self.text[start]
        self._at += len(word)
        negated = bool(self.tokens) and self.tokens[-1].kind is Kind.NOT
        if word == "OR" and not negated:
            self._add(Kind.OR, word, start)
        elif word != "AND":
            self._add(Kind.WORD, word, start)

    def _add(
        self,
        kind: Kind,
        text: str,
        start: int,
        *,
        field: str = "",
        value_start: int = 0,
        quoted: bool = False,
        unfinished: bool = False,
    ) -> None:
        """Add what was read up to here."""
        self.tokens.append(
            Token(kind, text, start, self._at, field, value_start, quoted, unfinished)
        )

    def _wrong(self, message: str, position: int, hint: str) -> None:
        """Complain of what no more typing will mend."""
        error = QueryError(message, position=position, hint=hint)
        if not self.lenient:
            raise error
        self.complaint = self.complaint or str(error)

    def _half_typed(self, message: str, position: int, hint: str) -> None:
        """Complain, unless someone is still typing."""
        if not self.lenient:
            raise QueryError(message, position=position, hint=hint)
