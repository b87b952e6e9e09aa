"""The town or street (乡镇、街道) that an address names."""

from __future__ import annotations

import re

LONGEST = 8
"""Characters of the longest name of a town that is looked for."""
_COUNTY = re.compile(r"^.*(?:自治县|县|区|旗|市)(?=.{1,12}?(?:街道|镇|乡))")
_TOWN = re.compile(rf"^[\s,，]*([\u4e00-\u9fff]{{1,{LONGEST}}}?(?:街道|镇|乡))(?!路|街|巷|大道)")


def town_of(address: str, county: str = "") -> str:
    """The town that an address names after its county; empty where it names none.

    >>> town_of("清溪县北溪镇园区路 8 号", "清溪县")
    '北溪镇'
    """
    rest = address.partition(county)[2] if county and county in address else _COUNTY.sub("", address, count=1)
    found = _TOWN.match(rest)
    return found[1] if found else ""
