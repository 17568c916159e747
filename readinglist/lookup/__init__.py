"""Metadata from outside: who can be asked for authors, years and links, and what comes of it.

`looking` asks a provider about papers of the library, `adding` about identifiers. A provider is
one module with a class that follows `provider.Provider`, and one row here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from readinglist.lookup.provider import Provider

_MODULES: Final = {
    "arxiv": "arxiv",
    "huggingface": "huggingface",
    "crossref": "crossref",
    "semantic-scholar": "semantic_scholar",
    "openalex": "openalex",
}
"""The name of each provider and its module, the one that is asked by default first."""

NAMES: Final = tuple(_MODULES)
DEFAULT: Final = NAMES[0]


def get_provider(name: str) -> Provider:
    """The provider of that name, which has to be one of `NAMES`."""
    provider: Provider = import_module(f"readinglist.lookup.{_MODULES[name]}").PROVIDER
    return provider
