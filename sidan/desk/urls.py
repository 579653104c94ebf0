"""The desk: /console/phone/… for staff, /menus/… on paper, /code/… for residents with a code."""

from django.urls import path

from sidan.desk.views import own, paper, phone

app_name = "desk"
PHONE = "console/phone/"
ONE = f"{PHONE}orders/<uuid:uuid>/"

urlpatterns = [
    path(PHONE, phone.phone, name="phone"),
    path(f"{PHONE}callers/<uuid:uuid>/", phone.caller, name="caller"),
    path(ONE, phone.order, name="order"),
    path(f"{ONE}call-back/", phone.call_back, name="call_back"),
    path(f"{ONE}calling/", phone.calling, name="calling"),
    path(f"{ONE}calling/end/", phone.end_calling, name="end_calling"),
    path(f"{ONE}issue/", phone.issue, name="issue"),
    path("menus/<uuid:uuid>/paper.pdf", paper.menu, name="menu_paper"),
    path("code/", own.code, name="code"),
    path("code/order/", own.order, name="code_order"),
    path("code/order/door/", own.door, name="code_door"),
    path("code/order/review/", own.review, name="code_review"),
    path("code/claim/", own.claim, name="claim"),
    path("code/leave/", own.leave, name="leave"),
]
