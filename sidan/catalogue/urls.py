"""Addresses of the catalogue: the portal's services, and the console's library, menus and kinds of service."""

from django.urls import path

from sidan.catalogue.views import categories, growing, library, menus, portal, results

app_name = "catalogue"

PORTAL = [
    path("services/", portal.services, name="services"),
    path("services/<uuid:uuid>/", portal.service, name="service"),
]
LIBRARY = [
    path("console/projects/", library.projects, name="projects"),
    path("console/projects/export/", library.export, name="export"),
    path("console/projects/review/", library.review, name="review"),
    path("console/projects/new/", library.new, name="new"),
    path("console/projects/<uuid:uuid>/", library.project, name="project"),
    path("console/projects/<uuid:uuid>/edit/", library.edit, name="edit"),
    path("console/projects/<uuid:uuid>/photos/add/", library.add_photo, name="add_photo"),
    path("console/projects/<uuid:uuid>/photos/remove/", library.remove_photo, name="remove_photo"),
    path("console/projects/<uuid:uuid>/photos/move/", library.move_photo, name="move_photo"),
    path("console/projects/tasks/", growing.tasks, name="tasks"),
    path("console/projects/tasks/export/", growing.export_tasks, name="export_tasks"),
    path("console/projects/tasks/<uuid:uuid>/", growing.task, name="task"),
    path("console/projects/tasks/<uuid:uuid>/<slug:verb>/", growing.move_task, name="move_task"),
    path("console/projects/<uuid:uuid>/stage/", growing.stage, name="stage"),
    path("console/projects/<uuid:uuid>/capacity/", growing.capacity, name="capacity"),
    path("console/projects/<uuid:uuid>/support/", growing.support, name="support"),
    path(
        "console/projects/<uuid:uuid>/support/<uuid:support_uuid>/back/",
        growing.take_back,
        name="take_back_support",
    ),
    path("console/projects/<uuid:uuid>/tasks/new/", growing.new_task, name="new_task"),
    path("console/projects/<uuid:uuid>/<slug:verb>/", library.move, name="move"),
]
MENUS = [
    path("console/menus/", menus.menus, name="menus"),
    path("console/menus/begin/", menus.begin, name="begin_menu"),
    path("console/menus/<uuid:uuid>/", menus.menu, name="menu"),
    path("console/menus/<uuid:uuid>/items/add/", menus.add_item, name="add_item"),
    path("console/menus/<uuid:uuid>/items/remove/", menus.remove_item, name="remove_item"),
    path("console/menus/<uuid:uuid>/items/move/", menus.move_item, name="move_item"),
    path("console/menus/<uuid:uuid>/publish/", menus.publish, name="publish_menu"),
    path("console/menus/<uuid:uuid>/unpublish/", menus.unpublish, name="unpublish_menu"),
]
KINDS = [
    path("console/categories/", categories.categories, name="categories"),
    path("console/categories/new/", categories.new_category, name="new_category"),
    path("console/categories/<str:code>/", categories.edit_category, name="edit_category"),
    path("console/categories/<str:code>/retire/", categories.retire_category, name="retire_category"),
    path("console/categories/<str:code>/restore/", categories.restore_category, name="restore_category"),
    path("console/categories/<str:code>/results/", results.results, name="results"),
    path("console/categories/<str:code>/results/follow/", results.follow_results, name="follow_results"),
    path("console/teams/<uuid:uuid>/services/", categories.team_services, name="team_services"),
    path(
        "console/teams/<uuid:uuid>/services/<int:service_id>/end/",
        categories.end_team_service,
        name="end_team_service",
    ),
]
urlpatterns = [*PORTAL, *LIBRARY, *MENUS, *KINDS]
