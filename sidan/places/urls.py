"""Addresses of places: the public page, the picker, and the console."""

from django.urls import path

from sidan.places.views import calendar, page, portal, tree

app_name = "places"

PORTAL = [
    path("places/pick/", portal.pick, name="pick"),
    path("places/<uuid:uuid>/", portal.place, name="place"),
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
urlpatterns = [*PORTAL, *CONSOLE]
