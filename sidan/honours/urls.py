"""Certificates: /my/certificates/… for volunteers, /console/certificates/… for offices, /check/… for everybody.

Stars and titles: /honours/… for everybody, /my/honours/ for their own, /console/honours/… for the office of the county.
"""

from django.urls import path

from sidan.honours.views import awards, checking, desk, ladders, portal, proposals, public

app_name = "honours"
MINE = "my/certificates/"
ONE = f"{MINE}<uuid:uuid>/"
DESK = "console/certificates/"
FOR = f"{DESK}people/<uuid:uuid>/"
STAFF = f"{DESK}<uuid:uuid>/"
GIVING = "console/honours/"
TITLE = f"{GIVING}titles/<uuid:uuid>/"
AWARD = f"{GIVING}awards/<uuid:uuid>/"
PROPOSAL = f"{GIVING}<uuid:uuid>/"
OBJECTION = f"{PROPOSAL}objections/<uuid:objection>/"

urlpatterns = [
    path(MINE, portal.mine, name="mine"),
    path(f"{MINE}new/", portal.new, name="new"),
    path(f"{MINE}issue/", portal.issue_own, name="issue"),
    path(ONE, portal.certificate, name="certificate"),
    path(f"{ONE}paper/", portal.pdf, name="paper"),
    path(f"{ONE}credential/", portal.credential, name="credential"),
    path(f"{ONE}renew/", portal.renew, name="renew"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}people/", desk.people, name="people"),
    path(FOR, desk.new, name="new_for"),
    path(f"{FOR}issue/", desk.issue_for, name="issue_for"),
    path(STAFF, desk.certificate, name="staff_certificate"),
    path(f"{STAFF}paper/", desk.pdf, name="staff_paper"),
    path(f"{STAFF}credential/", desk.credential, name="staff_credential"),
    path(f"{STAFF}renew/", desk.renew, name="staff_renew"),
    path("check/", checking.check, name="check"),
    path("check/<str:number>/", checking.checked, name="checked"),
    path(".well-known/jwks.json", checking.keys, name="keys"),
    path(".well-known/keys/<int:version>.json", checking.key, name="key"),
    path("honours/", public.honours, name="honours"),
    path("honours/notice/<uuid:uuid>/", public.notice, name="notice"),
    path("honours/notice/<uuid:uuid>/object/<uuid:nominee>/", public.object_to, name="object"),
    path("my/honours/", public.mine, name="my_honours"),
    path("my/honours/show-name/", public.show_name, name="show_name"),
    path("my/honours/hide-name/", public.hide_name, name="hide_name"),
    path(GIVING, proposals.proposals, name="proposals"),
    path(f"{GIVING}stars/", proposals.propose_stars, name="propose_stars"),
    path(f"{GIVING}ladders/", ladders.ladders, name="ladders"),
    path(f"{GIVING}ladders/end/", ladders.end_ladder, name="end_ladder"),
    path(f"{GIVING}titles/", ladders.titles, name="titles"),
    path(f"{TITLE}end/", ladders.end_title, name="end_title"),
    path(f"{TITLE}propose/", ladders.propose_title, name="propose_title"),
    path(f"{GIVING}awards/", awards.awards, name="awards"),
    path(f"{GIVING}awards/export/", awards.export, name="export_awards"),
    path(AWARD, awards.award, name="award"),
    path(f"{AWARD}take-back/", awards.take_back, name="take_back"),
    path(PROPOSAL, proposals.proposal, name="proposal"),
    path(f"{PROPOSAL}export/", proposals.export, name="export_names"),
    path(f"{PROPOSAL}names/<uuid:one>/", proposals.name_one, name="name"),
    path(f"{PROPOSAL}unname/<uuid:nominee>/", proposals.unname, name="unname"),
    path(f"{PROPOSAL}publish/", proposals.publish, name="publish"),
    path(f"{PROPOSAL}drop/", proposals.drop, name="drop"),
    path(f"{PROPOSAL}withdraw/", proposals.withdraw, name="withdraw"),
    path(f"{PROPOSAL}award/", proposals.award, name="give"),
    path(f"{OBJECTION}keep/", proposals.keep, name="keep"),
    path(f"{OBJECTION}take-out/", proposals.take_out, name="take_out"),
]
