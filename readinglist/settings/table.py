"""Every setting there is, one row each: what it may be, and what holds if nobody says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from readinglist.settings.kinds import Kind

Path = tuple[str, ...]
"""A key of the file with the tables that it is in: `("list", "columns")`."""


class Setting(NamedTuple):
    """One setting; `list.columns` is `columns` in the table `[list]`.

    `choices` are the words that it takes. An `environment` variable has more weight than the
    file. `entry` is the kind of what an open table holds. What is `secret` is never shown.
    """

    name: str
    kind: Kind
    default: object
    help: str
    choices: Callable[[], Sequence[str]] = tuple
    environment: str = ""
    entry: Kind = Kind.TEXT
    secret: bool = False

    @property
    def path(self) -> Path:
        """Where it is in the file."""
        return tuple(self.name.split("."))


COLUMNS: Final = ("status", "star", "title", "tags", "note", "year", "seen", "added", "key")
PROVIDERS: Final = ("arxiv", "huggingface", "crossref", "semantic-scholar", "openalex")
KEYED: Final = ("semantic-scholar", "openalex")
COPIES: Final = (
    *("bibtex", "biblatex", "csl-json", "ris", "key", "cite", "pandoc"),
    *("markdown", "citation", "title", "link"),
)


def _variable(provider: str, what: str) -> str:
    """As in `READINGLIST_ARXIV_URL`."""
    return f"READINGLIST_{provider.replace('-', '_').upper()}_{what}"


def _formats() -> list[str]:
    from readinglist.formats import exporters  # 15 ms, and only a file that names one needs it

    return [row.name for row in exporters()]


SETTINGS: Final = (
    Setting(
        "theme",
        Kind.TEXT,
        "",
        "The colours: one of the app's themes or of your own; empty takes what suits the terminal.",
    ),
    Setting(
        "ascii",
        Kind.YES_NO,
        False,
        "Draw with ASCII alone, for terminals and fonts that lack the other signs.",
    ),
    Setting("mouse", Kind.YES_NO, True, "Whether the app answers the mouse."),
    Setting("animation", Kind.YES_NO, True, "Whether anything may move by itself."),
    Setting(
        "reading-limit",
        Kind.NUMBER,
        0,
        "How many papers you want to be reading at once; 0 sets no limit.",
    ),
    Setting(
        "list.columns",
        Kind.NAMES,
        ("status", "star", "title", "tags", "note", "seen"),
        "What the list shows of a paper, in this order.",
        choices=lambda: COLUMNS,
    ),
    Setting(
        "list.long-titles",
        Kind.CHOICE,
        "cut",
        "Whether a long title is cut at the end of its line, or wraps to a second one.",
        choices=lambda: ("cut", "wrap"),
    ),
    Setting(
        "export.format",
        Kind.CHOICE,
        "bibtex",
        "The format that an export begins with.",
        choices=_formats,
    ),
    Setting(
        "copy.format",
        Kind.CHOICE,
        "bibtex",
        "What the copy key copies.",
        choices=lambda: COPIES,
    ),
    Setting(
        "lookup.provider",
        Kind.CHOICE,
        PROVIDERS[0],
        "Who is asked for authors, years and links.",
        choices=lambda: PROVIDERS,
    ),
    Setting(
        "lookup.mailto",
        Kind.TEXT,
        "",
        "Your address, which Crossref and OpenAlex are told and thank with a better service.",
        environment="READINGLIST_MAILTO",
    ),
    *(
        Setting(
            f"lookup.urls.{name}",
            Kind.TEXT,
            "",
            "Another address for this provider, such as a mirror: https, or http on this machine.",
            environment=_variable(name, "URL"),
        )
        for name in PROVIDERS
    ),
    *(
        Setting(
            f"lookup.keys.{name}",
            Kind.TEXT,
            "",
            "Your key for this provider, which lifts its limits.",
            environment=_variable(name, "KEY"),
            secret=True,
        )
        for name in KEYED
    ),
    Setting(
        "keys",
        Kind.OPEN,
        {},
        "Other keys for actions, by the id that help shows.",
        entry=Kind.KEYS,
    ),
    Setting(
        "themes",
        Kind.OPEN,
        {},
        "Themes of your own: a table for each, with at least a primary colour.",
    ),
)
NAMED: Final = {setting.name: setting for setting in SETTINGS}
