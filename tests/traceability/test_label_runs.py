"""Print runs: complete before they begin, and after an interruption the same serials and the same bytes."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import text
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import NOON

from zuofang.storage.acts import Office, Refused
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys, new_keys, rotate_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import operators
from zuofang.traceability.codes import LabelKeyring, read
from zuofang.traceability.labels import runs
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.contents import ContentsMissing
from zuofang.traceability.labels.design import Designer
from zuofang.traceability.labels.face import ContentsDoNotFit
from zuofang.traceability.labels.layouts import NoSuchLayout
from zuofang.traceability.labels.printshop import PrintShop, Stock
from zuofang.traceability.labels.runs import RunOrder, RunRefused
from zuofang.traceability.labels.typeface import Typeface
from zuofang.traceability.models import Batch, LabelKind, LabelRun, Product

WHO, WHY = "tester", "测试"
SHEET = Stock("a4-24")
ROLL = Stock("roll-60x40", zpl=203)
PREFIX = "HTTPS://ZF.A.EXAMPLE/T/"


def shop_of(office: Office, output: Path) -> PrintShop:
    """A print shop with files of thirty labels, so that a short run has several."""
    address = LabelAddress.of_site("https://zf.a.example")
    designer = Designer(office.rules.labels, address, Typeface.at(Settings().label_font))
    return PrintShop(office, designer, output, part=30)


@pytest.fixture
def shop(sqlite: Database, keys: Keys, tmp_path: Path) -> PrintShop:
    """Files are files whatever the database is, so most tests here use the embedded one."""
    return shop_of(Office(sqlite, keys, clock=lambda: NOON), tmp_path / "labels")


@pytest.fixture
def batch(shop: PrintShop) -> int:
    with shop.office.writing(WHO) as desk:
        return scene.released(desk).batch.id


def silent(_done: int, _wanted: int) -> None:
    """Tell nobody."""


def issue(shop: PrintShop, batch: int, copies: int = 70, stock: Stock = SHEET, kind: str = "item") -> RunOrder:
    return shop.issue(batch, LabelKind(kind), copies, stock, WHO)


def run_row(shop: PrintShop, number: int) -> LabelRun:
    with Session(shop.office.database.read) as session:
        return session.get_one(LabelRun, number)


def next_serial(shop: PrintShop, batch: int) -> int:
    with Session(shop.office.database.read) as session:
        return session.get_one(Batch, batch).next_serial


def change_product(shop: PrintShop, batch: int, **changes: str | None) -> None:
    with shop.office.writing(WHO) as desk:
        product = desk.session.get_one(Product, desk.session.get_one(Batch, batch).product_id)
        operators.change_product(desk, product, WHY, **changes)


def codes_on(files: list[Path]) -> list[str]:
    """The codes in the symbols of all pages, rendered and read back, sorted."""
    found: list[str] = []
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for page in document:
                seen = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil().convert("L"))
                found.extend(symbol.text.removeprefix(PREFIX) for symbol in seen)
    return sorted(found)


def digests(files: list[Path]) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def test_a_run_prints_every_serial_once_and_all_of_them_read_back(office: Office, tmp_path: Path) -> None:
    shop = shop_of(office, tmp_path / "labels")
    with office.writing(WHO) as desk:
        batch = scene.released(desk).batch.id
    order = issue(shop, batch)
    files = shop.write(order.run, WHO, silent)
    assert [file.name for file in files] == [
        "labels-00000001-00000030.pdf", "labels-00000031-00000060.pdf", "labels-00000061-00000070.pdf",
    ]  # fmt: skip
    secrets = office.keys.labels
    read_back = [read(LabelKeyring(secrets, max(secrets)), code) for code in codes_on(files)]
    assert sorted(code.serial or 0 for code in read_back) == list(range(1, 71))
    assert {code.batch for code in read_back} == {batch}
    assert run_row(shop, order.run).finished_at is not None


def test_the_next_run_goes_on_with_the_next_serial(shop: PrintShop, batch: int) -> None:
    issue(shop, batch)
    order = issue(shop, batch, 5)
    assert (order.first, order.last) == (71, 75)


class Killed(BaseException):
    """Stands for a killed process: nothing catches it."""


def kill_after(labels: int) -> Callable[[int, int], None]:
    def tell(done: int, _wanted: int) -> None:
        if done >= labels:
            raise Killed

    return tell


@pytest.mark.parametrize("stock", [SHEET, ROLL], ids=["pdf", "zpl"])
def test_an_interrupted_run_goes_on_with_the_same_serials_and_bytes(shop: PrintShop, batch: int, stock: Stock) -> None:
    order = issue(shop, batch, stock=stock)
    with pytest.raises(Killed):
        shop.write(order.run, WHO, kill_after(60))
    assert run_row(shop, order.run).finished_at is None
    assert issue(shop, batch, 10, stock).first == 71, "the serials stay taken"
    files = shop.write(order.run, WHO, silent)
    assert len(files) == 3
    other = replace(shop, output=shop.output.with_name("again"))
    assert digests(other.write(order.run, WHO, silent, zpl=stock.zpl)) == digests(files)


def test_a_part_that_is_done_is_not_written_again_but_a_damaged_one_is(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch)
    first, second, third = shop.write(order.run, WHO, silent)
    whole = digests([first, second, third])
    before = first.stat().st_mtime_ns
    second.write_bytes(b"damaged")
    third.unlink()
    assert digests(shop.write(order.run, WHO, silent)) == whole
    assert first.stat().st_mtime_ns == before


def test_a_run_whose_folder_cannot_be_made_takes_no_serial(shop: PrintShop, batch: int) -> None:
    shop.output.write_text("a file stands where the folder should be")
    with pytest.raises(OSError, match="labels"):
        issue(shop, batch)
    assert next_serial(shop, batch) == 1


def test_a_folder_left_by_a_run_that_never_was_is_taken_over(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch)
    folder = runs.folder_of(shop.output, order.run + 1)
    runs.begin(folder, replace(order, run=order.run + 1, words=["别的内容"]))
    assert len(shop.write(issue(shop, batch, 20).run, WHO, silent)) == 1


def forget(shop: PrintShop, batch: int) -> None:
    """Put the database back to before the first run, as an older backup would."""
    with shop.office.database.write.begin() as connection:
        connection.execute(text("DELETE FROM label_run"))
        connection.execute(text(f"UPDATE batch SET next_serial = 1 WHERE id = {batch}"))


def test_runs_forgotten_by_a_restored_database_are_entered_again(office: Office, tmp_path: Path) -> None:
    shop = shop_of(office, tmp_path / "labels")
    with office.writing(WHO) as desk:
        batch = scene.released(desk).batch.id
    stock = Stock("a4-65")
    runs_before = [
        issue(shop, batch, 10, stock),
        issue(shop, batch, 5, stock, kind="batch"),
        issue(shop, batch, 7, stock),
    ]
    before = [digests(shop.write(order.run, WHO, silent)) for order in runs_before]
    forget(shop, batch)
    if office.database.is_sqlite:  # PostgreSQL goes on counting, so that no number comes twice
        with pytest.raises(RunRefused, match="zuofang labels adopt"):
            issue(shop, batch)
    adopted = shop.adopt(WHO)
    assert [(order.kind, order.first, order.last) for order in adopted] == [
        ("item", 1, 10), ("batch", 0, 0), ("item", 11, 17),
    ]  # fmt: skip
    assert next_serial(shop, batch) == 18
    assert [digests(shop.write(order.run, WHO, silent)) for order in adopted] == before
    assert shop.adopt(WHO) == []
    assert issue(shop, batch, 1, stock).first == 18


def test_serials_given_away_meanwhile_are_told_of(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch, 10)
    shop.write(order.run, WHO, silent)
    forget(shop, batch)
    elsewhere = replace(shop, output=shop.output.with_name("elsewhere"))
    issue(elsewhere, batch, 3)
    with pytest.raises(Refused, match="1 号已发给别的印制任务"):
        shop.adopt(WHO)


def test_labels_of_one_run_never_say_two_things(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch)
    with pytest.raises(Killed):
        shop.write(order.run, WHO, kill_after(30))
    change_product(shop, batch, ingredients="牛肉、酱油、味精")
    with pytest.raises(RunRefused, match=r"标签内容变了.*作废这些序号"):
        shop.write(order.run, WHO, silent)


def test_a_run_is_minted_with_one_key_even_if_a_newer_one_was_added(
    shop: PrintShop, batch: int, tmp_path: Path
) -> None:
    keys = new_keys(tmp_path / "own")
    shop = replace(shop, office=replace(shop.office, keys=keys))
    order = issue(shop, batch, 40)
    shop = replace(shop, office=replace(shop.office, keys=rotate_keys(tmp_path / "own")))
    assert {code[0] for code in codes_on(shop.write(order.run, WHO, silent))} == {"0"}
    assert {code[0] for code in codes_on(shop.write(issue(shop, batch, 5).run, WHO, silent))} == {"1"}


def test_two_processes_do_not_write_one_run(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch)

    def second(_done: int, _wanted: int) -> None:
        with pytest.raises(RunRefused, match="另一个进程"):
            shop.write(order.run, WHO, silent)

    shop.write(order.run, WHO, second)


def test_batch_labels_carry_one_code_as_often_as_wanted(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch, 50, kind="batch")
    codes = codes_on(shop.write(order.run, WHO, silent))
    assert len(codes) == 50
    assert len(set(codes)) == 1
    assert len(codes[0]) == 15
    again = issue(shop, batch, 5, kind="batch")
    assert codes_on(shop.write(again.run, WHO, silent)) == codes[:5]


def test_a_thermal_run_is_written_for_its_printer(shop: PrintShop, batch: int) -> None:
    (file,) = shop.write(issue(shop, batch, 20, ROLL).run, WHO, silent)
    sent = file.read_text("ascii")
    assert file.suffix == ".zpl"
    assert len(re.findall(r"\^FDMA,HTTPS://ZF\.A\.EXAMPLE/T/[0-9A-Z]{20}\^FS", sent)) == 20


@pytest.mark.parametrize(
    ("stock", "refusal", "words"),
    [
        (Stock("a4-24", zpl=203), RunRefused, "卷装"),
        (Stock("roll-60x40", zpl=150), RunRefused, "203、300、600"),
        (Stock("a4-7"), NoSuchLayout, "没有名为“a4-7”"),
    ],
)
def test_stock_and_printer_must_go_together(
    shop: PrintShop, batch: int, stock: Stock, refusal: type[Refused], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        issue(shop, batch, stock=stock)
    assert next_serial(shop, batch) == 1


def test_a_label_without_its_mandatory_contents_is_refused_before_a_serial_is_given(
    shop: PrintShop, batch: int
) -> None:
    change_product(shop, batch, ingredients=None, storage="")
    with pytest.raises(ContentsMissing, match="标签缺少配料表、贮存条件"):
        issue(shop, batch)
    assert next_serial(shop, batch) == 1
    assert not shop.output.exists()


def test_a_batch_made_without_a_certificate_gets_no_label_with_contents(shop: PrintShop) -> None:
    with shop.office.writing(WHO) as desk:
        made = scene.build(desk, until=date(2026, 10, 31))
    with pytest.raises(ContentsMissing, match="登记证编号"):
        issue(shop, made.batch.id)
    assert issue(shop, made.batch.id, stock=Stock("a4-65")).first == 1


def test_contents_too_long_for_the_stock_are_refused(shop: PrintShop, batch: int) -> None:
    change_product(shop, batch, ingredients="、".join(["精制食用植物油"] * 40))
    with pytest.raises(ContentsDoNotFit, match="请换大一号的标签纸"):
        issue(shop, batch, stock=Stock("roll-60x40"))
    assert next_serial(shop, batch) == 1


def test_a_large_packet_asks_for_larger_characters(shop: PrintShop) -> None:
    with shop.office.writing(WHO) as desk:
        made = scene.build(desk)
        late = scene.batches.open_batch(desk, made.product, "20270401-1", date(2027, 4, 1), WHY)
    small = issue(shop, late.id, stock=Stock("roll-100x70"))
    large = issue(shop, late.id, stock=Stock("roll-100x70", surface=Decimal(500)))
    assert small.words != large.words


def test_a_batch_or_run_that_is_not_there_is_refused(shop: PrintShop) -> None:
    with pytest.raises(Refused, match="没有编号为 9 的批次"):
        issue(shop, 9)
    with pytest.raises(Refused, match="没有编号为 9 的印制任务"):
        shop.write(9, WHO, silent)


@pytest.mark.parametrize("damage", ["{", "[]", '{"order": {}, "parts": []}'])
def test_a_damaged_manifest_is_refused_with_what_to_do(shop: PrintShop, batch: int, damage: str) -> None:
    order = issue(shop, batch)
    (runs.folder_of(shop.output, order.run) / runs.MANIFEST).write_text(damage)
    with pytest.raises(RunRefused, match="清单损坏，请移走"):
        shop.write(order.run, WHO, silent)


def test_the_manifest_says_what_is_printed_and_which_files_are_whole(shop: PrintShop, batch: int) -> None:
    order = issue(shop, batch)
    files = shop.write(order.run, WHO, silent)
    manifest = json.loads((runs.folder_of(shop.output, order.run) / runs.MANIFEST).read_text())
    assert manifest["order"]["batch"] == batch
    assert "食品名称：酱牛肉" in manifest["order"]["words"]
    assert [part["sha256"] for part in manifest["parts"]] == digests(files)


def test_brand_and_mark_of_the_zone_stand_on_the_label(shop: PrintShop) -> None:
    with shop.office.writing(WHO) as desk:
        made = scene.build(desk)
        made.zone.brand, made.zone.brand_mark = "清溪卤味", "M0 0H100V100H0Z"
    order = issue(shop, made.batch.id, 1, Stock("roll-80x60"))
    assert order.words[-1] == "清溪卤味"
    with pypdfium2.PdfDocument(shop.write(order.run, WHO, silent)[0]) as document:
        picture = document[0].render(scale=254 / 72).to_pil().convert("L")
    assert picture.getpixel((800 - 65, 65)) == 0
