"""Hours: /hours/… for everybody's own and the public notices, /console/hours/… for offices and leaders."""

from django.urls import path

from sidan.hours.views import claims, desk, portal, teams

app_name = "hours"
CLAIM = "hours/claims/<uuid:uuid>/"
DESK = "console/hours/"
ASKED = f"{DESK}claims/<uuid:uuid>/"
ONE = f"{DESK}<uuid:uuid>/"

urlpatterns = [
    path("hours/", portal.mine, name="mine"),
    path("hours/export/", portal.export, name="export_mine"),
    path("hours/notices/", portal.notices, name="notices"),
    path(CLAIM, portal.claim, name="claim"),
    path(f"{CLAIM}object/", portal.object_to, name="object"),
    path("hours/<uuid:uuid>/", portal.record, name="record"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}claims/", claims.claims, name="claims"),
    path(ASKED, claims.claim, name="staff_claim"),
    path(f"{ASKED}agree/", claims.agree, name="agree"),
    path(f"{ASKED}publish/", claims.publish, name="publish"),
    path(f"{ASKED}refuse/", claims.refuse, name="refuse"),
    path(f"{ASKED}dismiss/", claims.dismiss, name="dismiss"),
    path(f"{DESK}teams/<uuid:uuid>/", teams.team, name="team"),
    path(f"{DESK}late/<uuid:uuid>/", teams.late, name="late"),
    path(ONE, desk.record, name="staff_record"),
    path(f"{ONE}take-back/", desk.take_back, name="take_back"),
    path(f"{ONE}correct/", desk.correct, name="correct"),
]
