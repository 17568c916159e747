"""BibTeX and BibLaTeX, as every program takes them that people hand a bibliography to."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from readinglist.formats import biblatex, bibtex
from readinglist.records import Entry
from tests.consumers.papers import HUGE, Forge, real

pytestmark = pytest.mark.consumers

_MANY: Final = 3_000
_PRINTED: Final = 400
_WRITERS: Final = {"bibtex": bibtex.write, "biblatex": biblatex.write}
DIALECTS = pytest.mark.parametrize("dialect", _WRITERS)
PAPERS = pytest.mark.parametrize("papers", ["real", "hostile"], indirect=True)
# The only thing that they may remark on.
_MISSING: Final = re.compile(
    r"empty (?:author|year|author and editor|editor and author)\b"
    r"|Missing mandatory field (?:- one of )?'(?:author|author, editor|date, year)'"
)
_ABSTRACTS: Final = r"""\documentclass{article}
\usepackage[backend=biber,style=reading,maxnames=99]{biblatex}
\addbibresource{refs.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""


@pytest.fixture
def papers(request: pytest.FixtureRequest) -> list[Entry]:
    if request.param == "real":
        return real(request.getfixturevalue("corpus"))
    return Forge(printable=request.param == "printable").papers(
        _PRINTED if request.param == "printable" else _MANY
    )


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a consumer; it is skipped, by its name, where it is not installed."""
    if not shutil.which(words[0]):
        pytest.skip(f"there is no {words[0]} on this machine")
    return subprocess.run(
        words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=500
    )


def remarks(text: str, pattern: str) -> list[str]:
    """The lines that say something, but for a missing author or year."""
    lines = (line for line in text.splitlines() if re.search(pattern, line))
    return [line for line in lines if not _MISSING.search(line)][:20]


def put(folder: Path, dialect: str, papers: Sequence[Entry]) -> str:
    (folder / "refs.bib").write_text("".join(_WRITERS[dialect](papers)), "utf-8")
    return "refs.bib"


def few_at_a_time(papers: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """So few that no style runs out of letters behind labels that are the same."""
    return (papers[start : start + 60] for start in range(0, len(papers), 60))


@PAPERS
@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt", "abbrv"])
def test_bibtex(tmp_path: Path, papers: list[Entry], style: str) -> None:
    (tmp_path / "paper.aux").write_text(
        f"\\citation{{*}}\n\\bibdata{{refs}}\n\\bibstyle{{{style}}}\n"
    )
    for some in few_at_a_time(papers):
        put(tmp_path, "bibtex", some)
        done = run(tmp_path, "bibtex", "paper")
        assert not remarks(done.stdout, r"^Warning|error|--line|isn't valid")
        assert (tmp_path / "paper.bbl").read_bytes().count(b"\\bibitem") == len(some)


@PAPERS
@DIALECTS
def test_biber(tmp_path: Path, papers: list[Entry], dialect: str) -> None:
    done = run(tmp_path, "biber", "--tool", "--validate-datamodel", put(tmp_path, dialect, papers))
    found = remarks(done.stdout + done.stderr, "^(?:WARN|ERROR)")
    if dialect == "bibtex":  # whose fields are not those of the data model
        found = [line for line in found if "WARN - Datamodel" not in line]
    assert not found
    assert done.returncode == 0


@pytest.mark.parametrize("papers", ["real", "printable"], indirect=True)
def test_pdflatex(tmp_path: Path, papers: list[Entry]) -> None:
    put(tmp_path, "biblatex", papers)
    (tmp_path / "paper.tex").write_text(_ABSTRACTS)
    pdflatex = ("pdflatex", "-interaction=nonstopmode", "paper.tex")
    run(tmp_path, *pdflatex)
    run(tmp_path, "biber", "--quiet", "paper")
    done = run(tmp_path, *pdflatex)
    assert not remarks(done.stdout, "^!")
    assert (tmp_path / "paper.pdf").exists()


@PAPERS
@DIALECTS
def test_pandoc(tmp_path: Path, papers: list[Entry], dialect: str) -> None:
    name = put(tmp_path, dialect, papers)
    options = ("--citeproc", "--fail-if-warnings", "--from", dialect, "--to", "plain")
    done = run(tmp_path, "pandoc", *options, name)
    assert (done.returncode, done.stderr) == (0, "")


@PAPERS
@DIALECTS
def test_bibtool(tmp_path: Path, papers: list[Entry], dialect: str) -> None:
    name = put(tmp_path, dialect, papers)
    younger = ("dataset", "software")  # than what it knows of BibLaTeX
    options = ["-r", "biblatex"] if dialect == "biblatex" else []
    for kind in younger if options else ():
        options += ["--", f"new.entry.type{{{kind}}}"]
    done = run(tmp_path, "bibtool", *options, "-o", "again.bib", "-i", name)
    assert (done.returncode, done.stderr) == (0, "")
    again = bibtex.read((tmp_path / "again.bib").read_text("utf-8"))
    assert len(again.records) == len(papers)


@PAPERS
@DIALECTS
def test_bibclean(tmp_path: Path, papers: list[Entry], dialect: str) -> None:
    papers = [paper for paper in papers if not paper.title.startswith(HUGE)]  # it has its limits
    done = run(tmp_path, "bibclean", put(tmp_path, dialect, papers))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(re.findall(r"^@\w+\{", done.stdout, re.MULTILINE)) == len(papers)


@PAPERS
@DIALECTS
def test_bibtex_tidy(tmp_path: Path, papers: list[Entry], dialect: str) -> None:
    name = put(tmp_path, dialect, papers)
    done = run(tmp_path, "bibtex-tidy", name, "--output=again.bib")
    assert done.returncode == 0
    assert f"tidied {len(papers)} entries" in done.stdout + done.stderr
