"""Signing in to a token, registering, signing out, and one's own account."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from sidan.core.clock import now
from sidan.core.errors import NotSignedIn
from sidan.core.requests import actor_of, asker_of
from sidan.people import access, operations, queries
from sidan.people.api.shared import place_of
from sidan.people.permissions import require_signed_in
from sidan.people.schemas import (
    AskForCodeIn,
    CodeIn,
    ContactIn,
    EmailCodeIn,
    EmailIn,
    MeOut,
    PasswordIn,
    RegisterIn,
    SettingsIn,
    TokenOut,
)

router = Router(tags=["me"])


class TotpNeeded(NotSignedIn):
    code = "totp_needed"
    sentence = _("This account has a second factor: send the code of the authenticator app as well.")


@router.post("/sign-in", response={201: TokenOut}, auth=None, summary="Sign in by password")
def sign_in(request: HttpRequest, payload: PasswordIn) -> Status[TokenOut]:
    """Return a bearer token that is good for thirty days."""
    signed_in = operations.sign_in_with_password(
        actor=asker_of(request),
        at=now(),
        phone=payload.phone,
        password=payload.password,
        address=access.address_of(request),
    )
    return Status(201, _token(request, signed_in, totp=payload.totp, name=payload.name))


@router.post("/sign-in/code", response={204: None}, auth=None, summary="Send a code to a phone")
def ask_for_code(request: HttpRequest, payload: AskForCodeIn) -> Status[None]:
    """Send six digits, good for five minutes; at most five an hour to a number, and fifty from one address."""
    operations.request_code(
        actor=asker_of(request), at=now(), phone=payload.phone, address=access.address_of(request)
    )
    return Status(204, None)


@router.post("/sign-in/code/confirm", response={201: TokenOut}, auth=None, summary="Sign in by the code")
def confirm_code(request: HttpRequest, payload: CodeIn) -> Status[TokenOut]:
    """Return a bearer token; a number that nobody registered is told so (404), and its code stays good."""
    signed_in = operations.sign_in_with_code(
        actor=asker_of(request), at=now(), phone=payload.phone, code=payload.code
    )
    return Status(201, _token(request, signed_in, totp=payload.totp, name=payload.name))


@router.post("/register", response={201: TokenOut}, auth=None, summary="Register oneself")
def register(request: HttpRequest, payload: RegisterIn) -> Status[TokenOut]:
    """Register with a phone proven by a code; the answer is a token for the new account."""
    account = operations.register_resident(
        actor=asker_of(request), at=now(), phone=payload.phone, code=payload.code, name=payload.name,
        home_place_id=place_of(payload.place_id).pk, password=payload.password,
    )  # fmt: skip
    signed_in = operations.SignedIn(account_id=account.pk, needs_totp=False)
    return Status(201, _token(request, signed_in, totp="", name=""))


def _token(request: HttpRequest, signed_in: operations.SignedIn, *, totp: str, name: str) -> TokenOut:
    if signed_in.needs_totp:
        if not totp:
            raise TotpNeeded
        operations.use_totp(
            account_id=signed_in.account_id, at=now(), code=totp, address=access.address_of(request)
        )
        operations.note_sign_in(actor=asker_of(request), at=now(), account_id=signed_in.account_id)
    known = queries.known_actor_for_account(signed_in.account_id)
    if known is None:
        raise NotSignedIn
    if access.owes_totp(known):
        raise access.TotpCompulsory
    text, token = operations.issue_token(actor=known.actor, at=now(), name=name)
    return TokenOut(token=text, expires_at=token.expires_at)


@router.post("/sign-out", response={204: None}, summary="Sign out")
def sign_out(request: HttpRequest) -> Status[None]:
    """End the token that this call came with, or the session."""
    actor, token = actor_of(request), access.bearer_token(request)
    if token:
        operations.revoke_this_token(actor=actor, at=now(), text=token)
    else:
        operations.note_sign_out(actor=actor, at=now())
        access.leave_session(request)
    return Status(204, None)


@router.get("/me", response=MeOut, summary="Who I am here")
def get_me(request: HttpRequest) -> MeOut:
    """Return one's own account; the phone is masked."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    return MeOut.of(actor=actor, account=queries.own_account(account_id=account_id))


@router.patch("/me/settings", response=MeOut, summary="Change language, large print, colours")
def change_settings(request: HttpRequest, payload: SettingsIn) -> MeOut:
    """Keep how one likes to read."""
    operations.choose_look(actor=actor_of(request), **payload.model_dump())
    return get_me(request)


@router.put("/me/contact", response=MeOut, summary="Change name, contact phone, address, home place")
def change_contact(request: HttpRequest, payload: ContactIn) -> MeOut:
    """Replace one's own contact data."""
    operations.edit_own_contact(
        actor=actor_of(request), at=now(), name=payload.name, contact_phone=payload.contact_phone,
        address=payload.address, home_place_id=place_of(payload.place_id).pk,
    )  # fmt: skip
    return get_me(request)


@router.post("/me/email", response={204: None}, summary="Send a code to an e-mail address")
def ask_for_email_code(request: HttpRequest, payload: EmailIn) -> Status[None]:
    """Send six digits, good for five minutes; the present address stays until they come back."""
    operations.request_email_code(actor=actor_of(request), at=now(), email=payload.email)
    return Status(204, None)


@router.post("/me/email/confirm", response=MeOut, summary="Confirm the e-mail address by the code")
def confirm_email(request: HttpRequest, payload: EmailCodeIn) -> MeOut:
    """Take the address to which the last code was sent."""
    operations.confirm_email(actor=actor_of(request), at=now(), code=payload.code)
    return get_me(request)


@router.delete("/me/email", response={204: None}, summary="Take the e-mail address away")
def remove_email(request: HttpRequest) -> Status[None]:
    """Send nothing by e-mail any more."""
    operations.remove_email(actor=actor_of(request), at=now())
    return Status(204, None)
