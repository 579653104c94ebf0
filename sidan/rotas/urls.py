"""Rotas: /rotas/… for who takes turns, /console/rotas/… for staff."""

from django.urls import path

from sidan.rotas.views import crews, duties, gaps, months, portal, rotas, swaps, watches

app_name = "rotas"
MINE = "rotas/"
DUTY = f"{MINE}<uuid:uuid>/"
SWAP = f"{MINE}swaps/<uuid:uuid>/"
GAP = f"{MINE}gaps/<uuid:uuid>/"
STAFF = "console/rotas/"
ROTA = f"{STAFF}<uuid:uuid>/"
WATCH = f"{STAFF}shifts/<uuid:uuid>/"
TURN = f"{STAFF}turns/<uuid:uuid>/"

urlpatterns = [
    path(MINE, portal.mine, name="mine"),
    path(f"{MINE}away/", portal.away, name="away"),
    path(f"{MINE}away/<uuid:uuid>/back/", portal.back, name="back"),
    path(DUTY, portal.duty, name="duty"),
    path(f"{DUTY}here/", portal.here, name="here"),
    path(f"{DUTY}withdraw/", portal.withdraw, name="withdraw"),
    path(f"{DUTY}answer/", portal.answer, name="answer"),
    path(f"{DUTY}swap/", swaps.ask, name="ask_swap"),
    path(SWAP, swaps.swap, name="swap"),
    path(f"{SWAP}accept/", swaps.accept, name="accept_swap"),
    path(f"{SWAP}refuse/", swaps.refuse, name="refuse_swap"),
    path(f"{SWAP}cancel/", swaps.cancel, name="cancel_swap"),
    path(GAP, portal.gap, name="gap"),
    path(f"{GAP}take/", portal.take, name="take"),
    path(STAFF, rotas.rotas, name="rotas"),
    path(f"{STAFF}export/", rotas.export, name="export"),
    path(f"{STAFF}new/", rotas.new, name="new"),
    path(f"{STAFF}gaps/", gaps.gaps, name="gaps"),
    path(f"{STAFF}gaps/export/", gaps.export, name="export_gaps"),
    path(f"{STAFF}swaps/<uuid:uuid>/approve/", swaps.approve, name="approve_swap"),
    path(f"{STAFF}swaps/<uuid:uuid>/refuse/", swaps.staff_refuse, name="staff_refuse_swap"),
    path(ROTA, rotas.rota, name="rota"),
    path(f"{ROTA}paper/", rotas.paper, name="paper"),
    path(f"{ROTA}months/", months.month, name="month"),
    path(f"{ROTA}months/export/", months.export, name="export_month"),
    path(f"{ROTA}change/", rotas.change, name="change"),
    path(f"{ROTA}plan/", rotas.plan, name="plan"),
    path(f"{ROTA}end/", rotas.end, name="end"),
    path(f"{ROTA}resume/", rotas.resume, name="resume"),
    path(f"{ROTA}people/", crews.people, name="people"),
    path(f"{ROTA}people/group/", crews.group, name="add_group"),
    path(f"{ROTA}people/team/", crews.team, name="add_team"),
    path(f"{ROTA}people/<uuid:person>/join/", crews.join, name="join"),
    path(f"{ROTA}people/<uuid:member>/leave/", crews.leave, name="leave"),
    path(WATCH, watches.watch, name="watch"),
    path(f"{WATCH}fill/", watches.fill, name="fill"),
    path(f"{WATCH}announce/", watches.announce, name="announce"),
    path(f"{WATCH}call-off/", watches.call_off, name="call_off"),
    path(f"{WATCH}code/", watches.code, name="code"),
    path(f"{WATCH}scan/", watches.scan, name="scan"),
    path(f"{WATCH}times/<uuid:mark>/", watches.judge, name="judge"),
    path(TURN, duties.duty, name="staff_duty"),
    path(f"{TURN}hand/", duties.hand, name="hand"),
    path(f"{TURN}take-off/", duties.take_off, name="take_off"),
    path(f"{TURN}miss/", duties.miss, name="miss"),
    path(f"{TURN}excuse/", duties.excuse, name="excuse"),
]
