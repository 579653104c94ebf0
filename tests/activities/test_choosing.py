"""What comes again, entered by choosing: each way of coming, the sentence with its dates, and what is begun."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sidan.activities.calendar import (
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Pattern,
    Terms,
    WeekdaysOfMonth,
    market_days,
    pattern_of,
)
from sidan.activities.models import NamedDay, Recurring, SeriesException
from sidan.activities.series_forms import COMES, FIELDS
from sidan.core.clock import business_date, now
from sidan.core.lunar import Term
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def first() -> date:
    return business_date(now()) + timedelta(days=2)


def chosen(cast: Cast, **rule: Any) -> dict[str, Any]:
    return {
        "place": str(cast.places.chengbei.uuid), "first": f"{first()}", "begins": "19:00", "ends": "20:30",
        "venue": "村民活动室", "kind": "class", "title": "微夜校", "task": "culture", "insurance": "not_needed",
        "risks": "晚上路黑，结伴回家。", **rule,
    }  # fmt: skip


def begun(cast: Cast, **rule: Any) -> Recurring:
    client = cast.practitioner.client()
    answer = client.post(reverse("activities:new_series"), chosen(cast, **rule))
    made = Recurring.unscoped.get()
    assert answer.headers["Location"] == reverse("activities:series", args=[made.uuid])
    return made


def dates(client: Client, told: dict[str, Any], **headers: str) -> str:
    answer = client.post(reverse("activities:dates"), told, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ({"comes": "nth_weekday", "nths": ["4"], "weekday": "2"}, WeekdaysOfMonth(2, frozenset({4}))),
        ({"comes": "month", "days": ["15"]}, DaysOfMonth(frozenset({15}))),
        ({"comes": "month", "days": ["-1"], "months": ["3", "9"]}, DaysOfMonth(frozenset({-1}), frozenset({3, 9}))),
        ({"comes": "lunar", "lunar_days": ["1", "15"]}, LunarDays(frozenset({1, 15}))),
        ({"comes": "market", "endings": ["3", "6", "9"]}, LunarDays(market_days([3, 6, 9]))),
        ({"comes": "feasts", "feasts": ["mid_autumn"]}, Festivals(frozenset({Festival.MID_AUTUMN}))),
        ({"comes": "terms", "terms": ["white_dew"]}, Terms(frozenset({Term.WHITE_DEW}))),
    ],
)  # fmt: skip
def test_each_way_of_coming_is_kept_as_the_pattern_that_was_chosen(
    cast: Cast, rule: dict[str, Any], pattern: Pattern
) -> None:
    assert pattern_of(begun(cast, **rule).pattern) == pattern


def test_weeks_are_counted_from_the_first_day(cast: Cast) -> None:
    made = begun(cast, comes="week", weekdays=["3", "5"], every="2")
    assert pattern_of(made.pattern) == DaysOfWeek(frozenset({3, 5}), since=first(), every=2)
    assert (made.begins_at.hour, made.ends_at.minute, made.title) == (19, 30, "微夜校")


def test_a_memorial_day_is_chosen_by_its_name(cast: Cast) -> None:
    named = NamedDay.objects.filter(is_active=True).first()
    assert named is not None
    form = (
        cast.practitioner.client().get(reverse("activities:new_series"), {"comes": "named"}).content.decode()
    )
    assert f'value="{named.code}"' in form
    assert pattern_of(begun(cast, comes="named", named=named.code).pattern) == named.falls


def test_a_rule_ends_gives_way_and_leaves_days_out_as_it_was_chosen(cast: Cast) -> None:
    day = first()
    skipped = day + timedelta(weeks=1)
    made = begun(
        cast, comes="week", weekdays=[f"{day.weekday()}"], last=f"{day + timedelta(weeks=9)}", times="6",
        gives_way="working:later", without=[f"{skipped}", f"{day + timedelta(days=1)}"],
    )  # fmt: skip
    assert (made.last, made.times) == (day + timedelta(weeks=9), 6)
    assert (made.wanted, made.otherwise) == ("working", "later")
    # a day on which the rule never comes is none to leave out
    kept = SeriesException.objects.filter(recurring=made)
    assert list(kept.values_list("of", "day")) == [(skipped, None)]


def test_while_one_chooses_the_rule_is_told_in_both_languages_with_twelve_dates(cast: Cast) -> None:
    told = {"comes": "week", "weekdays": ["3"], "first": f"{first()}", "begins": "14:30", "ends": "16:00"}
    piece = dates(cast.practitioner.client(), told, **SCRIPT)
    assert "<html" not in piece
    assert "每周四" in piece
    assert "Every Thursday" in piece
    # the reader's own language stands first
    assert piece.index("每周四") < piece.index("Every Thursday")
    assert piece.count('name="without"') == 12
    assert not Recurring.unscoped.exists()


def test_a_day_that_is_left_out_stays_to_be_taken_back_and_one_more_is_shown(cast: Cast) -> None:
    day = first()
    told = {"comes": "week", "weekdays": [f"{day.weekday()}"], "first": f"{day}", "without": [f"{day}"]}
    piece = dates(cast.practitioner.client(), told, **SCRIPT)
    assert f'value="{day}" checked' in piece
    assert (piece.count('name="without"'), piece.count(" checked")) == (13, 1)


def test_without_a_script_the_button_shows_the_dates_and_keeps_what_was_typed(cast: Cast) -> None:
    told = chosen(cast, comes="month", days=["15"], title="读书会", risks="")
    told["place"] = ""
    page = dates(cast.practitioner.client(), told)
    assert "<html" in page
    assert "读书会" in page
    assert page.count('name="without"') == 12
    # what is not told yet is no mistake yet
    assert "data-problem-summary" not in page


@pytest.mark.parametrize("way", COMES)
def test_who_has_chosen_no_day_is_told_at_the_field_that_names_them(cast: Cast, way: str) -> None:
    client = cast.practitioner.client()
    answer = client.post(reverse("activities:new_series"), chosen(cast, comes=way, weekday="2"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {FIELDS[way][0]}
    assert "请选择哪些日子" in dates(client, chosen(cast, comes=way), **SCRIPT)
    assert not Recurring.unscoped.exists()


def test_the_days_of_a_rule_are_not_told_to_be_left_out_at_will(cast: Cast) -> None:
    client = cast.practitioner.client()
    for way, is_optional in (("week", {"every"}), ("nth_weekday", {"months"}), ("named", set())):
        form = client.get(reverse("activities:new_series"), {"comes": way}).context["form"]
        assert {name for name in FIELDS[way] if not form.fields[name].required} == is_optional


def test_a_rule_that_ends_before_it_begins_is_told_so(cast: Cast) -> None:
    told = chosen(cast, comes="month", days=["15"], last=f"{first() - timedelta(days=1)}")
    answer = cast.practitioner.client().post(reverse("activities:new_series"), told)
    assert (answer.status_code, "last" in answer.context["form"].errors) == (422, True)


def test_only_who_prepares_activities_is_led_to_the_form(cast: Cast) -> None:
    link = reverse("activities:new_series")
    for someone, is_led in ((cast.practitioner, True), (cast.dispatcher, False)):
        page = someone.client().get(reverse("activities:series_list")).content.decode()
        assert (f'href="{link}"' in page) is is_led


def test_only_places_are_offered_for_which_one_announces(cast: Cast) -> None:
    place = cast.places.chengbei
    for someone, is_offered in ((cast.practitioner, True), (cast.manager, True), (cast.mallory, False)):
        page = someone.client().get(reverse("activities:new_series"))
        assert page.status_code == 200
        assert (place in page.context["form"].fields["place"].queryset) is is_offered


def test_what_was_typed_stays_when_another_way_is_chosen_and_when_it_is_refused(cast: Cast) -> None:
    client = cast.practitioner.client()
    typed = chosen(cast, comes=["week", "month"], weekdays=["3"], audience=["elder"], kind="class")
    page = client.post(reverse("activities:dates"), typed)
    form = page.context["form"]
    assert (form.way, form["title"].value(), form["kind"].value()) == ("month", "微夜校", "class")
    assert not form.errors
    # The weekdays are kept unseen for who comes back to them.
    assert '<input type="hidden" name="weekdays" value="3"' in page.content.decode()
    refused = client.post(
        reverse("activities:new_series"), chosen(cast, comes="week", weekdays=["3"], title="")
    )
    assert refused.status_code == 422
    html = refused.content.decode()
    assert 'name="weekdays" value="3"' in html.replace(' class="chip"', "")
    assert refused.context["form"]["weekdays"].value() == ["3"]
    assert 'value="week" formaction' in html
