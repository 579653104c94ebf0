"""Addresses of the site's own pages."""

from django.urls import path

from sidan.web import console_views, shell_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("place/", views.place, name="place"),
    path("preferences/", views.preferences, name="preferences"),
    path("robots.txt", views.robots, name="robots"),
    path("console/", views.console, name="console"),
    path("console/find/", console_views.find, name="find"),
    path("console/place/", console_views.narrow, name="narrow"),
    path("console/style/", shell_views.style_guide, name="style"),
]
