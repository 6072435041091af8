"""A real Chromium, driven by its own driver."""

from __future__ import annotations

import base64
import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from .waiting import wait_until


class Browser:
    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def text(self, selector: str) -> str:
        """What a person sees; empty while there is nothing, or while it is being replaced."""
        with contextlib.suppress(Exception):
            return self.find(selector).text
        return ""

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def count(self, selector: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def until(self, selector: str, part: str, seconds: float = 30) -> str:
        """Until the part is to be seen there; the whole text."""

        def look() -> str:
            found = self.text(selector)
            return found if part.lower() in found.lower() else ""

        def instead() -> str:
            return f"{self.text('body')[:3000]}\n{self.complaints()}"

        return wait_until(look, f"{part!r} in {selector}", seconds, instead)

    def press(self, key: str) -> None:
        """To whatever has the focus, as a person does."""
        ActionChains(self.driver).send_keys(key).perform()

    @property
    def focus(self) -> str:
        """Tag, id and text of what has the focus."""
        found: str = self.driver.execute_script(
            "const e = document.activeElement;"
            "return `${e.tagName} ${e.id} ${e.textContent.trim().slice(0, 60)}`"
        )
        return found

    def complaints(self) -> list[str]:
        """What the console says since the last time: errors, warnings, and what the policy has refused."""
        return [row["message"] for row in self.driver.get_log("browser") if row["level"] != "INFO"]

    def prefer(self, scheme: str) -> None:
        """`light` or `dark`."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def width(self, pixels: int, height: int = 900) -> None:
        metrics = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def picture(self, path: Path, height: int = 0) -> None:
        """The page from its top; with no height, all of it."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"], "scale": 1}
        found: Any = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
        )
        path.write_bytes(base64.b64decode(found["data"]))


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    # No display; and whoever tests as root has no sandbox.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver") or "chromedriver")
    driver = webdriver.Chrome(options=options, service=service)
    try:
        browser = Browser(driver)
        browser.width(1200)
        yield browser
    finally:
        driver.quit()


TAB, ENTER = Keys.TAB, Keys.ENTER
