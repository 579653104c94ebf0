"""Adopting a wish, and giving it back."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from sidan.people.enums import TeamState, VolunteerState
from sidan.people.models import Team, Volunteer
from sidan.wishes.enums import AdopterKind, WishState
from sidan.wishes.models import Adoption, Wish
from sidan.wishes.notices import tell_adopter, tell_staff, tell_wisher
from sidan.wishes.operations.door import moved_on, pass_door
from sidan.wishes.permissions import NotAdopter, adoption_of, may_handle

TOLD_OF: Final = {"release": "wish_released", "step_back": "wish_stepped_back"}


class AdoptedAlready(Conflict):
    code = "wish_adopted_already"
    sentence = _("You have adopted this wish already. Thank you!")


class OwnWish(Conflict):
    code = "own_wish"
    sentence = _("This is your own wish: let somebody else have the joy.")


class NotYourTeamToAdopt(Forbidden):
    code = "not_your_team_to_adopt"
    sentence = _("Only the leader of an active team adopts a wish for it.")


class SeveralAdopters(Conflict):
    code = "several_adopters"
    sentence = _("Several have adopted this wish. Please say whose adoption is given back.")


class NoSuchAdoption(NotFound):
    code = "no_such_adoption"
    sentence = _("This adoption is not here any more. Please look at the wish again.")


def adopt_wish(*, actor: Actor, at: datetime, wish: Wish, team_uuid: UUID | None = None) -> Adoption:
    """Adopt a wish of the wall, as oneself or for a team one leads. Who comes after the last place is taken is told so.

    Raises:
        NotSignedIn, OwnWish, AdoptedAlready, NotYourTeamToAdopt
        WishMovedOn: it is not on the wall any more.
    """
    if actor.person_id is None:
        raise NotSignedIn
    if wish.wisher_id == actor.person_id:
        raise OwnWish
    team = _led_team(actor, team_uuid) if team_uuid else None
    with transaction.atomic():
        # Locked before it is counted: the last place goes to one.
        locked = Wish.unscoped.select_for_update().get(pk=wish.pk)
        taken = list(locked.adoptions.filter(released_at=None))
        if any(one.person_id == actor.person_id or (team and one.team_id == team.pk) for one in taken):
            raise AdoptedAlready
        if locked.state != "on_wall":
            raise moved_on(locked.state)
        made = Adoption.objects.create(
            wish=locked, kind=_kind(actor, team), person_id=actor.person_id, team=team, adopted_at=at
        )
        locked.wisher, locked.place = wish.wisher, wish.place
        pass_door(wish=locked, actor=actor, at=at, verb="adopt" if len(taken) + 1 >= locked.takes else "join")
        tell_wisher(kind="wish_adopted", wish=locked, at=at)
        tell_staff(kind="wish_adopted_staff", wish=locked, at=at)
    return made


def release_adoption(
    *, actor: Actor, at: datetime, wish: Wish, words: str = "", adoption: UUID | None = None
) -> Wish:
    """Give an adopted wish back; staff may do it for an adopter who does not answer, who is told.

    It hangs on the wall again; one that is being arranged goes on being arranged, without this adopter.

    Args:
        adoption: the public id of the adoption; without it one's own, or for staff the only one there is.

    Raises:
        NotAdopter, NoSuchAdoption, WishMovedOn
        SeveralAdopters: staff did not say whose.
    """
    freed = _to_release(actor, wish, adoption)
    with transaction.atomic():
        verb = "step_back" if wish.state == WishState.IN_HAND else "release"
        pass_door(wish=wish, actor=actor, at=at, verb=verb, words=words)
        freed.released_at = at
        freed.save(update_fields=["released_at"])
        tell_staff(kind=TOLD_OF[verb], wish=wish, at=at, but=actor.account_id)
        if freed.person_id != actor.person_id:
            tell_adopter(kind="wish_freed", adoption=freed, wish=wish, at=at, but=actor.account_id)
    return wish


def _to_release(actor: Actor, wish: Wish, uuid: UUID | None) -> Adoption:
    own = adoption_of(actor=actor, wish=wish)
    if own is not None and uuid in {None, own.uuid}:
        return own
    if not may_handle(actor=actor, wish=wish):
        raise NotAdopter
    live = wish.adoptions.filter(released_at=None)
    found = list(live.filter(uuid=uuid) if uuid else live[:2])
    if len(found) > 1:
        raise SeveralAdopters
    if not found:
        raise NoSuchAdoption
    return found[0]


def _led_team(actor: Actor, uuid: UUID) -> Team:
    team = Team.objects.filter(uuid=uuid, pk__in=actor.led_team_ids, state=TeamState.ACTIVE).first()
    if team is None:
        raise NotYourTeamToAdopt
    return team


def _kind(actor: Actor, team: Team | None) -> AdopterKind:
    if team is not None:
        return AdopterKind.TEAM
    is_volunteer = Volunteer.unscoped.filter(person=actor.person_id, state=VolunteerState.ACTIVE).exists()
    return AdopterKind.VOLUNTEER if is_volunteer else AdopterKind.DONOR
