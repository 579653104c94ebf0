"""Limits for the places of one level: which word holds, who may say it, and that each word is said once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.actor import SYSTEM
from sidan.limits import queries
from sidan.limits.models import Limit
from sidan.limits.operations import Terms, set_limit, take_back_limit
from sidan.limits.operations.limits import LevelDoesNotFit, LimitMovedOn
from sidan.limits.policies import Key, Rule, Which, rules_for
from sidan.limits.queries import levels_below, rules_now
from sidan.places.models import Place
from tests.limits.helpers import HOUR, at_office_end, seen_on
from tests.limits.test_api import SIX_HOURS, Program
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene

CHAIN, CATEGORIES, LEVEL = (3, 2, 1), ("hair", "care"), "station"
KEYS: st.SearchStrategy[Key] = st.tuples(
    st.sampled_from([None, 1, 2, 3, 4]),
    st.sampled_from(["admit", "accept"]),
    st.sampled_from([None, "hair", "care", "lamp"]),
    st.sampled_from(["", "station", "institute"]),
    st.sampled_from(["normal", "urgent", "danger"]),
)
PRESSES = {"normal": ["normal"], "urgent": ["urgent", "normal"], "danger": ["danger", "urgent", "normal"]}


def read_plainly(written: set[Key], urgency: str) -> Key | None:
    """Say the rule a second time: of all words that concern the order, the one that ranks first."""

    def rank(key: Key) -> tuple[int, int, int, int]:
        place, _step, category, level, pressing = key
        return (
            PRESSES[urgency].index(pressing),
            len(CHAIN) if place is None else CHAIN.index(place),
            len(CATEGORIES) if category is None else CATEGORIES.index(category),
            0 if level else 1,
        )

    concerned = [
        key
        for key in written
        if key[1] == "admit"
        and key[0] in {None, *CHAIN}
        and key[2] in {None, *CATEGORIES}
        and key[3] in {"", LEVEL}
        and key[4] in PRESSES[urgency]
    ]
    return min(concerned, key=rank, default=None)


@given(st.sets(KEYS, max_size=25), st.sampled_from(list(PRESSES)))
def test_of_any_words_the_one_that_ranks_first_holds(written: set[Key], urgency: str) -> None:
    rules = {key: Rule(number, 1, "hours") for number, key in enumerate(written)}
    found = rules_for(rules, chain=CHAIN, level=LEVEL, categories=CATEGORIES, step="admit", urgency=urgency)
    assert (found[0][0] if found else None) == read_plainly(written, urgency)


def say(place: Place, hours: int, **which: Any) -> Limit:
    terms = Terms(amount=hours, unit="hours", at_half="nobody", at_end="remind")
    return set_limit(actor=SYSTEM, at=AT, place=place, step="admit", terms=terms, reason="试行", **which)


def hours_at(place: Place, category: str | None = None) -> int:
    found = rules_now(fresh=True).holding(
        place_id=place.pk, category=category, urgency="normal", step="admit"
    )
    return found[0][1].amount


def test_a_county_says_it_for_every_station_and_a_township_may_say_otherwise(scene: Scene) -> None:
    say(scene.center, 9)
    say(scene.center, 20, level="station")
    assert (hours_at(scene.center), hours_at(scene.town), hours_at(scene.station)) == (9, 9, 20)
    say(scene.center, 5, category="hair")
    assert hours_at(scene.station, "hair") == 5, "a category is more exact than a level"
    say(scene.center, 6, category="hair", level="station")
    assert hours_at(scene.station, "hair") == 6
    say(scene.town, 3)
    assert hours_at(scene.station, "hair") == 3, "the nearest place comes first"
    take_back_limit(
        actor=SYSTEM,
        at=AT,
        place=scene.town,
        step="admit",
        category=None,
        urgency="normal",
        reason="试行结束",
        seen=Limit.objects.latest("id").uuid,
    )
    assert hours_at(scene.station, "hair") == 6


def test_the_page_agrees_with_the_clock_about_what_holds(scene: Scene) -> None:
    for hours, which in ((9, {}), (20, {"level": "station"}), (7, {"level": "institute"})):
        say(scene.center, hours, **which)
    for place in (scene.center, scene.town, scene.station):
        (held,) = (
            held
            for step in queries.holding_at(place_id=place.pk)
            for held in step.held
            if step.step == "admit" and held.limit.urgency == "normal" and held.limit.category is None
        )
        (told,) = (
            each for each in queries.preview(place_id=place.pk, category=None, urgency="normal", begins=AT)
            if each.step == "admit"
        )  # fmt: skip
        assert held.limit == told.limit
        assert told.deadline.due_at == AT + hours_at(place) * HOUR


def test_only_levels_that_may_stand_below_are_offered_and_kept(scene: Scene) -> None:
    assert levels_below(place=scene.center) == ["institute", "station", "point", "base"]
    assert levels_below(place=scene.station) == ["point", "base"]
    for place, level in ((scene.station, "station"), (scene.town, "center"), (scene.town, "nothing")):
        with pytest.raises(LevelDoesNotFit):
            say(place, 2, level=level)


def test_of_two_who_change_a_limit_at_once_the_second_is_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = say(scene.center, 9)
    second = say(scene.center, 8, seen=first.uuid)
    monkeypatch.setattr("sidan.limits.operations.limits.last_word", lambda **_asked: first)
    with pytest.raises(LimitMovedOn):
        say(scene.center, 7, seen=second.uuid)
    assert hours_at(scene.center) == 8


def test_the_database_takes_each_word_once_also_where_no_place_and_no_category_are_named(
    scene: Scene,
) -> None:
    known = Limit.objects.filter(place=None, step="admit", urgency="normal").get()
    for word, level in ((1, ""), (0, "station"), (1, "moon")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Limit.objects.create(
                step="admit", urgency="normal", level=level, word=word, amount=1, unit="hours", at_half="nobody",
                at_end="remind", at=AT,
            )  # fmt: skip
    assert (known.word, known.level) == (1, "")


def test_a_director_says_it_for_stations_on_the_page_and_takes_it_back(scene: Scene) -> None:
    client = browser(scene, "director")
    url = reverse("limits:place", args=[scene.town.uuid])
    assert 'name="level"' in client.get(url).content.decode()
    change = f"{reverse('limits:change', args=[scene.town.uuid])}?step=admit&level=station"
    terms = {
        "amount": "6",
        "unit": "hours",
        "at_half": "who_acts",
        "at_end": "up",
        "person": "",
        "reason": "试行",
    }
    assert "at every station" in text_of(client.get(change))
    assert client.post(change, terms).status_code == 303
    assert "For the places below, by level" in text_of(client.get(url))
    station = text_of(client.get(reverse("limits:place", args=[scene.station.uuid])))
    assert "All orders · at every station 6 hours" in station
    assert scene.town.short_name in station
    wrong = f"{reverse('limits:change', args=[scene.town.uuid])}?step=admit&level=center"
    assert "There are no such places below" in text_of(client.post(wrong, terms))
    back = f"{reverse('limits:take_back', args=[scene.town.uuid])}?step=admit&level=station"
    assert client.post(back, {"reason": "试行结束", "seen": seen_on(client, back)}).status_code == 303
    assert "For the places below, by level" not in text_of(client.get(url))


def test_programs_say_it_for_a_level_and_read_it(scene: Scene) -> None:
    program = Program(scene, "director", scene.town)
    made = program.post({**SIX_HOURS, "level": "station"})
    assert (made.status_code, made.json()["level"]) == (201, "station")
    assert [limit["id"] for limit in program.get("/levels").json()] == [made.json()["id"]]
    assert not any(limit["is_own"] for limit in program.get().json()), "it does not hold at the town itself"
    below = [limit for limit in Program(scene, "director", scene.station).get().json() if limit["level"]]
    assert [(limit["id"], limit["place"]["name"]) for limit in below] == [
        (made.json()["id"], scene.town.short_name)
    ]
    refused = program.post({**SIX_HOURS, "level": "center"})
    assert (refused.status_code, refused.json()["code"]) == (422, "limit_level_does_not_fit")
    body = {"step": "accept", "level": "station", "reason": "试行结束", "seen": made.json()["id"]}
    back = program.post(body, "/take-back")
    assert (back.status_code, program.get("/levels").json()) == (201, [])


def test_danger_to_life_has_half_an_hour_for_each_of_the_first_steps(scene: Scene) -> None:
    told = queries.preview(place_id=scene.center.pk, category=None, urgency="danger", begins=AT)
    lengths = {each.step: each.deadline.due_at - AT for each in told}
    assert {lengths[step] for step in ("admit", "dispatch", "accept", "contact")} == {HOUR / 2}
    order = scene.placed(need="老伴晕倒了，叫不醒")
    assert (order.urgency, order.due_at) == ("danger", AT + HOUR / 2)
    assert queries.limit_holding(place_id=scene.center.pk, which=Which("admit", urgency="danger")) is None
    ordinary = scene.placed()
    assert ordinary.due_at == at_office_end(date(2026, 11, 23))
