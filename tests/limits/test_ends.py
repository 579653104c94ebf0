"""What may happen at the end of each step: on the page, over the operation, and by the clock."""

from html.parser import HTMLParser

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.enums import AtEnd, Step
from sidan.limits.models import Firing, Limit, Timer
from sidan.limits.operations import Terms, fire_timer, set_limit
from sidan.limits.operations.limits import EndDoesNotFit, UnitDoesNotFit
from sidan.limits.policies import ENDS_OF_STEP
from sidan.notify.models import Notice
from tests.orders.browsing import browser
from tests.orders.scene import AT, Scene, later


class Choices(HTMLParser):
    """Collects the values of the radio buttons of one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.values = name, set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name") == self.name:
            self.values.add(str(told.get("value")))


def test_where_nobody_came_for_the_order_it_goes_up_or_back_and_everywhere_somebody_is_named() -> None:
    assert all(AtEnd.TO_PERSON in ends for ends in ENDS_OF_STEP.values())
    assert {step for step, ends in ENDS_OF_STEP.items() if AtEnd.UP in ends} == set(Step.values) - {"review"}
    returns = {step for step, ends in ENDS_OF_STEP.items() if AtEnd.TO_POOL in ends}
    assert returns == {"accept", "contact", "visit"}, "a visit that was made is not taken back"


@pytest.mark.parametrize("step", Step.values)
def test_the_page_offers_what_fits_the_step_and_nothing_else(scene: Scene, step: str) -> None:
    page = browser(scene, "director").get(f"/console/limits/{scene.town.uuid}/change/?step={step}")
    shown = Choices("at_end")
    shown.feed(page.content.decode())
    assert shown.values == set(ENDS_OF_STEP[step])


@pytest.mark.parametrize("step", Step.values)
def test_only_a_visit_can_be_due_by_the_wished_time(scene: Scene, step: str) -> None:
    page = browser(scene, "director").get(f"/console/limits/{scene.town.uuid}/change/?step={step}")
    assert ('value="wished"' in page.content.decode()) == (step == Step.VISIT)
    terms = Terms(168, "wished", "nobody", "remind")
    if step == Step.VISIT:
        assert set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行").pk
    else:
        with pytest.raises(UnitDoesNotFit):
            set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行")


@pytest.mark.parametrize("step", Step.values)
def test_every_end_that_fits_is_kept_and_no_other(scene: Scene, step: str) -> None:
    said = None
    for at_end in AtEnd.values:
        person = scene.accounts["li"] if at_end == AtEnd.TO_PERSON else None
        terms = Terms(2, "hours", "nobody", at_end, person)
        if at_end in ENDS_OF_STEP[step]:
            made = set_limit(
                actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行", seen=said
            )
            said = made.uuid
            assert Limit.objects.get(pk=made.pk).at_end == at_end
        else:
            with pytest.raises(EndDoesNotFit):
                set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行")


@pytest.mark.parametrize("step", Step.values)
def test_a_named_person_is_told_at_the_end_of_every_step(scene: Scene, step: str) -> None:
    terms = Terms(2, "hours", "nobody", "to_person", person_id=scene.accounts["li"])
    limit = set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="专人督办")
    scene.placed()
    timer = Timer.objects.get()
    Timer.objects.update(
        effect=step, limit=limit, half_at=later(hours=1), due_at=later(hours=2), next_at=later(hours=2)
    )
    fire_timer(at=later(hours=2), timer_id=timer.pk)
    assert Firing.objects.get().did == "to_person"
    told = Notice.objects.filter(account_id=scene.accounts["li"]).values_list("kind", flat=True)
    assert "limit_see_to_it" in told
