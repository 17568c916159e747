"""Where requests may go."""

from __future__ import annotations

import pytest

from readinglist.errors import UsageError
from readinglist.lookup import NAMES, get_provider
from readinglist.lookup.address import read_address
from readinglist.lookup.settings import LookupSettings, lookup_settings
from readinglist.settings import load
from readinglist.settings.table import KEYED, PROVIDERS


@pytest.mark.parametrize(
    ("text", "shown", "path"),
    [
        ("https://export.arxiv.org", "export.arxiv.org", ""),
        ("https://mirror.example:8443/arxiv/", "mirror.example:8443", "/arxiv"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", ""),
        ("http://127.8.8.8", "127.8.8.8", ""),
        ("http://localhost:8000/x", "localhost:8000", "/x"),
        ("http://[::1]:8000", "[::1]:8000", ""),
        ("https://b\u00fccher.example", "xn--bcher-kva.example", ""),
        ("https://Mirror.Example.", "mirror.example.", ""),
    ],
)
def test_an_address_is_https_or_of_this_machine(text: str, shown: str, path: str) -> None:
    address = read_address(text, what="It")
    assert (address.shown, address.path) == (shown, path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("http://export.arxiv.org", "plain http"),
        ("http://localhost.example", "plain http"),
        ("http://127.0.0.1.example", "plain http"),
        ("http://10.0.0.1", "plain http"),
        ("http://0.0.0.0", "plain http"),
        ("ftp://127.0.0.1", "no address"),
        ("file:///etc/passwd", "no address"),
        ("export.arxiv.org", "no address"),
        ("https://", "no address"),
        ("https://[half", "no address"),
        ("https://x.example:99999", "no address"),
        ("https://x.example/?q=", "no address"),
        ("https://me:secret@x.example", "a name or a password"),
        ("https://x.example:0", "no address"),
        (f"https://{'a' * 64}.example", "longer than 63 characters"),
        (f"https://{'.'.join(['a' * 60] * 5)}", "all of it than 253"),
        ("https://a..example", r"'a..example' can be none"),
        ("https://a%20b.example", "can be none"),
    ],
)
def test_other_addresses_are_refused_and_not_quoted(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as caught:
        read_address(text, what="The address of arXiv")
    assert "secret" not in str(caught.value)


def test_every_provider_has_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PROVIDERS == NAMES
    providers = [get_provider(name) for name in NAMES]
    assert [provider.name for provider in providers] == [*NAMES]
    assert {provider.name for provider in providers if provider.keyed} == {*KEYED}
    for provider in providers:
        assert LookupSettings().address(provider).scheme == "https"
    monkeypatch.setenv("READINGLIST_SEMANTIC_SCHOLAR_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("READINGLIST_SEMANTIC_SCHOLAR_KEY", "kanarienvogel")
    monkeypatch.setenv("READINGLIST_MAILTO", "me@example.org")
    settings = lookup_settings(load())
    scholar = get_provider("semantic-scholar")
    assert settings.address(scholar).shown == "127.0.0.1:1"
    assert settings.access(scholar) == ("me@example.org", "kanarienvogel")
    assert settings.access(get_provider("arxiv")).key == ""


@pytest.mark.parametrize(
    "key", ["\u043a\u043b\u044e\u0447", "kanarien\u00a0vogel", "kanarien\nvogel"]
)
def test_what_can_be_no_key_is_told_and_not_quoted(key: str) -> None:
    settings = LookupSettings(keys={"openalex": key})
    with pytest.raises(UsageError, match="The key for OpenAlex has characters") as caught:
        settings.access(get_provider("openalex"))
    assert key not in str(caught.value)
    assert settings.access(get_provider("arxiv")).key == ""
