"""Addresses of the inbox."""

from django.urls import path

from sidan.notify import views

app_name = "notify"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/count/", views.count, name="count"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<uuid:uuid>/read/", views.read_one, name="read_one"),
]
