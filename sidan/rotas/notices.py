"""What rotas tell people. No notice says who: the page behind it does, to whom it concerns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind, with_when
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles
from sidan.rotas.models import Duty, Swap, Watch
from sidan.rotas.permissions import RUNNING_ROLES

TO_PEOPLE: Final = {
    "duty_planned": _("You have new turns on the rota “%(rota)s” of %(place)s, the first %(when)s."),
    "rota_left": _(
        "You are no longer on the rota “%(rota)s” of %(place)s: your turn %(when)s and those after it are open."
    ),
    "duty_filled": _("You were put on the rota “%(rota)s” of %(place)s for %(when)s."),
    "duty_taken_off": _("You are not on the rota “%(rota)s” of %(place)s %(when)s any more."),
    "duty_missed": _(
        "“%(rota)s” of %(place)s, %(when)s: it was written down that you were not there. Please answer."
    ),
    "duty_excused": _("“%(rota)s” of %(place)s, %(when)s: that you were not there was taken back."),
    "duty_gap": _("“%(rota)s” of %(place)s lacks people %(when)s. Who can? The first who says so has it."),
    "swap_asked": _("A colleague asks you to take a turn: “%(rota)s” of %(place)s, %(when)s. Please answer."),
    "swap_offered": _("A colleague gives a turn away: “%(rota)s” of %(place)s, %(when)s. Who can?"),
    "swap_done": _("The swap is done: “%(rota)s” of %(place)s, %(when)s."),
    "swap_agreed": _(
        "A colleague takes your turn of “%(rota)s” of %(place)s, %(when)s, if the office agrees."
    ),
    "swap_refused": _(
        "The swap of “%(rota)s” of %(place)s, %(when)s, is not possible: the turn stays as it was."
    ),
    "swap_cancelled": _("“%(rota)s” of %(place)s, %(when)s: your colleague does not want to swap any more."),
    "swap_lapsed": _("The swap of “%(rota)s” of %(place)s, %(when)s, has run out: the turn stays yours."),
    "swap_run_out": _(
        "A swap that you were asked for has run out: “%(rota)s” of %(place)s, %(when)s. Your turns stay as they were."
    ),
    "swap_gone": _("The swap of “%(rota)s” of %(place)s, %(when)s, has ended: a turn of it is gone."),
}
TO_OFFICES: Final = {
    "rota_lost": _(
        "Somebody on the rota “%(rota)s” of %(place)s pauses or has left: %(when)s and later a person is lacking."
    ),
    "duty_withdrawn": _("Somebody cannot come to “%(rota)s” of %(place)s, %(when)s: a person is lacking."),
    "duty_answered": _("“%(rota)s” of %(place)s, %(when)s: somebody says why they were not there."),
    "swap_to_approve": _("Two people want to swap “%(rota)s” of %(place)s, %(when)s. Please decide."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for topic, sentences in ((Topic.TEAM, TO_PEOPLE), (Topic.OFFICE, TO_OFFICES)):
        for code, sentence in sentences.items():
            register_kind(
                NoticeKind(
                    code=code, sentence=sentence, icon="calendar-clock", goes_out=True, topic=topic, words=with_when
                )
            )  # fmt: skip


def _facts(watch: Watch, at: datetime) -> Facts:
    return {
        "rota": watch.rota.name, "rota_en": watch.rota.name_en or watch.rota.name,
        "place": watch.rota.place.short_name, "place_en": watch.rota.place.name_en,
        "begins": watch.span.begins.isoformat(), "told": at.isoformat(),
    }  # fmt: skip


def tell_people(
    *,
    kind: str,
    watch: Watch,
    person_ids: Iterable[int],
    at: datetime,
    but: int | None = None,
    link: str = "/rotas/",
) -> None:
    """Tell some people of a rota."""
    accounts = [one for one in account_ids_of_persons(person_ids=person_ids) if one != but]
    notify(account_ids=accounts, kind=kind, facts=_facts(watch, at), link=link, at=at)


def tell_whose(*, kind: str, duty: Duty, at: datetime, but: int | None = None) -> None:
    """Tell whose turn it is."""
    tell_people(
        kind=kind, watch=duty.watch, person_ids=[duty.person_id], at=at, but=but, link=f"/rotas/{duty.uuid}/"
    )


def tell_crew(*, kind: str, watch: Watch, person_ids: Iterable[int], at: datetime) -> None:
    """Tell some people of a rota what became of their turns from one watch on."""
    tell_people(kind=kind, watch=watch, person_ids=person_ids, at=at)


def tell_desk(*, kind: str, watch: Watch, at: datetime) -> None:
    """Tell those who plan at the place what became of a rota: its page shows each gap."""
    accounts = accounts_with_roles(place_id=watch.place_id, roles=RUNNING_ROLES)
    link = f"/console/rotas/{watch.rota.uuid}/"
    notify(account_ids=accounts, kind=kind, facts=_facts(watch, at), link=link, at=at)


def tell_office(*, kind: str, watch: Watch, at: datetime, but: int | None = None) -> None:
    """Tell those who plan at the place, else at the nearest place above."""
    accounts = accounts_with_roles(place_id=watch.place_id, roles=RUNNING_ROLES)
    notify(
        account_ids=[one for one in accounts if one != but], kind=kind, facts=_facts(watch, at),
        link=f"/console/rotas/shifts/{watch.uuid}/", at=at,
    )  # fmt: skip


def tell_of_swap(
    *, kind: str, swap: Swap, person_ids: Iterable[int], at: datetime, but: int | None = None
) -> None:
    """Tell some of those whom a swap concerns."""
    tell_people(
        kind=kind,
        watch=swap.duty.watch,
        person_ids=person_ids,
        at=at,
        but=but,
        link=f"/rotas/swaps/{swap.uuid}/",
    )
