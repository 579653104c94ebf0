"""Addresses of the inbox, of one's choices and of the outbox."""

from django.urls import path

from sidan.notify.views import choosing, inbox, outbox

app_name = "notify"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/count/", inbox.count, name="count"),
    path("notices/read/", inbox.read_all, name="read_all"),
    path("notices/settings/", choosing.choose, name="choose"),
    path("notices/<uuid:uuid>/read/", inbox.read_one, name="read_one"),
    path("console/outbox/", outbox.outbox, name="outbox"),
    path("console/outbox/again/", outbox.send_all_again, name="send_all_again"),
    path("console/outbox/<uuid:uuid>/again/", outbox.send_again, name="send_again"),
]
