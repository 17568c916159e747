"""Paths as they are typed, whatever their names are made of."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglist.tui.typed_paths import Kind, TypedPaths, printable, sight

NAMES = st.binary(min_size=1, max_size=20).filter(
    lambda raw: b"/" not in raw and b"\0" not in raw and raw not in (b".", b"..")
)


@settings(max_examples=60)
@example([b"~", b"~nobody"])
@given(st.lists(NAMES, min_size=1, max_size=6, unique_by=lambda raw: printable(os.fsdecode(raw))))
def test_every_name_that_is_offered_leads_to_its_file(names: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for raw in names:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + raw)).touch()
        paths = TypedPaths(Path(folder))
        offered = paths.listing("").names + paths.listing(".").names
        assert {os.fsencode(name.real) for name in offered} == set(names)
        for name in offered:
            assert printable(name.shown) == name.shown
            assert sight(paths.path(name.shown)).kind is Kind.FILE


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_looked_at(text: str) -> None:
    paths = TypedPaths(Path("/nowhere/at/all"))
    for path in paths.paths(text):
        assert sight(path).kind in Kind
    assert paths.listing(text).names is not None


def test_a_folder_whose_name_cannot_be_typed_can_be_gone_into(tmp_path: Path) -> None:
    strange = tmp_path / os.fsdecode(b"caf\xe9")
    strange.mkdir()
    (strange / "a.txt").touch()
    paths = TypedPaths(tmp_path)
    folder = paths.listing("caf").common()
    assert folder == "caf�/"
    assert paths.path(paths.listing(folder).common()) == strange / "a.txt"


def test_special_files_are_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert sight(tmp_path / "pipe").kind is Kind.OTHER
