"""What those who look after reviews read of the resident when the order is over: no name and no number (R-Z10)."""

import pytest
from django.urls import reverse

from sidan.orders.models import Review
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene
from tests.reviews.helpers import reviewed, served, told_by_telephone

pytestmark = pytest.mark.django_db


def page_of(scene: Scene, review: Review) -> str:
    return text_of(browser(scene, "li").get(reverse("reviews:review", args=[review.order.uuid, review.turn])))


def test_the_page_of_a_review_names_staff_who_typed_it_and_masks_the_resident(scene: Scene) -> None:
    own = page_of(scene, reviewed(scene))
    assert ("周桂英" in own, "entered by" in own, "· 周*英" in own) == (False, False, True)
    assert "· entered by 郑员" in page_of(scene, told_by_telephone(scene, "keeper", served(scene)))
