"""Who is told of a wish: the wisher, the staff of the place, who adopted it. Never what the person wrote."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles
from sidan.wishes.models import Adoption, Wish
from sidan.wishes.permissions import HANDLING_ROLES

DANGER: Final = "wish_danger"
SENTENCES: Final = {
    "wish_submitted": _("A new wish of %(place)s waits for an answer."),
    DANGER: _("Danger to life in the words of a wish of %(place)s. Please act now."),
    "wish_passed_up": _("A wish of %(place)s was not answered in time. Please answer it at %(holder)s."),
    "wish_passed_up_to_wisher": _("Your wish was passed on to %(holder)s, which answers it."),
    "wish_entered": _("The office wrote down a wish for you."),
    "wish_published": _("Your wish hangs on the wall. Whoever adopts it, we tell you."),
    "wish_adopted": _("Your wish was adopted. The office brings you together."),
    "wish_adopted_staff": _("A wish of %(place)s was adopted. Please bring both together."),
    "wish_freed": _("The office gave a wish that you adopted to somebody else. Thank you all the same."),
    "wish_released": _("A wish of %(place)s was given back and waits for another."),
    "wish_stepped_back": _("An adopter gave a wish of %(place)s back while it is being arranged."),
    "wish_order_over": _(
        "The order for a wish of %(place)s is over or could not be done. "
        "Please say that the wish came true, order anew, or answer it once the order is closed."
    ),
    "wish_project_asked": _("You are asked to draft a new service for a wish of %(place)s."),
    "wish_in_hand": _("The wish is being arranged. Open it to see how."),
    "wish_answered": _("There is an answer to your wish."),
    "wish_share": _("Somebody who adopted your wish did their share."),
    "wish_share_staff": _(
        "An adopter of a wish of %(place)s did their share. It comes true when all have, or when you say so."
    ),
    "wish_fulfilled": _("Your wish came true."),
    "wish_fulfilled_staff": _("A wish of %(place)s came true."),
    "wish_fulfilled_adopters": _("A wish that you adopted came true. Thank you!"),
}
NOTHING: Final[Facts] = {}
TO_OFFICES: Final = frozenset(
    {
        "wish_submitted",
        DANGER,
        "wish_passed_up",
        "wish_adopted_staff",
        "wish_released",
        "wish_stepped_back",
        "wish_order_over",
        "wish_project_asked",
        "wish_share_staff",
        "wish_fulfilled_staff",
    }
)


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        topic = Topic.OFFICE if code in TO_OFFICES else Topic.MINE
        at_once = code == DANGER
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="siren" if at_once else "sparkles", goes_out=True, topic=topic,
                is_urgent=at_once,
            )
        )  # fmt: skip


def _tell(
    accounts: Iterable[int],
    kind: str,
    wish: Wish,
    at: datetime,
    link: str,
    but: int | None,
    more: Facts = NOTHING,
) -> None:
    notify(
        account_ids=[account for account in accounts if account != but], kind=kind,
        facts={"place": wish.place.short_name, "place_en": wish.place.name_en, **more}, link=link, at=at,
    )  # fmt: skip


def tell_wisher(*, kind: str, wish: Wish, at: datetime, facts: Facts = NOTHING) -> None:
    accounts = account_ids_of_persons(person_ids=[wish.wisher_id])
    _tell(accounts, kind, wish, at, f"/wishes/{wish.uuid}/", None, facts)


def tell_staff(
    *, kind: str, wish: Wish, at: datetime, but: int | None = None, facts: Facts = NOTHING
) -> None:
    """Tell those who handle wishes where this one is to be answered, else at the nearest place above.

    Danger to life is told to others than `but`, who wrote it down: at the place above, where nobody else is here.
    """
    besides = (but,) if but is not None and kind == DANGER else ()
    accounts = accounts_with_roles(place_id=wish.holder_id, roles=HANDLING_ROLES, besides=besides)
    tell_accounts(account_ids=accounts, kind=kind, wish=wish, at=at, but=but, facts=facts)


def tell_accounts(
    *,
    account_ids: Iterable[int],
    kind: str,
    wish: Wish,
    at: datetime,
    but: int | None = None,
    facts: Facts = NOTHING,
) -> None:
    """Tell some staff; the notice leads to the wish on the desk."""
    _tell(account_ids, kind, wish, at, f"/console/wishes/{wish.uuid}/", but, facts)


def tell_adopter(*, kind: str, adoption: Adoption, wish: Wish, at: datetime, but: int | None = None) -> None:
    """Tell one adopter, who may be none any more."""
    accounts = account_ids_of_persons(person_ids=[adoption.person_id])
    _tell(accounts, kind, wish, at, f"/wishes/{wish.uuid}/", but)


def tell_adopters(*, kind: str, wish: Wish, at: datetime, but: int | None = None) -> None:
    persons = wish.adoptions.filter(released_at=None).values_list("person_id", flat=True)
    _tell(account_ids_of_persons(person_ids=list(persons)), kind, wish, at, f"/wishes/{wish.uuid}/", but)
