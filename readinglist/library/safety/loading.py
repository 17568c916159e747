"""A dump read back: each line checked as what it says it is, all of them in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NoReturn

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, insert, select

from readinglist.errors import LibraryError
from readinglist.library.index.fulltext import rebuild
from readinglist.library.safety import copies
from readinglist.library.safety.rows import MODELS, Unfit, parse, read_row
from readinglist.library.storage import schema
from readinglist.library.storage.database import SCHEMA_VERSION
from readinglist.library.storage.migrations import FINGERPRINTED, of_3
from readinglist.library.storage.writer import Writer, dbapi
from readinglist.models import Change, Document, Paper, Tag

_BATCH: Final = 500

Numbered = tuple[int, dict[str, Any]]
"""A row and the number of its line."""


def make_full(path: Path, lines: Iterable[str | bytes]) -> dict[str, int]:
    """Make a new library of a dump; if it cannot be, none is made."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=copies.TEMPORARY, suffix=".tmp", dir=path.parent) as folder:
            temporary = Path(folder, path.name)
            schema.make(temporary)
            counts = fill(temporary, lines)
            copies.sync(temporary)
            copies.place(temporary, path)
    except FileExistsError:
        raise LibraryError(f"{path} appeared meanwhile, so nothing was loaded.") from None
    except OSError as error:
        raise LibraryError(f"{path} was not made: {error.strerror or error}.") from error
    return counts


def fill(path: Path, lines: Iterable[str | bytes]) -> dict[str, int]:
    """Read a dump into the empty library at `path`."""
    writer = Writer(path)
    try:
        with writer.transaction() as session:
            _refuse_to_mix(session, path)
            counts = _take(session, lines)
            rebuild(dbapi(session))
    finally:
        writer.close()
    return counts


def _refuse_to_mix(session: Session, path: Path) -> None:
    for model in (Document, Paper, Tag, Change):
        if session.exec(select(model).limit(1)).first() is not None:
            raise LibraryError(
                f"{path} is not empty, so nothing was loaded.",
                hint="Name a new file with --library.",
            )


def _take(session: Session, lines: Iterable[str | bytes]) -> dict[str, int]:
    numbered = ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
    version, announced = _header(*next(numbered, (1, "")))
    counts: Counter[str] = Counter()
    for table, batch in _batches(numbered, version):
        _insert(session, MODELS[table], batch)
        counts[table] += len(batch)
    for table, number in announced.items():
        if counts[table] != number:
            raise LibraryError(
                f"The dump is not complete: it has {counts[table]} of {number} rows of {table}.",
                hint="Nothing was loaded.",
            )
    return {table: counts[table] for table in MODELS}


def _header(number: int, line: str | bytes) -> tuple[int, dict[str, int]]:
    """The schema that the first line names, and how many rows it announces for each table."""
    try:
        value = parse(line)
    except Unfit:
        value = None
    version = value.get("readinglist") if isinstance(value, dict) else None
    rows = value.get("rows") if isinstance(value, dict) else None
    if type(version) is not int or not isinstance(rows, dict):
        _refuse(number, "is not the beginning of a dump by readinglist")
    if version > SCHEMA_VERSION:
        _refuse(number, f"says that a newer readinglist wrote it (schema {version}); upgrade")
    return version, {table: rows.get(table, 0) for table in [*MODELS, *rows]}


def _batches(
    numbered: Iterable[tuple[int, str | bytes]], version: int
) -> Iterator[tuple[str, list[Numbered]]]:
    """Group the rows of one table that follow each other."""
    current = ""
    batch: list[Numbered] = []
    for number, line in numbered:
        try:
            table, row = read_row(parse(line))
        except Unfit as problem:
            _refuse(number, str(problem))
        if version < FINGERPRINTED:
            row = of_3(table, row)
        if batch and (table != current or len(batch) == _BATCH):
            yield current, batch
            batch = []
        current = table
        batch.append((number, row))
    if batch:
        yield current, batch


def _insert(session: Session, model: type[SQLModel], batch: list[Numbered]) -> None:
    try:
        with session.begin_nested():
            session.exec(insert(model), params=[row for _, row in batch])
    except IntegrityError:
        for number, row in batch:  # once more, to find out which it was
            try:
                session.exec(insert(model), params=[row])
            except IntegrityError as error:
                _refuse(number, f"does not fit the lines before it ({error.orig})")


def _refuse(number: int, problem: str) -> NoReturn:
    raise LibraryError(f"Line {number} {problem}.", hint="Nothing was loaded.")
