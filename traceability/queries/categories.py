"""The Chinese name of a product category; a key the rules do not know stands for itself."""

from __future__ import annotations

from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import NoSuchRule


def category_name(rules: RuleBook, key: str) -> str:
    """What the rules call the category with this key."""
    try:
        return rules.limits.category(key).name
    except NoSuchRule:
        return key
