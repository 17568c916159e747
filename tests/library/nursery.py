"""Work on real files by processes that are killed, or whose disk is full: run as a program.

It is loaded once and forks for each task, so that hundreds of processes can be killed in seconds.
A task is one line of JSON on standard input; its outcome is one line on standard output.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.export import write_atomically
from readinglist.library import Library
from readinglist.library.safety import backup
from readinglist.library.safety.dump import dump, load
from readinglist.library.storage import database
from readinglist.records import Reading, Record

RECORDS = 25  # in each document that is imported
Say = Callable[[Any], None]


def edit(path: Path, say: Say) -> None:
    """Write one note after the other, counting on from the last."""
    with Library(path) as library:
        last = library.entry(1).note or "0"
        for number in count(int(last) + 1):
            library.set_note(1, str(number))
            library.set_starred([1, 2], number % 2 == 0)
            say(number)


def take_in(path: Path, say: Say) -> None:
    """Import one document after the other."""
    with Library(path) as library:
        for number in count(library.counts().total):
            name = f"document {number}"
            records = [Record(f"Paper {n} of {name}", "words " * 200) for n in range(RECORDS)]
            library.ingest(Reading("capture", records), name=name, path=name, digest=name)
            say(name)


def keep(path: Path, say: Say) -> None:
    """Make one backup after the other."""
    for _ in count():
        say(str(backup.back_up(path)))


def go_back(path: Path, say: Say) -> None:
    """Restore what stands in the file beside the library."""
    say(str(backup.restore(path, path.with_name("source.sqlite3"))))


def carry_over(path: Path, say: Say) -> None:
    """Dump the library, and load that into one that is new and into one that is empty."""
    for name in ("new", "empty"):
        load(path.with_name(f"{name}.sqlite3"), dump(path))
        say(name)


def hand_out(path: Path, say: Say) -> None:
    """Write the file beside the library anew, again and again."""
    for number in count():
        chunks = (f"{number} " for _ in range(20_000))
        write_atomically(path.with_name("out.txt"), chunks, force=True)
        say(number)


def convert(path: Path, say: Say) -> None:
    """Open one library of an older version after the other."""
    for number in count():
        old = path.with_name(f"old-{number}.sqlite3")
        old.write_bytes(path.with_name("old").read_bytes())
        Library(old).close()
        say(old.name)


def open_old(path: Path, say: Say) -> None:
    """Open a library of an older version."""
    Library(path.with_name("old-0.sqlite3")).close()
    say("opened")


TASKS = {
    task.__name__: task
    for task in (edit, take_in, keep, go_back, carry_over, hand_out, convert, open_old)
}


def _work(order: dict[str, Any], pipe: int) -> None:
    def say(value: Any) -> None:
        os.write(pipe, json.dumps(value).encode() + b"\n")

    if (size := order.get("largest_file")) is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if (pages := order.get("most_pages")) is not None:
        _limit_pages(pages)
    if order.get("without_privileges"):
        _drop_privileges()
    os.umask(order.get("umask", 0o077))
    try:
        TASKS[order["task"]](Path(order["path"]), say)
    except ReadingListError as error:
        say({"refused": str(error)})


def _limit_pages(most: int) -> None:
    """Have SQLite say that the disk is full once a library has so many pages."""
    connect = database.connect

    def connect_cramped(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.execute(f"PRAGMA max_page_count = {most}")
        return connection

    database.connect = connect_cramped


def _drop_privileges() -> None:
    """Have permissions bind the superuser too (capset(2) with no capability)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if libc.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


def _oversee(order: dict[str, Any]) -> list[Any]:
    """Fork, and return what the child said until it is killed.

    That is after so many `seconds`, or once it has said as much as is asked for.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        try:
            _work(order, writer)
        finally:
            os._exit(0)
    os.close(writer)
    said = b""
    end = time.monotonic() + order["seconds"]
    most = order.get("most", -1)
    while (left := end - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        piece = os.read(reader, 65536)
        if not piece:
            break
        said += piece
        if said.count(b"\n") == most:
            break
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reader, 65536):
        said += piece
    os.close(reader)
    return [json.loads(line) for line in said.splitlines()]


def _warm_up() -> None:
    """Do everything once, so that no forked process spends its short life on preparations."""
    import readinglist.library.safety.loading
    import readinglist.library.storage.schema  # noqa: F401 (loaded for what it loads)

    with TemporaryDirectory() as folder:
        path = Path(folder, "papers.sqlite3")
        with Library(path) as library:
            content = Reading("capture", [Record("A title")])
            library.ingest(content, name="one", path="one", digest="one")
            library.set_note(1, "a note")
        backup.restore(path, backup.back_up(path))
        load(path.with_name("new"), dump(path))


def _main() -> None:
    _warm_up()
    for line in sys.stdin:
        print(json.dumps(_oversee(json.loads(line))), flush=True)


if __name__ == "__main__":
    _main()
