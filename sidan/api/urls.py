"""Where the API stands."""

from django.urls import path

from sidan.api.assembly import build_api

api = build_api()

urlpatterns = [path("v1/", api.urls)]
