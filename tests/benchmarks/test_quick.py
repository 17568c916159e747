"""The benchmark works; what it measures is not judged here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.papers import Author
from tests.benchmarks.probes import KINDS, probes
from tests.conftest import ROOT


def test_papers_are_the_same_every_time_and_no_two_alike() -> None:
    titles = [paper.title for paper in Author(300).papers()]
    assert titles == [paper.title for paper in Author(300).papers()]
    assert len(set(titles)) == 300
    assert titles[:3] != [paper.title for paper in Author(300, seed=2).papers()][:3]


def test_probes_are_of_every_kind_and_differ_by_seed() -> None:
    titles = [paper.title for paper in Author(50).papers()]
    chosen = probes(titles, 5, seed=1)
    assert {probe.kind for probe in chosen} == set(KINDS)
    assert chosen == probes(titles, 5, seed=1)
    assert chosen != probes(titles, 5, seed=2)


@pytest.mark.parametrize(
    "measure", ["keystrokes", "recall", "size", "frames", "lists", "insights", "import"]
)
def test_a_quick_run_fills_its_table(measure: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--only", measure]
    told = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "READINGLIST_BENCHMARKS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in told.stdout.splitlines() if line.startswith("|")]
    assert {line.split("|")[1].strip() for line in lines[2:]} == {"364", "2000"}
    assert all(line.split("|")[3].strip() for line in lines)
