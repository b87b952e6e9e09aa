"""Takes the picture of the label page that stands on the first screen of the README: ``make picture``.

Usage: python tests/journeys/picture.py ADDRESS-OF-A-LABEL
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "label.png"
PHONE = {"width": 360, "height": 980}

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")  # type: ignore[arg-type]
    page.goto(sys.argv[1])
    page.screenshot(path=PICTURE)
    browser.close()
