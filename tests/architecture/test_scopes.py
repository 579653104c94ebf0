"""Whose rows one may see fails closed: no model of a tenant can be read by chance without a scope."""

import pytest
from django.apps import apps
from django.db import models

from sidan.core.scope import NoScope, ScopedManager
from tests.architecture.source import levels

# Rows that carry a county and yet have no scope of their own, with the reason.
REACHED_OTHERWISE = {
    "audit.AuditEntry": "read only through the audit page's named queries, by audit administrators",
    "people.RoleGrant": "read to build an actor, before there is a scope",
    "people.Team": "a team's name, category and area are public; who belongs to it is not, and is scoped by person",
    "places.Place": "the tree of places is public",
    "places.PopUp": "buses, fairs and stands are announced to everybody",
    "campaigns.SiteKind": "kinds of places say nothing of anybody; a campaign in scope offers those of its county",
    "catalogue.Menu": "a published menu is public; drafts are read in named queries that start from a place",
    "orders.OrderStep": "the history of an order that was read through its scope",
    "attendance.Mark": "the marks of a visit whose order was read through its scope",
    "talk.Phrase": "sentences without anything personal, read by the county of an order that is in scope",
    "hours.Occasion": "what a visit was, for the records of who served; it names no resident, and is reached from them",
    "honours.Ladder": "how many hours make a star is public",
    "honours.StandingAward": "which awards stand, for awards that are read through their scope",
    "evidence.Cause": "ids and kinds only, reached from what it caused",
}
SCOPED = [model for model in apps.get_models() if hasattr(model, "scope_q")]


def own_models() -> list[type[models.Model]]:
    """The models of this package."""
    return [model for model in apps.get_models() if model._meta.app_label in levels()]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_a_tenants_model_is_read_through_its_scope(model: type[models.Model]) -> None:
    assert isinstance(model._default_manager, ScopedManager)
    with pytest.raises(NoScope):
        model._default_manager.all()


def test_a_row_with_a_county_has_a_scope() -> None:
    bare = {
        model._meta.label
        for model in own_models()
        if model not in SCOPED and any(field.name in {"county", "county_id"} for field in model._meta.fields)
    }
    assert bare - REACHED_OTHERWISE.keys() == set()


def test_nothing_is_excused_that_is_gone() -> None:
    assert {model._meta.label for model in own_models()} >= REACHED_OTHERWISE.keys()
