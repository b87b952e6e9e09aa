"""Every component in every state, for those who build pages and for the pictures they are judged by."""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("styleguide", __name__)


@pages.get("/styleguide")
def styleguide() -> str:
    """The page of all components; served in development only."""
    return render_template("public/styleguide.html")
