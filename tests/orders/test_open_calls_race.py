"""A hundred teams press at the same moment: one has the order, the others read politely who was faster."""

from functools import partial

import pytest

from sidan.audit.models import AuditEntry
from sidan.catalogue.models import TeamService
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.orders.enums import CallState, CallWay, OrderState
from sidan.orders.models import Assignment, CallAnswer, OpenCall, Order, OrderParty
from sidan.orders.operations import claim_call, open_call
from sidan.people.models import Team
from tests.at_once import answers_at_once
from tests.orders.scene import AT, Scene, build_scene, later, make_account

TEAMS = 100


def _teams(scene: Scene) -> list[Team]:
    """A hundred teams of the town that all serve this, each with a leader of its own."""
    made = []
    for nth in range(TEAMS):
        name, phone = f"第{nth}队", f"1207{nth:07}"
        account = make_account(f"{name}队长", phone, scene.station, [])
        scene.accounts[name] = account.pk
        team = Team.objects.create(
            name=name, category=scene.team.category, place=scene.town, county_id=scene.center.pk,
            leader_id=account.person_id,
        )  # fmt: skip
        TeamService.objects.create(team=team, category=scene.project.category, area=scene.center)
        made.append(team)
    return made


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_teams_one_wins_and_ninety_nine_are_answered() -> None:
    with everything("a race"):
        scene = build_scene()
        teams = _teams(scene)
        call = open_call(
            actor=scene.actor("li"), at=AT, order=scene.admitted(), area=scene.center,
            way=CallWay.FIRST_COME, until=later(days=1),
        )  # fmt: skip
        actors = {team.pk: scene.actor(team.name) for team in teams}
        reads = [(team, OpenCall.objects.get(pk=call.pk)) for team in teams]
        answers = answers_at_once(
            [
                partial(claim_call, actor=actors[team.pk], at=later(minutes=1), call=read, team=team)
                for team, read in reads
            ]
        )
        [winner] = [team for team, refusal in zip(teams, answers, strict=True) if refusal is None]
        polite = {f"{refusal.code}: {refusal}" for refusal in answers if refusal}
        assert len(answers) == TEAMS
        assert len(polite) == 1
        assert winner.name in polite.pop()
        order = Order.unscoped.get(pk=call.order_id)
        assert (order.state, order.turn) == (OrderState.ACCEPTED, order.steps.count())
        assert Assignment.objects.filter(order=order).values_list("team", flat=True).get() == winner.pk
        assert OrderParty.objects.filter(order=order).values_list("team", flat=True).get() == winner.pk
        assert CallAnswer.objects.filter(call=call).count() == 1
        assert OpenCall.objects.get(pk=call.pk).state == CallState.TAKEN
        assert AuditEntry.objects.filter(verb="order.accept", subject_id=order.pk).count() == 1
        assert Notice.objects.filter(kind="order_accepted").count() == 1
