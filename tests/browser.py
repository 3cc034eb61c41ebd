"""The browser of the tests: an installed Chromium or Chrome, else Debian's package, else
Playwright's own download.

``python -m tests.browser`` makes sure that there is one, and says on screen what to install where
it cannot.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WHAT_TO_INSTALL = (
    "no browser: install Chromium or Chrome (Debian: apt-get install chromium), or run `make test`"
    " once with network"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str:
    """The path of an installed browser, or an empty string; Playwright's own counts."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for place in PLACES:
        if Path(place).exists():
            return place
    return _of_playwright()


def _of_playwright() -> str:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return ""
    with sync_playwright() as p:
        path = p.chromium.executable_path
    return path if Path(path).exists() else ""


def install() -> bool:
    """Install Debian's Chromium where that is allowed, else Playwright's."""
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
        if sudo is not None:
            env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for command in (
                ["apt-get", "update", "-qq"],
                ["apt-get", "install", "-y", "-qq", "chromium"],
            ):
                if subprocess.run(
                    [*sudo, *command], env=env, stdout=subprocess.DEVNULL, check=False
                ).returncode:
                    break
            else:
                return True
    return (
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], check=False
        ).returncode
        == 0
    )


def main() -> int:
    """Make sure that there is a browser; without one the browser tests are skipped, which CI does
    not allow."""
    if path := find():
        print(f"browser: {path}")
        return 0
    print("browser: none found, installing one")
    install()
    path = find()
    print(f"browser: {path}" if path else WHAT_TO_INSTALL)
    return 1 if not path and os.environ.get("SITE_GEN_NO_SKIPS") else 0


if __name__ == "__main__":
    sys.exit(main())
