"""The ledger of activities: /console/ledger/… for staff, /happened/… for everybody."""

from django.urls import path

from sidan.dossiers.views import acts, desk, happened, month, one

app_name = "dossiers"
DESK = "console/ledger/"
ONE = f"{DESK}<uuid:uuid>/"
PHOTO = f"{ONE}photos/<uuid:photo>/"

urlpatterns = [
    path("happened/", happened.happened, name="happened"),
    path("happened/<uuid:uuid>/", happened.told, name="told"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}month/", month.month, name="month"),
    path(ONE, one.dossier, name="dossier"),
    path(f"{ONE}photos/", acts.add_photos, name="add_photos"),
    path(f"{ONE}photos/take/", acts.take_photo, name="take_photo"),
    path(f"{PHOTO}describe/", acts.describe_photo, name="describe_photo"),
    path(f"{PHOTO}remove/", acts.remove_photo, name="remove_photo"),
    path(f"{ONE}minutes/", acts.write_minutes, name="write_minutes"),
    path(f"{ONE}news/", acts.publish_news, name="publish_news"),
    path(f"{ONE}news/withdraw/", acts.withdraw_news, name="withdraw_news"),
    path(f"{ONE}count/", acts.count_again, name="count_again"),
]
