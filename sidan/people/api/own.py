"""What one does with one's own account over the API: password, second factor, tokens, offer to serve."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.people import access, operations, queries
from sidan.people.api.shared import place_of
from sidan.people.models import Volunteer
from sidan.people.permissions import require_signed_in
from sidan.people.schemas import (
    ChangePasswordIn,
    OfferIn,
    OwnTokenOut,
    TotpConfirmIn,
    TotpIn,
    TotpOfferOut,
    VolunteerOut,
)

router = Router(tags=["me"])


@router.put("/me/password", response={204: None}, summary="Change or choose one's password")
def change_password(request: HttpRequest, payload: ChangePasswordIn) -> Status[None]:
    """Set the password. All tokens end with it, this one too, and all sessions but this one."""
    account = operations.change_password(actor=actor_of(request), at=now(), **payload.model_dump())
    if not access.bearer_token(request):
        # The change ended every session; this one goes on.
        access.enter_session(request, account_id=account.pk, at=now())
        request.session.save()
    return Status(204, None)


@router.get("/me/tokens", response=list[OwnTokenOut], summary="My tokens that are good now")
def list_tokens(request: HttpRequest) -> list[OwnTokenOut]:
    """Return one's own tokens, the newest first; their texts are not kept."""
    account_id, _person_id = require_signed_in(actor=actor_of(request))
    return [OwnTokenOut.of(token) for token in queries.tokens_of(account_id=account_id, at=now())]


@router.delete("/me/tokens/{uuid:token_id}", response={204: None}, summary="Revoke a token of mine")
def revoke_token(request: HttpRequest, token_id: UUID) -> Status[None]:
    """End a token at once."""
    operations.revoke_token(actor=actor_of(request), at=now(), uuid=token_id)
    return Status(204, None)


@router.post("/me/second-factor", response=TotpOfferOut, summary="Begin to set up a second factor")
def offer_totp(request: HttpRequest) -> TotpOfferOut:
    """Make a secret for an authenticator app (TOTP, RFC 6238). Nothing is kept until it is confirmed."""
    offer = operations.offer_totp(actor=actor_of(request))
    return TotpOfferOut(secret=offer.secret, address=offer.address)


@router.post("/me/second-factor/confirm", response={204: None}, summary="Confirm the second factor")
def confirm_totp(request: HttpRequest, payload: TotpConfirmIn) -> Status[None]:
    """Keep the secret, once a code shows that the app makes the right ones."""
    operations.confirm_totp(actor=actor_of(request), at=now(), secret=payload.secret, code=payload.code)
    return Status(204, None)


@router.post("/me/second-factor/remove", response={204: None}, summary="Take the second factor off")
def remove_totp(request: HttpRequest, payload: TotpIn) -> Status[None]:
    """Take the second factor off, with a last code from it."""
    operations.remove_own_totp(
        actor=actor_of(request), at=now(), code=payload.code, address=access.address_of(request)
    )
    return Status(204, None)


@router.post("/me/volunteer", response={201: VolunteerOut}, summary="Offer to serve")
@decorate_view(idempotent)
def offer_to_serve(request: HttpRequest, payload: OfferIn) -> Status[VolunteerOut]:
    """Apply as a volunteer; the place approves."""
    volunteer = operations.apply_as_volunteer(
        actor=actor_of(request), at=now(), place_id=place_of(payload.place_id).pk, skills=payload.skills,
        free_time=payload.free_time,
    )  # fmt: skip
    return Status(201, VolunteerOut.of(volunteer))


@router.get("/me/volunteer", response=VolunteerOut, summary="My offer to serve")
def get_offer(request: HttpRequest) -> VolunteerOut:
    """Return one's own registration as a volunteer."""
    return VolunteerOut.of(_mine(request))


@router.put("/me/volunteer", response=VolunteerOut, summary="Change what I offer")
def change_offer(request: HttpRequest, payload: OfferIn) -> VolunteerOut:
    """Replace place, skills and free time."""
    present = _mine(request)
    operations.edit_volunteer(
        actor=actor_of(request), at=now(), uuid=present.uuid, place_id=place_of(payload.place_id).pk,
        skills=payload.skills, free_time=payload.free_time,
    )  # fmt: skip
    return get_offer(request)


@router.post("/me/volunteer/pause", response=VolunteerOut, summary="Rest from serving")
def pause_serving(request: HttpRequest) -> VolunteerOut:
    """Be asked to serve no more until one resumes."""
    return _step(request, operations.pause_volunteer)


@router.post("/me/volunteer/resume", response=VolunteerOut, summary="Serve again")
def resume_serving(request: HttpRequest) -> VolunteerOut:
    """End one's rest."""
    return _step(request, operations.resume_volunteer)


@router.post("/me/volunteer/leave", response=VolunteerOut, summary="Leave the roll of volunteers")
def leave_roll(request: HttpRequest) -> VolunteerOut:
    """Leave; what was done stays on record, and one may apply again."""
    return _step(request, operations.leave_as_volunteer)


def _mine(request: HttpRequest) -> Volunteer:
    _account_id, person_id = require_signed_in(actor=actor_of(request))
    present = queries.volunteer_of_person(person_id=person_id)
    if present is None:
        raise NotFound
    return present


def _step(request: HttpRequest, door: Callable[..., Volunteer]) -> VolunteerOut:
    door(actor=actor_of(request), at=now(), uuid=_mine(request).uuid)
    return get_offer(request)
