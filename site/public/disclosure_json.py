"""One published record in the vocabulary of schema.org, with our own fields beside it (``docs/open-data.md``)."""

from __future__ import annotations

from typing import Any

from zuofang.credit.queries.record import RecordPage
from zuofang.site.public.credit_json import told_json
from zuofang.storage.settings import Settings

VOCABULARY = "https://schema.org"


def record_json(page: RecordPage, settings: Settings) -> dict[str, Any]:
    """The record as a report that a government office published about a business, until a day."""
    base, told = settings.public(), page.told
    business: dict[str, Any] = {"@type": "FoodEstablishment", "name": page.party}
    if page.workshop is not None:
        business["@id"] = business["url"] = f"{base}/workshops/{page.workshop}"
    return {
        "@context": [VOCABULARY, {"zuofang": f"{base}/open/#"}],
        "@id": f"{base}/disclosures/{told.key}",
        "@type": "Report",
        "headline": told.title,
        "inLanguage": "zh-Hans",
        "identifier": told.document,
        "about": business,
        "author": {"@type": "GovernmentOrganization", "name": told.authority or settings.bureau},
        "publisher": {"@type": "GovernmentOrganization", "name": settings.bureau},
        "dateCreated": told.record.made_on.isoformat(),
        "datePublished": told.publication.first_day.isoformat() if told.publication.first_day else None,
        "expires": told.publication.last_day.isoformat() if told.publication.last_day else None,
        "text": told.content,
        "license": f"{base}/open/#licence",
        "zuofang:asOf": page.on.isoformat(),
        "zuofang:record": told_json(told),
    }
