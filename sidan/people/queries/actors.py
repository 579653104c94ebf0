"""Who is asking: the actor of an account or of a token, in one statement.

Plain SQL because every request passes here: role grants with the kind and county of their place, teams led and teams
belonged to come back in the one row.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from sidan.core.actor import Actor, Grant
from sidan.core.errors import NotSignedIn
from sidan.people.models import Person

_COLUMNS: Final = """
SELECT account.id, account.uuid, account.password, person.id, person.name, person.home_place_id,
       account.language, account.large_print, account.theme, length(account.totp_secret) > 0,
       ARRAY(SELECT role_grant.role || ':' || place.kind || ':' || place.id || ':' || coalesce(place.county_id, 0)
             FROM people_rolegrant role_grant JOIN places_place place ON place.id = role_grant.place_id
             WHERE role_grant.account_id = account.id AND role_grant.ended_at IS NULL
             ORDER BY role_grant.id),
       ARRAY(SELECT membership.team_id FROM people_teammember membership
             WHERE membership.person_id = person.id AND membership.left_on IS NULL ORDER BY membership.team_id),
       ARRAY(SELECT team.id FROM people_team team
             WHERE team.leader_id = person.id AND team.state <> 'dissolved' ORDER BY team.id)
"""
BY_ACCOUNT: Final = (
    _COLUMNS
    + """
FROM people_account account JOIN people_person person ON person.id = account.person_id
WHERE account.id = %s AND account.is_active
"""
)
BY_TOKEN: Final = (
    _COLUMNS
    + """
FROM people_apitoken token
JOIN people_account account ON account.id = token.account_id
JOIN people_person person ON person.id = account.person_id
WHERE token.token_hash = %s AND token.revoked_at IS NULL AND token.expires_at > %s AND account.is_active
"""
)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor with the two facts that only the door needs: what a session is bound to, and the second factor."""

    actor: Actor
    password_hash: str
    has_totp: bool


def _grant(text: str) -> Grant:
    role, kind, place_id, county_id = text.split(":")
    return Grant(role=role, place_id=int(place_id), county_id=int(county_id) or None, kind=kind)


def _known(row: tuple[Any, ...] | None) -> KnownActor | None:
    if row is None:
        return None
    # Who leads a team speaks for it also where nobody wrote the leader down as a member.
    led = tuple(row[12])
    teams = tuple(dict.fromkeys((*row[11], *led)))
    actor = Actor(
        account_id=row[0],
        account_uuid=str(row[1]),
        person_id=row[3],
        name=row[4],
        home_place_id=row[5],
        language=row[6],
        large_print=row[7],
        theme=row[8],
        grants=tuple(map(_grant, row[10])),
        team_ids=teams,
        led_team_ids=led,
    )
    return KnownActor(actor=actor, password_hash=row[2], has_totp=bool(row[9]))


def token_hash(token: str) -> bytes:
    """Return what is kept of a bearer token: it is random and long, so a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).digest()


def known_actor_for_account(account_id: int) -> KnownActor | None:
    """Return the actor of an active account with what its session is bound to."""
    with connection.cursor() as cursor:
        cursor.execute(BY_ACCOUNT, [account_id])
        return _known(cursor.fetchone())


def known_actor_for_token(token: str, *, at: datetime) -> KnownActor | None:
    """Return the actor a bearer token stands for, unless it ended, was revoked, or its account was closed."""
    with connection.cursor() as cursor:
        cursor.execute(BY_TOKEN, [token_hash(token), at])
        return _known(cursor.fetchone())


def actor_for_account(account_id: int) -> Actor | None:
    """Return the actor of an active account; none for one that is closed or not there."""
    known = known_actor_for_account(account_id)
    return known.actor if known else None


def actor_for_token(token: str, *, at: datetime) -> Actor | None:
    """Return the actor a bearer token stands for; none for a token that is not good (any more)."""
    known = known_actor_for_token(token, at=at)
    return known.actor if known else None


def person_of(actor: Actor) -> Person:
    """Return who acts. Raises NotSignedIn."""
    if actor.person_id is None:
        raise NotSignedIn
    return Person.unscoped.get(pk=actor.person_id)
