"""From a config file to values: what it says that can be used, and complaints about the rest."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Final, NamedTuple

from readinglist.nearest import nearest
from readinglist.settings.faults import Complaint, Fault
from readinglist.settings.kinds import Kind, Wrong, checked, quoted
from readinglist.settings.lines import leaves, lines_of
from readinglist.settings.table import NAMED, Path, Setting
from readinglist.text import clean_line

_LARGEST: Final = 256_000  # bytes; a config file has a few hundred


class FileRead(NamedTuple):
    """What a file says: values by the names of settings, complaints, and its text."""

    values: dict[str, object]
    complaints: tuple[Complaint, ...] = ()
    text: str = ""


def read_file(file: File, *, expected: bool) -> FileRead:
    """Read a config file; one that is `expected` is missed when it is not there."""
    try:
        return read_text(_text(file))
    except FileNotFoundError:
        return _set_aside(f"there is no file {file}.") if expected else FileRead({})
    except OSError as error:
        return _set_aside(f"it cannot be read: {error.strerror or 'it is no plain file'}.")
    except UnicodeDecodeError:
        return _set_aside("it is not UTF-8 text.")


def read_text(text: str) -> FileRead:
    """Read what a config file says."""
    import tomllib  # 6 ms, and who has no config file does not need it

    try:
        return _read(tomllib.loads(f"{text}\n"), text)  # at an end, faults would have no line
    except RecursionError:
        return _set_aside("its tables are in each other without end.")
    except ValueError as error:
        return _no_toml(str(error))


def _read(said: Mapping[str, object], text: str) -> FileRead:
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for path, value in _settings(said):
        setting = NAMED.get(".".join(path))
        if setting is None:
            faults.append(Fault(path, _unknown(path)))
        elif setting.kind is Kind.OPEN and isinstance(value, dict):
            values[setting.name] = dict(_entries(setting, value, faults))
        else:
            try:
                values[setting.name] = checked(setting.kind, value, setting.choices())
            except Wrong as wrong:
                faults.append(Fault(path, f"{wrong} {instead(setting)}"))
    return FileRead(values, complaints(text, faults), text)


def complaints(text: str, faults: Sequence[Fault]) -> tuple[Complaint, ...]:
    """Faults with the lines of a valid file's text that they are in."""
    lines = lines_of(text) if faults else {}
    return tuple(
        sorted(Complaint(_line_of(lines, f.path), ".".join(f.path), f.message) for f in faults)
    )


def _line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a key, or of the table that it is in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def instead(setting: Setting) -> str:
    """What holds in place of a wrong value."""
    if setting.kind is Kind.OPEN or setting.default == "":
        return "It is left out."
    return f"The default holds: {quoted(setting.default)}."


def _text(file: File) -> str:
    """What a plain file holds; a pipe would wait for ever."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError
    with file.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(0, "it is too large to be one")
    return data.decode("utf-8-sig")


def _settings(said: Mapping[str, object], path: Path = ()) -> Iterator[tuple[Path, object]]:
    """The keys of the file, tables opened up to where a setting has their name."""
    for name, value in said.items():
        here = (*path, name)
        if isinstance(value, dict) and value and ".".join(here) not in NAMED:
            yield from _settings(value, here)
        elif value != {} or ".".join(here) in NAMED:
            yield here, value


def _entries(
    setting: Setting, table: Mapping[str, object], faults: list[Fault]
) -> Iterator[tuple[str, object]]:
    for path, value in leaves(table):
        kind = Kind.YES_NO if isinstance(value, bool) else setting.entry
        try:
            yield ".".join(path), checked(kind, value)
        except Wrong as wrong:
            faults.append(Fault((*setting.path, *path), f"{wrong} {instead(setting)}"))


def _unknown(path: Path) -> str:
    near = nearest(".".join(path), NAMED)
    return "there is no such setting." + (f" Did you mean {near}?" if near else "")


def _no_toml(reason: str) -> FileRead:
    """Python's words end in the place, as in "(at line 3, column 5)" or "(at end of document)"."""
    what, _, place = reason.partition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    told = f"it is not TOML: {clean_line(what[:1].lower() + what[1:])}."
    return _set_aside(told, int(line) if line.isdigit() else 0)


def _set_aside(reason: str, line: int = 0) -> FileRead:
    return FileRead({}, (Complaint(line, "", f"{reason} Every setting has its default."),))
