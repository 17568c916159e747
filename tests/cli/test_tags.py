"""`tags` lists tags and those that may be one; `rename-tag` makes one of them, with its branch."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_the_doctor_lists_what_may_be_one(filled: Shell) -> None:
    one, two, *_ = filled.keys()
    filled.ok("tag", one, two, "--add", "to-cite")
    filled.ok("tag", one, "--add", "to cite", "--add", "seminar")
    found = filled.ok("tags", "--doctor", "--json").json
    assert found == [
        {
            "tag": "to cite", "papers": 1, "why": "spelling", "cure": "to-cite", "cure_papers": 2,
            "sure": True,
        },
        {
            "tag": "seminar", "papers": 1, "why": "on one paper", "cure": None,
            "cure_papers": None, "sure": False,
        },
    ]  # fmt: skip
    assert filled.ok("tags", "--doctor").lines == [
        "to cite (1 paper) → to-cite (2 papers)  spelling",
        "seminar (1 paper)  on one paper",
    ]
    filled.ok("rename-tag", "to cite", "to-cite")
    filled.ok("tag", one, "--remove", "seminar")
    assert "Every tag is spelt in one way" in filled.ok("tags", "--doctor").err


def test_a_branch_is_renamed_with_its_tag(filled: Shell) -> None:
    key = filled.keys()[0]
    filled.ok("tag", key, "--add", "rl", "--add", "rl/offline")
    done = filled.ok("rename-tag", "rl", "ml", "--branch")
    assert done.err == "Renamed the tag rl and 1 below it to ml.\n"
    assert [tag["name"] for tag in filled.ok("tags", "--json").json] == ["ml", "ml/offline"]
