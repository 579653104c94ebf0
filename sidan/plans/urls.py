"""Plans: /plans/… for everybody, /console/plans/… for staff."""

from django.urls import path

from sidan.plans.views import desk, held, lines, portal, tables

app_name = "plans"
DESK = "console/plans/"
STAFF = f"{DESK}<uuid:uuid>/"
LINE = f"{STAFF}lines/<uuid:line>/"

urlpatterns = [
    path("plans/", portal.plans, name="plans"),
    path("plans/<uuid:uuid>/", portal.plan, name="public_plan"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(STAFF, desk.plan, name="plan"),
    path(f"{STAFF}edit/", desk.edit, name="edit"),
    path(f"{STAFF}copy/", desk.copy, name="copy"),
    path(f"{STAFF}submit/", desk.submit, name="submit"),
    path(f"{STAFF}take-back/", desk.take_back, name="take_back"),
    path(f"{STAFF}send-back/", desk.send_back, name="send_back"),
    path(f"{STAFF}approve/", desk.approve, name="approve"),
    path(f"{STAFF}publish/", desk.publish, name="publish"),
    path(f"{STAFF}drop/", desk.drop, name="drop"),
    path(f"{STAFF}export/", tables.export, name="export_lines"),
    path(f"{STAFF}import/", tables.bring, name="bring"),
    path(f"{STAFF}import/take-in/", tables.take_in, name="take_in"),
    path(f"{STAFF}lines/", lines.add, name="add_line"),
    path(LINE, held.line, name="line"),
    path(f"{LINE}change/", lines.change, name="change_line"),
    path(f"{LINE}remove/", lines.remove, name="remove_line"),
    path(f"{LINE}prepare/", held.prepare, name="prepare"),
    path(f"{LINE}link/", held.link, name="link"),
    path(f"{LINE}unlink/<uuid:activity>/", held.unlink, name="unlink"),
    path(f"{LINE}link-series/", held.link_series, name="link_series"),
    path(f"{LINE}unlink-series/<uuid:series>/", held.unlink_series, name="unlink_series"),
    path(f"{LINE}erase-name/", held.erase_name, name="erase_name"),
    path(f"{LINE}leave-out/", held.leave_out, name="leave_out"),
    path(f"{LINE}take-up/", held.take_up, name="take_up"),
]
