"""The terminal: /kiosk/… for residents, /console/kiosks/ for who keeps it."""

from django.urls import path

from sidan.kiosk.views import following, ordering, staff, start

app_name = "kiosk"

TERMINAL = [
    path("kiosk/", start.start, name="start"),
    path("kiosk/setup/", start.enrol, name="enrol"),
    path("kiosk/leave/", start.leave, name="leave"),
    path("kiosk/language/", start.language, name="language"),
    path("kiosk/services/", start.services, name="services"),
    path("kiosk/begin/", start.begin, name="begin"),
    path("kiosk/phone/", ordering.phone, name="phone"),
    path("kiosk/code/", ordering.code, name="code"),
    path("kiosk/who/", ordering.who, name="who"),
    path("kiosk/paper/", ordering.paper, name="paper"),
    path("kiosk/time/", ordering.time, name="time"),
    path("kiosk/done/", ordering.done, name="done"),
    path("kiosk/slip/", ordering.slip, name="slip"),
    path("kiosk/mine/", following.mine, name="mine"),
    path("kiosk/mine/<str:number>/", following.order, name="order"),
    path("kiosk/mine/<str:number>/review/", following.review, name="review"),
    path("kiosk/paper/order/", following.paper_order, name="paper_order"),
    path("kiosk/paper/order/review/", following.paper_review, name="paper_review"),
    path("kiosk/thanks/", following.thanks, name="thanks"),
]
CONSOLE = [
    path("console/kiosks/", staff.terminals, name="terminals"),
    path("console/kiosks/export/", staff.export, name="export"),
    path("console/kiosks/<uuid:uuid>/again/", staff.again, name="again"),
    path("console/kiosks/<uuid:uuid>/end/", staff.ask_revoke, name="ask_revoke"),
    path("console/kiosks/<uuid:uuid>/revoke/", staff.revoke, name="revoke"),
]
urlpatterns = [*TERMINAL, *CONSOLE]
