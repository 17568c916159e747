"""Actions that can do nothing now: whoever asks for one is told why, instead of nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode

from readinglist.tui.patience import PatientApp


@runtime_checkable
class Explains(Protocol):
    """A screen or a widget that knows why an action of its own can do nothing now."""

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """The reason in a sentence; empty if the action can do something."""


@runtime_checkable
class Tells(Protocol):
    """A screen with a place for such a sentence."""

    def tell_why(self, reason: str) -> None:
        """Say why a key does nothing."""


class ExplainingApp(PatientApp):
    """An app in which no key is met with silence."""

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key, a click or the palette asks for, or say why that is not possible."""
        node = self if default_namespace is None else default_namespace
        target, name, parameters = self._parse_action(action, node, namespaces)
        if reason := _reason(target, name, parameters):
            self._tell(reason)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def _tell(self, reason: str) -> None:
        if isinstance(self.screen, Tells):
            self.screen.tell_why(reason)
        else:
            self.notify(reason, markup=False)


def why_not(app: App[Any], action: str, node: DOMNode) -> str:
    """Why the action of a binding on a node can do nothing now; empty if it can."""
    return _reason(*app._parse_action(action, node))


def _reason(target: DOMNode, name: str, parameters: tuple[Any, ...]) -> str:
    return target.why_not(name, parameters) if isinstance(target, Explains) else ""
