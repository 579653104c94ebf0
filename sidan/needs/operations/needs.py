"""Writing needs down, merging likes, and tracing each to what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue.models import Category, Project
from sidan.core.actor import Actor
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.locks import wait_for
from sidan.core.numbers import separate_numbers
from sidan.core.transactions import draw_number
from sidan.needs.enums import NeedState, Source, SurveyState, TraceKind
from sidan.needs.models import Need, NeedKind, NeedText, NeedTrace, Survey, SurveyAnswer
from sidan.needs.notices import tell_of_need_in_danger
from sidan.needs.operations.surveys import ElsewhereAnswered
from sidan.needs.permissions import require_deciding, require_noting
from sidan.orders.models import Order
from sidan.orders.operations import hear_and_tell
from sidan.places.models import Place
from sidan.places.queries import stands_within


class PersonalTitle(Invalid):
    code = "personal_title"
    sentence = _("The title must not hold a telephone or identity number; write that into the note.")


class MergedAlready(Conflict):
    code = "need_merged_already"
    sentence = _("This need was merged already. Please look at it again.")


class NeedAlready(Conflict):
    code = "need_already"
    sentence = _("This answer has become a need already.")


class NotOfThisOrder(Invalid):
    code = "need_not_of_this_order"
    sentence = _(
        "Only what was said at a visit or by message refers to an order, and never to a private one."
    )


class NotAlike(Invalid):
    code = "needs_not_alike"
    sentence = _("Only two needs of the same county can be merged, and not a need with itself.")


class KindSaidAlready(Conflict):
    code = "need_kind_said_already"
    sentence = _("This need has a kind of service already. Please look at it again.")


class SurveyStillOpen(Conflict):
    code = "survey_still_open"
    sentence = _(
        "While the survey is open, voices are still added. What was chosen becomes a need once it is closed."
    )


class NothingTold(Invalid):
    code = "nothing_told"
    sentence = _("Please fill in one of the three.")


class PrivateOrder(Invalid):
    code = "need_not_traced_to_private"
    sentence = _("A need is not linked to a private order: all who work here read what came of it.")


class TracedAlready(Conflict):
    code = "need_traced_already"
    sentence = _("This is linked already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNeed:
    """What is written down of a visit, a message, a meeting, or a survey."""

    place: Place
    title: str
    source: str
    category: Category | None = None
    words: str = ""
    voices: int = 1
    order: Order | None = None
    survey: Survey | None = None
    answer: SurveyAnswer | None = None
    question: int | None = None
    choice: int | None = None

    @property
    def all_words(self) -> str:
        """What is listened to for danger to life."""
        return f"{self.title}\n{self.words}"


def note_need(*, actor: Actor, at: datetime, told: NewNeed) -> Need:
    """Write a need down at the place where it arose; danger to life in it is told to those who act, at once.

    Raises:
        NotYourNeeds
        PersonalTitle: the title holds a number that points at somebody.
        NotOfThisOrder: it cannot be of the order, or the order is private: all who work there read the need.
        ElsewhereAnswered: what a survey said is of its own place, or of one below it.
        SurveyStillOpen: it is a choice, whose voices are kept as they were counted, and more may come.
        NeedAlready: this answer, or this choice, became a need before.
    """
    require_noting(actor=actor, place_id=told.place.pk)
    if separate_numbers(told.title).numbers:
        raise PersonalTitle(errors=[FieldProblem("/title", PersonalTitle.sentence)])
    if told.order and (told.order.is_private or told.source not in {Source.VISIT, Source.MESSAGE}):
        raise NotOfThisOrder
    if told.survey and not stands_within(place_id=told.place.pk, root_ids=(told.survey.place_id,)):
        raise ElsewhereAnswered(errors=[FieldProblem("/place", ElsewhereAnswered.sentence)])
    if told.survey and told.choice is not None and told.survey.state != SurveyState.CLOSED:
        raise SurveyStillOpen
    try:
        with transaction.atomic():
            if told.order:
                hear_and_tell(actor=actor, at=at, order_id=told.order.pk, words=told.all_words)
            draw_number()
            need = Need.unscoped.create(
                place=told.place, county_id=told.place.county_id, category=told.category, title=told.title,
                source=told.source, order=told.order, survey=told.survey, answer=told.answer, question=told.question,
                choice=told.choice, voices=told.voices, noted_by_id=actor.account_id, at=at,
            )  # fmt: skip
            if told.words:
                NeedText.objects.create(need=need, words=told.words)
            _trail(need, actor, at, "note")
            # What a survey says was told when the sheet came; what is said of an order is told of the order.
            if not told.order and not told.survey and numbers_to_call(told.all_words):
                tell_of_need_in_danger(need=need, at=at, but=actor.account_id)
    except IntegrityError:
        raise NeedAlready from None
    return need


def say_kind(*, actor: Actor, at: datetime, need: Need, category: Category) -> Need:
    """Say of which kind of service a need is that was written down without one; it is said once, and stays.

    Raises:
        NotYourNeeds
        KindSaidAlready: it has a kind.
    """
    require_deciding(actor=actor, place_id=need.place_id)
    with transaction.atomic():
        _wait_for_county(need)
        if Need.unscoped.filter(pk=need.pk, category__isnull=False).exists():
            raise KindSaidAlready
        draw_number()
        NeedKind.objects.create(need=need, category=category, by_id=actor.account_id, at=at)
        Need.unscoped.filter(pk=need.pk).update(category=category)
        _trail(need, actor, at, "kind", category=category.pk)
    need.category = category
    return need


def merge_need(*, actor: Actor, at: datetime, need: Need, into: Need) -> Need:
    """Count a need with another that says the same: a link, nothing is rewritten, and it can be parted again.

    Raises:
        NotYourNeeds, NotAlike
        MergedAlready: one of the two is merged into a third.
    """
    for one in (need, into):
        require_deciding(actor=actor, place_id=one.place_id)
    if need.pk == into.pk or need.county_id != into.county_id:
        raise NotAlike
    with transaction.atomic():
        _wait_for_county(need)
        rows = {one.pk: one for one in Need.unscoped.filter(pk__in=[need.pk, into.pk])}
        if rows[need.pk].same_as_id is not None or rows[into.pk].same_as_id is not None:
            raise MergedAlready
        # What was merged into this one follows: a like is always one step away from what it is counted with.
        Need.unscoped.filter(same_as=need.pk).update(same_as=into.pk)
        Need.unscoped.filter(pk=need.pk).update(same_as=into.pk)
        into.state = _settle(into.pk)
        _trail(need, actor, at, "merge", into=into.pk)
    need.same_as = into
    return need


def part_need(*, actor: Actor, at: datetime, need: Need) -> Need:
    """Undo a merging. Raises NotYourNeeds, MergedAlready (it is not merged)."""
    require_deciding(actor=actor, place_id=need.place_id)
    with transaction.atomic():
        _wait_for_county(need)
        head_id = _head_of(need)
        if head_id == need.pk:
            raise MergedAlready
        Need.unscoped.filter(pk=need.pk).update(same_as=None)
        _settle(head_id)
        need.state = _settle(need.pk)
        _trail(need, actor, at, "part")
    need.same_as = None
    return need


def trace_to_order(*, actor: Actor, at: datetime, need: Need, order: Order) -> NeedTrace:
    """Say that this order was placed because of the need. Raises NotYourNeeds, PrivateOrder, TracedAlready."""
    if order.is_private:
        raise PrivateOrder
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.ORDER, order=order))


def trace_to_project(*, actor: Actor, at: datetime, need: Need, project: Project) -> NeedTrace:
    """Say that this service answers the need. Raises NotYourNeeds, TracedAlready."""
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.PROJECT, project=project))


def answer_need(*, actor: Actor, at: datetime, need: Need, answer: str) -> NeedTrace:
    """Answer a need in words. Raises NotYourNeeds, Invalid (no words)."""
    if not answer.strip():
        raise Invalid
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.ANSWER, answer=answer))


def _trace(actor: Actor, at: datetime, need: Need, trace: NeedTrace) -> NeedTrace:
    require_deciding(actor=actor, place_id=need.place_id)
    trace.by_id, trace.at = actor.account_id, at
    try:
        with transaction.atomic():
            draw_number()
            _wait_for_county(need)
            head_id = _head_of(need)
            told = NeedTrace.objects.filter(_counted_with(head_id))
            if (
                trace.kind != TraceKind.ANSWER
                and told.filter(order=trace.order, project=trace.project).exists()
            ):
                raise TracedAlready
            trace.save(force_insert=True)
            _settle(head_id)
            _trail(need, actor, at, "trace", kind=str(trace.kind))
    except IntegrityError:
        raise TracedAlready from None
    return trace


def _counted_with(head_id: int) -> Q:
    return Q(need=head_id) | Q(need__same_as=head_id)


def _wait_for_county(need: Need) -> None:
    """Let what joins, parts or traces needs of one county go one after the other.

    A need's row alone is no lock: who waits for it may find that it is counted with another meanwhile, and asking for
    that one's row while holding this one's is how two wait for each other.
    """
    wait_for(value=str(need.county_id or need.place_id), purpose="needs.joined")


def _head_of(need: Need) -> int:
    return Need.unscoped.values_list("same_as", flat=True).get(pk=need.pk) or need.pk


def _settle(head_id: int) -> str:
    """Something came of a need as soon as something came of one that is counted with it. Returns its state."""
    is_traced = NeedTrace.objects.filter(_counted_with(head_id)).exists()
    state = NeedState.TRACED if is_traced else NeedState.NOTED
    Need.unscoped.filter(pk=head_id).update(state=state)
    return state


def _trail(need: Need, actor: Actor, at: datetime, verb: str, **facts: object) -> None:
    record(
        actor=actor, at=at, verb=f"need.{verb}", subject=("need", need.pk), place_id=need.place_id,
        county_id=need.county_id, **facts,
    )  # fmt: skip
