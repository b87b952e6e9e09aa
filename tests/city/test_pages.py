"""The public site over the example city: what a visitor of a demonstration meets first."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.city.conftest import NOW, City

from zuofang.site.wsgi import open_public_site
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import Zone
from zuofang.traceability.verdict import Verdict


@pytest.fixture(scope="session")
def reader(city: City) -> FlaskClient:
    """A visitor of the city's site on the day it was made."""
    return open_public_site(Settings(data=city.heads.parent), clock=lambda: NOW).test_client()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_label_of_every_verdict_has_a_page(verdict: Verdict, city: City, reader: FlaskClient) -> None:
    label = city.report.examples[verdict]
    keyring = LabelKeyring(city.keys.labels, max(city.keys.labels))
    answer = reader.get(f"/t/{mint(keyring, label.batch_id, label.serial or None)}")
    assert answer.status_code == (404 if verdict is Verdict.not_issued else 200)


def test_every_zone_tells_its_story_in_paragraphs(session: Session, reader: FlaskClient) -> None:
    for zone in session.scalars(select(Zone)):
        page = reader.get(f"/zones/{zone.slug}").text
        told = re.sub(r"<(?!/?p>)[^>]*>", "", page)
        assert zone.story is not None
        for paragraph in zone.story.split("\n\n"):
            assert f"<p>{paragraph[:12]}" in told
