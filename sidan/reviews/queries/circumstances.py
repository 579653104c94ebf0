"""What is known of who gave a review and when: material for `policies.flags_of`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, QuerySet

from sidan.audit.queries import all_done_by, last_done_by
from sidan.orders.enums import COLLECTED_BY_STAFF, HAD_ASSIGNMENT, AssignmentState, OrderState
from sidan.orders.looks import CODE_GIVEN, LOOK_BY_CODE, showing_code
from sidan.orders.models import Assignment, AssignmentMember, OrderStep, OrderText, Review
from sidan.orders.queries import finishings, shares_moved
from sidan.people.enums import STAFF_ROLES
from sidan.people.models import Account, DeviceMark, Person, RoleGrant, Team, TeamMember
from sidan.reviews.models import ReviewDevice
from sidan.reviews.policies import ACCOUNT_WINDOW, TEAM_WINDOW, Circumstances, Given

MOST_ALIKE = 50
"""Reviews of a window that are read: five of them are enough to notice."""


def given(review: Review) -> Given:
    """Return a review as the rules read it."""
    words = review.text.words if hasattr(review, "text") else ""
    return Given(at=review.at, outcome=review.outcome, stars=review.stars, words=words)


def circumstances(*, review: Review) -> Circumstances:
    """Gather what the rules ask about a review whose order was read with it."""
    order, shares = review.order, served_shares(review=review)
    team_ids = set(shares.values_list("team_id", flat=True))
    persons = serving_person_ids(shares=shares, team_ids=team_ids)
    by_person = Account.objects.filter(pk=review.by_id or 0).values_list("person_id", flat=True).first()
    finished = OrderStep.objects.filter(
        order=order, machine="order", to_state=OrderState.DONE, turn__lt=review.turn
    )
    return Circumstances(
        reported_at=finished.order_by("-turn").values_list("at", flat=True).first(),
        is_by_staff=_is_by_staff(review, by_person),
        is_by_team=bool({by_person, order.requester_id, _who_gave_the_code(review)} & persons),
        is_team_phone=_is_team_phone(review, persons),
        is_team_device=_is_team_device(review, persons),
        is_staff_device=_is_staff_device(review),
        is_typed=review.is_typed_by_staff,
        of_account=_of_account(review),
        of_device=_of_device(review),
        of_team=_of_team(review, team_ids),
    )  # fmt: skip


def served_shares(*, review: Review) -> QuerySet[Assignment]:
    """Return what teams had of an order in the round that a review is about."""
    moved = shares_moved(order_id=review.order_id, turn=review.turn)
    return Assignment.objects.filter(pk__in=moved, state__in=HAD_ASSIGNMENT)


def serving_person_ids(*, shares: QuerySet[Assignment], team_ids: set[int]) -> set[int]:
    """Return who served, or belongs to a team that did."""
    named = AssignmentMember.objects.filter(assignment__in=shares)
    members = TeamMember.objects.filter(team__in=team_ids, left_on=None)
    leaders = Team.objects.filter(pk__in=team_ids, leader__isnull=False)
    return {
        *named.values_list("person_id", flat=True),
        *members.values_list("person_id", flat=True),
        *(leader for leader in leaders.values_list("leader_id", flat=True) if leader),
    }


def _is_by_staff(review: Review, by_person: int | None) -> bool:
    """Whoever entered the order for the resident entered the review too, or the resident works here.

    So it is where somebody who works here had the order open by its code when a review came by that code.
    """
    if review.by_id is None:
        since = review.at - showing_code()[LOOK_BY_CODE]
        looks = all_done_by(
            verb=LOOK_BY_CODE, subject=("order", review.order_id), since=since, until=review.at
        )
        return _works_here(looks)
    if by_person != review.order.requester_id and review.by_id == review.order.placed_by_id:
        return True
    if review.channel in COLLECTED_BY_STAFF:
        return False
    return _works_here([review.by_id])


def _works_here(account_ids: Iterable[int | None]) -> bool:
    """Tell whether one of these accounts is of somebody who works for a center, whichever it is."""
    holds = RoleGrant.objects.filter(account__in=account_ids, role__in=sorted(STAFF_ROLES), ended_at=None)
    return holds.exists()


def _who_gave_the_code(review: Review) -> int | None:
    """Return who gave out the code by which a review came without an account: they held it as well."""
    if review.by_id is not None:
        return None
    account_id = last_done_by(verbs=CODE_GIVEN, subject=("order", review.order_id), until=review.at)
    return Account.objects.filter(pk=account_id or 0).values_list("person_id", flat=True).first()


def _is_team_phone(review: Review, persons: set[int]) -> bool:
    """Tell whether a telephone of the resident is one of those who served."""
    others = persons - {review.order.requester_id}
    phones = [phone for phone in _phones(review) if phone]
    if not phones or not others:
        return False
    if Person.unscoped.filter(pk__in=others, contact_phone_hash__in=phones).exists():
        return True
    return Account.objects.filter(person__in=others, phone_hash__in=phones).exists()


def _phones(review: Review) -> Iterator[str | None]:
    """Yield the telephones that stand for the resident: with the order, in the file, and to sign in with."""
    text = OrderText.objects.filter(order=review.order_id).first()
    yield text.contact_phone if text else ""
    yield review.order.requester.contact_phone
    account = Account.objects.filter(person=review.order.requester_id).first()
    yield account.phone if account else ""


def _is_team_device(review: Review, persons: set[int]) -> bool:
    """Tell whether one of those who served has signed in with the browser by which the review came."""
    others = persons - {review.order.requester_id}
    return DeviceMark.objects.filter(mark_hash__in=_marks(review), account__person__in=others).exists()


def _is_staff_device(review: Review) -> bool:
    """Tell whether somebody who works here has signed in with the browser in which a code was typed."""
    if review.by_id is not None:
        return False
    return _works_here(
        DeviceMark.objects.filter(mark_hash__in=_marks(review)).values_list("account", flat=True)
    )


def _marks(review: Review) -> QuerySet[ReviewDevice, Any]:
    return ReviewDevice.objects.filter(review=review).values("mark_hash")


def _of_account(review: Review) -> Sequence[Given]:
    if review.by_id is None:
        return ()
    rows = Review.objects.filter(by=review.by_id)
    return _within(rows, review, ACCOUNT_WINDOW)


def _of_device(review: Review) -> Sequence[Given]:
    """Return what else came by the same browser; a terminal has no mark, for many give their reviews at it."""
    same = ReviewDevice.objects.filter(mark_hash__in=_marks(review)).values("review")
    return _within(Review.objects.filter(pk__in=same), review, ACCOUNT_WINDOW)


def _of_team(review: Review, team_ids: set[int]) -> Sequence[Given]:
    served = Assignment.objects.filter(team__in=team_ids, state=AssignmentState.FINISHED)
    rows = Review.objects.filter(
        Exists(finishings().filter(team_id__in=team_ids)), order__in=served.values("order")
    )
    return _within(rows, review, TEAM_WINDOW)


def _within(rows: QuerySet[Review], review: Review, window: timedelta) -> Sequence[Given]:
    found = rows.filter(at__gt=review.at - window, at__lte=review.at).exclude(pk=review.pk)
    return [given(each) for each in found.select_related("text").order_by("-id")[:MOST_ALIKE]]
