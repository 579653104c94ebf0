"""What rotas tell the apps below them when they start."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.clock import now
from sidan.core.promised import register_promises
from sidan.core.requests import actor_of
from sidan.core.slots import register_piece
from sidan.hours.queries import UnsaidOccasion
from sidan.rotas import finder, notices, queries, words
from sidan.rotas.models import Duty, Rota, Swap, Watch


def _rotas(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Rota.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _watches(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Watch.unscoped.filter(pk__in=ids).values_list("pk", "rota__name"))


def _duties(ids: Collection[int]) -> Mapping[int, str]:
    """Of a turn the trail names the rota: whose it is stands behind its own door."""
    return dict(Duty.unscoped.filter(pk__in=ids).values_list("pk", "watch__rota__name"))


def _swaps(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Swap.unscoped.filter(pk__in=ids).values_list("pk", "duty__watch__rota__name"))


def _of_me(request: HttpRequest, _volunteer: object) -> Mapping[str, Any]:
    """On one's own page: one's next turn, and the door to all of them."""
    actor = actor_of(request)
    return {"duty": queries.my_duties(actor=actor, at=now()).order_by("during", "id").first()}


def _of_unsaid(_request: HttpRequest, unsaid: Sequence[UnsaidOccasion]) -> Mapping[str, Any] | None:
    """Lead to the shifts in scope that are over without a word on the times of those who were there."""
    found = queries.watches_of_causes(cause_ids=[one.occasion.cause_id for one in unsaid])
    rows = [
        {"watch": found[one.occasion.cause_id], "people": one.people}
        for one in unsaid if one.occasion.cause_id in found
    ]  # fmt: skip
    return {"rows": rows} if rows else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="rota", looks=words.ROTA_LOOKS)
    register_looks(machine="watch", looks=words.WATCH_LOOKS)
    register_looks(machine="duty", looks=words.DUTY_LOOKS)
    register_looks(machine="swap", looks=words.SWAP_LOOKS)
    register_verbs(words.TRAIL)
    register_names("rota", _rotas)
    register_names("watch", _watches)
    register_names("duty", _duties)
    register_names("swap", _swaps)
    register_promises(queries.duties_promised)
    register_piece(slot="people.me", template="rotas/_door.html", context=_of_me)
    register_piece(slot="hours.unsaid", template="rotas/_of_unsaid.html", context=_of_unsaid)
