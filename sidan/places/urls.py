"""Addresses of places: the public page, the picker, and the console."""

from django.urls import path

from sidan.places.views import calendar, page, pop_ups, portal, rounds, tree

app_name = "places"

PORTAL = [
    path("places/pick/", portal.pick, name="pick"),
    path("places/<uuid:uuid>/", portal.place, name="place"),
    path("pop-ups/", portal.pop_ups, name="pop_ups"),
    path("pop-ups/<uuid:uuid>/", portal.pop_up, name="pop_up"),
]
CONSOLE = [
    path("console/places/", tree.tree, name="tree"),
    path("console/places/export/", tree.export, name="export"),
    path("console/places/<uuid:uuid>/", page.place, name="console_place"),
    path("console/places/<uuid:uuid>/new/", page.new, name="new"),
    path("console/places/<uuid:uuid>/edit/", page.edit, name="edit"),
    path("console/places/<uuid:uuid>/rename/", page.rename, name="rename"),
    path("console/places/<uuid:uuid>/move/", page.move, name="move"),
    path("console/places/<uuid:uuid>/close/", page.close, name="close"),
    path("console/places/<uuid:uuid>/calendar/", calendar.calendar, name="calendar"),
    path("console/places/<uuid:uuid>/calendar/set/", calendar.set_day, name="set_day"),
    path("console/places/<uuid:uuid>/photos/add/", page.add_photo, name="add_photo"),
    path("console/places/<uuid:uuid>/photos/remove/", page.remove_photo, name="remove_photo"),
]
ROUND = "console/pop-ups/"
POP_UP = f"{ROUND}<uuid:uuid>/"
POP_UPS = [
    path(ROUND, pop_ups.pop_ups, name="staff_pop_ups"),
    path(f"{ROUND}export/", pop_ups.export, name="export_pop_ups"),
    path(f"{ROUND}again/", rounds.again, name="announce_rounds"),
    path(f"{ROUND}new/", pop_ups.new, name="new_pop_up"),
    path(POP_UP, pop_ups.pop_up, name="staff_pop_up"),
    path(f"{POP_UP}change/", pop_ups.change, name="change_pop_up"),
    path(f"{POP_UP}call-off/", pop_ups.call_off, name="call_off_pop_up"),
    path(f"{POP_UP}paper/", pop_ups.paper, name="pop_up_paper"),
]
urlpatterns = [*PORTAL, *CONSOLE, *POP_UPS]
