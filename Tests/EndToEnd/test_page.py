"""The status page in a real browser. DRCTL_SCREENSHOTS=folder keeps what it looks like (docs/images)."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from staging.api import ACTOR, API, READER
from staging.binary import ROOT
from staging.browser import ENTER, TAB, Browser, chromium
from staging.stage import Stage
from staging.waiting import stays, wait_until

PICTURES = os.environ.get("DRCTL_SCREENSHOTS", "")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def keep(browser: Browser, name: str, height: int = 0) -> None:
    if not PICTURES:
        return
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.picture(Path(PICTURES) / f"status-{name}-{scheme}.png", height)
    browser.prefer("light")


def test_a_failover_is_seen_from_its_beginning_to_its_end(stage: Stage, browser: Browser) -> None:
    stage.lab.settings(promotion_seconds=4.0)
    orders, payments = stage.orders(), stage.payments()
    api = API(stage)
    stage.open()
    api.until_there()
    browser.driver.get(f"{api.url}/")
    assert browser.until("#headline", "All 2 workloads are well")
    assert "Nothing." in browser.text("#summary") and "Watching." in browser.text("#summary")
    assert browser.until("#as-of", "live")
    assert stage.estates[payments]["primary"]["region"] in browser.text(f"#w-{payments} .facts")
    wait_until(lambda: browser.count(f"#w-{orders} svg.plot polyline"), "the lag is drawn", 40)
    keep(browser, "calm")

    # With the keyboard alone: past the head, into the gates, and what is open stays open.
    browser.press(TAB)
    assert "Go to the workloads" in browser.focus
    browser.press(ENTER)
    for _ in range(20):
        browser.press(TAB)
        if "Gates" in browser.focus:
            break
    assert browser.focus.startswith("SUMMARY")
    browser.press(ENTER)
    first = f"#g-{orders}"
    assert browser.count(f"{first}[open]") == 1
    as_of = browser.text("#as-of")
    wait_until(lambda: browser.text("#as-of") != as_of, "the page lives")
    assert browser.count(f"{first}[open]") == 1 and browser.focus.startswith("SUMMARY")

    stage.outage(orders)
    browser.until(f"#w-{orders} .phase", "failing over", 60)
    wait_until(lambda: browser.count(f"#w-{orders} .step.running[aria-current=step]"), "a step runs", 30)
    browser.until(f"#w-{orders} .step.running", "await-writer", 30)
    assert "is failing over" in browser.until("#summary", "is failing over")
    keep(browser, "failing-over")
    browser.until(f"#w-{orders} .phase", "failed over", 60)
    browser.until(f"#w-{orders}", "EXPOSED: no standby since")
    browser.until("#summary", "new standby")
    browser.until("#history", "completed")
    assert orders in browser.driver.title
    # Who cannot see hears the headline, and no more.
    heard = browser.driver.execute_script("return document.getElementById('announce').textContent")
    assert heard == browser.text("#headline")
    keep(browser, "failed-over")
    browser.width(390, 844)
    browser.prefer("light")
    overflow = browser.driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
    if PICTURES:
        browser.picture(Path(PICTURES) / "status-phone-light.png", 844)
    assert browser.complaints() == []

    # drctl dies: the page says that it is old, and is up to date again by itself.
    stage.drctl.kill()
    browser.until("#as-of", "CONNECTION LOST", 30)
    stage.drctl.serve()
    browser.until("#as-of", "live", 60)
    browser.until(f"#w-{orders} .phase", "failed over")


class Outline(HTMLParser):
    """Landmarks, headings and whatever was left open."""

    EMPTY = frozenset(("meta", "link", "br", "hr", "img", "input"))

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        assert not [name for name, _ in attrs if name == "style" or name.startswith("on")]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_needs_no_script_and_nothing_of_anybody_else(stage: Stage) -> None:
    name = stage.orders()
    api = API(stage, tokens=True)
    stage.open()
    api.until_there()
    assert api.ask("/").status == 401
    hostile = "<script>alert(1)</script>\u202e & \"'"
    hold = {"verb": "hold", "by": "mallory", "reason": hostile}
    assert api.ask(f"/v1/workloads/{name}/requests", ACTOR, hold, Idempotency_Key="1").status == 200
    wait_until(lambda: "mallory" in api.ask("/", READER).text, "the hold is on the page")
    answer = api.ask("/", READER)
    page = answer.text
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    for landmark in ("header", "main", "footer", "h1", "h2", "h3"):
        assert landmark in outline.tags
    assert outline.tags.count("h1") == 1 and outline.tags.count("script") == 1
    assert "alert(1)" in outline.words and "<script>alert" not in page and "\u202e" not in page
    # Readable without a script: it asks to be loaded anew.
    assert '<noscript><meta http-equiv="refresh"' in page
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    # The events are for whoever may read.
    assert api.ask("/events").status == 401


def in_a_text_browser(url: str, columns: int = 100) -> str:
    done = subprocess.run(
        ["w3m", "-dump", "-cols", str(columns), "-O", "UTF-8", url],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is not after {text[max(0, place - 60) : place]!r} in\n{text}"
        place = found + len(part)


def test_a_text_browser_reads_it_from_top_to_bottom(stage: Stage) -> None:
    """First what is wrong and what to do; then the workload with Regions, lag, gates, plan; then history."""
    name = stage.orders()
    active, standby = (stage.estates[name][side]["region"] for side in ("primary", "standby"))
    api = API(stage)
    stage.open()
    api.until_there()
    url = f"{api.url}/"
    calm = wait_until(
        lambda: text if "A drawing" in (text := in_a_text_browser(url)) else "", "the lag is there", 40
    )
    assert_in_order(calm, f"{name} is well", "Is anything wrong?", "No.", "What must you do?", "Nothing.")
    assert_in_order(calm, f"{name} watching", f"{name} is healthy in {active}.", "Evidence: ", "This drctl")
    assert_in_order(calm, "Active Region", active, "Standby Region", standby, "Lag in the last hour: ")
    assert_in_order(
        calm, "Evidence: ", "control-plane", "Gates for a failover", "quorum", "CLOSED", "History"
    )

    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    over = wait_until(
        lambda: text if "failed over" in (text := in_a_text_browser(url)) else "", "the page knows", 20
    )
    assert_in_order(over, "What must you do?", "new standby", f"{name} runs in {standby} by failover 1.")
    assert_in_order(
        over, "EXPOSED: no standby since", "Active Region", standby, "none", "Failover 1, automatic"
    )
    assert_in_order(over, "done 1-recheck", "OWED 2-fence", "done 3-promote", "confirm-traffic", "History")
    # A phone's width and a wide screen: nothing of a drawing, no markup, no line without an end.
    for text in (calm, over, in_a_text_browser(url, 40), in_a_text_browser(url, 200)):
        assert not re.search(r"</?[a-z]|&\w+;|viewBox|polyline", text), text
    assert re.search(r"\(A drawing from 0 to [\d.]+ s, from 1 h ago to now\.\)", calm), calm


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_colours_can_be_read() -> None:
    """WCAG 2.2, level AA: 4.5 to 1 for text."""
    style = (ROOT / "Sources/Server/Page/page.css").read_text()
    schemes = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    ]
    assert len(schemes) == 2
    papers = ("paper", "card", "calm-paper", "watch-paper", "act-paper")
    for colours in schemes:
        pairs = [(ink, paper) for ink in ("ink", "quiet", "accent") for paper in papers]
        for state in ("calm", "watch", "act"):
            pairs += [(state, "card"), (state, f"{state}-paper")]
        for ink, paper in [*pairs, ("act", "paper")]:
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def test_the_page_stays_within_its_bounds(stage: Stage) -> None:
    """Sixteen windows at once, and one more is turned away; the page itself goes on."""
    stage.orders()
    api = API(stage)
    stage.open()
    api.until_there()
    windows = []
    try:
        for _ in range(16):
            window = http.client.HTTPConnection("127.0.0.1", api.port, timeout=20)
            window.request("GET", "/events")
            reply = window.getresponse()
            assert reply.status == 200 and reply.headers["Content-Type"] == "text/event-stream"
            assert reply.readline() == b"retry: 2000\n"
            windows.append((window, reply))
        assert api.ask("/events").status == 503
        assert api.ask("/").status == 200
    finally:
        for window, _ in windows:
            window.close()
    wait_until(lambda: api_has_room(api), "who leaves makes room")
    stays(lambda: stage.drctl.running, "it goes on", 1)


def api_has_room(api: API) -> bool:
    window = http.client.HTTPConnection("127.0.0.1", api.port, timeout=20)
    try:
        window.request("GET", "/events")
        return window.getresponse().status == 200
    finally:
        window.close()
