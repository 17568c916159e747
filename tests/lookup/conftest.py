"""A clock that waits in no time."""

from __future__ import annotations

import pytest

from tests.lookup.server import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
