"""From the printer to the truth: a label is printed, photographed, decoded by others' software, opened on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import qrcode
from photographs import cut_out, decoded, photograph
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.town import RECALLED_FOR, VOID_FOR, Town
from thermal_printer import printed_labels

from zuofang.traceability.codes import ALPHABET
from zuofang.traceability.labels.layouts import LAYOUTS
from zuofang.traceability.verdict import Verdict

pytestmark = pytest.mark.browser

TRUTH = {
    Verdict.do_not_eat: ("不要食用", RECALLED_FOR),
    Verdict.not_released: ("未放行", "没有这一批的出厂检验记录"),
    Verdict.past_date: ("已过期", "保质期到"),
    Verdict.take_care: ("请留意", VOID_FOR),
    Verdict.released: ("已放行", "合格"),
}


def printed(town: Town, batch: int, *stock: str) -> Path:
    """The file that the command line printed three labels into."""
    told = town.run("labels", "issue", str(batch), "--count", "3", *stock)
    found = re.search(r"1 file\(s\) in (.+)", told)
    assert found, told
    return next(file for file in Path(found[1]).iterdir() if file.suffix in (".pdf", ".zpl"))


def path_in(photo: bytes, town: Town) -> str:
    """Where the code in a photograph leads on this site."""
    (text,) = decoded(photo)
    leads_to = urlsplit(text)
    assert f"{leads_to.scheme}://{leads_to.netloc}".lower() == town.address
    return leads_to.path


@pytest.mark.parametrize("verdict", TRUTH)
def test_a_photographed_label_leads_to_the_truth(town: Town, phone: Page, verdict: Verdict) -> None:
    batch = town.make(verdict)
    label = cut_out(printed(town, batch, "--layout", "a4-24"), LAYOUTS["a4-24"], place=1)
    town.meet_fate(verdict, batch)
    answer = phone.goto(path_in(photograph(label, seed=batch), town))
    word, reason = TRUTH[verdict]
    assert answer is not None
    assert answer.status == 200
    assert phone.locator("h1").inner_text() == word
    assert reason in phone.locator(".reasons").inner_text()
    assert "酱牛肉" in phone.locator(".product").inner_text()
    assert "北溪陈记卤味作坊" in phone.locator(".goods").inner_text()


def test_a_label_of_a_thermal_roll_leads_to_the_truth(town: Town, phone: Page) -> None:
    file = printed(town, town.make(Verdict.released), "--layout", "roll-60x40", "--zpl", "203")
    label = printed_labels(file.read_bytes())[2]
    phone.goto(path_in(photograph(label, seed=3), town))
    assert phone.locator("h1").inner_text() == "已放行"


def other_sign(code: str, place: int) -> str:
    sign = ALPHABET[ALPHABET.index(code[place]) - 1]
    return code[:place] + sign + code[place + 1 :]


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda code: other_sign(code, 19), id="another tag"),
        pytest.param(lambda code: other_sign(code, 11), id="another serial"),
        pytest.param(lambda code: other_sign(code, 6), id="another batch"),
    ],
)
def test_a_forged_label_leads_to_a_warning_and_to_no_product(
    town: Town, phone: Page, forge: Callable[[str], str]
) -> None:
    symbol = qrcode.QRCode(box_size=6)
    symbol.add_data(f"{town.address}/t/{forge(town.packet())}".upper())
    drawn: Image.Image = symbol.make_image().get_image().convert("L")
    answer = phone.goto(path_in(photograph(drawn, seed=5), town))
    assert answer is not None
    assert answer.status == 404
    assert phone.locator("h1").inner_text() == "查无此码"
    assert "不是本站签发的" in phone.locator(".reasons").inner_text()
    assert "酱牛肉" not in phone.locator("body").inner_text()
    assert phone.locator(".goods").count() == 0


def test_a_recall_stands_on_the_very_next_page(town: Town, phone: Page) -> None:
    batch = town.make(Verdict.released)
    file = printed(town, batch, "--layout", "a4-24")
    phone.goto(path_in(photograph(cut_out(file, LAYOUTS["a4-24"], place=0), seed=7), town))
    assert phone.locator("h1").inner_text() == "已放行"
    town.meet_fate(Verdict.do_not_eat, batch)
    phone.reload()
    assert phone.locator("h1").inner_text() == "不要食用"
    phone.get_by_role("link", name=f"因{RECALLED_FOR}被召回").click()
    expect(phone.locator("#recall")).to_be_visible()
    expect(phone.locator("main")).to_contain_text(RECALLED_FOR)
