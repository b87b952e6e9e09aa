"""The brands of the example city."""

import pytest

from zuofang.site.commands.city import brands
from zuofang.site.commands.city.brands import Brand
from zuofang.traceability.labels.brand import BrandMark

BRANDS = [brand for brand in vars(brands).values() if isinstance(brand, Brand)]


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.name)
def test_the_mark_of_a_brand_can_be_printed_on_a_label(brand: Brand) -> None:
    assert BrandMark.of_path(brand.mark).segments
