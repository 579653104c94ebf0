"""Writing needs down, and saying their kind later."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Category
from sidan.core.actor import Actor
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.numbers import separate_numbers
from sidan.core.transactions import draw_number
from sidan.needs.enums import Source, SurveyState
from sidan.needs.models import Need, NeedKind, NeedText, Survey, SurveyAnswer
from sidan.needs.notices import tell_of_need_in_danger
from sidan.needs.operations.joining import leave_trail, wait_for_county
from sidan.needs.operations.surveys import ElsewhereAnswered
from sidan.needs.permissions import require_deciding, require_noting
from sidan.orders.models import Order
from sidan.orders.operations import hear_and_tell
from sidan.places.models import Place
from sidan.places.queries import stands_within


class PersonalTitle(Invalid):
    code = "personal_title"
    sentence = _("The title must not hold a telephone or identity number; write that into the note.")


class NeedAlready(Conflict):
    code = "need_already"
    sentence = _("This answer has become a need already.")


class NotOfThisOrder(Invalid):
    code = "need_not_of_this_order"
    sentence = _(
        "Only what was said at a visit or by message refers to an order, and never to a private one."
    )


class KindSaidAlready(Conflict):
    code = "need_kind_said_already"
    sentence = _("This need has a kind of service already. Please look at it again.")


class SurveyStillOpen(Conflict):
    code = "survey_still_open"
    sentence = _(
        "While the survey is open, voices are still added. What was chosen becomes a need once it is closed."
    )


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
            leave_trail(need, actor, at, "note")
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
        wait_for_county(need)
        if Need.unscoped.filter(pk=need.pk, category__isnull=False).exists():
            raise KindSaidAlready
        draw_number()
        NeedKind.objects.create(need=need, category=category, by_id=actor.account_id, at=at)
        Need.unscoped.filter(pk=need.pk).update(category=category)
        leave_trail(need, actor, at, "kind", category=category.pk)
    need.category = category
    return need
