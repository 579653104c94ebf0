"""The stalls of fairs: /fairs/… for everybody, /my/stalls/… for leaders of teams, /console/fairs/… for staff."""

from django.urls import path

from sidan.fairs.views import counting, desk, kinds, layout, paper, portal, stall, team

app_name = "fairs"
PUBLIC = "fairs/<uuid:uuid>/"
MINE = "my/stalls/"
OWN = f"{MINE}<uuid:uuid>/"
DESK = "console/fairs/"
KINDS = f"{DESK}kinds/"
FAIR = f"{DESK}<uuid:uuid>/"
STALL = f"{FAIR}stalls/<uuid:stall>/"
HOLDER = f"{FAIR}holders/<uuid:holder>/"

urlpatterns = [
    path(f"{PUBLIC}plan.pdf", paper.plan, name="plan"),
    path(f"{PUBLIC}stalls/<uuid:stall>/", portal.stall, name="public_stall"),
    path(MINE, team.mine, name="mine"),
    path(f"{MINE}ask/<uuid:uuid>/", team.ask, name="ask"),
    path(OWN, team.my_stall, name="my_stall"),
    path(f"{OWN}withdraw/", team.withdraw, name="withdraw"),
    path(f"{OWN}give-back/", team.give_back, name="give_back"),
    path(f"{OWN}count/", team.count, name="my_count"),
    path(f"{OWN}counts/<uuid:count>/correct/", team.correct, name="my_correct"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(KINDS, kinds.kinds, name="kinds"),
    path(f"{KINDS}add/", kinds.add, name="add_kind"),
    path(f"{KINDS}<uuid:kind>/put-aside/", kinds.put_aside, name="put_kind_aside"),
    path(f"{KINDS}<uuid:kind>/take-up/", kinds.take_up, name="take_kind_up"),
    path(FAIR, layout.layout, name="layout"),
    path(f"{FAIR}add/", layout.add, name="add"),
    path(f"{FAIR}copy/", layout.copy, name="copy"),
    path(f"{FAIR}series/", layout.lay_out_series, name="lay_out_series"),
    path(f"{FAIR}series/end/", layout.end_series_layout, name="end_series_layout"),
    path(f"{FAIR}export/", paper.export, name="export_stalls"),
    path(f"{FAIR}signs.pdf", paper.signs, name="signs"),
    path(f"{FAIR}counting/", counting.board, name="board"),
    path(f"{HOLDER}give/", layout.give, name="give"),
    path(f"{HOLDER}refuse/", layout.refuse, name="refuse"),
    path(f"{HOLDER}came/", stall.came, name="came"),
    path(f"{HOLDER}absent/", stall.absent, name="absent"),
    path(f"{HOLDER}unmark/", stall.unmark, name="unmark"),
    path(f"{HOLDER}take-back/", stall.take_back, name="take_back"),
    path(STALL, stall.stall, name="stall"),
    path(f"{STALL}change/", stall.change, name="change"),
    path(f"{STALL}remove/", stall.remove, name="remove"),
    path(f"{STALL}place-team/", stall.place_team, name="place_team"),
    path(f"{STALL}place-other/", stall.place_other, name="place_other"),
    path(f"{STALL}helpers/", stall.helpers, name="helpers"),
    path(f"{STALL}count/", counting.count, name="count"),
    path(f"{STALL}counts/<uuid:count>/correct/", counting.correct, name="correct"),
]
