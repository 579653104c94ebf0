"""People on a picture are made unreadable on the telephone: what arrives has squares where they were, and no EXIF."""

import io
import random
import re

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK, PHONE, barriers, sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SENT = """async () => {
  const file = document.querySelector("input[type=file]").files[0];
  return [...new Uint8Array(await file.arrayBuffer())];
}"""


def _noise() -> bytes:
    """A large picture in which no two neighbours are alike, taken with a telephone that writes down where."""
    drawn = Image.frombytes("L", (200, 150), random.Random(7).randbytes(200 * 150)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Maker of telephones"
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    drawn.resize((2000, 1500), Image.Resampling.NEAREST).save(target, "JPEG", quality=95, exif=exif)
    return target.getvalue()


def _chosen(page: Page) -> Locator:
    """Choose the picture and open the editor; returns the canvas."""
    page.locator("input[type=file]").set_input_files(
        {"name": "visit.jpg", "mimeType": "image/jpeg", "buffer": _noise()}
    )
    page.get_by_role("button", name="遮住人脸").click()
    canvas = page.locator("dialog[data-blur] canvas")
    expect(canvas).to_be_visible()
    return canvas


def _spread(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> float:
    """Return how much a part of a picture varies; the corners are parts of its sides."""
    wide, high = picture.size
    part = picture.crop((int(left * wide), int(top * high), int(right * wide), int(bottom * high)))
    return ImageStat.Stat(part.convert("L")).stddev[0]


def _arrived(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(bytes(page.evaluate(SENT))))


def test_what_lies_in_a_box_arrives_as_squares_and_the_rest_as_it_was(watched: Open) -> None:
    volunteer = watched("volunteer", size=DESK)
    page = volunteer.page(f"/tasks/{volunteer.site.things['pictured_task']}/report/")
    canvas = _chosen(page)
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.7, steps=4)
    page.mouse.up()
    expect(page.locator(".blur-box")).to_have_count(1)
    page.get_by_role("button", name="好了，就这样发送").click()
    expect(page.locator("dialog[data-blur]")).to_be_hidden()

    sent = _arrived(page)
    assert max(sent.size) == 1600
    assert _spread(sent, 0.65, 0.1, 0.95, 0.9) > 40
    # Five squares at most across the longer side: a word or a face of any size is gone.
    assert _spread(sent, 0.22, 0.22, 0.58, 0.68) < 15
    assert _spread(sent, 0.205, 0.21, 0.27, 0.26) < 6
    page.get_by_role("button", name=re.compile("填报|提交|发送")).last.click()
    page.wait_for_url(re.compile(r"/tasks/[0-9a-f-]+/$"))
    order = watched("resident").page(f"/orders/{volunteer.site.things['pictured_number']}/")
    address = order.locator(".visit-photos a").first.get_attribute("href")
    kept = Image.open(io.BytesIO(order.request.get(volunteer.site.url + str(address)).body()))
    assert _spread(kept, 0.22, 0.22, 0.58, 0.68) < 15
    assert not kept.getexif()


def test_a_box_is_made_by_a_tap_moved_by_keys_and_taken_back(watched: Open) -> None:
    volunteer = watched("leader", has_touch=True, size=PHONE)
    page = volunteer.page(f"/tasks/{volunteer.site.things['under_way_task']}/report/")
    canvas, boxes = _chosen(page), page.locator(".blur-box")
    assert barriers(page) == []
    assert sideways(page) == []
    box = canvas.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(boxes).to_have_count(1)
    page.get_by_role("button", name="加一个框").focus()
    page.keyboard.press("Enter")
    expect(boxes.nth(1)).to_be_focused()
    before = boxes.nth(1).bounding_box()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    after = boxes.nth(1).bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] > before["x"]
    assert after["y"] > before["y"]
    assert after["width"] > before["width"]
    page.keyboard.press("Delete")
    expect(boxes).to_have_count(1)
    page.get_by_role("button", name="撤掉刚加的框").click()
    expect(boxes).to_have_count(0)
    page.get_by_role("button", name="好了，就这样发送").click()
    assert _spread(_arrived(page), 0.3, 0.3, 0.7, 0.7) > 40, (
        "taken back before it is sent, the picture is whole"
    )
