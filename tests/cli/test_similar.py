"""`similar` lists the papers most like one."""

from __future__ import annotations

from tests.cli.conftest import Shell

LIKE = """Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
SubscribeWeather and Avalanches: Generative Forecasts
A generative model of the weather over the Alps says where an avalanche may come down in winter. \
It is compared with older forecasts, and with what the slopes themselves remember of the snow.
"""


def test_similar_says_which_papers_are_alike_and_why(filled: Shell) -> None:
    filled.file("like.txt", LIKE)
    filled.ok("import", "like.txt")
    (key,) = filled.keys("title:generative")
    found = filled.ok("similar", key, "--json").json
    assert [each["key"] for each in found[:1]] == filled.keys("title:alps")
    assert {"weather", "generative"} <= {*found[0]["terms"]}
    assert all({*each} == {"key", "title", "status", "score", "terms"} for each in found)
    assert [each["score"] for each in found] == sorted((e["score"] for e in found), reverse=True)
    lines = filled.ok("similar", key, "--limit", "1").lines
    assert lines[0].startswith(found[0]["key"])
    assert ", ".join(found[0]["terms"]) in lines[1]
    assert len(lines) == 2


def test_similar_says_when_there_is_none_and_when_a_key_is_unknown(filled: Shell) -> None:
    filled.file("like.txt", LIKE.partition("Weather")[0] + "Zyzzyva\nQuokkas sleep on bazaars.\n")
    filled.ok("import", "like.txt")
    (key,) = filled.keys("title:zyzzyva")
    done = filled.ok("similar", key)
    assert done.out == ""
    assert "No other paper shares a word" in done.err
    wrong = filled.run("similar", "nobody")
    assert wrong.code == 1
    assert "nobody" in wrong.err
