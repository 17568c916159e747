"""What a provider of metadata is: how to ask it, and how to read what it answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final, NamedTuple, TypeVar

from readinglist.identifiers import ARXIV_PREFIX
from readinglist.library.index.folding import words
from readinglist.lookup import LABELS
from readinglist.records import Record

ARXIV: Final = "arxiv"
DOI: Final = "doi"
TITLE: Final = "title"
_LONGEST: Final = 250  # characters of a title that are asked for; no two works differ only later

_Value = TypeVar("_Value")


class Question(NamedTuple):
    """What is asked for: an arXiv id, a DOI (both in normal form), or a title."""

    kind: str
    value: str

    @property
    def words(self) -> str:
        """The words of a title, without signs that a search would obey; of a long one the first."""
        whole = " ".join(words(self.value))
        return whole if len(whole) <= _LONGEST else whole[: _LONGEST + 1].rpartition(" ")[0]


class Request(NamedTuple):
    """One request: below the provider's address, `path` with `parameters`.

    `body` is posted as JSON. `absent` are the statuses that mean that there is no such thing, and
    `told` those of a reply that says itself what is wrong.
    """

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None  # whatever JSON can hold
    absent: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()


class Access(NamedTuple):
    """What a user may give a provider: an address to write to, and a key; empty for none."""

    mailto: str = ""
    key: str = ""


class Found(NamedTuple):
    """A work that a provider knows: its name there, and what it says of it.

    `names` are all the DOIs and arXiv ids of it, in normal form.
    """

    identifier: str
    record: Record
    names: frozenset[str] = frozenset()


class Garbled(Exception):
    """A reply is not what the provider says that it sends; the message says what is wrong."""


class Refused(Garbled):
    """The provider says that a question is none; asked together with others, it spoils them."""


class Provider:
    """Base of the providers; each says where it is, how to ask it, and how to read it.

    `home` is the address below which requests go, `gap` the seconds that it wants between two of
    them, and `direct` the kinds of identifiers that it knows works by. `kinds` are the media types
    that it sends.
    """

    name: ClassVar[str]
    home: ClassVar[str]
    gap: ClassVar[float]
    direct: ClassVar[tuple[str, ...]]
    kinds: ClassVar[tuple[str, ...]] = ("application/json",)
    titles_at_once: ClassVar[int] = 1
    ids_at_once: ClassVar[int] = 1
    most_works: ClassVar[int | None] = None
    """At how many works a reply to titles is cut, where several are asked for together."""
    keyed: ClassVar[bool] = False
    """Whether a user may have a key for it."""
    mailed: ClassVar[bool] = False
    """Whether it is told the user's address, if that is set."""

    @property
    def label(self) -> str:
        """What people call it."""
        return LABELS[self.name]

    def can_ask(self, question: Question) -> bool:
        """Whether a request can hold the question."""
        return question.kind != TITLE or bool(question.words)

    def batches(self, questions: Sequence[Question]) -> list[tuple[Question, ...]]:
        """The questions as they can be asked together: of one kind, and not too many."""
        batches: list[tuple[Question, ...]] = []
        for kind in (ARXIV, DOI, TITLE):
            size = self.titles_at_once if kind == TITLE else self.ids_at_once
            batches += _cut([each for each in questions if each.kind == kind], size)
        return batches

    def request(self, questions: tuple[Question, ...], access: Access) -> Request:
        """How to ask these questions of one batch."""
        raise NotImplementedError

    def read(self, reply: bytes) -> list[Found]:
        """The works in a reply, best first; `Garbled` if it is none of this provider's."""
        raise NotImplementedError


def _cut(values: Sequence[_Value], size: int) -> Iterator[tuple[_Value, ...]]:
    for start in range(0, len(values), size):
        yield tuple(values[start : start + size])


def as_doi(question: Question) -> str:
    """The DOI of a work that is known by one, or by an arXiv id."""
    return question.value if question.kind == DOI else f"{ARXIV_PREFIX}{question.value}"


# JSON from outside: anything may be missing, null, or of another type


def parse(reply: bytes) -> Any:
    """The JSON of a reply."""
    try:
        return json.loads(reply, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Garbled("it is no JSON") from error


def _no_constant(name: str) -> None:
    """NaN and the infinities are no JSON, and no year either."""


def members(value: Any, *path: str) -> dict[str, Any]:
    """The object at a path, empty where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list, empty where there is none."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """A text, empty where there is none."""
    return value if isinstance(value, str) else ""


def first_text(value: Any) -> str:
    """The first text of a list, or the text itself."""
    return next(filter(None, map(text, items(value))), "") or text(value)


def each(reply: Any, *, what: str) -> Iterable[dict[str, Any]]:
    """The objects of a list; `Garbled` if it is none."""
    if not isinstance(reply, list):
        raise Garbled(f"it has no list of {what}")
    return (one for one in reply if isinstance(one, dict))
