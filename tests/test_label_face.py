"""The face of a label: everything stands on it, nothing too small, nothing on top of anything else."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuofang.storage.settings import Settings
from zuofang.traceability.labels.brand import BrandMark, BrandMarkRefused, Segment
from zuofang.traceability.labels.face import ContentsDoNotFit, Face, Wording, compose
from zuofang.traceability.labels.layouts import LAYOUTS, Layout, NoSuchLayout, layout_named
from zuofang.traceability.labels.typeface import Typeface, TypefaceRefused

typeface = Typeface.at(Settings().label_font)
MARK = BrandMark.of_path("M10 90V40L50 10 90 40V90H65V60H35V90Z")

CONTENTS = [
    Wording(text, 1.8)
    for text in (
        "食品名称：酱牛肉",
        "配料表：牛肉、酱油、食用盐、白砂糖、料酒、香辛料",
        "净含量：200 克",
        "小作坊名称：北溪陈记卤味作坊",
        "地址：清溪县北溪镇园区路 8 号 A-03",
        "联系方式：0570-0000001",
        "登记证编号：ZF33990100012",
        "生产日期：2026-11-10",
        "保质期：15 天（至 2026-11-25）",
        "贮存条件：0–4 °C 冷藏",
    )
]
NAMES = [Wording("酱牛肉", 1.8), Wording("北溪陈记卤味作坊", 1.8, True), Wording("查验：zf.a.example", 1.8, True)]

Box = tuple[float, float, float, float]


def words_for(layout: Layout) -> list[Wording]:
    return CONTENTS if layout.holds_contents else NAMES


def boxes(face: Face) -> list[Box]:
    """Left, top, right and bottom of everything on a label; of the code with its widest letters."""
    found = [square_box(face.symbol)] if face.mark is None else [square_box(face.symbol), square_box(face.mark[1])]
    for text in face.texts:
        found.append(text_box(text.x, text.baseline, text.size, text.text))
    for line in face.code:
        found.append(text_box(line.x, line.baseline, line.size, line.of(["WWWWW"] * 4)))
    return found


def square_box(square) -> Box:
    return square.x, square.y, square.x + square.side, square.y + square.side


def text_box(x: float, baseline: float, size: float, text: str) -> Box:
    return x, baseline - 0.82 * size, x + typeface.width(text) * size, baseline + 0.11 * size


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("mark", [None, MARK], ids=["plain", "marked"])
@pytest.mark.parametrize("code_length", [15, 20])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_everything_stands_inside_the_label_and_on_its_own(
    layout: Layout, code_length: int, mark: BrandMark | None
) -> None:
    face = compose(layout, words_for(layout), code_length, typeface, mark)
    for left, top, right, bottom in boxes(face):
        assert min(left, top) >= layout.padding - 1e-6
        assert right <= layout.width - layout.padding + 1e-6
        assert bottom <= layout.height - layout.padding + 1e-6
    assert not [pair for pair in combinations(boxes(face), 2) if overlap(*pair)]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_character_is_lower_than_the_law_allows(layout: Layout) -> None:
    face = compose(layout, words_for(layout), 20, typeface, MARK)
    sizes = [text.size for text in face.texts] + [line.size for line in face.code]
    assert min(sizes) * typeface.height >= 1.8 - 1e-9


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS.values() if layout.holds_contents])
def test_no_word_is_lost_on_the_way(layout: Layout) -> None:
    face = compose(layout, CONTENTS, 20, typeface, MARK)
    printed = "".join(text.text for text in face.texts)
    assert printed.replace(" ", "") == "".join(wording.text for wording in CONTENTS).replace(" ", "")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("牛肉酱油、，：（）0A1 克-–", min_size=1, max_size=60), min_size=1, max_size=6))
def test_any_words_are_set_whole_or_refused(texts: list[str]) -> None:
    wordings = [Wording(text, 1.8) for text in texts]
    try:
        face = compose(LAYOUTS["roll-60x40"], wordings, 20, typeface)
    except ContentsDoNotFit:
        return
    assert "".join(text.text for text in face.texts).replace(" ", "") == "".join(texts).replace(" ", "")
    assert not [pair for pair in combinations(boxes(face), 2) if overlap(*pair)]


def test_the_dates_may_be_larger_than_the_rest() -> None:
    wordings = [Wording("食品名称：酱牛肉", 1.8), Wording("生产日期：2026-11-10", 3.0)]
    name, made = compose(LAYOUTS["roll-100x70"], wordings, 20, typeface).texts
    assert made.size / name.size == pytest.approx(3.0 / 1.8)


def test_contents_that_do_not_fit_are_refused_with_what_to_do() -> None:
    long = [*CONTENTS, Wording("使用说明：" + "开袋即食，加热后风味更佳。" * 9, 1.8)]
    with pytest.raises(ContentsDoNotFit, match=r"“roll-60x40”放不下标签内容：文字高度不得小于 1\.8 毫米"):
        compose(LAYOUTS["roll-60x40"], long, 20, typeface)


def test_optional_words_give_way_from_the_last_on() -> None:
    printed = "".join(text.text for text in compose(LAYOUTS["a4-65"], NAMES, 20, typeface).texts)
    assert printed == "酱牛肉"


def test_closing_punctuation_never_begins_a_line() -> None:
    face = compose(LAYOUTS["roll-60x40"], [Wording("牛肉、" * 30, 1.8)], 20, typeface)
    assert len({text.baseline for text in face.texts}) > 3
    assert not [text for text in face.texts if text.text[0] in "、，。"]


def test_a_character_without_a_drawing_gives_way_to_its_parts_or_is_refused() -> None:
    assert typeface.spelled("0–4 ℃") == "0–4 °C"
    with pytest.raises(TypefaceRefused, match="“𰻞”"):
        typeface.spelled("𰻞𰻞面")


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"no font at all")
    for path in (tmp_path / "font.ttf", tmp_path / "absent.ttf"):
        with pytest.raises(TypefaceRefused, match="不能用"):
            Typeface.at(path)


def test_labels_of_a_page_lie_on_the_page_and_apart() -> None:
    for layout in LAYOUTS.values():
        width, height = layout.page_size
        places = list(layout.places)
        assert len(places) == layout.per_page
        labels = [(x, y, x + layout.width, y + layout.height) for x, y in places]
        assert all(x >= 0 and y >= 0 and r <= width + 0.01 and b <= height + 0.01 for x, y, r, b in labels)
        shrunk = [(x, y, r - 0.01, b - 0.01) for x, y, r, b in labels]
        assert not [pair for pair in combinations(shrunk, 2) if overlap(*pair)]


def test_an_unknown_layout_is_refused_with_the_known_ones() -> None:
    assert layout_named("a4-24").per_page == 24
    with pytest.raises(NoSuchLayout, match=r"“a5-1”.*a4-24"):
        layout_named("a5-1")


def test_a_mark_is_read_in_every_command_absolute_and_relative() -> None:
    absolute = BrandMark.of_path("M10 20 L30 20 H40 V50 C40 60 30 70 20 70 Z")
    relative = BrandMark.of_path("m10,20 20,0h10v30c0 10-10 20-20 20z")
    assert absolute == relative
    assert absolute.segments[-1] == Segment("Z")
    assert absolute.segments[3] == Segment("L", ((40.0, 50.0),))


def test_a_move_after_the_end_of_an_outline_begins_where_it_began() -> None:
    mark = BrandMark.of_path("M10 10H20V20Zm5 5h1")
    assert mark.segments[4] == Segment("M", ((15.0, 15.0),))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "   ",
        "L10 10",
        "10 10",
        "M10",
        "M10 10 L5",
        "M10 10 Q20 20 30 30",
        "M10 10 A5 5 0 0 1 9 9",
        "M1 1Z5",
        "M1 1 x",
    ],
)
def test_a_path_that_cannot_be_followed_is_refused(path: str) -> None:
    with pytest.raises(BrandMarkRefused, match="读不懂"):
        BrandMark.of_path(path)


@pytest.mark.parametrize("path", ["M-1 0L5 5Z", "M0 0H101Z", "M0 0L1e9 0Z", "M99 99l2 2Z"])
def test_a_mark_outside_its_field_is_refused(path: str) -> None:
    with pytest.raises(BrandMarkRefused, match="100×100"):
        BrandMark.of_path(path)


@given(st.text("MLHVCZmlhvcz0123456789.-+e, ", max_size=60))
def test_any_path_is_followed_or_refused(path: str) -> None:
    try:
        mark = BrandMark.of_path(path)
    except BrandMarkRefused:
        return
    assert mark.segments[0].command == "M"
