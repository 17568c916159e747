"""Changing one setting: everything else in the file stays, and what cannot be done is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.settings import Settings
from readinglist.settings.table import NAMED
from readinglist.settings.writing import write_setting

FILE = """\
# My settings.
mouse = true      # on the train: false

theme = "nord"  # calm

[list]
# few of them
columns = [
  "title",  # first
]

[keys]
edit.read = "x"   # as in the old program
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_value_is_changed_where_it_stands(file: Path) -> None:
    write_setting(file, NAMED["theme"], "gruvbox")
    assert file.read_text() == FILE.replace('"nord"', '"gruvbox"')


def test_a_new_value_goes_to_its_table(file: Path) -> None:
    write_setting(file, NAMED["list.long-titles"], "wrap")
    write_setting(file, NAMED["reading-limit"], 3)
    write_setting(file, NAMED["export.format"], "jsonl")
    after = file.read_text()
    read = tomllib.loads(after)
    assert read["list"] == {"columns": ["title"], "long-titles": "wrap"}
    assert read["reading-limit"] == 3
    assert read["export"] == {"format": "jsonl"}
    for line in FILE.splitlines():
        assert line in after.splitlines()


def test_a_default_is_taken_out_and_nothing_else(file: Path) -> None:
    write_setting(file, NAMED["theme"], None)
    assert tomllib.loads(file.read_text()) == {
        name: value for name, value in tomllib.loads(FILE).items() if name != "theme"
    }
    assert "# on the train: false" in file.read_text()
    write_setting(file, NAMED["export.format"], None)


def test_a_missing_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    write_setting(path, NAMED["ascii"], True)
    assert Settings(path).yes("ascii")
    assert path.read_text().startswith("# Settings of readinglist")


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    write_setting(link, NAMED["mouse"], False)
    assert link.is_symlink()
    assert not Settings(file).yes("mouse")


@pytest.mark.parametrize("text", ["no TOML at all", 'list = "x"', "a = [\n"])
def test_a_file_that_is_not_understood_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    if text.startswith("list"):
        write_setting(path, NAMED["theme"], "nord")
        assert tomllib.loads(path.read_text()) == {"list": "x", "theme": "nord"}
        return
    with pytest.raises(ReadingListError, match="is not TOML"):
        write_setting(path, NAMED["theme"], "nord")
    assert path.read_text() == text


def test_what_cannot_be_saved_holds_until_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "config.toml"
    folder.mkdir()
    settings = Settings(folder)
    with pytest.raises(ReadingListError):
        settings.put("theme", "nord", save=True)
    assert settings.text("theme") == "nord"


_LINES = st.lists(
    st.sampled_from(
        ["# a comment", "", 'theme = "nord"  # why', "mouse = false", "ascii=true", "x.y = 1"]
    ),
    unique=True,
)
_TABLES = st.lists(
    st.sampled_from(["[list]\n# of titles\nlong-titles = 'wrap'", "[copy]", "[other.deep]\na = 1"]),
    unique=True,
)
_VALUES = {
    "theme": "gruvbox", "mouse": False, "reading-limit": 7, "list.columns": ("title", "key"),
    "list.long-titles": "cut", "copy.format": "title", "export.format": "markdown",
}  # fmt: skip


@given(_LINES, _TABLES, st.sampled_from(sorted(_VALUES)))
def test_whatever_is_in_the_file_only_one_value_changes(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], tables: list[str], name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "config.toml"
    before = "\n".join([*lines, *tables]) + "\n"
    path.write_text(before, encoding="utf-8")
    write_setting(path, NAMED[name], _VALUES[name])
    after = path.read_text()
    assert Settings(path).value(name) == _VALUES[name]
    for line in before.splitlines():
        kept = line.partition("#")[2] if line.startswith(name.rpartition(".")[2]) else line
        assert kept in after
    write_setting(path, NAMED[name], None)
    assert Settings(path).source(name) == "default"
