"""A note's Markdown as styled paragraphs: text and style only, nothing that can be clicked."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from readinglist.tui.wording.paragraph import GAP, MUTED, Paragraph

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}
_CODE = "$text-secondary"
_BULLET = "- "
_QUOTE = "│ "


def rendered(note: str) -> Iterator[Paragraph]:
    """The note in paragraphs, with a gap between its blocks."""
    yield from _Walk().blocks(_PARSER.parse(note))


class _Walk:
    """Where in the note's lists and quotes the next paragraph stands."""

    def __init__(self) -> None:
        self._indents: list[str] = []
        self._lead: str | None = None
        self._numbers: list[int | None] = []

    def blocks(self, tokens: list[Token]) -> Iterator[Paragraph]:
        """Walk over the block tokens; the gaps go before blocks that follow another."""
        started = tight = False
        heading = False
        for token in tokens:
            heading = token.type == "heading_open" or (heading and token.type != "heading_close")
            self._enter_or_leave(token)
            tight = bool(self._numbers)
            for paragraph in self._paragraphs(token, heading=heading):
                if started and not tight and paragraph is not GAP:
                    yield GAP
                started = True
                yield paragraph

    def _enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._open_item()
            case "blockquote_open":
                self._indents.append(_QUOTE)
            case "list_item_close" | "blockquote_close":
                self._indents.pop()
                self._lead = None

    def _open_item(self) -> None:
        number = self._numbers[-1]
        sign = _BULLET if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self._lead = "".join(self._indents) + sign
        self._indents.append(" " * len(sign))

    def _paragraphs(self, token: Token, *, heading: bool) -> Iterator[Paragraph]:
        lead, indent = self._lead, "".join(self._indents)
        if token.type == "inline":
            text = _inline(token.children or [])
            for line in text.stylize_before("bold" if heading else "").split():
                yield Paragraph(line, indent if lead is None else lead)
                lead = None
        elif token.type in {"fence", "code_block"}:
            for code in token.content.rstrip("\n").split("\n"):
                yield Paragraph(Content.styled(code, _CODE), f"{indent}  ")
        elif token.type == "hr":
            yield Paragraph(Content.styled("─" * 12, MUTED), indent)
        else:
            return
        self._lead = None


def _inline(tokens: list[Token]) -> Content:
    """Text with emphasis; a link shows its address, which is plain text too."""
    pieces: list[tuple[str, str]] = []
    styles: list[str] = []
    addresses: list[str] = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            styles.append(_STYLES.get(name, ""))
            if name == "link":
                addresses.append(str(token.attrs.get("href", "")))
        elif token.nesting == -1:
            styles.pop()
            if name == "link":
                _add_address(pieces, addresses.pop())
        elif token.type in {"softbreak", "hardbreak"}:
            pieces.append(("\n" if token.type == "hardbreak" else " ", ""))
        else:
            code = _CODE if token.type == "code_inline" else ""
            pieces.append((token.content, " ".join(filter(None, [*styles, code]))))
    return Content.assemble(*(piece if piece[1] else piece[0] for piece in pieces))


def _add_address(pieces: list[tuple[str, str]], address: str) -> None:
    if address and address not in (pieces[-1][0] if pieces else ""):
        pieces.append((f" ({address})", MUTED))
