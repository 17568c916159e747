"""What users have set: the config file, the environment, and the defaults behind them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from readinglist.paths import config_path
from readinglist.settings.faults import Complaint, Fault
from readinglist.settings.kinds import Wrong, checked, from_text
from readinglist.settings.table import NAMED, SETTINGS, Setting


class Settings:
    """Every setting's value and where it comes from; a wrong value is its default, and told.

    A file that is not there costs a look and nothing else: its readers are not imported.
    """

    DEFAULT, FILE, ENVIRONMENT, PROGRAM = "default", "file", "environment", "this run"

    def __init__(self, file: Path, *, expected: bool = False) -> None:
        self.file = file
        self._text = ""
        self._set: dict[str, tuple[object, str]] = {}
        self.complaints: tuple[Complaint, ...] = ()
        if expected or _is_there(file):
            self._read(expected)
        self._ask_environment()

    @property
    def exists(self) -> bool:
        """Whether the file is there by now."""
        return _is_there(self.file)

    def yes(self, name: str) -> bool:
        """A setting that is on or off."""
        return cast("bool", self.value(name))

    def number(self, name: str) -> int:
        """A setting that counts."""
        return cast("int", self.value(name))

    def text(self, name: str) -> str:
        """A setting that is one word or text."""
        return cast("str", self.value(name))

    def names(self, name: str) -> tuple[str, ...]:
        """A setting that is a list."""
        return cast("tuple[str, ...]", self.value(name))

    def entries(self, name: str) -> dict[str, object]:
        """What an open table holds, by names with dots between those of tables in it."""
        return dict(cast("dict[str, object]", self.value(name)))

    def value(self, name: str) -> object:
        """What holds, whatever kind it is of."""
        found = self._set.get(name)
        return NAMED[name].default if found is None else found[0]

    def source(self, name: str) -> str:
        """Where that comes from."""
        found = self._set.get(name)
        return self.DEFAULT if found is None else found[1]

    def put(self, name: str, value: object | None, *, save: bool) -> None:
        """Change a setting, None for its default; with `save`, in the file too, or `NotSaved`.

        What cannot be saved holds all the same, until the program ends.
        """
        self.complaints = tuple(each for each in self.complaints if each.key != name)
        if value is None:
            self._set.pop(name, None)
        else:
            self._set[name] = value, self.FILE if save else self.PROGRAM
        if save:
            from readinglist.settings.writing import write_setting  # 40 ms with tomlkit

            write_setting(self.file, NAMED[name], value)

    def complain_of(self, faults: Iterable[Fault]) -> tuple[Complaint, ...]:
        """Add what only the app can find wrong, such as an action that does not exist."""
        from readinglist.settings.reading import complaints  # only a file with faults needs it

        faults = tuple(faults)
        for fault in faults:
            self._set_aside(fault.path)
        found = complaints(self._text, faults)
        self.complaints = (*self.complaints, *found)
        return found

    def _set_aside(self, path: Sequence[str]) -> None:
        """Let the default hold where the file says what cannot be."""
        if self._set.pop(".".join(path), None) or not path or path[0] not in self._set:
            return
        table, within = path[0], ".".join(path[1:])
        left = {
            name: value
            for name, value in self.entries(table).items()
            if name != within and not name.startswith(f"{within}.")
        }
        if left:
            self._set[table] = left, self.source(table)
        else:
            del self._set[table]

    def _read(self, expected: bool) -> None:
        from readinglist.settings.reading import read_file  # 7 ms with the reader of TOML

        read = read_file(self.file, expected=expected)
        self._text, self.complaints = read.text, read.complaints
        self._set = {name: (value, self.FILE) for name, value in read.values.items()}

    def _ask_environment(self) -> None:
        for setting in SETTINGS:
            said = os.environ.get(setting.environment) if setting.environment else None
            if said:
                self._take(setting, said)

    def _take(self, setting: Setting, said: str) -> None:
        try:
            value = checked(setting.kind, from_text(setting.kind, said), setting.choices())
        except Wrong as wrong:
            told = f"${setting.environment} is set aside: {wrong}"
            self.complaints = (*self.complaints, Complaint(0, setting.name, told))
        else:
            self._set[setting.name] = value, self.ENVIRONMENT


def _is_there(file: Path) -> bool:
    """Whether there is something to read; what forbids to know is told when it is read."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def load(chosen: Path | None = None) -> Settings:
    """The settings of a file that was chosen, of $READINGLIST_CONFIG, or of the usual place."""
    file, named = config_path(chosen)
    return Settings(file, expected=named)
