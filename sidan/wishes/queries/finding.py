"""Finding one wish within the scope, and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from sidan.audit.queries import Look, who_looked
from sidan.core.actor import Actor
from sidan.orders.enums import ENDED as ORDER_ENDED
from sidan.orders.enums import OrderState
from sidan.orders.models import Order, OrderMerge
from sidan.orders.queries import as_they_go_on
from sidan.people.queries import nearest_place_with_roles
from sidan.wishes.enums import OVER, VISITED, WishState
from sidan.wishes.models import (
    Adoption,
    Fulfilment,
    ProjectAsked,
    Wish,
    WishConsent,
    WishNote,
    WishOrder,
    WishProject,
    WishStep,
    WishText,
)
from sidan.wishes.permissions import HANDLING_ROLES, NoSuchWish, may_read_words
from sidan.wishes.states import WISH

TOLD_TO_ADOPTERS: Final = [verb for verb, step in WISH.items() if step.permission == "handle_wish"]
"""What the office does with a wish; not that it frees another adopter, nor what it writes of that."""


def wish_by_uuid(*, uuid: UUID) -> Wish:
    """Find a wish by its public id. Raises NoSuchWish."""
    found = Wish.objects.select_related("place", "county", "holder", "wisher").filter(uuid=uuid).first()
    if found is None:
        raise NoSuchWish
    return found


def answering_place(*, place_id: int) -> int:
    """Return where a wish that arose at a place is answered: there, or at the nearest place above with people."""
    return nearest_place_with_roles(place_id=place_id, roles=HANDLING_ROLES) or place_id


def project_asked(*, wish: Wish) -> ProjectAsked | None:
    """Return who asked for a service for a wish, and when."""
    return ProjectAsked.objects.filter(wish=wish).select_related("by__person").first()


def full_text(*, actor: Actor, wish: Wish) -> WishText | None:
    """Return what the person wrote, to those who may read it."""
    return WishText.objects.filter(wish=wish).first() if may_read_words(actor=actor, wish=wish) else None


def consent_of(*, actor: Actor, wish: Wish) -> WishConsent | None:
    """Return how the resident agreed to a wish that somebody entered, to those who may read the words."""
    if not may_read_words(actor=actor, wish=wish):
        return None
    return WishConsent.objects.filter(wish=wish).select_related("by__person", "paper").first()


def has_office_contact(*, wish: Wish) -> str:
    """Return the telephone of the place that answers for a wish: how adopters and the wisher find each other."""
    return wish.place.phone or (wish.county.phone if wish.county else "")


@dataclass(frozen=True, slots=True)
class Links:
    """What became of a wish: who adopted it, orders, projects, and how it came true."""

    adoptions: list[Adoption]
    orders: list[Order]
    projects: list[WishProject]
    fulfilment: Fulfilment | None

    @property
    def is_at_work(self) -> bool:
        """Whether somebody is at work for an order of it."""
        return any(order.state not in OVER for order in self.orders)

    @property
    def is_ordered(self) -> bool:
        """Whether an order of it has not ended: somebody is at work for it, or may yet be found."""
        return any(order.state not in ORDER_ENDED for order in self.orders)


def has_open_order(*, wish: Wish) -> bool:
    """Tell whether an order of a wish, or the one it was merged into, has not ended."""
    return WishOrder.objects.filter(goes_on_q(ORDER_ENDED), wish=wish).exists()


def has_visit_to_come(*, wish: Wish) -> bool:
    """Tell whether for a wish somebody is still looked for, or is to come, or is there."""
    return WishOrder.objects.filter(goes_on_q(VISITED), wish=wish).exists()


def goes_on_q(over: frozenset[OrderState]) -> Q:
    """The orders of wishes that are in none of some states, themselves or as what they were merged into."""
    goes_on = Order.unscoped.filter(OrderMerge.way_on(OuterRef("order"))).exclude(state__in=sorted(over))
    return Q(Exists(goes_on))


def links_of(*, wish: Wish) -> Links:
    """Gather what a wish led to: four queries, and one more where an order was cancelled or merged."""
    orders = WishOrder.objects.filter(wish=wish).select_related("order__project", "order__category")
    return Links(
        adoptions=list(Adoption.objects.filter(wish=wish, released_at=None).select_related("person", "team")),
        orders=as_they_go_on(orders=[link.order for link in orders]),
        projects=list(WishProject.objects.filter(wish=wish).select_related("project")),
        fulfilment=Fulfilment.objects.filter(wish=wish).select_related("photo").first(),
    )


def is_free_to_withdraw(*, wish: Wish, links: Links) -> bool:
    """Tell whether its wisher may take it back: nobody has adopted it, and no order of it goes on."""
    return wish.state in WISH["withdraw"].sources and not links.adoptions and not links.is_ordered


def comes_true_with(*, adoption: Adoption, wish: Wish) -> bool:
    """Tell whether a wish comes true with the share of this adopter: it is the last, and nobody is to come any more."""
    others = Adoption.objects.filter(wish=wish, released_at=None, share_told_at__isnull=False)
    is_last = others.exclude(pk=adoption.pk).count() + 1 >= wish.takes
    return is_last and not has_visit_to_come(wish=wish)


def is_order_over(*, wish: Wish, links: Links) -> bool:
    """Tell whether every order of a wish in hand is over or could not be done: its office has to say how it goes on."""
    return wish.state == WishState.IN_HAND and bool(links.orders) and not links.is_at_work


def history(*, wish: Wish, reader: Actor) -> list[WishStep]:
    """Return the steps of a wish, each with the words beside it that the reader may read.

    Whoever wished and the staff there read all of them. Others, who adopted it, read their own, and what the office
    says by the turn the wish is at: what it or an adopter before them wrote freely may name the person (R-Z10).
    """
    notes = WishNote.objects.all()
    if not may_read_words(actor=reader, wish=wish):
        now_told = Q(step__turn=wish.turn, step__verb__in=TOLD_TO_ADOPTERS)
        notes = notes.filter(Q(step__actor=reader.account_id or 0) | now_told)
    return list(WishStep.objects.filter(wish=wish).prefetch_related(Prefetch("note", notes)))


def looks_at(*, wish: Wish, reader: Actor) -> list[Look]:
    """Return who looked at whose wish it is and how to reach them; for the wisher (R-Z10), for others nobody."""
    if reader.person_id is None or wish.wisher_id != reader.person_id:
        return []
    return who_looked(subject=("wish", wish.pk))


def photos_in_use(file_ids: Sequence[int]) -> set[int]:
    """Return which stored files a wish shows."""
    rows = Fulfilment.objects.filter(photo__in=file_ids)
    return {pk for pk in rows.values_list("photo_id", flat=True) if pk is not None}


def papers_in_use(file_ids: Sequence[int]) -> set[int]:
    """Return which stored files are the signed paper of a wish."""
    rows = WishConsent.objects.filter(paper__in=file_ids)
    return {pk for pk in rows.values_list("paper_id", flat=True) if pk is not None}
