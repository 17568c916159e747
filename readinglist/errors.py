"""Every error that a user can cause or meet, each a sentence and what to try.

ReadingListError
├── UsageError        the command or its words were wrong          exit 2
├── LibraryError      the library file cannot be opened or written
│   ├── LibraryBusy       another program is writing to it: waiting helps
│   │   └── GivenUp           the user did not want to wait any longer
│   └── LibraryDamaged    what is there is no whole library; a copy of it can take its place
├── ImportFailed      a file cannot be read as any known format
├── ExportFailed      the target cannot be written
├── LookupFailed      a provider of metadata did not answer as it should
│   ├── OffLine           it could not be reached at all: later it may be
│   └── Unwelcome         it wants us to come later, or with a key
├── TemplateFailed    a template cannot be read, or not be filled in
├── QueryError        the query cannot be understood, and where
├── UnknownKey        no paper has that citation key
├── UnknownTag        no paper has that tag
├── UnknownSearch     no search was saved under that name
└── EditorFailed      the external editor did not finish well
"""

from __future__ import annotations


class ReadingListError(Exception):
    """Base of the family: `str(error)` is one sentence, `hint` says what to try."""

    title = "Could not do that"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(ReadingListError):
    """The command line's words do not fit together."""

    title = "Not understood"
    exit_code = 2


class LibraryError(ReadingListError):
    """The library file cannot be opened, or an edit could not be committed."""

    title = "Library problem"


class LibraryBusy(LibraryError):
    """Another connection writes to the library; nothing was changed, and later it will go."""

    title = "Library busy"


class GivenUp(LibraryBusy):
    """The user stopped the wait for another program; nothing was changed."""

    title = "Given up"


class LibraryDamaged(LibraryError):
    """The file is empty, cut short or otherwise not what was written; it was left as it is."""


class ImportFailed(ReadingListError):
    """A path cannot be read, or holds nothing that any format recognises."""

    title = "Not imported"


class ExportFailed(ReadingListError):
    """The export's target cannot be written; whatever was there before is intact."""

    title = "Not exported"


class LookupFailed(ReadingListError):
    """A provider of metadata refused, or sent what cannot be read; nothing was changed by that."""

    title = "Not looked up"


class OffLine(LookupFailed):
    """A provider of metadata could not be reached."""

    title = "Off line"


class Unwelcome(LookupFailed):
    """A provider of metadata wants us to come later, or with a key; it is not asked on."""


class TemplateFailed(ReadingListError):
    """A template cannot be read, or goes wrong while it is filled in; the message says where."""

    title = "Template problem"


class QueryError(ReadingListError):
    """The query cannot be understood; `position` is the 0-based character to point at."""

    title = "Query not understood"

    def __init__(self, message: str, *, position: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position


class UnknownKey(ReadingListError):
    """No paper in the library has that citation key."""

    title = "No such paper"


class UnknownTag(ReadingListError):
    """No paper in the library has that tag."""

    title = "No such tag"


class UnknownSearch(ReadingListError):
    """No search was saved under that name."""

    title = "No such search"


class EditorFailed(ReadingListError):
    """$VISUAL or $EDITOR is missing, was killed or reported failure."""

    title = "Editor problem"
