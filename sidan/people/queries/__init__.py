"""Questions about people: who asks, whom to tell, who is there."""

from sidan.people.queries.actors import (
    KnownActor,
    actor_for_account,
    actor_for_token,
    known_actor_for_account,
    known_actor_for_token,
    token_hash,
)
from sidan.people.queries.holders import (
    account_ids_of_persons,
    accounts_with_roles,
    leader_account_ids,
    member_account_ids,
)

__all__ = [
    "KnownActor",
    "account_ids_of_persons",
    "accounts_with_roles",
    "actor_for_account",
    "actor_for_token",
    "known_actor_for_account",
    "known_actor_for_token",
    "leader_account_ids",
    "member_account_ids",
    "token_hash",
]
