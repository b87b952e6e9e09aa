"""Who runs the site: its name, the bureau, how both are reached, and the numbers under which the site is filed.

The settings of the installation say it at the beginning; an edition that two people put in force says it from then on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.settings import SECURITY_CONTACTS, Settings

LONGEST = 200

BOTH, CHINESE_ALONE = LANGUAGES = ("both", "chinese")
"""What the public site is offered in: Chinese and English, or Chinese alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What every page says of its own. English may be left out; the Chinese stands in its place then."""

    site_name: str
    site_name_en: str = ""
    bureau: str
    bureau_en: str = ""
    contact: str = ""
    contact_en: str = ""
    security_contact: str = ""
    icp: str = ""
    """Number of the filing of the site (ICP 备案号)."""
    police: str = ""
    """Number of the filing with the police (公安备案号)."""
    site_code: str = ""
    """Code of the government site (政府网站标识码)."""
    languages: str = BOTH
    """What the public site is offered in; the desks have both always."""

    @property
    def offers_english(self) -> bool:
        """Whether a reader of the public site may choose English."""
        return self.languages != CHINESE_ALONE

    def said(self, name: str, english: bool) -> str:
        """A field in one language."""
        told: str = getattr(self, name)
        return (english and getattr(self, f"{name}_en")) or told

    def json(self) -> str:
        """The text of an edition."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    def mistakes(self) -> dict[str, Sentence]:
        """What cannot be, by field."""
        found: dict[str, Sentence] = {}
        if not self.site_name:
            found["site_name"] = say("请填网站名称；它在每一页上。")
        if not self.bureau:
            found["bureau"] = say("请填管理机关；它在每一页上。")
        if self.security_contact and not self.security_contact.startswith(SECURITY_CONTACTS):
            found["security_contact"] = say("请以 mailto:、tel: 或 https: 开头。")
        if self.languages not in LANGUAGES:
            found["languages"] = say("请从所列的选项中选。")
        return found

    def given_to(self, settings: Settings) -> Settings:
        """The settings with what an edition says in their place."""
        return replace(
            settings,
            site_name=self.site_name,
            bureau=self.bureau,
            contact=self.contact,
            security_contact=self.security_contact,
        )


FIELDS = tuple(one.name for one in fields(Identity))


def identity_of(text: str | None, settings: Settings) -> Identity:
    """What an edition says, or the settings where there is none."""
    if text is not None:
        told = json.loads(text)
        return Identity(**{name: told[name] for name in FIELDS if name in told})
    return Identity(
        site_name=settings.site_name,
        bureau=settings.bureau,
        contact=settings.contact,
        security_contact=settings.security_contact,
    )
