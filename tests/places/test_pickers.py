"""The field of a place: what it offers, and how a name typed without a script is taken."""

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override

from sidan.places import pickers
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among
from tests.cast import Cast
from tests.factories import make_place

pytestmark = pytest.mark.django_db


class Ask(forms.Form):
    place = PlaceField(label="place")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickers, "OFFERED", 2)


def _form(data: dict[str, str] | None = None) -> Ask:
    form = Ask(data)
    choose_among(form, "place", Place.objects.filter(kind="station").order_by("id"))
    return form


@pytest.mark.parametrize("typed", ["城北", "chengbei", "cbsq"])
def test_a_name_typed_without_a_script_is_taken(cast: Cast, typed: str) -> None:
    form = _form({"place_typed": typed, "place": ""})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == cast.places.chengbei


def test_what_is_typed_goes_before_what_stood_there(cast: Cast) -> None:
    form = _form({"place_typed": "城北", "place": str(cast.places.huangxiang.uuid)})
    assert form.is_valid()
    assert form.cleaned_data["place"] == cast.places.chengbei


def test_several_places_of_one_name_are_offered_to_choose_from(cast: Cast) -> None:
    twin = make_place("station", "城北社区新时代文明实践站", under=cast.places.liuche)
    form = _form({"place_typed": "城北"})
    assert not form.is_valid()
    page = str(form)
    assert str(twin.uuid) in page
    assert str(cast.places.chengbei.uuid) in page
    assert str(cast.places.huangxiang.uuid) not in page


def test_a_name_outside_the_offer_is_refused(cast: Cast) -> None:
    form = _form({"place_typed": cast.places.liuche.short_name})
    assert not form.is_valid()
    assert form.errors["place"].as_data()[0].code == "not_found"


def test_an_id_outside_the_offer_is_refused(cast: Cast) -> None:
    assert not _form({"place": str(cast.places.liuche.uuid)}).is_valid()


@pytest.mark.usefixtures("few")
def test_a_long_list_shows_its_first_places_and_the_chosen_one(cast: Cast) -> None:
    stations = list(Place.objects.filter(kind="station").order_by("id"))
    assert len(stations) > 3
    page = str(_form({"place": str(stations[-1].uuid)}))
    assert [str(each.uuid) in page for each in stations] == [True, True, *[False] * (len(stations) - 3), True]
    assert "data-whole" not in page
    assert f'data-under="{cast.places.center.uuid},' in page or f",{cast.places.center.uuid}" in page


def test_a_short_list_is_whole(cast: Cast) -> None:
    page = str(_form())
    assert "data-whole" in page
    assert all(str(each.uuid) in page for each in Place.objects.filter(kind="station"))


def test_the_picker_searches_under_several_places(cast: Cast) -> None:
    client, url = cast.manager.client(), reverse("places:pick")
    under = f"{cast.places.liuche.uuid},{cast.places.changning.uuid}"
    assert str(cast.places.chengbei.uuid) in client.get(url, {"q": "城北", "under": under}).content.decode()
    assert client.get(url, {"under": "no id"}).status_code == 400


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Chengbei Village, Changning Town, Xunwu County"), ("zh-hans", "寻乌县 › 长宁镇 › 城北村")],
)
def test_english_names_begin_with_what_tells_them_apart(language: str, label: str) -> None:
    place = Place(
        path_names="寻乌县 › 长宁镇 › 城北村",
        path_names_en="Xunwu County › Changning Town › Chengbei Village",
    )
    with override(language):
        assert PlaceField(label="place").label_from_instance(place) == label


def test_where_there_is_one_place_to_choose_it_is_chosen_already(cast: Cast) -> None:
    only, several = Place.objects.filter(pk=cast.places.chengbei.pk), Place.objects.filter(kind="station")
    chosen = f'value="{cast.places.chengbei.uuid}" selected'
    forms_of = {name: Ask() for name in ("several", "one", "may be left out")}
    forms_of["may be left out"].fields["place"].required = False
    for name, form in forms_of.items():
        choose_among(form, "place", several if name == "several" else only)
    assert {name: chosen in str(form) for name, form in forms_of.items()} == {
        "several": False, "one": True, "may be left out": False,
    }  # fmt: skip
