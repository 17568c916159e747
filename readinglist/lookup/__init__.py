"""Metadata from outside: who can be asked for authors, years and links, and what comes of it.

`looking` asks a provider about papers of the library, `adding` about identifiers, both of them
through `asking`. A provider is one module with a class that follows `provider.Provider`, and one
row here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from readinglist.lookup.provider import Provider

LABELS: Final = {
    "arxiv": "arXiv",
    "huggingface": "Hugging Face",
    "crossref": "Crossref",
    "semantic-scholar": "Semantic Scholar",
    "openalex": "OpenAlex",
}
"""The name of each provider, which is that of its module, and what people call it; first the one
that is asked by default."""

NAMES: Final = tuple(LABELS)
DEFAULT: Final = NAMES[0]


def get_provider(name: str) -> Provider:
    """The provider of that name, which has to be one of `NAMES`."""
    module = import_module(f"readinglist.lookup.{name.replace('-', '_')}")
    provider: Provider = module.PROVIDER
    return provider
