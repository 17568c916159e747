"""The library's tables, declared once with SQLModel: the schema is what stands here.

Times are ISO 8601 text in UTC with microseconds, so that they sort as they are. Lists
(authors, links) and the two sides of an edit are JSON text. The full-text index is not here:
it is derived, and `library.search` owns it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index, String, text
from sqlmodel import Field, SQLModel

# Rows that are found by their key alone are kept in its order, and not a second time beside it.
_BY_KEY: Final = {"sqlite_with_rowid": False}


class Document(SQLModel, table=True):
    """One imported file; the digest is the SHA-256 of its bytes, in hex."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    path: str
    digest: str = Field(unique=True)
    kind: str
    imported: str


class Paper(SQLModel, table=True):
    """One work in the library, however many documents mention it.

    `identity` is that of the title, as a fingerprint (`text.fingerprint`). `document_id` and
    `position` say where the paper came from first, which is its place in the list. `key` is its
    citation key; `key_pinned` is set once that has been handed out, after which it never changes by
    itself. `retitled` is the identity of a title that the user gave it, while `identity` stays
    that of the documents. A duplicate that was merged away stays, in the trash, with `merged_into`.
    `details` is a JSON object of further bibliographic facts by their BibLaTeX names (`volume`,
    `pages`, `publisher`…), with the kind of entry as `type`; none is NULL.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str
    key_pinned: bool = False
    identity: str = Field(unique=True)
    title: str
    abstract: str | None = None
    authors: str = "[]"
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    urls: str = "[]"
    status: str = "inbox"
    starred: bool = False
    note: str | None = None
    added: str
    trashed: str | None = None
    document_id: int = Field(foreign_key="document.id")
    position: int
    merged_into: int | None = Field(default=None, foreign_key="paper.id", ondelete="CASCADE")
    retitled: str | None = None
    details: str | None = None

    __table_args__ = (
        Index("paper_key", text("key COLLATE NOCASE"), unique=True),
        Index("paper_place", text("document_id DESC"), "position"),
        *(
            Index(f"paper_{name}", name, text("document_id DESC"), "position")
            for name in ("status", "year")  # a list by one of these goes down its index
        ),
        *(
            Index(f"ix_paper_{name}", name, sqlite_where=text(f"{name} IS NOT NULL"))
            for name in ("doi", "arxiv_id", "merged_into", "retitled")  # few papers have them
        ),
    )


class Tag(SQLModel, table=True):
    """A word the user files papers under; its name is unique whatever its case.

    `colour` is one of the names that the app's palette has for tags; NULL is none.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str
    colour: str | None = None

    __table_args__ = (Index("tag_name", text("name COLLATE NOCASE"), unique=True),)


class PaperTag(SQLModel, table=True):
    """That a paper carries a tag."""

    __table_args__ = _BY_KEY

    __tablename__ = "paper_tag"

    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    tag_id: int = Field(foreign_key="tag.id", ondelete="CASCADE", primary_key=True, index=True)


class Sighting(SQLModel, table=True):
    """One mention of a paper by a document, at a 0-based position and a 1-based line.

    `title` and `abstract` hold the document's own words where they differ from the paper's.
    `filled` names the fields that the paper took from it, as a JSON list.
    """

    __table_args__ = _BY_KEY

    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", index=True)
    line: int
    title: str | None = None
    abstract: str | None = None
    filled: str | None = None


class Problem(SQLModel, table=True):
    """A place in a document that could not be read."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    line: int
    reason: str
    text: str


class Lookalike(SQLModel, table=True):
    """Two papers that may be one work, the older first; `distinct` once the user said they are two.

    `likeness` is that of the titles and `overlap` that of the abstracts, each from 0 to 1.
    """

    __table_args__ = _BY_KEY

    first_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    second_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True, index=True)
    likeness: float
    overlap: float
    distinct: bool = False


class Mark(SQLModel, table=True):
    """How far something has come: `compared` is the last paper that was compared with the rest.

    `triage` is the paper at which the user left the walk through the inbox.
    """

    __table_args__ = _BY_KEY

    name: str = Field(primary_key=True)
    value: int


class Change(SQLModel, table=True):
    """One journalled action by the user: labelled, undoable and redoable.

    `state` is `done`, `undone` (can be redone) or `dropped` (undone, then something else was
    done instead; or its papers are gone for good). Ids rise with time, so they are the order of
    the journal.
    """

    id: int | None = Field(default=None, primary_key=True)
    made: str
    label: str
    state: str = "done"


class Edit(SQLModel, table=True):
    """One field of one paper before and after a change, each side as JSON text."""

    __table_args__ = _BY_KEY

    change_id: int = Field(foreign_key="change.id", ondelete="CASCADE", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True, index=True)
    field: str = Field(primary_key=True)
    before: str
    after: str


class Alias(SQLModel, table=True):
    """A citation key that a paper had before, under which it is still found."""

    key: str = Field(primary_key=True, sa_type=String(collation="NOCASE"))
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", index=True)

    __table_args__ = _BY_KEY


class Dispute(SQLModel, table=True):
    """What a document says of one field otherwise than the paper, which kept its own.

    `value` is JSON text, as the column of the paper would hold it. `state` is `open`, `taken` or
    `refused`.
    """

    __table_args__ = _BY_KEY

    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    field: str = Field(primary_key=True)
    value: str
    state: str = "open"


class Origin(SQLModel, table=True):
    """That a lookup gave a paper one field: who said so, when, and how alike the titles were.

    `value` is what it gave, as JSON text: the field is still the lookup's while the paper has it.
    """

    __table_args__ = _BY_KEY

    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    field: str = Field(primary_key=True)
    provider: str
    found: str
    score: float
    value: str


class Suggestion(SQLModel, table=True):
    """What a provider says of a paper that is too unsure to be taken by itself.

    `record` is a JSON object of the fields. `state` is `open`, `accepted` or `rejected`.
    """

    __table_args__ = _BY_KEY

    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    provider: str = Field(primary_key=True)
    identifier: str = Field(primary_key=True)
    found: str
    score: float
    record: str
    state: str = "open"


class Awaited(SQLModel, table=True):
    """A paper whose lookup was asked for while the provider could not be reached."""

    __table_args__ = _BY_KEY

    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", primary_key=True)
    provider: str = Field(primary_key=True)
    asked: str


class SavedSearch(SQLModel, table=True):
    """A query the user named; the one with `start` is what the app shows first."""

    __tablename__ = "saved_search"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    query: str
    sort: str | None = None
    reverse: bool = False
    start: bool = False

    __table_args__ = (Index("saved_search_name", text("name COLLATE NOCASE"), unique=True),)
