"""Evening schools: /schools/… for everybody, /console/schools/… for staff."""

from django.urls import path

from sidan.schools.views import classes, desk, figures, portal, pupils

app_name = "schools"
DESK = "console/schools/"
STAFF = f"{DESK}<uuid:uuid>/"
PUPILS = f"{STAFF}pupils/"
CLASS = f"{DESK}classes/<uuid:uuid>/"
COUNT = f"{CLASS}viewers/<uuid:count>/"
AT = "console/activities/<uuid:uuid>/schools/"

urlpatterns = [
    path("schools/", portal.schools, name="schools"),
    path("schools/mine/", portal.mine, name="mine"),
    path("schools/<uuid:uuid>/", portal.school, name="public_school"),
    path("schools/<uuid:uuid>/join/", portal.join, name="join"),
    path("schools/<uuid:uuid>/leave/", portal.leave, name="leave"),
    path("schools/classes/<uuid:uuid>/with-it/", portal.with_it, name="with_it"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(f"{DESK}figures/", figures.figures, name="figures"),
    path(f"{DESK}figures/export/", figures.export, name="export_figures"),
    path(STAFF, desk.school, name="school"),
    path(f"{STAFF}edit/", desk.edit, name="edit"),
    path(f"{STAFF}picture/", desk.hang_picture, name="hang_picture"),
    path(f"{STAFF}close/", desk.close, name="close"),
    path(f"{STAFF}reopen/", desk.reopen, name="reopen"),
    path(f"{STAFF}classes/export/", classes.export, name="export_classes"),
    path(PUPILS, pupils.pupils, name="pupils"),
    path(f"{PUPILS}export/", pupils.export, name="export_pupils"),
    path(f"{PUPILS}find/", pupils.find, name="find_pupil"),
    path(f"{PUPILS}add/<uuid:person>/", pupils.add, name="add_pupil"),
    path(f"{PUPILS}<uuid:pupil>/end/", pupils.end, name="end_pupil"),
    path(CLASS, classes.session, name="session"),
    path(f"{CLASS}address/", classes.put_address, name="put_address"),
    path(f"{CLASS}take-off/", classes.take_off, name="take_off"),
    path(f"{CLASS}viewers/", classes.count, name="count"),
    path(f"{COUNT}correct/", classes.correct, name="correct"),
    path(f"{COUNT}right/", classes.confirm, name="confirm"),
    path(f"{COUNT}wrong/", classes.deny, name="deny"),
    path(AT, classes.at_activity, name="at_activity"),
    path(f"{AT}series/", classes.have_series, name="have_series"),
    path(f"{AT}series/<uuid:rule>/end/", classes.end_series, name="end_series"),
]
