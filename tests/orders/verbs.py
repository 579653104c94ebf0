"""Every verb of an order as a machine of states does it: who it is, at the machine's moment, on an order of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from sidan.attendance.operations import Proof
from sidan.core.errors import NotFound
from sidan.orders import operations, queries
from sidan.orders.enums import LIVE_ASSIGNMENT, LIVE_CALL, Reason
from sidan.orders.models import Assignment, CallAnswer, OpenCall, Order, TakeOver, Visit, WorkPart
from sidan.people.models import Person
from sidan.talk.operations import say
from tests.orders.scene import Scene

HAND = Proof(way="hand", reason_code="other")
OTHER = Reason.OTHER


class Run(Protocol):
    """What a verb reads of the machine that runs it."""

    at: datetime
    numbers: list[str]


Act = Callable[[Run, Scene, str, str], object]


def _order(number: str) -> Order:
    return queries.order_by_number(number=number)


def parts_of(number: str) -> list[WorkPart]:
    """Return the parts that an order is split into now."""
    return list(WorkPart.objects.filter(order__number=number, ended_at=None))


def _assignment(number: str) -> Assignment:
    """The share that lives, of several in turn; otherwise the last one."""
    order = _order(number)
    live = Assignment.objects.filter(order=order, state__in=LIVE_ASSIGNMENT).order_by("id")
    if uuids := list(live.values_list("uuid", flat=True)):
        return queries.assignment_by_uuid(uuid=uuids[order.turn % len(uuids)])
    found = Assignment.objects.filter(order=order).order_by("-id").values_list("uuid", flat=True)
    return queries.assignment_by_uuid(uuid=found[0] if found else Order.unscoped.get(number=number).uuid)


def _ended(number: str) -> Assignment:
    """A share that has ended, of several in turn: whose page somebody has open still."""
    order = _order(number)
    ended = Assignment.objects.filter(order=order).exclude(state__in=LIVE_ASSIGNMENT).order_by("id")
    uuids = list(ended.values_list("uuid", flat=True))
    if not uuids:
        raise NotFound
    return queries.assignment_by_uuid(uuid=uuids[order.turn % len(uuids)])


def _visit(number: str) -> Visit:
    found = (
        Visit.objects.filter(assignment__order=_order(number)).order_by("-id").values_list("uuid", flat=True)
    )
    return queries.visit_by_uuid(uuid=found[0] if found else Order.unscoped.get(number=number).uuid)


def _visit_of_ended(number: str) -> Visit:
    found = _ended(number).visits.order_by("-id").first()
    if found is None:
        raise NotFound
    return queries.visit_by_uuid(uuid=found.uuid)


def _name(share: Callable[[str], Assignment]) -> Act:
    def act(run: Run, scene: Scene, who: str, number: str) -> object:
        people = Person.unscoped.filter(account__in=[scene.accounts["zhao"], scene.accounts["qian"]])
        uuids = [person.uuid for person in people]
        return operations.name_members(
            actor=scene.actor(who), at=run.at, assignment=share(number), person_uuids=uuids
        )

    return act


def _waiting(order: Order) -> WorkPart | None:
    """Return the first part that waits for a team; of an order that was not split, nothing."""
    return order.parts.filter(ended_at=None, state__in=["admitted", "failed"]).first()


def _called(order: Order) -> WorkPart | None:
    """Return the first part that teams are called for."""
    call = order.calls.filter(state__in=LIVE_CALL, part__isnull=False).order_by("id").first()
    return call.part if call else None


def _dispatch(run: Run, scene: Scene, who: str, number: str) -> None:
    team = scene.team if run.at.minute % 4 else scene.other_team
    order = _order(number)
    operations.dispatch_order(actor=scene.actor(who), at=run.at, order=order, team=team, part=_waiting(order))


def _split(run: Run, scene: Scene, who: str, number: str) -> None:
    kind = scene.project.category
    parts = [operations.PartWish(words, kind) for words in ("剪头发", "修电灯")]
    operations.split_order(actor=scene.actor(who), at=run.at, order=_order(number), parts=parts)


def _leave_out(run: Run, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    part = order.parts.filter(ended_at=None).order_by("-position").first()
    if part is None:
        raise NotFound
    operations.leave_out_part(actor=scene.actor(who), at=run.at, order=order, part=part, reason=OTHER)


def _change(run: Run, scene: Scene, who: str, number: str) -> None:
    window = (run.at + timedelta(days=2), run.at + timedelta(days=2, hours=2))
    change = operations.Change(window=window, people_needed=1 + run.at.minute % 3)
    operations.change_order(actor=scene.actor(who), at=run.at, order=_order(number), change=change)


def _merge(run: Run, scene: Scene, who: str, number: str) -> None:
    others = [each for each in run.numbers if each != number]
    if not others:
        raise NotFound
    operations.merge_order(actor=scene.actor(who), at=run.at, order=_order(number), into=_order(others[0]))


def _call(way: str) -> Act:
    def act(run: Run, scene: Scene, who: str, number: str) -> object:
        order = _order(number)
        return operations.open_call(
            actor=scene.actor(who), at=run.at, order=order, part=_waiting(order), area=scene.center, way=way,
            until=run.at + timedelta(hours=4),
        )  # fmt: skip

    return act


def _answer(verb: Callable[..., object]) -> Act:
    """Each leader answers for the own team; whoever leads none tries it for Wang's."""

    def act(run: Run, scene: Scene, who: str, number: str) -> object:
        # Who is called sees the call, not the order.
        call = OpenCall.objects.filter(order__number=number).order_by("-id").first()
        if call is None:
            raise NotFound
        team = scene.other_team if who == "sun" else scene.team
        return verb(actor=scene.actor(who), at=run.at, call=call, team=team)

    return act


def _ask(of: Callable[[str], Assignment], *, office: bool) -> Act:
    def act(run: Run, scene: Scene, who: str, number: str) -> object:
        share = of(number)
        other = scene.team if share.team_id == scene.other_team.pk else scene.other_team
        return operations.ask_take_over(
            actor=scene.actor(who), at=run.at, assignment=share, to_team=None if office else other,
            until=run.at + timedelta(hours=12), reason=OTHER,
        )  # fmt: skip

    return act


def _on_asked(verb: Callable[..., object], **more: object) -> Act:
    def act(run: Run, scene: Scene, who: str, number: str) -> object:
        asked = TakeOver.objects.filter(order__number=number).order_by("-id").first()
        if asked is None:
            raise NotFound
        return verb(actor=scene.actor(who), at=run.at, asked=asked, **more)

    return act


def _keep(run: Run, scene: Scene, who: str, number: str) -> None:
    """Leaders say no for a team; what the office was asked is answered by "leave"."""
    asked = TakeOver.objects.filter(order__number=number, to_team__isnull=False).order_by("-id").first()
    if asked is None:
        raise NotFound
    operations.decline_take_over(actor=scene.actor(who), at=run.at, asked=asked, reason=OTHER)


def _take_from_team(run: Run, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    held = order.parts.filter(ended_at=None, state__in=["accepted", "scheduled"]).order_by("id").first()
    operations.take_from_team(actor=scene.actor(who), at=run.at, order=order, part=held, reason=OTHER)


def _pick(run: Run, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    answer = CallAnswer.objects.filter(call__order=order, state="applied").first()
    team, part = (answer.team, answer.call.part) if answer else (scene.team, _called(order))
    operations.pick_team(actor=scene.actor(who), at=run.at, order=order, team=team, part=part)


def _end_call(run: Run, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    operations.end_call(actor=scene.actor(who), at=run.at, order=order, part=_called(order))


def _send_down(run: Run, scene: Scene, who: str, number: str) -> None:
    to = scene.town if run.at.minute % 3 else scene.station
    operations.send_down_order(
        actor=scene.actor(who), at=run.at, order=_order(number), to=to, reason="nearer"
    )


def _speak_of_danger(run: Run, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    if order.urgency == "danger":
        raise NotFound
    say(actor=scene.actor(who), at=run.at, order=order, words="老人摔倒了起不来")


def _schedule(share: Callable[[str], Assignment]) -> Act:
    return lambda run, scene, who, number: operations.schedule_visit(
        actor=scene.actor(who), at=run.at, assignment=share(number),
        planned_from=run.at, planned_to=run.at + timedelta(hours=2),
    )  # fmt: skip


def _on_order(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, order=_order(number), **more
    )


def _on_assignment(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, assignment=_assignment(number), **more
    )


def _on_ended(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, assignment=_ended(number), **more
    )


def _at_ended(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, visit=_visit_of_ended(number), **more
    )


def _on_visit(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, visit=_visit(number), **more
    )


VERBS: dict[str, Act] = {
    "admit": _on_order(operations.admit_order),
    "refuse": _on_order(operations.refuse_order, reason=OTHER),
    "cannot": _on_order(operations.say_cannot, reason=OTHER),
    "dispatch": _dispatch,
    "withdraw_offer": _on_order(operations.withdraw_offer),
    "close": _on_order(operations.close_order),
    "reopen": _on_order(operations.reopen_order),
    "merge": _merge,
    "change": _change,
    "cancel": _on_order(operations.cancel_order),
    "cancel_for": _on_order(operations.cancel_order_for, asked_by="telephone"),
    "review": _on_order(operations.review_order, outcome="half", words="还行"),
    "accept": _on_assignment(operations.accept_order),
    "decline": _on_assignment(operations.decline_order, reason=OTHER),
    "call": _call("first_come"),
    "call_to_fit": _call("best_fit"),
    "claim": _answer(operations.claim_call),
    "apply": _answer(operations.apply_for_call),
    "take_offer_back": _answer(operations.take_offer_back),
    "pick": _pick,
    "end_call": _end_call,
    "release": _on_assignment(operations.release_order, reason=OTHER),
    "ask_take_over": _ask(_assignment, office=False),
    "ask_office": _ask(_assignment, office=True),
    "take_over": _on_asked(operations.accept_take_over),
    "keep": _keep,
    "withdraw_asked": _on_asked(operations.withdraw_take_over),
    "take_back": _on_order(operations.take_back_order),
    "take_from_team": _take_from_team,
    "leave": _on_order(operations.decline_take_back, reason=OTHER),
    "split": _split,
    "join": _on_order(operations.join_order),
    "leave_out": _leave_out,
    "name": _name(_assignment),
    "schedule": _schedule(_assignment),
    "check_in": _on_visit(operations.check_in, proof=HAND),
    "check_out": _on_visit(operations.check_out, proof=HAND),
    "go_on": _on_visit(operations.report_and_go_on, report=operations.Report(words="下次再来")),
    "report": _on_visit(operations.report_visit, report=operations.Report()),
    "give_up": _on_assignment(operations.give_up, reason=OTHER, words="没人在家"),
    "pass_up": _on_order(operations.pass_up_order, reason="beyond_us"),
    "ask_help": _on_order(operations.ask_for_help, reason="beyond_us"),
    "send_down": _send_down,
    "danger": _speak_of_danger,
    "accept_ended": _on_ended(operations.accept_order),
    "decline_ended": _on_ended(operations.decline_order, reason=OTHER),
    "name_ended": _name(_ended),
    "schedule_ended": _schedule(_ended),
    "release_ended": _on_ended(operations.release_order, reason=OTHER),
    "ask_ended": _ask(_ended, office=False),
    "ask_office_ended": _ask(_ended, office=True),
    "give_up_ended": _on_ended(operations.give_up, reason=OTHER),
    "check_in_ended": _at_ended(operations.check_in, proof=HAND),
    "check_out_ended": _at_ended(operations.check_out, proof=HAND),
    "go_on_ended": _at_ended(operations.report_and_go_on, report=operations.Report()),
    "report_ended": _at_ended(operations.report_visit, report=operations.Report()),
}
