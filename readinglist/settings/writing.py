"""Changing one setting in the config file; every comment and everything else stays as it is."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

from readinglist.errors import ReadingListError
from readinglist.export import write_atomically
from readinglist.settings.reading import read_text
from readinglist.settings.table import Setting

_NEW: Final = "# Settings of readinglist; `readinglist config` lists them all.\n\n"


class NotSaved(ReadingListError):
    """A setting could not be written; the file is as it was."""

    title = "Setting not saved"


def write_setting(file: Path, setting: Setting, value: object | None) -> None:
    """Set a value in the file, or with None take it out; the file is made if it is not there."""
    import tomlkit  # 40 ms
    from tomlkit.exceptions import TOMLKitError

    target = file.resolve()  # people keep such files elsewhere and link to them
    try:
        before = target.read_bytes().decode("utf-8") if target.exists() else _NEW
        document = tomlkit.parse(before)
        _change(document, setting, value)
        after = tomlkit.dumps(document)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (TOMLKitError, UnicodeDecodeError, RecursionError) as error:
        raise NotSaved(
            f"{file.name} is not TOML, so nothing was written to it.",
            hint="`readinglist config` says what is wrong with it.",
        ) from error
    except OSError as error:
        raise NotSaved(f"{file.name} cannot be written: {error.strerror}.") from error
    if read_text(after).values.get(setting.name) != value:
        raise NotSaved(f"{file.name} could not be changed.", hint="Write it there yourself.")
    write_atomically(target, [after], force=True)


def _change(document: MutableMapping[str, Any], setting: Setting, value: object | None) -> None:
    """Change a document of tomlkit's, whose tables are mappings of values of any kind."""
    import tomlkit

    *tables, key = setting.path
    table = document
    for name in tables:
        if not isinstance(table.get(name), MutableMapping):
            if value is None:
                return
            table[name] = tomlkit.table()
        table = table[name]
    if value is None:
        table.pop(key, None)
    else:
        table[key] = list(value) if isinstance(value, tuple) else value
