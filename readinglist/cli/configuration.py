"""The command that shows what is set."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from readinglist.cli.command import Command, add_json, library_file, settings_of
from readinglist.cli.output import say, say_json, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readinglist.settings import Settings
    from readinglist.settings.table import Setting

_HIDDEN = "(set)"
_WHOLE = 1000  # letters of a value


def _config_arguments(parser: ArgumentParser) -> None:
    add_json(parser, "paths, values and complaints")
    parser.add_argument(
        "--keys", action="store_true", help="list the actions by the ids that [keys] takes"
    )


def _config(options: Namespace) -> int:
    from readinglist.tui.examining import examine  # 200 ms: only Textual knows themes and keys

    if options.keys:
        return _list_keys(options)
    settings = settings_of(options)
    for complaint in examine(settings):
        tell(complaint.told(settings.file))
    if options.json:
        say_json(_as_json(settings, str(library_file(options.library))))
        return 0
    there = "" if settings.exists else "  (not there yet)"
    say(("config   ", "quiet"), str(settings.file), (there, "quiet"))
    say(("library  ", "quiet"), str(library_file(options.library)))
    say()
    rows = list(_rows(settings))
    room = max(len(name) for name, _, _ in rows)
    for name, source, value in rows:
        quiet = "quiet" if source == settings.DEFAULT else ""
        say(f"{name:{room}}  ", (f"{source:11}  ", quiet), value)
    return 0


def _rows(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Name, source and value of each setting, and of each entry of an open table."""
    from readinglist.settings.kinds import Kind, quoted
    from readinglist.settings.table import SETTINGS

    for setting in SETTINGS:
        source = settings.source(setting.name)
        if setting.kind is Kind.OPEN:
            for name, value in settings.entries(setting.name).items():
                yield f"{setting.name}.{name}", source, quoted(value, _WHOLE)
        elif setting.secret and settings.value(setting.name):
            yield setting.name, source, _HIDDEN
        else:
            yield setting.name, source, quoted(settings.value(setting.name), _WHOLE)


def _as_json(settings: Settings, library: str) -> dict[str, Any]:
    from readinglist.settings.table import SETTINGS

    return {
        "path": str(settings.file),
        "exists": settings.exists,
        "library": library,
        "settings": [
            {
                "name": setting.name,
                "value": _shown(setting, settings.value(setting.name)),
                "default": setting.default,
                "source": settings.source(setting.name),
                "help": setting.help,
            }
            for setting in SETTINGS
        ],
        "complaints": [complaint._asdict() for complaint in settings.complaints],
    }


def _list_keys(options: Namespace) -> int:
    """List what can be given other keys, with the keys that it has by default."""
    from readinglist.tui.keyboard.keymap import every_action

    actions = every_action().values()
    if options.json:
        say_json([action._asdict() for action in actions])
        return 0
    room = max(len(action.id) for action in actions)
    for action in actions:
        say(f"{action.id:{room}}  ", f"{' '.join(action.keys):20}  ", (action.name, "quiet"))
    return 0


def _shown(setting: Setting, value: object) -> object:
    return _HIDDEN if setting.secret and value else value


COMMANDS = {
    "config": Command(
        _config,
        _config_arguments,
        (
            "readinglist config",
            "readinglist config --json | jq '.settings[] | select(.source==\"file\")'",
        ),
    ),
}
