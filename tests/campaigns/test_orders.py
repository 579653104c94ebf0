"""An order proves a stop of its own place."""

import pytest
from django.db import DatabaseError, transaction

from sidan.campaigns import operations, queries
from sidan.campaigns.models import Stop
from sidan.campaigns.operations import OrderNotFitting, SiteFacts
from sidan.campaigns.policies import Numbers
from sidan.core.clock import business_date, now
from sidan.core.scope import everything
from tests.campaigns.scene import kind, site
from tests.matrix import stage as building
from tests.matrix.stage import Stage
from tests.matrix.stage_campaigns import make_campaign, make_site, make_stop


def test_an_order_counts_one_person_until_a_second_person_confirms_the_rest(stage: Stage) -> None:
    cast = stage.cast
    with everything("test"), transaction.atomic():
        order = building.serve(stage)
        campaign = make_campaign(cast, "running", "送医下乡")
        stop = make_stop(cast, make_site(cast, campaign, "城北小学"), 0)
        typed = operations.Told(day=business_date(now()), people=9, leaflets=4)
        made = operations.prove_by_order(
            actor=cast.practitioner.actor, at=now(), stop=stop, order=order, told=typed
        )
        assert (made.counts, made.awaits) == (Numbers(people=1), Numbers(people=8, leaflets=4))
        amounts = queries.amounts_by_kind(campaign=campaign)[stop.site.kind_id]
        assert (amounts.people, amounts.leaflets, amounts.sessions) == (1, 0, 1)
        assert queries.waiting_by_kind(campaign=campaign)[stop.site.kind_id].people == 8
        operations.give_word(actor=cast.grid_keeper.actor, at=now(), record=made)
        assert queries.amounts_by_kind(campaign=campaign)[stop.site.kind_id].people == 9
        transaction.set_rollback(True)


def test_an_order_of_another_place_proves_nothing(stage: Stage) -> None:
    cast = stage.cast
    with everything("test"), transaction.atomic():
        order = building.serve(stage)
        campaign = make_campaign(cast, "running", "送医下乡")
        facts = SiteFacts(cast.places.huangxiang, kind("school"), "黄乡小学")
        operations.add_sites(actor=cast.manager.actor, at=now(), campaign=campaign, sites=[facts])
        elsewhere = operations.plan_stop(
            actor=cast.manager.actor, at=now(), site=site(campaign, "黄乡小学"), day=business_date(now())
        )
        with pytest.raises(OrderNotFitting):
            operations.prove_by_order(
                actor=cast.manager.actor, at=now(), stop=elsewhere, order=order,
                told=operations.Told(day=business_date(now())),
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="not served at the site"), transaction.atomic():
            Stop.unscoped.filter(pk=elsewhere.pk).update(order=order)
        transaction.set_rollback(True)
