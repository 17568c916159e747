"""What the doctor looks for, each as sentences about what is wrong, and the cures that are safe."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from readinglist import paths
from readinglist.library.index import fulltext
from readinglist.library.safety import copies, faults
from readinglist.library.storage import database
from readinglist.library.storage.backup_files import all_of, folder_of
from readinglist.records import Status
from readinglist.text import clean_line, fingerprint, identity

# Words whose papers the index counts differently from the table that searches look at.
_MISCOUNTED: Final = """
SELECT term FROM (SELECT term, doc FROM counted UNION ALL SELECT term, -papers FROM word)
GROUP BY term HAVING sum(doc) <> 0 LIMIT 1
"""


class Patient(NamedTuple):
    """The library under examination; the connection only reads."""

    path: Path
    connection: sqlite3.Connection


_NO_VALUES: Final = """
SELECT count(*) FROM paper WHERE CASE
    WHEN 'blob' IN (typeof(key), typeof(identity), typeof(title), typeof(abstract), typeof(note),
        typeof(authors), typeof(urls), typeof(venue), typeof(doi), typeof(arxiv_id)) THEN 1
    WHEN NOT (json_valid(authors) AND json_valid(urls)) THEN 1
    ELSE 'array' <> json_type(authors) OR 'array' <> json_type(urls) OR status NOT IN ({})
END
"""

# Outside: the file, its folder, the system


def permissions(path: Path) -> Iterator[str]:
    """Name what others could read."""
    for file, _ in _too_open(path):
        yield f"Others may be able to read {file}"


def close_permissions(path: Path) -> None:
    """Close it to others."""
    for file, mode in _too_open(path):
        file.chmod(mode)


def _too_open(path: Path) -> list[tuple[Path, int]]:
    """What of ours others could read, and the mode it should have."""
    real = path.resolve()
    own = folder_of(path)
    folders = [own] if own.is_dir() else []
    if real.parent == paths.data_folder().resolve():
        folders.append(real.parent)
    files = [*database.files_of(real), *all_of(path)]
    wanted = [(folder, 0o700) for folder in folders] + [(file, 0o600) for file in files]
    return [
        (file, mode)
        for file, mode in wanted
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]


def leftovers(path: Path) -> Iterator[str]:
    """Name unfinished copies that killed programs have left."""
    for file in _left_over(path):
        yield f"{file} was left by a program that was killed"


def remove_leftovers(path: Path) -> None:
    """Remove them."""
    copies.remove(_left_over(path))


def _left_over(path: Path) -> list[Path]:
    folders = [path.resolve().parent, folder_of(path)]
    return [file for each in folders for file in copies.abandoned(each, datetime.now(UTC))]


def sqlite_version(_path: Path) -> Iterator[str]:
    """Tell the known faults of SQLite as it is here."""
    known = faults.faults_of(sqlite3.sqlite_version_info)
    if known:
        yield (
            f"SQLite {sqlite3.sqlite_version} {', and '.join(known)}, unless your system's makers "
            "have patched it; a newer Python or system brings a newer one"
        )


def fts5(_path: Path) -> Iterator[str]:
    """Tell whether search cannot work at all."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            yield "This Python's SQLite was built without FTS5, which search needs"


def free_space(path: Path) -> Iterator[str]:
    """Tell whether a backup might not fit."""
    size = path.stat().st_size if path.exists() else 0
    free = shutil.disk_usage(_nearest_folder(path)).free
    if free < 3 * size + (50 << 20):  # a backup, a restore beside it and some edits
        yield f"Only {free >> 20} MB are free where the library is, which has {size >> 20} MB"


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in path.absolute().parents if folder.is_dir())


def backups(path: Path) -> Iterator[str]:
    """Tell whether there is no recent way back."""
    newest = database.newest_backup(path)
    if newest is None:
        yield "There is no good backup beside the library; `readinglist backup` makes one"
        return
    age = datetime.now(UTC) - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    if age > timedelta(days=30):
        yield f"The newest good backup is {age.days} days old; `readinglist backup` makes one"


# Inside: what SQLite and we know of the content


def age(patient: Patient) -> Iterator[str]:
    """Tell whether the library has yet to be converted."""
    (version,) = patient.connection.execute("PRAGMA user_version").fetchone()
    if version < database.SCHEMA_VERSION:
        yield (
            f"An older readinglist wrote it (schema {version}); opening it converts it, after a "
            "backup"
        )


def integrity(patient: Patient) -> Iterator[str]:
    """Let SQLite look for damage."""
    try:
        for (text,) in patient.connection.execute("PRAGMA integrity_check(5)"):
            if text != "ok":
                yield f"SQLite finds damage: {clean_line(text)}"
    except sqlite3.DatabaseError as error:
        yield f"SQLite finds damage that keeps it from reading on: {error}"


def foreign_keys(patient: Patient) -> Iterator[str]:
    """Look for rows that refer to nothing."""
    broken = Counter(row[0] for row in patient.connection.execute("PRAGMA foreign_key_check"))
    for table, number in broken.items():
        yield f"{_count(number, 'row')} of {table} without what belongs to it"


def values(patient: Patient) -> Iterator[str]:
    """Look for papers whose values are none that we write: damage that SQLite does not notice."""
    statuses = ", ".join(f"'{status}'" for status in Status)
    for (number,) in patient.connection.execute(_NO_VALUES.format(statuses)):
        if number:
            yield f"{_count(number, 'paper')} with values that make no sense"


def search_index(patient: Patient) -> Iterator[str]:
    """Compare the index with the papers."""
    wrong = len(fulltext.disagreements(patient.connection))
    if wrong:
        yield f"The search index disagrees with {_count(wrong, 'paper')}"
    elif not _is_consistent(patient.path):
        yield "The search index disagrees with itself"


def _is_consistent(path: Path) -> bool:
    """Whether FTS5 finds each word where it says it is; true where it cannot be asked."""
    with closing(database.connect(path, frozen=database.is_frozen(path.resolve()))) as connection:
        try:
            for table in ("paper_text", "paper_whole"):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 (our tables)
            connection.execute(
                "CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, paper_whole, 'row')"
            )
            return connection.execute(_MISCOUNTED).fetchone() is None
        except sqlite3.OperationalError:  # the question is put as a write, which may be refused
            return True
        except sqlite3.DatabaseError:
            return False


def rebuild(patient: Patient) -> None:
    """Write the index anew."""
    from readinglist.library.storage.writer import Writer, dbapi  # with SQLModel behind them

    with closing(Writer(patient.path)) as writer, writer.transaction() as session:
        fulltext.rebuild(dbapi(session))


def orphan_tags(patient: Patient) -> Iterator[str]:
    """Count tags without papers; one with a colour waits for the next paper that gets it."""
    sql = (
        "SELECT count(*) FROM tag WHERE colour IS NULL AND id NOT IN (SELECT tag_id FROM paper_tag)"
    )
    (number,) = patient.connection.execute(sql).fetchone()
    if number:
        yield f"{_count(number, 'tag')} without a paper"


def remove_orphan_tags(patient: Patient) -> None:
    """Remove tags without papers."""
    from readinglist.library.journal.values import drop_bare_tags
    from readinglist.library.storage.writer import Writer  # with SQLModel behind them

    with closing(Writer(patient.path)) as writer, writer.transaction() as session:
        drop_bare_tags(session)


def identities(patient: Patient) -> Iterator[str]:
    """Look for papers whose titles make them one, or another than they were."""
    papers = patient.connection.execute(
        "SELECT key, title, identity, retitled FROM paper WHERE merged_into IS NULL ORDER BY id"
    )
    first: dict[str, str] = {}
    stale = 0
    for key, title, *stored in papers:
        name = fingerprint(identity(title))
        stale += name not in stored
        if first.setdefault(name, key) != key:
            yield f"{key} and {first[name]} have the same title"
    if stale:
        yield f"{_count(stale, 'paper')} filed under another title"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
