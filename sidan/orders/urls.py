"""Addresses of the loop: the residents', the volunteers', and the console's."""

from django.urls import path

from sidan.orders.urls_console import CONSOLE
from sidan.orders.views import changing, coming, danger, not_written, offline, pointing, portal, volunteer

app_name = "orders"

PORTAL = [
    path("services/<uuid:uuid>/order/", portal.place, name="place"),
    path("danger/", danger.danger, name="danger"),
    path("orders/", portal.mine, name="mine"),
    path("orders/<str:number>/", portal.order, name="order"),
    path("orders/<str:number>/placed/", portal.placed, name="placed"),
    path("orders/<str:number>/code/", portal.code, name="code"),
    path("orders/<str:number>/change/", changing.change, name="change"),
    path("orders/<str:number>/cancel/", portal.cancel, name="cancel"),
    path("orders/<str:number>/point/", pointing.pin, name="pin"),
    path("orders/<str:number>/point/remove/", pointing.unpin, name="unpin"),
    path("orders/<str:number>/review/", portal.review, name="review"),
]
VOLUNTEER = [
    path("tasks/", volunteer.tasks, name="tasks"),
    path("tasks/offline/", offline.page, name="offline"),
    path("tasks/worker.js", offline.worker, name="offline_worker"),
    path("tasks/app.webmanifest", offline.manifest, name="offline_manifest"),
    path("tasks/past/", volunteer.past_tasks, name="past_tasks"),
    path("tasks/not-written/", not_written.not_written, name="not_written"),
    path("tasks/not-written/<uuid:uuid>/", not_written.write_refused, name="write_refused"),
    path("tasks/<uuid:uuid>/", volunteer.task, name="task"),
    path("tasks/<uuid:uuid>/contact/", volunteer.contact, name="task_contact"),
    path("tasks/<uuid:uuid>/check-in/", coming.check_in, name="check_in"),
    path("tasks/<uuid:uuid>/check-out/", coming.check_out, name="check_out"),
    path("tasks/times/<uuid:uuid>/", coming.judge_time, name="judge_time"),
    path("tasks/<uuid:uuid>/report/", volunteer.report, name="report"),
    path("tasks/<uuid:uuid>/hand-back/", volunteer.hand_back, name="hand_back"),
]
urlpatterns = [*PORTAL, *VOLUNTEER, *CONSOLE]
