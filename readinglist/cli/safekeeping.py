"""The commands that keep the library safe, and take it elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from readinglist.cli.command import Command, file_path, library_file
from readinglist.cli.output import count, flush, say, tell, write
from readinglist.errors import LibraryError

_LONGEST_LINE = (
    256 << 20
)  # bytes: no row is as long, and a file without line ends must not fill memory


def _backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=file_path,
        metavar="FILE",
        help="write this new file, instead of one named by the time in the library's own backups",
    )


def _backup(options: Namespace) -> int:
    from readinglist.library.safety import backup

    say(str(backup.back_up(library_file(options.library), options.file)))
    return 0


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=file_path, metavar="FILE", help="a backup, or any library")


def _restore(options: Namespace) -> int:
    from readinglist.library.safety import backup
    from readinglist.library.storage import backup_files, database

    library = library_file(options.library)
    replaced = backup.restore(library, options.file)
    tell(f"Restored {library} from {options.file}.")
    if replaced is None:
        return 0
    if database.is_sound(replaced):
        back = backup_files.restore_command(library, replaced)
        tell(f"What was there is kept; to go back: {back}")
    else:
        tell(f"What was there is damaged; it is kept in {replaced}.")
    return 0


def _doctor_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="put right what is safe to put right")


def _doctor(options: Namespace) -> int:
    from readinglist.library.safety.doctor import Verdict, examine

    library = library_file(options.library)
    if not library.exists():
        raise LibraryError(f"There is no library at {library}, so there is nothing to examine.")
    findings = examine(library, fix=options.fix)
    for finding in findings:
        say(
            (f"{finding.verdict:9}", _STYLES[finding.verdict]),
            f"{finding.check:13}",
            finding.sentence,
        )
    if any(finding.fixable for finding in findings) and not options.fix:
        tell("`readinglist doctor --fix` puts some of it right.")
    return 1 if any(finding.verdict is Verdict.PROBLEM for finding in findings) else 0


_STYLES = {"ok": "read", "warning": "reading", "problem": "strong"}


def _dump(options: Namespace) -> int:
    from readinglist.library.safety.dump import dump

    for line in dump(library_file(options.library)):
        write(line)
    flush()
    return 0


def _load_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=file_path, metavar="FILE", help="a dump")


def _load(options: Namespace) -> int:
    from readinglist.library.safety.dump import load

    library = library_file(options.library)
    rows = load(library, _lines(options.file))
    tell(
        f"Loaded {count(rows['paper'], 'paper')}, {count(rows['document'], 'document')} and "
        f"{count(rows['change'], 'change')} into {library}."
    )
    return 0


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.readline(_LONGEST_LINE), b"")
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror or error}.") from error


COMMANDS = {
    "backup": Command(
        _backup,
        _backup_arguments,
        ("readinglist backup", "readinglist backup /media/stick/papers.sqlite3"),
    ),
    "restore": Command(
        _restore,
        _restore_arguments,
        ("readinglist restore /media/stick/papers.sqlite3",),
    ),
    "doctor": Command(
        _doctor,
        _doctor_arguments,
        ("readinglist doctor", "readinglist doctor --fix"),
    ),
    "dump": Command(
        _dump,
        examples=("readinglist dump > papers.jsonl",),
    ),
    "load": Command(
        _load,
        _load_arguments,
        ("readinglist --library new.sqlite3 load papers.jsonl",),
    ),
}
