"""Whom to tell: accounts by role, by person, by team. Ids only; no scope, because nothing of a person is shown."""

from collections.abc import Iterable

from django.db import connection

from sidan.people.models import Account

NEAREST_HOLDERS = """
WITH holders AS (
    SELECT link.depth, role_grant.account_id
    FROM places_placelink link
    JOIN people_rolegrant role_grant ON role_grant.place_id = link.ancestor_id
    JOIN people_account account ON account.id = role_grant.account_id
    WHERE link.descendant_id = %s AND upper_inf(link.during)
      AND (role_grant.role = ANY(%s) OR link.depth = 0 AND role_grant.role = ANY(%s))
      AND role_grant.ended_at IS NULL AND account.is_active AND account.id <> ALL(%s::bigint[])
)
SELECT DISTINCT account_id FROM holders WHERE depth = (SELECT min(depth) FROM holders) ORDER BY account_id
"""

NEAREST_PLACE = """
SELECT link.ancestor_id
FROM places_placelink link
JOIN people_rolegrant role_grant ON role_grant.place_id = link.ancestor_id
JOIN people_account account ON account.id = role_grant.account_id
WHERE link.descendant_id = %s AND upper_inf(link.during)
  AND (role_grant.role = ANY(%s) OR link.depth = 0 AND role_grant.role = ANY(%s))
  AND role_grant.ended_at IS NULL AND account.is_active
ORDER BY link.depth LIMIT 1
"""

HOLDERS_BELOW = """
SELECT DISTINCT role_grant.account_id
FROM places_placelink link
JOIN people_rolegrant role_grant ON role_grant.place_id = link.descendant_id
JOIN people_account account ON account.id = role_grant.account_id
WHERE link.ancestor_id = %s AND link.depth > 0 AND upper_inf(link.during)
  AND role_grant.role = ANY(%s) AND role_grant.ended_at IS NULL AND account.is_active
ORDER BY 1
"""

# Plain SQL like the one above: every step of an order tells somebody.
ACCOUNTS_OF_PERSONS = """
SELECT id FROM people_account WHERE person_id = ANY(%s::bigint[]) AND is_active ORDER BY id
"""
ACCOUNT_OF_LEADER = """
SELECT account.id FROM people_team team JOIN people_account account ON account.person_id = team.leader_id
WHERE team.id = %s AND account.is_active
"""


def accounts_with_roles(
    *, place_id: int, roles: Iterable[str], here: Iterable[str] = (), besides: Iterable[int] = ()
) -> list[int]:
    """Return the accounts that hold one of the roles at the place, else at its nearest ancestor where somebody does.

    The roles in `here` count at the place itself and nowhere above it; the accounts `besides` which somebody is
    looked for count nowhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAREST_HOLDERS, [place_id, sorted(roles), sorted(here), sorted(besides)])
        return [row[0] for row in cursor.fetchall()]


def accounts_below(*, place_id: int, roles: Iterable[str]) -> list[int]:
    """Return the accounts that hold one of the roles at any place below one."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS_BELOW, [place_id, sorted(roles)])
        return [row[0] for row in cursor.fetchall()]


def nearest_place_with_roles(*, place_id: int, roles: Iterable[str], here: Iterable[str] = ()) -> int | None:
    """Return the place itself or its nearest ancestor at which somebody holds one of the roles; else nothing.

    The roles in `here` count at the place itself and nowhere above it.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAREST_PLACE, [place_id, sorted(roles), sorted(here)])
        row = cursor.fetchone()
        return None if row is None else row[0]


def account_ids_of_persons(*, person_ids: Iterable[int]) -> list[int]:
    """Return the active accounts of some persons; many persons have none."""
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS_OF_PERSONS, [list(person_ids)])
        return [row[0] for row in cursor.fetchall()]


def leader_account_ids(*, team_id: int) -> list[int]:
    """Return the account of the leader of a team: one, or none."""
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNT_OF_LEADER, [team_id])
        return [row[0] for row in cursor.fetchall()]


def leader_accounts_of(*, team_ids: Iterable[int]) -> list[int]:
    """Return the accounts of the leaders of many teams, each once."""
    found = Account.objects.filter(person__led_teams__in=list(team_ids), is_active=True)
    return list(found.order_by("id").values_list("id", flat=True).distinct())


def member_account_ids(*, team_id: int) -> list[int]:
    """Return the active accounts of a team's present members."""
    found = Account.objects.filter(
        person__memberships__team=team_id, person__memberships__left_on=None, is_active=True
    )
    return list(found.order_by("id").values_list("id", flat=True))
