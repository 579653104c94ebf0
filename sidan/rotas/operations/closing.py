"""The clock closes a watch that is over; who was there has hours."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from sidan.attendance.models import Mark
from sidan.core.actor import SYSTEM
from sidan.hours.operations import Service, write_occasion
from sidan.hours.queries import has_occasion
from sidan.rotas.enums import RotaKind, WatchState
from sidan.rotas.models import Watch
from sidan.rotas.operations.door import lock_watches, pass_watch


@transaction.atomic
def close_watch(*, at: datetime, watch_id: int) -> None:
    """Close a watch that is over. Done twice it is the same."""
    watch = lock_watches([watch_id])[watch_id]
    if watch.state != WatchState.AHEAD or watch.span.ends > at:
        return
    pass_watch(watch=watch, actor=SYSTEM, at=at, verb="close")
    if watch.cause_id and Mark.objects.filter(cause=watch.cause_id).exists():
        say_what_it_was(watch=watch, at=at)


def say_what_it_was(*, watch: Watch, at: datetime) -> None:
    """Tell the hours once what a watch was, within the caller's transaction; what is proven is recorded."""
    if watch.cause is None or has_occasion(cause_id=watch.cause.pk):
        return
    rota = watch.rota
    kind = RotaKind(rota.kind)
    service = Service(
        title=rota.name, title_en=rota.name_en, content=_in("zh-hans", kind), content_en=_in("en", kind),
        place=rota.place, day=watch.day, ended_at=min(at, watch.span.ends), team=rota.team,
    )  # fmt: skip
    write_occasion(at=at, cause=watch.cause, service=service)


def _in(language: str, kind: RotaKind) -> str:
    with translation.override(language):
        return str(kind.label)
