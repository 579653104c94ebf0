"""Statements that are built once: they find what Django's own would, for each reader what is theirs."""

from uuid import uuid4

import pytest

from sidan.catalogue.models import Project
from sidan.core.compiled import PublicObjects, PublicRows
from sidan.core.database import is_among
from sidan.core.scope import NoScope, Scope, scoped
from sidan.places.models import Place
from tests.factories import make_place

pytestmark = pytest.mark.django_db


def test_a_list_of_any_length_goes_through_one_statement() -> None:
    places = [make_place("center", name) for name in ("寻乌", "安远", "于都")]
    rows = PublicRows(lambda ids: Place.objects.filter(is_among("pk", ids)).values_list("pk"), ids=(-1,))
    for wanted in ([], [places[0].pk], [place.pk for place in places]):
        assert sorted(pk for (pk,) in rows.rows(ids=wanted)) == sorted(wanted)


def test_objects_come_with_what_the_query_reads_beside_them() -> None:
    parent = make_place("center", "寻乌")
    child = make_place("institute", "长宁镇", under=parent)
    found = PublicObjects(
        lambda uuid: Place.objects.select_related("parent").only("name", "parent__name").filter(uuid=uuid),
        uuid=uuid4(),
    )
    for _again in range(2):
        (place,) = found.all(uuid=child.uuid)
        assert (place, place.name, place.parent) == (child, child.name, parent)
        assert place.get_deferred_fields()
        assert found.all(uuid=uuid4()) == []


def test_objects_without_a_scope_are_never_those_that_have_one() -> None:
    projects = PublicObjects(lambda: Project.objects.order_by("pk")[:2])
    with scoped(Scope(whole_county_ids=(1,))), pytest.raises(NoScope):
        projects.all()
