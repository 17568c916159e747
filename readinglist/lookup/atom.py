"""XML from outside, read without anything that XML could ask for: no entities, no references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NoReturn
from xml.parsers import expat

from readinglist.lookup.provider import Garbled

ATOM: Final = "http://www.w3.org/2005/Atom"
_DEEPEST: Final = 30
_MOST: Final = 200_000  # elements


class Element:
    """An element by its namespace and name, with the text that stands in it."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text right inside, as it is written."""
        return "".join(self.pieces)

    def all(self, name: str, namespace: str = ATOM) -> Iterator[Element]:
        """The elements of that name right inside."""
        return (child for child in self.children if child.name == f"{namespace} {name}")

    def first(self, name: str, namespace: str = ATOM) -> str:
        """The text of the first of them; empty if there is none."""
        return next((child.text for child in self.all(name, namespace)), "")


def parse(document: bytes) -> Element:
    """Read a document; `Garbled` if it is no XML, or declares a document type.

    Without a document type there are no entities, so that nothing expands and nothing is fetched.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(document, True)
    except expat.ExpatError as error:
        raise Garbled("it is no XML") from error
    except (ValueError, LookupError) as error:  # an encoding that expat cannot use
        raise Garbled("it is in no encoding that can be read") from error
    if reader.root is None:
        raise Garbled("it is empty")
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) == _DEEPEST or self._count > _MOST:
            raise Garbled("it has far too many elements")
        element = Element(name, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _take(self, text: str) -> None:
        self._open[-1].pieces.append(text)


def _refuse(*_declaration: object) -> NoReturn:
    raise Garbled("it declares a document type")
