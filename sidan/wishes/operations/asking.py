"""Asking who manages the library to make a new service of a wish: who reads wishes may often not draft one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.permissions import manages
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotSignedIn
from sidan.people.enums import MANAGING_ROLES
from sidan.people.queries import accounts_with_roles
from sidan.wishes.models import ProjectAsked, Wish
from sidan.wishes.notices import tell_accounts
from sidan.wishes.operations.door import leave_trail, moved_on
from sidan.wishes.permissions import require_handling
from sidan.wishes.states import WISH


class OwnLibrary(Conflict):
    code = "own_library"
    sentence = _("You manage the library here yourself: please draft the service.")


class NobodyDrafts(Conflict):
    code = "nobody_drafts"
    sentence = _("Neither this place nor one above it has a manager or director. Please call the center.")


class ServiceAskedAlready(Conflict):
    code = "service_asked_already"
    sentence = _("They have been asked for a service already.")


@transaction.atomic
def ask_for_project(*, actor: Actor, at: datetime, wish: Wish) -> ProjectAsked:
    """Ask the managers and directors of the place, else of the nearest above it, to draft a service; once a wish.

    Raises:
        NotYourWishesDesk: the actor does not answer this wish.
        WishMovedOn: nothing can be drafted for it any more.
        OwnLibrary: the actor may draft it.
        NobodyDrafts: there is none to ask.
        ServiceAskedAlready: by whomever.
    """
    require_handling(actor=actor, wish=wish)
    if actor.account_id is None:
        raise NotSignedIn
    # It stands still meanwhile: nobody is asked about a wish that was answered at the same moment.
    state = Wish.unscoped.select_for_update(of=("self",)).get(pk=wish.pk).state
    if state not in WISH["draft"].sources:
        raise moved_on(state)
    if manages(actor=actor, place_id=wish.place_id, county_id=wish.county_id):
        raise OwnLibrary
    asked = accounts_with_roles(place_id=wish.place_id, roles=MANAGING_ROLES)
    if not asked:
        raise NobodyDrafts
    made, is_new = ProjectAsked.objects.get_or_create(
        wish=wish, defaults={"by_id": actor.account_id, "at": at}
    )
    if not is_new:
        raise ServiceAskedAlready
    leave_trail(wish=wish, actor=actor, at=at, verb="ask_project")
    tell_accounts(account_ids=asked, kind="wish_project_asked", wish=wish, at=at, but=actor.account_id)
    return made
