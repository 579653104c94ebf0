"""Where the guide to the API stands: a page with languages and a session, which the API's own addresses have not."""

from django.urls import path

from sidan.api import views

app_name = "guide"

urlpatterns = [path("developers/", views.guide, name="api")]
