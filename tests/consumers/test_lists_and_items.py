"""Markdown, notes, CSL-JSON and RIS, as the programs take them that people hand these to."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rispy

from readinglist import vault
from readinglist.formats import csl, markdown, ris
from readinglist.records import Entry
from tests.consumers.papers import Forge, real

pytestmark = pytest.mark.consumers

PAPERS = pytest.mark.parametrize("papers", ["real", "hostile"], indirect=True)
GROUPS = pytest.mark.parametrize("group_by", ["status", "tag", "none"])
# What a Markdown linter is told: titles are as long as they are, and their notes are the user's.
_RULES = {"MD013": False, "MD024": False, "MD041": False}
_MANY = 1_000


@pytest.fixture
def papers(request: pytest.FixtureRequest) -> list[Entry]:
    if request.param == "real":
        return real(request.getfixturevalue("corpus"))
    return [entry._replace(note=None) for entry in Forge(printable=False).papers(_MANY)]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a consumer; it is skipped, by its name, where it is not installed."""
    if not shutil.which(words[0]):
        pytest.skip(f"there is no {words[0]} on this machine")
    return subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)


@PAPERS
@GROUPS
def test_cmark(tmp_path: Path, papers: list[Entry], group_by: str) -> None:
    text = "".join(markdown.write(papers, group_by=group_by, abstracts=True))
    (tmp_path / "list.md").write_text(text, "utf-8")
    html = run(tmp_path, "cmark", "--unsafe", "list.md").stdout
    ours = {"h1", "h2", "p", "ul", "li", "a", "code", "blockquote"}
    assert set(re.findall(r"<([a-z]\w*)", html)) <= ours
    assert all(re.match("https?:", link) for link in re.findall(r'href="([^"]*)"', html))
    if group_by != "tag":  # under which a paper may stand more than once
        assert html.count("<li>") == len(papers)


@PAPERS
@GROUPS
def test_markdownlint(tmp_path: Path, papers: list[Entry], group_by: str) -> None:
    (tmp_path / ".markdownlint.json").write_text(json.dumps(_RULES))
    text = "".join(markdown.write(papers, group_by=group_by, abstracts=True))
    (tmp_path / "list.md").write_text(text, "utf-8")
    done = run(tmp_path, "markdownlint-cli2", "list.md")
    found = re.findall(r"^.* error .*$", done.stdout + done.stderr, re.MULTILINE)
    assert (done.returncode, found[:5]) == (0, [])


@PAPERS
def test_markdownlint_of_notes(tmp_path: Path, papers: list[Entry]) -> None:
    (tmp_path / ".markdownlint.json").write_text(json.dumps(_RULES))
    (tmp_path / "notes").mkdir()
    vault.write(tmp_path / "notes", papers[:200])
    done = run(tmp_path, "markdownlint-cli2", "notes/*.md")
    found = re.findall(r"^.* error .*$", done.stdout + done.stderr, re.MULTILINE)
    assert (done.returncode, found[:5]) == (0, [])


@PAPERS
def test_pandoc(tmp_path: Path, papers: list[Entry]) -> None:
    (tmp_path / "papers.json").write_text("".join(csl.write(papers)), "utf-8")
    (tmp_path / "paper.md").write_text('---\nnocite: "@*"\n---\n')
    options = ("--citeproc", "--fail-if-warnings", "--bibliography", "papers.json")
    done = run(tmp_path, "pandoc", *options, "paper.md", "--to", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count('class="csl-entry"') == len(papers)


@PAPERS
def test_rispy(papers: list[Entry]) -> None:
    found = rispy.loads("".join(ris.write(papers)))
    assert [each["id"] for each in found] == [entry.key for entry in papers]
