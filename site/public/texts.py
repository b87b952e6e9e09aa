"""The pages about the site itself: who runs it, what it keeps, how it can be used, what it is safe against."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from zuofang.site.window import window
from zuofang.traceability.verdict import Verdict

pages = Blueprint("texts", __name__)
RETAINED = ("payout", "identity", "content")
"""What is kept of a closed report, by the names of its periods."""


@pages.get("/about")
def about() -> str:
    """Who runs the site, what it says and how to object."""
    return render_template("public/about.html", verdicts=list(Verdict))


@pages.get("/privacy")
def privacy() -> str:
    """What is kept of visitors and of those the pages speak of."""
    return render_template("public/privacy.html")


@pages.get("/accessibility")
def accessibility() -> str:
    """What the site does so that everybody can use it, and what is still missing."""
    return render_template("public/accessibility.html")


@pages.get("/security")
def security() -> str:
    """What the site is safe against, what it is not, and where to report a hole."""
    here = window()
    kept = {what: here.rules.parameters(f"retention.{what}", here.today).whole for what in RETAINED}
    return render_template("public/security.html", reach=current_app.config["ZUOFANG"].security_contact, kept=kept)
