"""The viewer of a bundle in a real browser, opened from a disk and without network."""

import json
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.eventlog.bundles.editing import cut_off_the_end, edit_an_event, remove_the_events
from tests.eventlog.bundles.packing import changed
from tests.eventlog.proving.writing import D
from tests.local.places import Place

EVERY_FILE = "events/000000000001.js"


@pytest.fixture(scope="module")
async def browser(chromium: str | None) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--headless"]
        )
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(offline=True)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    assert complaints == []
    await context.close()


@pytest.fixture
def bundle(place: Place, elsewhere: Path) -> Path:
    file = elsewhere / "longgang.zip"
    assert place.tian("export", "--district", D, "--out", file).returncode == 0
    return file


async def open_unpacked(page: Page, bundle: Path) -> None:
    folder = bundle.with_name("unpacked")
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(folder)
    await page.goto((folder / "viewer.html").as_uri())
    await page.wait_for_selector("body[data-done]")


async def test_it_verifies_a_bundle_and_turns_green_with_the_key_from_elsewhere(
    page: Page, bundle: Path, place: Place
) -> None:
    await open_unpacked(page, bundle)
    verdict = page.locator("#verdict")
    await expect(verdict).to_contain_text("40 条事件与签过名的检查点完全相符")
    await expect(verdict).to_have_class("verdict fair")
    await expect(page.locator("#signature")).to_have_text("有效（Ed25519）")
    await page.fill("#known-key", place.key)
    await expect(verdict).to_have_class("verdict good")
    await page.fill("#known-key", place.key.replace("+", "x", 1))
    await expect(verdict).to_have_class("verdict bad")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edit_an_event, "核验未通过"),
        (cut_off_the_end, "核验未通过"),
        (remove_the_events, "证据包不完整"),
    ],
)
async def test_a_bundle_that_was_edited_turns_red(
    page: Page, bundle: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    await open_unpacked(page, changed(bundle, change))
    await expect(page.locator("#verdict")).to_have_class("verdict bad")
    await expect(page.locator("#verdict")).to_contain_text(words)


async def test_a_false_signature_turns_red(page: Page, bundle: Path) -> None:
    def exchange(files: dict[str, bytes]) -> None:
        about = files["about.js"].decode()
        note = json.loads(about[len("tian_about(") : -2])["note"]
        head, _, end = note.rpartition(" ")
        false = head + " " + end[:20] + ("A" if end[20] != "A" else "B") + end[21:]
        files["about.js"] = (
            about.replace(json.dumps(note)[1:-1], json.dumps(false)[1:-1])
            .replace(
                json.dumps(note, ensure_ascii=False)[1:-1],
                json.dumps(false, ensure_ascii=False)[1:-1],
            )
            .encode()
        )

    await open_unpacked(page, changed(bundle, exchange))
    await expect(page.locator("#signature")).to_have_text("无效")
    await expect(page.locator("#verdict")).to_have_class("verdict bad")


async def test_one_finds_a_case_and_reads_an_event_to_its_bytes(page: Page, bundle: Path) -> None:
    await open_unpacked(page, bundle)
    await expect(page.locator("#rows tr")).to_have_count(40)
    await page.click("#cases button:has-text('counter-c3')")
    await expect(page.locator("#rows tr")).to_have_count(6)
    await page.click("#rows tr:first-child")
    await expect(page.locator("#event-title")).to_contain_text("第 4 条")
    with zipfile.ZipFile(bundle) as opened:
        line = opened.read(EVERY_FILE).decode().splitlines()[4].removesuffix(",")
    await expect(page.locator("#event-body pre")).to_have_text(line)
    await page.click("#next")
    await expect(page.locator("#event-title")).to_contain_text("第 11 条")
    await page.click("#close")
    await page.click("#clear")
    await page.fill("#from", "2024-06-02")
    await expect(page.locator("#none")).to_be_visible()


async def test_it_speaks_english_too(page: Page, bundle: Path) -> None:
    await open_unpacked(page, bundle)
    await page.click("#language")
    await expect(page.locator("#verdict")).to_contain_text("All 40 events are those")
    await expect(page).to_have_title("Log of proposal handling")
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_what_an_event_says_is_shown_and_never_run(page: Page, bundle: Path) -> None:
    def inject(files: dict[str, bytes]) -> None:
        evil = '<img src=x onerror=alert(1)>"'.replace('"', '\\"').encode()
        files[EVERY_FILE] = files[EVERY_FILE].replace(
            b'"counter":"c3"', b'"counter":"' + evil + b'"'
        )
        files[EVERY_FILE] = files[EVERY_FILE].replace(b"counter-c3", evil)

    await open_unpacked(page, changed(bundle, inject))
    await expect(page.locator("#cases")).to_contain_text("<img src=x")
    await page.click("#rows tr:nth-child(4)")
    await expect(page.locator("#event-body")).to_contain_text("onerror")
    assert await page.locator("img").count() == 0
