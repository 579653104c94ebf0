"""Wishes: /wishes/… for everybody, /console/wishes/… for staff."""

from django.urls import path

from sidan.wishes.views import acts, desk, portal

app_name = "wishes"
ONE = "wishes/<uuid:uuid>/"
DESK = "console/wishes/"
STAFF = f"{DESK}<uuid:uuid>/"

urlpatterns = [
    path("wishes/", portal.wall, name="wall"),
    path("wishes/new/", portal.new, name="new"),
    path("wishes/mine/", portal.mine, name="mine"),
    path(ONE, portal.wish, name="wish"),
    path(f"{ONE}adopt/", portal.adopt, name="adopt"),
    path(f"{ONE}release/", portal.release, name="release"),
    path(f"{ONE}fulfil/", portal.fulfil, name="fulfil"),
    path(f"{ONE}withdraw/", portal.withdraw, name="withdraw"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}enter/", desk.find, name="enter"),
    path(f"{DESK}enter/<uuid:uuid>/", desk.enter, name="enter_for"),
    path(STAFF, desk.wish, name="staff_wish"),
    path(f"{STAFF}look/", acts.look, name="look"),
    path(f"{STAFF}publish/", acts.publish, name="publish"),
    path(f"{STAFF}take-down/", acts.take_down, name="take_down"),
    path(f"{STAFF}answer/", acts.answer, name="answer"),
    path(f"{STAFF}order/", acts.order, name="order"),
    path(f"{STAFF}project/", acts.project, name="project"),
    path(f"{STAFF}ask-project/", acts.ask_project, name="ask_project"),
    path(f"{STAFF}release/", acts.release, name="staff_release"),
    path(f"{STAFF}fulfil/", acts.fulfil, name="staff_fulfil"),
    path(f"{STAFF}thanks/", acts.thanks, name="thanks"),
    path(f"{STAFF}thanks/picture/", acts.thanks_with_picture, name="thanks_with_picture"),
    path(f"{STAFF}thanks/picture/take-down/", acts.hide_picture, name="hide_picture"),
    path(f"{STAFF}thanks/take-down/", acts.hide_thanks, name="hide_thanks"),
]
