"""Answers that come smaller."""

import gzip

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from zuofang.site.compression import STYLE_ENDS, zipped


@given(st.binary(max_size=2000), st.binary(max_size=2000), st.integers(0, 2))
def test_what_was_made_smaller_reads_as_before_wherever_its_style_ends(head: bytes, rest: bytes, times: int) -> None:
    body = head + STYLE_ENDS * times + rest
    assert gzip.decompress(zipped(body)) == body


def test_equal_texts_are_equal_bytes_however_many_others_came_between() -> None:
    page = b"<style>p{margin:0}</style><p>" + b"packet " * 300
    first = zipped(page)
    for number in range(40):
        zipped(b"<style>p{margin:%d}</style>" % number)
    assert zipped(page) == first


def test_pages_of_one_language_are_the_same_up_to_the_end_of_their_style(reader: FlaskClient) -> None:
    zones, workshops = (reader.get(path).data.partition(STYLE_ENDS) for path in ("/zones/", "/workshops/"))
    assert zones[1]
    assert zones[0] == workshops[0]
    assert zones[2] != workshops[2]
