"""What a user may settle about lookups: whom to ask, where that is, and with which key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from readinglist.errors import UsageError
from readinglist.lookup import DEFAULT
from readinglist.lookup.address import Address, read_address
from readinglist.lookup.provider import Access, Provider
from readinglist.settings import Settings
from readinglist.settings.table import KEYED, PROVIDERS

_NOTHING: Final[Mapping[str, str]] = {}


class LookupSettings(NamedTuple):
    """Addresses and keys by the names of providers; what is not there is as usual.

    `provider` is asked where nobody names one. `mailto` is the user's address, which some
    providers thank with a better service.
    """

    provider: str = DEFAULT
    mailto: str = ""
    urls: Mapping[str, str] = _NOTHING
    keys: Mapping[str, str] = _NOTHING

    def address(self, provider: Provider) -> Address:
        """Where a provider is asked; `UsageError` if what the user says is no address."""
        url = self.urls.get(provider.name)
        return read_address(url or provider.home, what=f"The address of {provider.label}")

    def access(self, provider: Provider) -> Access:
        """What a provider is given beside the questions; `UsageError` if the key is none."""
        key = self.keys.get(provider.name, "") if provider.keyed else ""
        if not (key.isascii() and key.isprintable()):
            raise UsageError(
                f"The key for {provider.label} has characters that no key has.",
                hint="Copy it once more from where you have it.",
            )
        return Access(self.mailto, key)


def lookup_settings(settings: Settings) -> LookupSettings:
    """What the config file and the environment say."""
    return LookupSettings(
        settings.text("lookup.provider"),
        settings.text("lookup.mailto"),
        {name: settings.text(f"lookup.urls.{name}") for name in PROVIDERS},
        {name: settings.text(f"lookup.keys.{name}") for name in KEYED},
    )
