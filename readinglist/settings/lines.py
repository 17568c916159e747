"""Where a TOML text says what: the line of each key, which Python's reader does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from readinglist.settings.table import Path


def leaves(table: Mapping[str, object], path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value of a table and of the tables in it; an empty table is a value too."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name), value


def lines_of(text: str) -> dict[Path, int]:
    """The line on which each value of a TOML text begins; the text must be a valid one.

    A statement is the fewest lines that can be read by themselves.
    """
    import tomllib  # 6 ms, and only a file with a fault in it needs lines

    found: dict[Path, int] = {}
    table: Path = ()
    start, piece = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        start = start if piece else number
        piece += f"{line}\n"
        try:
            said = tomllib.loads(piece)
        except tomllib.TOMLDecodeError:
            continue
        paths = [path for path, _ in leaves(said)]
        if piece.lstrip().startswith("["):
            table = paths[0] if paths else ()
            found.setdefault(table, start)
        else:
            found.update({(*table, *path): start for path in paths})
        piece = ""
    return found
