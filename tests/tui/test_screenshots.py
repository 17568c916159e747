"""The pictures in screenshots/ show the app as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenes import SCENES, Scene
from tests.screenshots import FOLDER, draw, furnish


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_picture_shows_the_app_as_it_is(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "READINGLIST_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    kept = FOLDER / f"{scene.name}.svg"
    assert kept.read_text(encoding="utf-8") == await draw(scene), (
        f"{kept.name} no longer shows the app; `python -m tests.screenshots` draws it again"
    )


def test_every_picture_has_a_scene() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in SCENES}
