"""Drawings of the example city on the shelf: a city that is made anew does not draw what still lies there."""

import json
from pathlib import Path

from zuofang.site.commands.city.gallery import FOLDER, put
from zuofang.storage.pictures import shelf

DRAWING = min(FOLDER.glob("*.webp"), key=lambda path: path.stat().st_size).read_bytes()


def test_a_drawing_is_made_again_only_where_a_copy_is_gone(tmp_path: Path) -> None:
    made = put(tmp_path, DRAWING)
    (note,) = tmp_path.glob("*.json")
    lost = next(tmp_path.glob("*.avif"))
    note.write_text(json.dumps({"digest": made.digest, "width": made.width, "height": 7}))
    assert put(tmp_path, DRAWING).height == 7, "the note is believed while every copy is there"
    lost.unlink()
    assert put(tmp_path, DRAWING) == made
    assert lost.is_file()
    assert shelf.missing(tmp_path, made.digest, made.width) == []
    assert json.loads(note.read_text())["height"] == made.height
