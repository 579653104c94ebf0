"""Lectures: /talks/… for everybody, /console/talks/… and /console/lecturers/… for staff."""

from django.urls import path

from sidan.lectures.views import desk, giving, lecturers, passing, portal

app_name = "lectures"
DESK = "console/talks/"
STAFF = f"{DESK}<uuid:uuid>/"
LECTURERS = "console/lecturers/"
AT = "console/activities/<uuid:uuid>/talks/"

urlpatterns = [
    path("talks/", portal.talks, name="talks"),
    path("talks/<uuid:uuid>/", portal.talk, name="public_talk"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(f"{DESK}passed-on/", passing.passed_on, name="passed_on"),
    path(f"{DESK}passed-on/<uuid:uuid>/", passing.one, name="passed"),
    path(f"{DESK}passed-on/<uuid:uuid>/read/", passing.receive, name="receive"),
    path(f"{DESK}passed-on/<uuid:uuid>/take-back/", passing.take_back, name="take_back_passed"),
    path(STAFF, desk.talk, name="talk"),
    path(f"{STAFF}edit/", desk.edit, name="edit"),
    path(f"{STAFF}materials/", desk.add_material, name="add_material"),
    path(f"{STAFF}materials/<uuid:material>/remove/", desk.remove_material, name="remove_material"),
    path(f"{STAFF}pictures/", desk.add_picture, name="add_picture"),
    path(f"{STAFF}pictures/<int:picture>/remove/", desk.remove_picture, name="remove_picture"),
    path(f"{STAFF}submit/", desk.submit, name="submit"),
    path(f"{STAFF}send-back/", desk.send_back, name="send_back"),
    path(f"{STAFF}publish/", desk.publish, name="publish"),
    path(f"{STAFF}withdraw/", desk.withdraw, name="withdraw"),
    path(f"{STAFF}drop/", desk.drop, name="drop"),
    path(f"{STAFF}pass-on/", passing.pass_on, name="pass_on"),
    path(LECTURERS, lecturers.desk, name="lecturers"),
    path(f"{LECTURERS}export/", lecturers.export, name="export_lecturers"),
    path(f"{LECTURERS}find/", lecturers.find, name="find_lecturer"),
    path(f"{LECTURERS}new/<uuid:person>/", lecturers.new, name="new_lecturer"),
    path(f"{LECTURERS}<uuid:uuid>/end/", lecturers.end, name="end_lecturer"),
    path(AT, giving.at_activity, name="at_activity"),
    path(f"{AT}<uuid:given>/take-off/", giving.take_off, name="take_off"),
]
