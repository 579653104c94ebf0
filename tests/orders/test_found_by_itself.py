"""What every act begins with reads one order, however many there are."""

import re
from uuid import UUID

import pytest
from django.db.models import QuerySet

from sidan.core.scope import scoped
from sidan.orders.queries import finding
from sidan.people.access import scope_for
from tests.orders.scene import Scene

NONE = UUID(int=0)


@pytest.mark.parametrize("who", ["zhou", "li", "wang", "zhao"])
@pytest.mark.parametrize("rows", [finding._visits, finding._assignments])
def test_no_act_reads_all_orders_in_sight_to_find_its_own(scene: Scene, who: str, rows: object) -> None:
    with scoped(scope_for(scene.actor(who))):
        found = rows(NONE)  # type: ignore[operator] # either of the two
        assert isinstance(found, QuerySet)
        assert re.search(r'FROM "orders_order" \w+ WHERE', str(found.query))
        assert not re.search(r'IN \(SELECT \w+\."id" FROM "orders_order"', str(found.query))
