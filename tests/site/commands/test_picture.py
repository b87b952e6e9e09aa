"""``zuofang picture``: two people, and `verify` knows when a copy is lost."""

from pathlib import Path

from tests import scene
from tests.site.commands.conftest import Run
from tests.storage.test_pictures import photograph

from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

TEXTS = ("--alt", "一口陶锅", "--alt-en", "A clay pot", "--credit", "自绘")
MANAGER, EDITOR = ("--as", "园区", "--why", "品牌页"), ("--as", "编辑", "--why", "看过")


def test_a_picture_is_added_shown_missed_withdrawn_and_destroyed(
    run: Run, office: Office, installed: Settings, tmp_path: Path
) -> None:
    with office.writing("counter") as desk:
        scene.build(desk)
    file = tmp_path / "pot.jpg"
    file.write_bytes(photograph())
    assert "there is no zone nowhere" in run("picture", "add", str(file), "--zone", "nowhere", *TEXTS, *MANAGER).stderr
    assert "picture 1: proposed" in run("picture", "add", str(file), "--zone", "qingxi", *TEXTS, *MANAGER).output
    assert run("picture", "approve", "1", *MANAGER).exit_code == 1
    assert run("picture", "approve", "1", *EDITOR).exit_code == 0
    assert "picture 1: shown, zone 1, 600x900" in run("picture", "list").output
    assert "1 shown, every copy at hand" in run("verify").output
    next(iter(installed.pictures.iterdir())).unlink()
    assert "copies are missing of 1" in run("verify").output
    assert run("picture", "withdraw", "1", "画面里有人", *MANAGER).exit_code == 0
    assert run("picture", "destroy", "1", *MANAGER).exit_code == 0
    assert list(installed.pictures.iterdir()) == []
