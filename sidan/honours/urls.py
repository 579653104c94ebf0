"""Certificates: /my/certificates/… for volunteers, /console/certificates/… for offices, /check/… for everybody."""

from django.urls import path

from sidan.honours.views import checking, desk, portal

app_name = "honours"
MINE = "my/certificates/"
ONE = f"{MINE}<uuid:uuid>/"
DESK = "console/certificates/"
FOR = f"{DESK}people/<uuid:uuid>/"
STAFF = f"{DESK}<uuid:uuid>/"

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
]
