"""Bearer tokens of the API: shown once, kept as a hash, good for thirty days."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotFound
from sidan.people.models import ApiToken
from sidan.people.permissions import require_signed_in
from sidan.people.queries import token_hash

TOKEN_BYTES: Final = 32
TOKEN_DAYS: Final = 30
MAX_TOKENS: Final = 20


class TooManyTokens(Conflict):
    code = "too_many_tokens"
    sentence = _("This account has %(count)s tokens already. Revoke one that is no longer needed.")


@transaction.atomic
def issue_token(*, actor: Actor, at: datetime, name: str = "") -> tuple[str, ApiToken]:
    """Make a token for the actor; the text is returned this once.

    Raises:
        TooManyTokens: twenty are in use.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    in_use = ApiToken.objects.filter(account=account_id, revoked_at=None, expires_at__gt=at).count()
    if in_use >= MAX_TOKENS:
        raise TooManyTokens(count=in_use)
    text = secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken.objects.create(
        account_id=account_id,
        token_hash=token_hash(text),
        name=name,
        created_at=at,
        expires_at=at + timedelta(days=TOKEN_DAYS),
    )
    record(actor=actor, at=at, verb="token.issued", subject=("token", token.pk))
    return text, token


@transaction.atomic
def revoke_token(*, actor: Actor, at: datetime, uuid: UUID) -> None:
    """End one of the actor's own tokens. A token that has ended already is not found."""
    account_id, _person_id = require_signed_in(actor=actor)
    token = ApiToken.objects.filter(account=account_id, uuid=uuid, revoked_at=None).first()
    if token is None or not _revoke(token=token, at=at):
        raise NotFound
    record(actor=actor, at=at, verb="token.revoked", subject=("token", token.pk))


@transaction.atomic
def revoke_this_token(*, actor: Actor, at: datetime, text: str) -> None:
    """Sign a program out: end the very token it came with."""
    account_id, _person_id = require_signed_in(actor=actor)
    token = ApiToken.objects.filter(account=account_id, token_hash=token_hash(text), revoked_at=None).first()
    if token is None or not _revoke(token=token, at=at):
        raise NotFound
    record(actor=actor, at=at, verb="account.signed_out", subject=("account", actor.account_id))


def _revoke(*, token: ApiToken, at: datetime) -> bool:
    return bool(ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at))
